// Processes: producers, consumers with the line their messages ride, groups out of focus.
import type { CardPart, PipelinePart, Token } from '../picture/types.ts'
import { fitText, textWidth, wrap } from './measure.ts'
import { grow, type Moves, slide, TICK_MS } from './motion.ts'
import { boltDisc, circle, letterBox, mono, path, rect, text } from './shapes.ts'
import type { Role } from './style.ts'
import { round } from './track.ts'
import type { BasicShape, Box, Shape } from './types.ts'

export const CARD_WIDTH = 248
export const CARD_HEIGHT = 100
export const NOTE_LINE = 20
export const COLLAPSED_HEIGHT = 44
export const PRODUCER_HEIGHT = 64
const PAD = 14
/** The line of stops, from the top of a card and of a collapsed card. */
export const LINE_Y = 52
export const COLLAPSED_LINE_Y = 32
/** From one worker's line to the next. */
const WORKER_PITCH = 36
const WORKERS_SHOWN = 3

/** What a card says under its line: why it stopped, or its settings. */
export const saidLines = (card: CardPart, width: number): readonly string[] =>
  card.said === '' ? [] : card.said.split('\n').flatMap((line) => wrap(line, width - PAD * 2, 500))

const workerLines = (lines: readonly PipelinePart[]): number =>
  Math.max(1, Math.min(WORKERS_SHOWN, lines.length))

export function cardHeight(
  card: CardPart,
  lines: readonly PipelinePart[],
  width = CARD_WIDTH,
): number {
  const notes = saidLines(card, width).length + card.notes.length
  return CARD_HEIGHT + NOTE_LINE * notes + WORKER_PITCH * (workerLines(lines) - 1)
}

/** Where the stops stand, as shares of the width: four as in the design, else evenly between its ends. */
export function stopX(stops: Stops, index: number, width: number): number {
  let x = 0
  for (let at = 0; at <= index; at++) {
    const least =
      at === 0 ? MARGIN_OF_STOPS + stageWidth(stops[0]) / 2 : x + besides(stops[at - 1], stops[at])
    x = Math.max(shareOf(stops.length, at) * width, least)
  }
  return round(x)
}

type Stops = readonly { readonly label: string }[]

function shareOf(count: number, index: number): number {
  const four = [0.105, 0.345, 0.6, 0.85]
  if (count === 4) return four[index] ?? 0
  return count === 1 ? 0.5 : 0.105 + (0.745 * index) / (count - 1)
}

/** A longer word than the design's moves its stop to the right, and the next ones only as far as they must. */
const MARGIN_OF_STOPS = 4
const BETWEEN_WORDS = 4
const wordWidth = (stop: Stops[number] | undefined): number => textWidth(stop?.label ?? '', 15)
/** Of the ground of the stage where the work stands. */
const stageWidth = (stop: Stops[number] | undefined): number =>
  Math.max(44, Math.ceil(textWidth(stop?.label ?? '', 15, 600)) + 16)
/** Only one of two neighbours stands on a ground. */
const besides = (a: Stops[number] | undefined, b: Stops[number] | undefined): number =>
  Math.max(stageWidth(a) + wordWidth(b), wordWidth(a) + stageWidth(b)) / 2 + BETWEEN_WORDS

export const boxRoles: Record<CardPart['state'], Role> = {
  running: 'box',
  crashed: 'box.crashed',
  paused: 'box.paused',
  rebalancing: 'box.rebalancing',
  left: 'box.left',
}
/** The word that stands in the place of the assignment while the process does not run. */
const stateWords: Record<CardPart['state'], string> = {
  running: '',
  crashed: 'crashed',
  paused: 'paused',
  rebalancing: 'rebalancing',
  left: 'left',
}

/** More than four partitions: the first three and +n; `few` keeps only the first. */
export function assignmentWords(assignment: readonly string[], few = false): string {
  if (few && assignment.length > 1) return `${assignment[0]} +${assignment.length - 1}`
  if (assignment.length <= 4) return assignment.join(' ')
  return `${assignment.slice(0, 3).join(' ')} +${assignment.length - 3}`
}

/** The outline, and the selection 4px out of it. */
function frame(box: Box, role: Role, selected: boolean): readonly BasicShape[] {
  const shapes = [rect(box, 8, role)]
  if (selected) shapes.push(rect(grown(box, 4), 11, 'selection'))
  return shapes
}

export const grown = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + by * 2,
  height: box.height + by * 2,
})

