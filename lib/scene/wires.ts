// Lines between parts: cubics that leave and arrive level, one bracket for those who read everything,
// rails at the sides when all is stacked. Many wires of a picture may run along one line.
import type { WirePart } from '../picture/types.ts'
import { COLLAPSED_LINE_Y, LINE_Y } from './card.ts'
import { exchangeLine, reasonOf } from './exchange-lines.ts'
import { textWidth } from './measure.ts'
import { leftWords } from './motion.ts'
import type { Layout, PlacedGroup, PlacedStream } from './placed.ts'
import { foldId, isExchange, type Plan } from './plan.ts'
import { type Port, RAIL } from './port.ts'
import { ROWS_RIGHT } from './rows.ts'
import { head, path, plate, rect, text } from './shapes.ts'
import type { Role } from './style.ts'
import { TAPE_HEIGHT, type TapePlace } from './tape-place.ts'
import { cubic, pathOf, pointAt, rail, type Track } from './track.ts'
import type { BasicShape, Box, PlacedLine, PlacedWire, Point, View } from './types.ts'

interface Line {
  readonly key: string
  readonly from: Port
  readonly to: Port
  readonly bracket: string
  readonly wires: WirePart[]
}

const STATES: readonly WirePart['state'][] = ['lost', 'idle', 'live', 'rebalancing', 'cause']
/** From a producer to the spine that its lines share where a partition is opened. */
const SPINE = 30

export interface Wiring {
  readonly wires: readonly PlacedWire[]
  readonly lines: readonly PlacedLine[]
  readonly plates: readonly BasicShape[]
}

export function wiringOf(plan: Plan, layout: Layout, view: View, timeMs: number): Wiring {
  const ports = portsOf(layout)
  const lines = linesOf(plan, ports)
  const exits = exitsOf(layout, lines)
  const isLit = (line: Line) =>
    view.lit === undefined || line.wires.some((w) => view.lit?.includes(w.id))
  const drawn = lines.map((line) => {
    const state = stateOf(line, view)
    return { line, state, dim: !isLit(line), track: trackFor(line, layout, exits) }
  })
  drawn.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))
  const heads = new Map<string, number>()
  drawn.forEach(({ line, state }, i) => {
    if (state !== 'lost') heads.set(`${line.to.in.x},${line.to.in.y}`, i)
  })
  const wires = drawn.map(({ line, state, dim, track }, i): PlacedWire => {
    const shapes: BasicShape[] = [path(pathOf(track), `edge.${state}`)]
    if (heads.get(`${line.to.in.x},${line.to.in.y}`) === i)
      shapes.push(headOf(track, `head.${state}`))
    return {
      ids: line.wires.map((wire) => wire.id),
      links: [...new Set(line.wires.map((wire) => wire.link))],
      from: line.from.id,
      to: line.to.id,
      state,
      track,
      shapes,
      dim,
    }
  })
  return {
    wires,
    lines: bracketsOf(
      layout,
      exits,
      drawn.filter(({ dim }) => !dim).map(({ line }) => line.bracket),
    ),
    plates: drawn.flatMap(({ line, track, dim }) =>
      dim ? [] : platesOf(line, track, layout, timeMs),
    ),
  }
}

function stateOf(line: Line, view: View): WirePart['state'] {
  const highest = Math.max(...line.wires.map((wire) => STATES.indexOf(wire.state)))
  const state = STATES[highest] ?? 'idle'
  const isCause = view.lit !== undefined && line.wires.some((wire) => view.lit?.includes(wire.id))
  return isCause && state !== 'lost' ? 'cause' : state
}

function headOf(track: Track, role: Role): BasicShape {
  const [x0 = 0, , , , x2 = 0, y2 = 0, x = 0, y = 0] = track.curves.at(-1) ?? []
  if (x2 === x && y2 !== y) return head({ x, y }, role, y2 > y ? 'up' : 'down')
  return head({ x, y }, role, x0 > x ? 'left' : 'right')
}

