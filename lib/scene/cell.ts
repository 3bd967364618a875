// What stands in one cell of a partition: a message with its pips, the end of a transaction, or nothing
// any more; and how it stands with it.
import type { Slot } from '../picture/types.ts'
import { circle, hatch, path, rect } from './shapes.ts'
import type { BasicShape, Box, Shape } from './types.ts'

const TOKEN_Y = 20
const PIP_Y = 42.5

/** Everything in the cell of a slot, back to front. */
export function drawSlot(slot: Slot, box: Box): readonly Shape[] {
  const at = { x: box.x + box.width / 2, y: box.y + TOKEN_Y }
  const shapes: Shape[] = []
  if (slot.status !== 'stored') shapes.push(hatch(box))
  if (slot.transaction === 'open') shapes.push(rect(inset(box, 3), 0, 'tape.open'))
  if (slot.token !== null) {
    const radius = slot.token.redelivered ? 11.5 : 15
    shapes.push({ shape: 'token', ...at, token: slot.token, radius, dim: false })
    shapes.push(...pips(slot.token.seq, at.x, box.y + PIP_Y))
  }
  if (slot.transaction === 'aborted') shapes.push(...strike(at.x, at.y, 17))
  if (slot.control !== undefined) shapes.push(...control(slot.control, at.x, at.y, 1))
  if (slot.gone === true) shapes.push(gap(at.x, at.y))
  return shapes
}

/** The same in a follower's low cell: bare shapes, without an id or pips. */
export function drawSmallSlot(slot: Slot, box: Box): readonly Shape[] {
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const shapes: Shape[] = []
  if (slot.token !== null)
    shapes.push({ shape: 'token', ...at, token: slot.token, radius: 7.5, dim: false })
  if (slot.transaction === 'aborted') shapes.push(...strike(at.x, at.y, 10))
  if (slot.control !== undefined) shapes.push(...control(slot.control, at.x, at.y, 0.7))
  if (slot.gone === true) shapes.push(gap(at.x, at.y))
  return shapes
}

const inset = (box: Box, by: number): Box => ({
  x: box.x + by,
  y: box.y + by,
  width: box.width - by * 2,
  height: box.height - by * 2,
})

/** A line through what readers of committed records never get. */
function strike(x: number, y: number, reach: number): readonly BasicShape[] {
  const d = `M${x - reach} ${y + reach * 0.62}L${x + reach} ${y - reach * 0.62}`
  return [path(d, 'strike.under'), path(d, 'strike')]
}

/** The end of a transaction: a check where it committed, a cross where it aborted. */
function control(
  kind: 'commit' | 'abort',
  x: number,
  y: number,
  scale: number,
): readonly BasicShape[] {
  const n = (value: number) => Math.round(value * scale * 100) / 100
  const box = { x: x - n(11), y: y - n(13), width: n(22), height: n(26) }
  const mark =
    kind === 'commit'
      ? `M${n(-5.5)} ${n(0.5)}L${n(-1.5)} ${n(4.5)}L${n(5.5)} ${n(-4.5)}`
      : `M${n(-4.5)} ${n(-4.5)}L${n(4.5)} ${n(4.5)}M${n(4.5)} ${n(-4.5)}L${n(-4.5)} ${n(4.5)}`
  return [rect(box, 0, 'control'), path(mark, 'control.mark', { x, y })]
}

/** The place of a record that compaction took away. */
const gap = (x: number, y: number): BasicShape => path(`M${x - 10} ${y}H${x + 10}`, 'tape.gap')

/** Room for 14 in a cell: two bars and four dots; the count then begins again. */
const PIPS_TOLD_APART = 15

/** The nth event of its key: one pip each; past five a bar stands for five. */
export function pips(seq: number, x: number, y: number): readonly BasicShape[] {
  if (seq <= 0) return []
  const shown = ((seq - 1) % PIPS_TOLD_APART) + 1
  const bars = shown > 5 ? Math.floor(shown / 5) : 0
  const dots = shown - bars * 5
  const pitch = bars === 0 ? 6 : 5
  const left = x - (bars * 9 + dots * pitch) / 2
  const box = (i: number) => ({ x: left + i * 9 + 1, y: y - 2, width: 7, height: 4 })
  const dotX = (i: number) => left + bars * 9 + (i + 0.5) * pitch
  return [
    ...Array.from({ length: bars }, (_, i) => rect(box(i), 2, 'pip')),
    ...Array.from({ length: dots }, (_, i) => circle(dotX(i), y, 2, 'pip')),
  ]
}