export function drawProducer(card: CardPart, box: Box, selected: boolean): readonly Shape[] {
  const role = boxRoles[card.state]
  const pad = box.width < 130 ? 12 : PAD
  const state = stateWords[card.state]
  const flat = box.height < PRODUCER_HEIGHT
  const shapes: Shape[] = [
    ...frame(box, role, selected),
    text({ x: box.x + pad, y: box.y + (flat ? 27 : 26) }, card.title, 'ink', { weight: 600 }),
  ]
  const [words, tone]: [string, Role] =
    state === '' ? [card.subtitle, 'ink-3'] : [state, 'text.fault']
  const weight = state === '' ? 400 : 600
  const taken = textWidth(card.title, 15, 600) + textWidth(words, 15, weight) + pad * 2 + 8
  if (flat && taken > box.width && state === '') return shapes
  shapes.push(
    flat
      ? text({ x: box.x + box.width - pad, y: box.y + 27 }, words, tone, { anchor: 'end', weight })
      : text({ x: box.x + pad, y: box.y + 49 }, words, tone, { weight }),
  )
  return shapes
}

/** Setting lines under a producer, in mono; one too long for its column breaks at its equals sign. */
export function noteLines(notes: readonly string[], width: number): readonly string[] {
  return notes.flatMap((note) => {
    const cut = note.indexOf('=')
    if (textWidth(note, 15, 400, 'mono') <= width || cut < 0) return [note]
    return [note.slice(0, cut), note.slice(cut)]
  })
}

export interface ConsumerLook {
  readonly card: CardPart
  readonly lines: readonly PipelinePart[]
  readonly selected: boolean
  readonly moves: Moves
}

export function drawConsumer(look: ConsumerLook, box: Box): readonly Shape[] {
  const { card, lines, selected, moves } = look
  const right = box.x + box.width - PAD
  const room = box.width - PAD * 2
  const state = stateWords[card.state]
  const corner = state === '' ? assignmentWords(card.assignment) : state
  const cornerWidth = textWidth(corner, 15, 600, state === '' ? 'mono' : 'sans')
  const shapes: Shape[] = [
    ...frame(box, boxRoles[card.state], selected),
    text(
      { x: box.x + PAD, y: box.y + 23 },
      fitText(card.title, room - cornerWidth - 8, { weight: 600 }),
      'ink',
      {
        weight: 600,
      },
    ),
  ]
  if (state === '')
    shapes.push(mono({ x: right, y: box.y + 23 }, corner, 'ink-2', { anchor: 'end' }))
  else {
    const tone =
      card.state === 'rebalancing' ? 'text.accent' : card.state === 'left' ? 'ink-3' : 'text.fault'
    shapes.push(text({ x: right, y: box.y + 23 }, state, tone, { anchor: 'end', weight: 600 }))
  }
  const shown = lines.slice(0, WORKERS_SHOWN)
  shown.forEach((line, i) => {
    shapes.push(...drawLine(card, line, box, { y: box.y + LINE_Y + WORKER_PITCH * i, moves }))
  })
  const labelY = box.y + LINE_Y + WORKER_PITCH * (workerLines(lines) - 1) + 38
  if (shown[0] !== undefined) shapes.push(...stageLabels(card, shown, box, labelY))
  if (lines.length > shown.length)
    shapes.push(
      text({ x: right, y: labelY - 16 }, `+${lines.length - shown.length}`, 'ink-3', {
        anchor: 'end',
      }),
    )
  const under = [
    ...saidLines(card, box.width).map((words) => ({ words, said: true })),
    ...card.notes.map((words) => ({ words, said: false })),
  ]
  under.forEach(({ words, said }, i) => {
    const at = { x: box.x + PAD, y: labelY + 2 + NOTE_LINE * (i + 1) }
    const family = said ? 'sans' : 'mono'
    const role = said ? 'text.fault' : 'ink-2'
    shapes.push(text(at, fitText(words, room, { family }), role, { family, weight: 500 }))
  })
  return shapes
}

