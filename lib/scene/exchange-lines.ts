// Lines to and from exchanges and what is bound to them. They run level and upright: from a plate straight to its
// own lanes; dead letters and what comes back of them in lanes of their own between plates and cells; answers and
// what consumers publish below the cells.
import { PLATE_LINES } from './exchange.ts'
import { textWidth } from './measure.ts'
import type { Layout } from './placed.ts'
import { type Port, RAIL } from './port.ts'
import { plate as wordPlate } from './shapes.ts'
import { TAPE_HEIGHT, type TapePlace } from './tape-place.ts'
import { cubic, pointAt, rail, type Track } from './track.ts'
import type { BasicShape, Box, Point } from './types.ts'

/** Upright lanes, left of the cells: of dead letters, and of what goes back to where it was. */
const DEAD_LANE = 12
const BACK_LANE = 24
/** Right of the cells: answers, and what consumers publish; below the last cells of an exchange. */
const RIGHT = { answers: 12, published: 26 }
const BELOW = { answers: 34, published: 44 }
/** Where dead letters leave a queue and where they come back to one, from the top of its cells. */
const LEAVES = 44
const COMES_BACK = 36

interface Exchange {
  readonly id: string
  readonly plate: Box
  readonly tapes: readonly TapePlace[]
}

const exchangesOf = (layout: Layout): readonly Exchange[] =>
  layout.streams.flatMap(({ stream, plate, tapes }) =>
    plate === null ? [] : [{ id: stream.id, plate, tapes }],
  )

/** Null where neither end is an exchange or a lane of one: then it is drawn as any other line. */
export function exchangeLine(from: Port, to: Port, layout: Layout): Track | null {
  const all = exchangesOf(layout)
  const exchange = all.find(({ id }) => [from, to].some((port) => isAt(port, id)))
  if (exchange === undefined) return null
  if (from.kind === 'producer') return published(from, to, layout)
  if (from.kind === 'stream') return routed(from, to, exchange, all)
  if (from.kind === 'consumer') return sentBy(from, exchange)
  if (to.kind === 'stream') return deadLettered(from, to, all)
  if (to.kind === 'producer') return answered(from, to, exchange, layout)
  return layout.name === 'stack' ? delivered(from, to, all) : null
}

const isAt = (port: Port, id: string): boolean =>
  port.stream === id || (port.kind === 'stream' && port.id === id)

const right = ({ x, width }: Box): number => x + width
const middle = ({ x, width }: Box): number => x + width / 2

/** Beside its exchange a publisher reaches it across; above it, along the margin. */
function published(from: Port, to: Port, layout: Layout): Track {
  if (layout.name === 'row') return cubic(from.out, to.in, 0.6)
  const { y } = from.out
  return rail([{ x: from.in.x + 2, y }, { x: RAIL, y }, { x: RAIL, y: to.in.y }, to.in])
}

function routed(from: Port, to: Port, exchange: Exchange, all: readonly Exchange[]): Track {
  const { plate } = all.find(({ id }) => id === from.id) ?? exchange
  if (to.stream !== from.id) {
    const top = exchangeTop(from.id, all) + PLATE_LINES.out
    const y = to.in.y - TAPE_HEIGHT / 2 + COMES_BACK
    const x = to.in.x + 4 - BACK_LANE
    return rail([
      { x: right(plate), y: top },
      { x, y: top },
      { x, y },
      { x: to.in.x, y },
    ])
  }
  const isFolded = to.in.y > plate.y + plate.height
  const x = middle(plate)
  return isFolded
    ? rail([{ x, y: plate.y + plate.height }, { x, y: to.in.y }, to.in])
    : rail([{ x: right(plate), y: to.in.y }, to.in])
}

const exchangeTop = (id: string, all: readonly Exchange[]): number =>
  all.find((each) => each.id === id)?.tapes[0]?.y ?? 0