const middleY = (box: Box): number => Math.round(box.y + box.height / 2)

function portsOf(layout: Layout): ReadonlyMap<string, Port> {
  const ports = new Map<string, Port>()
  const stacked = layout.name === 'stack'
  const add = (port: GivenPort) => ports.set(port.id, { collapsed: false, stream: '', ...port })
  for (const { card, box } of layout.producers) {
    const y = middleY(box)
    const x = layout.name === 'tight' ? box.x : box.x + box.width
    add({ id: card.id, kind: 'producer', in: { x: box.x - 2, y }, out: { x, y } })
  }
  for (const placed of layout.streams) for (const port of streamPorts(layout, placed)) add(port)
  for (const { group, cards, box } of layout.groups) {
    const consumer = (id: string, at: Box, lineY: number, collapsed: boolean) => {
      const y = at.y + lineY
      add({
        id,
        kind: 'consumer',
        collapsed,
        in: { x: at.x - 2, y },
        out: { x: at.x + at.width, y },
      })
    }
    if (group.collapsed) consumer(group.id, box, COLLAPSED_LINE_Y, true)
    for (const { card, box: at } of cards) consumer(card.id, at, LINE_Y, false)
  }
  const ends = [
    ...layout.sinks.map(({ sink, box }) => ({ id: sink.id, box, indent: 14 })),
    ...layout.stores.map(({ card, box }) => ({ id: card.id, box, indent: 2 })),
  ]
  for (const { id, box, indent } of ends) {
    const at = stacked
      ? { x: layout.width - 17, y: Math.round(box.y + 9) }
      : { x: box.x - indent, y: middleY(box) }
    add({ id, kind: 'sink', in: at, out: { x: box.x + box.width, y: at.y } })
  }
  return ports
}

type GivenPort = Omit<Port, 'collapsed' | 'stream'> & Partial<Port>

/** Of an exchange its plate, and the cells of each lane. */
function streamPorts(layout: Layout, placed: PlacedStream): readonly GivenPort[] {
  const { stream, tapes, fold, nameX, plate } = placed
  const stacked = layout.name === 'stack'
  const ports: GivenPort[] = []
  if (plate !== null) {
    const y = middleY(plate)
    const out = { x: plate.x + plate.width, y }
    ports.push({ id: stream.id, kind: 'stream', in: { x: plate.x - 2, y }, out })
  }
  const spreads = isExchange(stream)
  const after = besideRows(tapes) + (isBracketed(layout, stream.id) ? 24 : 12)
  const places = tapes.map((tape) => ({
    id: tape.part.id,
    y: tape.y + TAPE_HEIGHT / 2,
    left: tape.labelX,
    right: tape.x + tape.cells * 40,
  }))
  if (fold !== null) {
    const [left, right] = [nameX - 2, fold.x + fold.width]
    places.push({ id: foldId(stream.id), y: middleY(fold), left, right })
  }
  const before = spreads ? 4 : layout.name === 'tight' ? 6 : 8
  for (const { id, y, left, right } of places)
    ports.push({
      id,
      kind: 'tape',
      stream: stream.id,
      in: { x: stacked && !spreads ? right + 10 : left - before, y },
      out: { x: spreads ? right + 4 : stacked ? left - 2 : right + after, y },
    })
  return ports
}

/** Lines leave right of an opened partition's own bracket. */
const besideRows = (tapes: readonly TapePlace[]): number =>
  tapes.some(({ rows }) => rows.length > 0) ? ROWS_RIGHT : 0

/** A stream has a bracket when somebody reads all of it: a group drawn as one card, or a folded stream. */
function isBracketed(layout: Layout, stream: string): boolean {
  const placed = layout.streams.find((one) => one.stream.id === stream)
  if (placed === undefined) return false
  if (isExchange(placed.stream)) return false
  if (placed.fold !== null) return true
  if (placed.tapes.length < 2) return false
  return layout.groups.some(({ group }) => group.collapsed || group.cards.length === 1)
}