/** One worker's line: passed stops filled, the current one accent with the token on it. */
function drawLine(
  card: CardPart,
  line: PipelinePart,
  box: Box,
  { y, moves }: { readonly y: number; readonly moves: Moves },
): readonly Shape[] {
  const count = line.stops.length
  const x = (index: number) => box.x + stopX(line.stops, index, box.width)
  const end = x(count - 1)
  const isDead = card.state === 'crashed' || card.state === 'left'
  const shapes: Shape[] = [path(`M${box.x} ${y}H${round(end)}`, 'line')]
  if (line.at >= 0) shapes.push(path(`M${box.x} ${y}H${round(x(line.at))}`, 'line.done'))
  line.stops.forEach((stop, i) => {
    const isCurrent = i === line.at && !isDead
    const passed = i < line.at && !isDead
    const role: Role = isCurrent
      ? 'stop.lit'
      : stop.off
        ? 'stop.off'
        : passed
          ? 'stop.done'
          : 'stop'
    shapes.push(circle(x(i), y, isCurrent ? 6.5 : 5, role))
  })
  if (line.broken && line.at >= 0) {
    const next = line.at + 1 < count ? x(line.at + 1) : x(line.at) + 62
    const middle = (x(line.at) + next) / 2
    if (line.at + 1 < count)
      shapes.push(path(`M${round(middle)} ${y}H${round(next - 5)}`, 'line.cut'))
    const growing = grow(moves, card.sinceMs, { at: { x: middle, y }, from: BOLT, ms: TICK_MS })
    shapes.push(...boltDisc(middle, y).map((shape) => ({ ...shape, ...growing })))
  }
  if (line.token === null) return shapes
  const place = (stop: number) => (stop < 0 ? box.x : x(stop))
  // Each way leads to where the next one begins, the last to where it is.
  const slides = (line.ways ?? []).map(({ from, sinceMs }, i, ways) => {
    const to = ways[i + 1]?.from ?? line.at
    return { dx: round(place(from) - x(Math.max(0, to))), sinceMs }
  })
  const token = tokenOn(line.token, x(Math.max(0, line.at)), y)
  shapes.push({ ...token, ...slide(moves, slides) })
  return shapes
}

/** A bolt comes out from six tenths of its size. */
const BOLT = { x: 0.6, y: 0.6 }

const tokenOn = (token: Token, x: number, y: number): Shape => ({
  shape: 'token',
  x: round(x),
  y,
  token,
  radius: 15,
  dim: false,
})

/** The names of the stages, once under all workers; a stage some worker is in stands on a wash. */
function stageLabels(
  card: CardPart,
  lines: readonly PipelinePart[],
  box: Box,
  y: number,
): readonly Shape[] {
  const stops = lines[0]?.stops ?? []
  const isDead = card.state === 'crashed' || card.state === 'left'
  return stops.flatMap((stop, i) => {
    const x = box.x + stopX(stops, i, box.width)
    const isLit = !isDead && lines.some((line) => line.at === i)
    if (!isLit)
      return [text({ x, y }, stop.label, stop.off ? 'ink-3' : 'ink-2', { anchor: 'middle' })]
    const isSlow = card.state === 'paused'
    const width = stageWidth(stop)
    return [
      rect(
        { x: x - width / 2, y: y - 16, width, height: 22 },
        4,
        isSlow ? 'stage.fault' : 'stage.lit',
      ),
      text({ x, y }, stop.label, isSlow ? 'text.fault' : 'text.accent', {
        anchor: 'middle',
        weight: 600,
      }),
    ]
  })
}

export interface CollapsedLook {
  readonly title: string
  readonly letter: string
  readonly count: number
  readonly assignment: readonly string[]
  readonly line: PipelinePart | null
  readonly faulty: number
  readonly selected: boolean
}

/** A group out of focus: 248 × 44, stops under the stops of the full cards, no names, no token. */
export function drawCollapsed(look: CollapsedLook, box: Box): readonly Shape[] {
  const many = look.count > 1
  const letterX = box.x + PAD + textWidth(look.title, 15, 600) + 14
  const y = box.y + COLLAPSED_LINE_Y
  const shapes: Shape[] = [
    ...frame(box, look.faulty > 0 ? 'box.paused' : 'box', look.selected),
    text({ x: box.x + PAD, y: box.y + 20 }, look.title, 'ink', { weight: 600 }),
  ]
  let x = letterX
  if (look.letter !== '') {
    shapes.push(...letterBox(letterX, box.y + 6, look.letter, 'card'))
    x += 28
  }
  if (many) shapes.push(text({ x, y: box.y + 20 }, `×${look.count}`, 'ink-2'))
  shapes.push(
    mono(
      { x: box.x + box.width - PAD, y: box.y + 20 },
      assignmentWords(look.assignment, many),
      'ink-2',
      {
        anchor: 'end',
      },
    ),
  )
  const line = look.line
  if (line === null) return shapes
  const at = (index: number) => box.x + stopX(line.stops, index, box.width)
  shapes.push(path(`M${box.x} ${y}H${round(at(line.stops.length - 1))}`, 'line'))
  if (line.at >= 0) shapes.push(path(`M${box.x} ${y}H${round(at(line.at))}`, 'line.done'))
  line.stops.forEach((stop, i) => {
    const isCurrent = i === line.at
    const role: Role = isCurrent
      ? 'stop.small.lit'
      : stop.off
        ? 'stop.small.off'
        : i < line.at
          ? 'stop.small.done'
          : 'stop.small'
    shapes.push(circle(at(i), y, isCurrent ? 5 : 3.5, role))
  })
  return shapes
}