/** Out of a queue at its left, to another exchange; or back into the one it was handed out by. */
function deadLettered(from: Port, to: Port, all: readonly Exchange[]): Track {
  const target = all.find(({ id }) => id === to.id)
  const x = right(target?.plate ?? { x: 0, y: 0, width: 0, height: 0 }) + 2
  const start: Point = { x: from.in.x + 4, y: from.in.y - TAPE_HEIGHT / 2 + LEAVES }
  if (from.stream === to.id) {
    const y = start.y - LEAVES + PLATE_LINES.ring
    return rail([
      { x: start.x, y },
      { x, y },
    ])
  }
  const y = exchangeTop(to.id, all) + PLATE_LINES.in
  const lane = start.x - DEAD_LANE
  return rail([start, { x: lane, y: start.y }, { x: lane, y }, { x, y }])
}

/** Published by a consumer: under the cells to the foot of the exchange. */
function sentBy(from: Port, { plate, tapes }: Exchange): Track {
  const last = tapes.at(-1)
  const low = { x: from.in.x + 2, y: from.in.y + 30 }
  const x = last === undefined ? low.x : last.x + last.cells * 40 + RIGHT.published
  const y = (last?.y ?? 0) + TAPE_HEIGHT + BELOW.published
  const foot = { x: middle(plate), y: plate.y + plate.height + 2 }
  // Below one another cards begin at the left margin: the way goes up along it.
  if (low.x <= plate.x + 4)
    return rail([low, { x: RAIL, y: low.y }, { x: RAIL, y }, { x: foot.x, y }, foot])
  return rail([low, { x, y: low.y }, { x, y }, { x: foot.x, y }, foot])
}

/** An answer goes round its exchange, back to who asked. */
function answered(from: Port, to: Port, { tapes }: Exchange, layout: Layout): Track {
  const { y } = from.out
  const start = { x: from.out.x, y }
  if (layout.name !== 'row') {
    const edge = layout.name === 'stack' ? layout.width - RAIL : start.x + RIGHT.answers - 4
    const end = layout.name === 'stack' ? layout.width - 14 : start.x - 4
    return rail([start, { x: edge, y }, { x: edge, y: to.in.y }, { x: end, y: to.in.y }])
  }
  const below = (tapes.at(-1)?.y ?? y) + TAPE_HEIGHT + BELOW.answers
  const x = start.x + RIGHT.answers - 4
  const edge = Math.max(RAIL, to.in.x - 10)
  return rail([
    start,
    { x, y },
    { x, y: below },
    { x: edge, y: below },
    { x: edge, y: to.in.y },
    to.in,
  ])
}

/** Stacked: right of the cells down past all exchanges, then along the margin to the card. */
function delivered(from: Port, to: Port, all: readonly Exchange[]): Track {
  const bottoms = all.map(({ plate, tapes }) =>
    Math.max(plate.y + plate.height, (tapes.at(-1)?.y ?? 0) + TAPE_HEIGHT + 26),
  )
  const below = Math.max(...bottoms) + 8
  const x = from.out.x + 8
  const { y } = from.out
  return rail([
    from.out,
    { x, y },
    { x, y: below },
    { x: RAIL, y: below },
    { x: RAIL, y: to.in.y },
    to.in,
  ])
}

/** Why messages go this way: under where the line leaves its queue, or on it where it is short. */
export function reasonOf(track: Track, words: string): readonly BasicShape[] {
  if (words === '') return []
  if (track.curves.length === 1) {
    const { x, y } = pointAt(track, 0.5)
    return wordPlate(x, y, [words], 'ink-2')
  }
  const [, first] = track.curves
  const lane = first?.[0] ?? 0
  // A little left of the cells, however long the word.
  return wordPlate(
    lane + 4 - textWidth(words, 15, 600) / 2,
    (first?.[1] ?? 0) + 32,
    [words],
    'ink-2',
  )
}