function linesOf(plan: Plan, ports: ReadonlyMap<string, Port>): readonly Line[] {
  const lines = new Map<string, Line>()
  for (const wire of plan.wires) {
    const from = ports.get(plan.standIn.get(wire.from) ?? wire.from)
    const to = ports.get(plan.standIn.get(wire.to) ?? wire.to)
    if (from === undefined || to === undefined || from.id === to.id) continue
    const bracket = readsAll(plan, from, to) ? from.stream : ''
    const key = `${bracket === '' ? from.id : `[${bracket}]`}>${to.id}`
    const line = lines.get(key)
    if (line === undefined) lines.set(key, { key, from, to, bracket, wires: [wire] })
    else line.wires.push(wire)
  }
  return [...lines.values()]
}

function readsAll(plan: Plan, from: Port, to: Port): boolean {
  if (from.kind !== 'tape' || to.kind !== 'consumer') return false
  const stream = plan.streams.find((one) => one.id === from.stream)
  if (stream === undefined || isExchange(stream)) return false
  if (stream.folded.length > 0) return true
  if (stream.tapes.length < 2) return false
  return (
    to.collapsed || plan.groups.some((g) => g.cards.length === 1 && g.cards[0]?.card.id === to.id)
  )
}

const isOpenedIn = (layout: Layout, stream: string): boolean =>
  layout.streams.some((one) => one.stream.id === stream && besideRows(one.tapes) > 0)

interface Exit {
  readonly x: number
  readonly y: number
  readonly ys: readonly number[]
  readonly right: number
}

/** Where a stream's bracket is left: near its readers, a little towards the lowest. */
function exitsOf(layout: Layout, lines: readonly Line[]): ReadonlyMap<string, Exit> {
  const exits = new Map<string, Exit>()
  for (const { stream, tapes, fold } of layout.streams) {
    const own = lines.filter((line) => line.bracket === stream.id)
    const first = tapes[0]
    if (own.length === 0 || first === undefined) continue
    const ys = tapes.map((tape) => tape.y + TAPE_HEIGHT / 2)
    if (fold !== null) ys.push(middleY(fold))
    const right = first.x + first.cells * 40
    if (layout.name === 'stack') {
      exits.set(stream.id, { x: RAIL, y: Math.max(...ys), ys, right })
      continue
    }
    const targets = own.map((line) => line.to.in.y)
    const mean = targets.reduce((sum, y) => sum + y, 0) / targets.length
    const y = fold === null ? Math.round((mean + Math.max(...targets)) / 2) : Math.round(mean)
    exits.set(stream.id, { x: right + besideRows(tapes) + 24, y, ys, right })
  }
  return exits
}

function trackFor(line: Line, layout: Layout, exits: ReadonlyMap<string, Exit>): Track {
  const { from, to } = line
  const exit = exits.get(line.bracket)
  const own = exchangeLine(from, to, layout)
  if (own !== null) return own
  const start = exit ?? from.out
  if (layout.name === 'stack') return stackedTrack(line, layout, start)
  if (from.kind === 'producer') {
    if (layout.name === 'row' && !isOpenedIn(layout, to.stream)) return cubic(from.out, to.in, 0.6)
    if (layout.name === 'row') {
      // Level and upright, so that none runs through the name over the opened rows.
      const x = from.out.x + SPINE
      return rail([from.out, { x, y: from.out.y }, { x, y: to.in.y }, to.in])
    }
    return rail([from.out, { x: RAIL, y: from.out.y }, { x: RAIL, y: to.in.y }, to.in])
  }
  if (from.kind === 'consumer' && to.kind === 'tape') {
    // Back to a log (a retry or dead-letter topic): it arrives where the log grows.
    const leave = { x: from.in.x + 2, y: from.out.y + 24 }
    return cubic(leave, { x: to.out.x, y: to.out.y })
  }
  return cubic(start, to.in, 0.5)
}

