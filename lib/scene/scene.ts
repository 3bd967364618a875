// The one geometry: a picture, a size and a moment in, exact shapes out. Pure; every view draws this.
import type { Picture, PointerPart } from '../picture/types.ts'
import { drawCollapsed, drawConsumer, drawProducer, grown } from './card.ts'
import { movingAt, placeFlights } from './flights.ts'
import { labels } from './labels.ts'
import { type Layout, layoutOf, type PlacedGroup, type PlacedStream } from './layout.ts'
import { drawLedger } from './ledger.ts'
import { countPlates, drawHints, drawSteps } from './marks.ts'
import { fitText, textWidth } from './measure.ts'
import { foldId, type Plan, planOf } from './plan.ts'
import { letterBox, mono, path, rect, text } from './shapes.ts'
import { drawTape, tapeBox } from './tape.ts'
import type { Box, PlacedKind, PlacedPart, Scene, Shape, View } from './types.ts'
import { wiringOf } from './wires.ts'

export function scene(picture: Picture, view: View, timeMs: number): Scene {
  const plan = planOf(picture, view)
  const layout = layoutOf(plan, view)
  const parts = partsOf(plan, layout, view)
  const { wires, lines, plates } = wiringOf(plan, layout, view)
  const flights = placeFlights(picture.flights, wires)
  return {
    layout: layout.name,
    width: layout.width,
    height: layout.height,
    timeMs,
    parts,
    wires,
    lines,
    flights,
    moving: movingAt(flights, timeMs, view.motion),
    over: [
      ...plates,
      ...(view.motion === 'count' ? countPlates(flights, timeMs) : []),
      ...drawHints(layout, view),
      ...drawSteps(layout, wires, view),
    ],
  }
}

/** Makes a part, dimmed unless it or something in it is lit. */
type Make = (
  id: string,
  kind: PlacedKind,
  box: Box,
  shapes: readonly Shape[],
  label: string,
  selectable?: boolean,
) => PlacedPart

function partsOf(plan: Plan, layout: Layout, view: View): readonly PlacedPart[] {
  const lit = view.lit
  const names = lit === undefined ? [] : lit
  const isLit = (id: string) =>
    lit === undefined ||
    names.some((name) => name === id || name.startsWith(`${id}@`) || name.startsWith(`${id}#`))
  const make: Make = (id, kind, box, shapes, label, selectable = true) => ({
    id,
    kind,
    box,
    shapes,
    label,
    selectable,
    dim: !isLit(id),
    selected: selectable && view.selected === id,
  })
  const parts: PlacedPart[] = []
  for (const { card, box, notes } of layout.producers) {
    const shapes: Shape[] = [...drawProducer(card, box, view.selected === card.id)]
    notes.forEach((note, i) => {
      const tracking = note.length > 17 ? -0.02 : 0
      shapes.push(mono(box.x, box.y + 92 + i * 24, note, 'ink-2', { tracking }))
    })
    parts.push(make(card.id, 'producer', box, shapes, labels.producer(card)))
  }
  for (const placed of layout.streams) parts.push(...streamParts(plan, placed, view, make))
  for (const placed of layout.groups) parts.push(...groupParts(placed, view, make))
  for (const { card, box } of layout.stores)
    parts.push(
      make(
        card.id,
        'dedup store',
        box,
        drawProducer(card, box, view.selected === card.id),
        labels.store(card),
      ),
    )
  for (const { sink, box, rows, flat } of layout.sinks) {
    const rowsLit = names.some((name) => name.startsWith(`${sink.id}#`))
    const look = {
      rows,
      flat,
      isDim: (token: { readonly message: string }) =>
        rowsLit && !names.includes(`${sink.id}#${token.message}`),
    }
    const shapes = [...drawLedger(sink, box, look), ...selection(box, 6, view.selected === sink.id)]
    parts.push(make(sink.id, 'sink', box, shapes, labels.sink(sink)))
  }
  return parts
}

const selection = (box: Box, out: number, selected: boolean): readonly Shape[] =>
  selected ? [rect(grown(box, out), 4, 'selection')] : []

