// Going from cell to cell of one table with the keyboard, as the ARIA Authoring Practices ask of a grid: the table is
// one stop of Tab, the arrows lead on inside it.

export interface Place {
  readonly row: number
  readonly column: number
}

const within = (at: number, count: number): number => Math.min(Math.max(at, 0), count - 1)

/** Where a key leads in a table of so many rows and columns; null for a key that leads nowhere. It does not go round. */
export function placeAfter(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { row, column }: Place,
  size: { readonly rows: number; readonly columns: number },
): Place | null {
  const last = { row: size.rows - 1, column: size.columns - 1 }
  const ways: Readonly<Record<string, Place>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? last.row : row, column: last.column },
  }
  const to = ways[key]
  if (to === undefined || (ctrlKey && key.startsWith('Arrow'))) return null
  return { row: within(to.row, size.rows), column: within(to.column, size.columns) }
}
