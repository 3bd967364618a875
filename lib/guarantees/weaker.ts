// The row most like another that breaks where that one holds, at the same bounds. It is computed: nobody writes
// down which setting is the one that matters.
import type { Json } from '../engine/types.ts'
import { toDocument } from '../scenario/document.ts'
import { boundsOf } from './bounds.ts'
import type { Cell, Row } from './types.ts'

type Leaves = ReadonlyMap<string, string>

function leavesOf(value: Json | undefined, path = ''): readonly (readonly [string, string])[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [[path, JSON.stringify(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner as Json, `${path}/${key}`))
}

/** What names a row and says nothing of how it works. */
const NAMES = ['/id', '/title']

function settingsOf({ scenario }: Row): Leaves {
  const leaves = leavesOf(toDocument(scenario) as unknown as Json)
  return new Map(leaves.filter(([path]) => !NAMES.includes(path)))
}

/** How many values tell two rows from each other. */
export function distance(a: Row, b: Row): number {
  const [own, other] = [settingsOf(a), settingsOf(b)]
  const paths = new Set([...own.keys(), ...other.keys()])
  return [...paths].filter((path) => own.get(path) !== other.get(path)).length
}

/** Of those that break with so many misfortunes at most. */
export function weakerOf(
  row: Row,
  { column, faults }: { readonly column: string; readonly faults: number },
  rows: readonly Row[],
  cells: readonly Cell[],
) {
  const breaks = (id: string) =>
    cells.some(
      (cell) =>
        cell.row === id &&
        cell.column === column &&
        cell.answer === 'counterexample' &&
        cell.faults <= faults,
    )
  const candidates = rows
    .filter((other) => other.family === row.family && breaks(other.id))
    .map((other) => ({ id: other.id, far: distance(row, other) }))
    .sort((a, b) => a.far - b.far)
  return candidates[0]?.id ?? null
}

/** With how many misfortunes a cell was gone through; -1: it was not. */
export function provenTo(cell: Cell, row: Row): number {
  if (cell.answer === 'holds within bounds') return boundsOf(row.family).faults
  return cell.answer === 'not exhausted' ? cell.upTo : -1
}

/** Every cell that holds as far as it was gone through, with the row that would not. */
export function withWeaker(rows: readonly Row[], cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell) => {
    const row = rows.find(({ id }) => id === cell.row)
    if (cell.answer !== 'holds within bounds' && cell.answer !== 'not exhausted') return cell
    if (row === undefined) return cell
    const { column } = cell
    return { ...cell, weaker: weakerOf(row, { column, faults: provenTo(cell, row) }, rows, cells) }
  })
}
