// How a part comes to be dimmed or selected: by what the reader asked for, never by what it is.
import { grown } from './card.ts'
import { rect } from './shapes.ts'
import type { Box, PlacedPart, Shape, View } from './types.ts'

type Made = Omit<PlacedPart, 'dim' | 'selected' | 'selectable'> & { readonly selectable?: boolean }
export type Make = (part: Made) => PlacedPart

/** Dimmed unless it, a cell of it (`tape@offset`) or a row of it (`sink#message`) is lit. */
export function maker(view: View): Make {
  const isLit = (id: string) =>
    view.lit === undefined ||
    view.lit.some((name) => name === id || name.startsWith(`${id}@`) || name.startsWith(`${id}#`))
  return (part) => {
    const selectable = part.selectable ?? true
    return {
      ...part,
      selectable,
      dim: !isLit(part.id),
      selected: selectable && view.selected === part.id,
    }
  }
}

/** The outline of what is selected: 2px of accent, 4px out. */
export const selectionOf = (box: Box, out: number, selected: boolean): readonly Shape[] =>
  selected ? [rect(grown(box, out), 4, 'selection')] : []
