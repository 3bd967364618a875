// Partitions beyond three: one dashed strip with names, events and the lag of the group in focus.
import type { PointerPart } from '../picture/types.ts'
import { labels } from './labels.ts'
import { type Make, selectionOf } from './make.ts'
import { textWidth } from './measure.ts'
import type { PlacedStream } from './placed.ts'
import { foldId, type Plan } from './plan.ts'
import { mono, rect, text } from './shapes.ts'
import type { PlacedPart, Shape, View } from './types.ts'

export function foldPart(plan: Plan, placed: PlacedStream, view: View, make: Make): PlacedPart {
  const { folded, id: stream } = placed.stream
  const fold = placed.fold ?? { x: 0, y: 0, width: 0, height: 0 }
  const [first, last] = [folded[0]?.title ?? '', folded.at(-1)?.title ?? '']
  const names = folded.length === 1 ? first : `${first} to ${last}`
  const events = folded.reduce((sum, tape) => sum + tape.end, 0)
  const focus = plan.groups[0]?.id ?? ''
  const lag = folded.reduce(
    (sum, tape) => sum + lagOf(plan.pointers.get(tape.id) ?? [], tape.end, focus),
    0,
  )
  const id = foldId(stream)
  const baseline = fold.y + 24
  const count = `+${folded.length}`
  const x = fold.x + 14
  const room = fold.width - 28 - textWidth(`lag ${lag}`, 15, 400, 'mono') - 12
  const counted = `${events} ${events === 1 ? 'event' : 'events'}`
  const words = [`${names}, ${counted}`, counted].find((each) => textWidth(each, 15) <= room)
  const shapes: Shape[] = [
    rect(fold, 0, 'fold'),
    mono({ x: placed.nameX, y: baseline }, count, 'ink', { size: 18, weight: 600 }),
    text({ x, y: baseline }, words ?? '', 'ink-2'),
    mono({ x: fold.x + fold.width - 14, y: baseline }, `lag ${lag}`, 'ink-2', { anchor: 'end' }),
    ...selectionOf(fold, 4, view.selected === id),
  ]
  const box = { ...fold, x: placed.nameX, width: fold.x + fold.width - placed.nameX }
  return make({ id, kind: 'fold', box, shapes, label: labels.fold(names, events, lag) })
}

function lagOf(pointers: readonly PointerPart[], end: number, group: string): number {
  const own = pointers.find(
    (p) => p.flag === 'committed' && p.groups.some(({ id }) => id === group),
  )
  return Math.max(0, end - (own?.at ?? 0))
}