function streamParts(
  plan: Plan,
  placed: PlacedStream,
  view: View,
  make: Make,
): readonly PlacedPart[] {
  const { stream, titleY, x, right, tapes, fold } = placed
  const parts: PlacedPart[] = []
  if (titleY !== null) {
    const room = right - x - textWidth(stream.title, 18, 600) - 16
    const shapes: Shape[] = [
      text(x, titleY, stream.title, 'ink', { size: 18, weight: 600, tracking: -0.008 }),
      text(right, titleY, fitText(stream.note, room, 15), 'ink-3', { anchor: 'end' }),
      path(`M${x} ${titleY + 12}H${right}`, 'rule.ink'),
    ]
    const box = { x, y: titleY - 20, width: right - x, height: 32 }
    shapes.push(...selection(box, 4, view.selected === stream.id))
    parts.push(make(stream.id, 'stream', box, shapes, labels.stream(stream)))
  }
  for (const tape of tapes) {
    const pointers = plan.pointers.get(tape.part.id) ?? []
    const look = {
      pointers,
      isHot: (offset: number) => view.hot?.includes(`${tape.part.id}@${offset}`) ?? false,
      isDim: () => false,
    }
    const box = tapeBox(tape)
    const shapes = [...drawTape(tape, look), ...selection(box, 4, view.selected === tape.part.id)]
    parts.push(make(tape.part.id, 'tape', box, shapes, labels.tape(tape.part, pointers)))
  }
  if (fold !== null) parts.push(foldPart(plan, placed, fold, view, make))
  return parts
}

/** Partitions beyond three: one dashed strip with names, events and lag. */
function foldPart(plan: Plan, placed: PlacedStream, fold: Box, view: View, make: Make): PlacedPart {
  const { folded } = placed.stream
  const [first, last] = [folded[0]?.title ?? '', folded.at(-1)?.title ?? '']
  const names = folded.length === 1 ? first : `${first} to ${last}`
  const events = folded.reduce((sum, tape) => sum + tape.end, 0)
  const focus = plan.groups[0]?.id ?? ''
  const lag = folded.reduce(
    (sum, tape) => sum + lagOf(plan.pointers.get(tape.id) ?? [], tape.end, focus),
    0,
  )
  const baseline = fold.y + 24
  const count = `+${folded.length}`
  const x = fold.x + 14
  const shapes: Shape[] = [
    rect(fold, 0, 'fold'),
    mono(placed.x, baseline, count, 'ink', { size: 18, weight: 600 }),
    text(x, baseline, `${names}, ${events} ${events === 1 ? 'event' : 'events'}`, 'ink-2'),
    mono(fold.x + fold.width - 14, baseline, `lag ${lag}`, 'ink-2', { anchor: 'end' }),
    ...selection(fold, 4, view.selected === foldId(placed.stream.id)),
  ]
  const box = { ...fold, x: placed.x, width: fold.x + fold.width - placed.x }
  return make(foldId(placed.stream.id), 'fold', box, shapes, labels.fold(names, events, lag))
}

function lagOf(pointers: readonly PointerPart[], end: number, group: string): number {
  const own = pointers.find(
    (p) => p.flag === 'committed' && p.groups.some(({ id }) => id === group),
  )
  return Math.max(0, end - (own?.at ?? 0))
}

function groupParts(placed: PlacedGroup, view: View, make: Make): readonly PlacedPart[] {
  const { group, headY, cards, box } = placed
  const isSelected = (id: string) => view.selected === id
  if (group.collapsed) {
    const first = group.cards.find(({ lines }) => lines.some((l) => l.at >= 0)) ?? group.cards[0]
    const look = {
      title: group.title,
      letter: group.letter,
      count: group.cards.length,
      assignment: [...new Set(group.cards.flatMap(({ card }) => card.assignment))].toSorted(
        byNumber,
      ),
      line: first?.lines.find((line) => line.at >= 0) ?? first?.lines[0] ?? null,
      faulty: group.cards.filter(({ card }) => card.state === 'crashed' || card.state === 'paused')
        .length,
      selected: isSelected(group.id),
    }
    return [make(group.id, 'collapsed', box, drawCollapsed(look, box), labels.collapsed(look))]
  }
  const parts: PlacedPart[] = []
  if (headY !== null) {
    const count = group.cards.length
    const title = text(box.x, headY, group.title, 'ink', { weight: 600 })
    const letterX = box.x + textWidth(group.title, 15, 600) + 9
    const words = count === 1 ? '1 instance' : `${count} instances`
    const shapes: Shape[] = [
      title,
      ...(group.letter === '' ? [] : letterBox(letterX, headY - 15, group.letter, 'heading')),
      text(box.x + box.width, headY, words, 'ink-3', { anchor: 'end' }),
    ]
    const at = { x: box.x, y: headY - 16, width: box.width, height: 24 }
    parts.push(make(`group:${group.id}`, 'group', at, shapes, `${group.title}, ${words}`, false))
  }
  for (const { card, lines, box: at } of cards)
    parts.push(
      make(
        card.id,
        'consumer',
        at,
        drawConsumer(card, lines, at, isSelected(card.id)),
        labels.consumer(card, lines),
      ),
    )
  return parts
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