function stackedTrack({ from, to }: Line, layout: Layout, start: Point): Track {
  const right = layout.width - RAIL
  if (from.kind === 'tape')
    return rail([start, { x: RAIL, y: start.y }, { x: RAIL, y: to.in.y }, to.in])
  return rail([from.out, { x: right, y: from.out.y }, { x: right, y: to.in.y }, to.in])
}

/** A bracket is dimmed when all that leaves it is. */
function bracketsOf(
  layout: Layout,
  exits: ReadonlyMap<string, Exit>,
  lit: readonly string[],
): readonly PlacedLine[] {
  return [...exits].map(([stream, exit]): PlacedLine => {
    const ys = [...exit.ys, exit.y]
    const placed = layout.streams.find((one) => one.stream.id === stream)
    const left = layout.name === 'stack' ? (placed?.x ?? 16) - 2 : exit.right + 18
    const stubs = exit.ys.map((y) => `M${left} ${y}H${exit.x}`).join('')
    const spine = `M${exit.x} ${Math.min(...ys)}V${Math.max(...ys)}`
    return { shapes: [path(stubs + spine, 'bracket')], dim: !lit.includes(stream) }
  })
}

/** A gap narrower than this holds no words. */
const PLATE_GAP = 84

/** Middle of a line of words above a card; above the first one where the cards stand close. */
function roomAbove(box: Box, { cards, box: group }: PlacedGroup): number {
  const bottoms = cards.map((card) => card.box.y + card.box.height).filter((y) => y <= box.y)
  const isClose = bottoms.length > 0 && box.y - Math.max(...bottoms) < 32
  return (isClose ? group.y : box.y) - 15
}

/** A fault's words in its colour; what is about to be in the accent. */
const TONES: Partial<Record<WirePart['state'], Role>> = {
  lost: 'text.fault',
  rebalancing: 'text.accent',
}

const leftOf = ({ dueMs }: WirePart, timeMs: number): readonly string[] =>
  dueMs === undefined ? [] : [leftWords(dueMs, timeMs)]

/** A wire's words: in the gap it crosses; where that is too narrow, on the heading of the group it goes to. */
function platesOf(line: Line, track: Track, layout: Layout, timeMs: number): readonly BasicShape[] {
  if (line.from.kind === 'tape' && line.to.kind === 'stream')
    return reasonOf(track, line.wires[0]?.label ?? '')
  const wire = line.to.collapsed ? undefined : line.wires.find(({ label }) => label !== '')
  if (wire === undefined) return []
  const tone = TONES[wire.state] ?? 'ink-2'
  const words = [...wire.label.split('\n'), ...leftOf(wire, timeMs)]
  const counting = (shape: BasicShape): BasicShape => {
    if (wire.dueMs === undefined || shape.shape !== 'text') return shape
    const left = leftWords(wire.dueMs, timeMs)
    if (!shape.text.endsWith(left)) return shape
    return { ...shape, countdown: { before: shape.text.slice(0, -left.length), dueMs: wire.dueMs } }
  }
  const [start, end] = [pointAt(track, 0), pointAt(track, 1)]
  if (layout.name !== 'stack' && end.x - start.x >= PLATE_GAP)
    return plate((start.x + end.x) / 2, pointAt(track, 0.4).y, words, tone).map(counting)
  const placed = layout.groups.find(({ cards }) => cards.some(({ card }) => card.id === line.to.id))
  const box = placed?.cards.find(({ card }) => card.id === line.to.id)?.box
  if (placed === undefined || box === undefined) return []
  const roomy = layout.name === 'stack' || wire.dueMs !== undefined
  const one = roomy ? words.join(', ') : (words[0] ?? '')
  const width = Math.max(90, textWidth(one, 15, 600) + 8)
  const y = placed.headY === null ? roomAbove(box, placed) : placed.headY - 5
  const [right, left] = [box.x + box.width, box.x + box.width - width]
  return [
    rect({ x: left, y: y - 12, width: width + 1, height: 24 }, 0, 'plate'),
    counting(text({ x: right, y: y + 5 }, one, tone, { anchor: 'end', weight: 600 })),
  ]
}
