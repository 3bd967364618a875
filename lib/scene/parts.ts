// Every part of a layout with the shapes that draw it.
import type { Slot } from '../picture/types.ts'
import { drawProducer } from './card.ts'
import { drawExchange, exchangeBox } from './exchange.ts'
import { foldPart } from './fold.ts'
import { collapsedParts, type Drawing, fullParts } from './group-parts.ts'
import { labels } from './labels.ts'
import { drawLedger } from './ledger.ts'
import { maker, selectionOf } from './make.ts'
import { fitText, textWidth } from './measure.ts'
import type { Moves } from './motion.ts'
import type { Layout, PlacedSink, PlacedStream } from './placed.ts'
import type { Plan } from './plan.ts'
import { rowParts } from './rows.ts'
import { mono, path, text } from './shapes.ts'
import { drawTape } from './tape.ts'
import { tapeBox } from './tape-place.ts'
import type { PlacedPart, Shape, View } from './types.ts'

export function partsOf(
  plan: Plan,
  layout: Layout,
  view: View,
  moves: Moves,
): readonly PlacedPart[] {
  const make = maker(view)
  const drawing: Drawing = { view, make, moves }
  const parts: PlacedPart[] = []
  for (const { card, box, notes } of layout.producers) {
    const lines = notes.map((note, i) => {
      const tracking = note.length > 17 ? -0.02 : 0
      return mono({ x: box.x, y: box.y + 92 + i * 24 }, note, 'ink-2', { tracking })
    })
    const shapes = [...drawProducer(card, box, view.selected === card.id), ...lines]
    parts.push(make({ id: card.id, kind: 'producer', box, shapes, label: labels.producer(card) }))
  }
  for (const placed of layout.streams) parts.push(...streamParts(plan, placed, drawing))
  for (const placed of layout.groups)
    parts.push(...(placed.group.collapsed ? collapsedParts : fullParts)(placed, drawing))
  for (const { card, box } of layout.stores) {
    const shapes = drawProducer(card, box, view.selected === card.id)
    parts.push(make({ id: card.id, kind: 'dedup store', box, shapes, label: labels.store(card) }))
  }
  for (const placed of layout.sinks) parts.push(sinkPart(placed, drawing))
  return parts
}

function sinkPart(
  { sink, box, rows, flat }: PlacedSink,
  { view, make, moves }: Drawing,
): PlacedPart {
  const rowsLit = view.lit?.some((name) => name.startsWith(`${sink.id}#`)) ?? false
  const isDim = (token: { readonly message: string }) =>
    rowsLit && view.lit?.includes(`${sink.id}#${token.message}`) !== true
  const [left, bottom] = [box.x - 12, box.y + box.height]
  const bracket = `M${box.x - 6} ${box.y}H${left}V${bottom}H${box.x - 6}`
  const shapes: Shape[] = [
    ...(flat ? [] : [path(bracket, 'bracket')]),
    ...drawLedger(sink, box, { rows, flat, isDim, moves }),
    ...selectionOf(box, 4, view.selected === sink.id),
  ]
  return make({ id: sink.id, kind: 'sink', box, shapes, label: labels.sink(sink) })
}

/** A stream's note where there is room for it; else its last words ("3 partitions"); else nothing. */
function noteFor(note: string, room: number): string {
  const short = note.split(', ').at(-1) ?? ''
  return [note, short].find((words) => textWidth(words, 15) <= room) ?? ''
}

function streamParts(
  plan: Plan,
  placed: PlacedStream,
  { view, make, moves }: Drawing,
): readonly PlacedPart[] {
  const { stream, titleY, x, right, tapes, fold, plate } = placed
  const parts: PlacedPart[] = []
  if (plate !== null) {
    const box = exchangeBox(stream, plate)
    const shapes = [
      ...drawExchange(stream, plate, tapes),
      ...selectionOf(box, 4, view.selected === stream.id),
    ]
    parts.push(make({ id: stream.id, kind: 'stream', box, shapes, label: labels.stream(stream) }))
  } else if (titleY !== null) {
    const title = fitText(stream.title, right - x, { size: 18, weight: 600 })
    const note = noteFor(stream.note, right - x - textWidth(title, 18, 600) - 16)
    const box = { x, y: titleY - 20, width: right - x, height: 32 }
    const shapes: Shape[] = [
      text({ x, y: titleY }, title, 'ink', { size: 18, weight: 600, tracking: -0.008 }),
      text({ x: right, y: titleY }, note, 'ink-3', { anchor: 'end' }),
      path(`M${x} ${titleY + 12}H${right}`, 'rule.ink'),
      ...selectionOf(box, 4, view.selected === stream.id),
    ]
    parts.push(make({ id: stream.id, kind: 'stream', box, shapes, label: labels.stream(stream) }))
  }
  for (const tape of tapes) {
    const { id } = tape.part
    const pointers = plan.pointers.get(id) ?? []
    // A selected message is shown in every log it stands in.
    const isSelected = (message: string) => message !== '' && message === view.selected
    const isHot = (slot: Slot | null, offset: number) =>
      view.hot?.includes(`${id}@${offset}`) === true || isSelected(slot?.token?.message ?? '')
    const box = tapeBox(tape)
    const shapes = [
      ...drawTape(tape, { pointers, isHot, moves }),
      ...selectionOf(box, 4, view.selected === id),
    ]
    parts.push(make({ id, kind: 'tape', box, shapes, label: labels.tape(tape.part, pointers) }))
    parts.push(...rowParts(tape, { view, make, moves, isSelected }))
  }
  if (fold !== null) parts.push(foldPart(plan, placed, view, make))
  return parts
}
