// The plan of a scene: which parts are drawn as what (full card, collapsed, folded) and in which columns.
// It reads a picture and knows no coordinates; layouts place it.
import type {
  CardPart,
  Picture,
  PipelinePart,
  PointerPart,
  ReplicaPart,
  TablePart,
  WirePart,
} from '../picture/types.ts'
import { type LanePart, laneOf } from './queue.ts'
import type { View } from './types.ts'

export interface PlannedCard {
  readonly card: CardPart
  readonly lines: readonly PipelinePart[]
}

export interface PlannedGroup {
  readonly id: string
  readonly title: string
  readonly letter: string
  readonly cards: readonly PlannedCard[]
  readonly collapsed: boolean
  /** Sinks its members write to, by wires, in wire order. */
  readonly sinks: readonly string[]
}

export interface PlannedReplica {
  readonly replica: ReplicaPart
  readonly node: CardPart
  /** Room for so many letters of what its node may hold, so that nothing moves when a coordinator does. */
  readonly letters: number
}

export interface PlannedTape {
  readonly part: LanePart
  /** Of the opened partition, the leader's first; else empty. */
  readonly replicas: readonly PlannedReplica[]
}

export interface PlannedStream {
  readonly id: string
  readonly title: string
  readonly note: string
  /** An exchange: each of its lanes gets copies. */
  readonly spreads?: true
  readonly tapes: readonly PlannedTape[]
  /** Partitions drawn as one strip. */
  readonly folded: readonly LanePart[]
}

export interface Plan {
  readonly producers: readonly PlannedCard[]
  readonly stores: readonly PlannedCard[]
  readonly streams: readonly PlannedStream[]
  /** The group in focus first, then the others in their order. */
  readonly groups: readonly PlannedGroup[]
  readonly sinks: readonly TablePart[]
  readonly wires: readonly WirePart[]
  readonly pointers: ReadonlyMap<string, readonly PointerPart[]>
  /** What draws a part that is not drawn itself: members of collapsed groups, folded tapes. */
  readonly standIn: ReadonlyMap<string, string>
}

/** Partitions beyond three are one strip; a group of more than three is one card. */
const TAPES_SHOWN = 3
const CARDS_SHOWN = 3
/** Each queue has readers of its own, so that more of them are drawn. */
const QUEUES_SHOWN = 6
/** Letters of groups in the box of a node; of more the first ones and a plus. */
const LETTERS = 3

export const foldId = (stream: string): string => `${stream}/+`

/** An exchange, whose queues and streams each have their own readers. */
export const isExchange = ({ spreads }: Pick<PlannedStream, 'spreads'>): boolean => spreads === true

export function planOf(picture: Picture, view: View): Plan {
  const cards: CardPart[] = []
  const tapes: LanePart[] = []
  const replicas: ReplicaPart[] = []
  const sinks: TablePart[] = []
  const wires: WirePart[] = []
  const lines = new Map<string, PipelinePart[]>()
  const pointers = new Map<string, PointerPart[]>()
  for (const part of picture.parts) {
    if (part.kind === 'card') cards.push(part)
    if (part.kind === 'tape') tapes.push(part)
    if (part.kind === 'queue') tapes.push(laneOf(part))
    if (part.kind === 'replica') replicas.push(part)
    if (part.kind === 'table') sinks.push(part)
    if (part.kind === 'wire') wires.push(part)
    if (part.kind === 'pipeline') append(lines, part.of, part)
    if (part.kind === 'pointer') append(pointers, part.of, part)
  }
  const planned = (card: CardPart): PlannedCard => ({
    card,
    lines: (lines.get(card.id) ?? []).toSorted((a, b) => a.worker - b.worker),
  })
  const standIn = new Map<string, string>()
  const groups = groupsOf(picture, view, cards.map(planned), wires)
  for (const group of groups)
    if (group.collapsed) for (const { card } of group.cards) standIn.set(card.id, group.id)
  const opened = openedOf(picture, view, { replicas, cards })
  const streams = streamsOf(picture, view, { tapes, opened })
  for (const stream of streams)
    for (const tape of stream.folded) standIn.set(tape.id, foldId(stream.id))
  return {
    producers: cards.filter((card) => card.role === 'producer').map(planned),
    stores: cards.filter((card) => card.role === 'dedup store').map(planned),
    streams,
    groups,
    sinks: sinksInOrder(sinks, groups),
    wires,
    pointers,
    standIn,
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function groupsOf(
  picture: Picture,
  view: View,
  cards: readonly PlannedCard[],
  wires: readonly WirePart[],
): readonly PlannedGroup[] {
  const focus = picture.groups.some((group) => group.id === view.focus)
    ? view.focus
    : picture.groups[0]?.id
  const all = picture.groups.map((group): PlannedGroup => {
    const members = group.cards.flatMap((id) => cards.filter(({ card }) => card.id === id))
    const ids = new Set(members.map(({ card }) => card.id))
    const written = wires.filter((wire) => ids.has(wire.from)).map((wire) => wire.to)
    return {
      id: group.id,
      title: group.title,
      letter: group.letter,
      cards: members,
      collapsed: group.id !== focus || members.length > CARDS_SHOWN,
      sinks: [...new Set(written)],
    }
  })
  // Consumers of no group stand by themselves, one card each.
  const grouped = new Set(picture.groups.flatMap((group) => group.cards))
  const alone = cards.filter(({ card }) => card.role === 'consumer' && !grouped.has(card.id))
  const single = alone.map(
    (one): PlannedGroup => ({
      id: one.card.id,
      title: one.card.title,
      letter: one.card.letter,
      cards: [one],
      collapsed: all.length > 0,
      sinks: wires.filter((wire) => wire.from === one.card.id).map((wire) => wire.to),
    }),
  )
  return [
    ...all.filter((group) => group.id === focus),
    ...all.filter((group) => group.id !== focus),
    ...single,
  ]
}

interface Copies {
  readonly replicas: readonly ReplicaPart[]
  readonly cards: readonly CardPart[]
}

/** The replicas of the partition asked for, or else of the first that has any; the leader's first. */
function openedOf(
  picture: Picture,
  view: View,
  { replicas, cards }: Copies,
): readonly PlannedReplica[] {
  const letters = cards.some(({ holds }) => holds !== undefined) ? picture.groups.length : 0
  const asked = replicas.some(({ of }) => of === view.opened) ? view.opened : replicas[0]?.of
  const own = replicas.filter(({ of }) => of === asked)
  const ordered = [...own.filter(({ leads }) => leads), ...own.filter(({ leads }) => !leads)]
  return ordered.flatMap((replica) => {
    const node = cards.find(({ id }) => id === replica.node)
    return node === undefined ? [] : [{ replica, node, letters: Math.min(LETTERS, letters) }]
  })
}

interface Logs {
  readonly tapes: readonly LanePart[]
  readonly opened: readonly PlannedReplica[]
}

function streamsOf(
  picture: Picture,
  view: View,
  { tapes, opened }: Logs,
): readonly PlannedStream[] {
  const known = new Set(picture.streams.map((stream) => stream.id))
  const named = [
    ...picture.streams,
    ...[...new Set(tapes.map((tape) => tape.stream))]
      .filter((id) => !known.has(id))
      .map((id): Picture['streams'][number] => ({ id, title: id, note: '' })),
  ]
  return named.map((stream) => {
    const own = tapes.filter((tape) => tape.stream === stream.id)
    const most = isExchange(stream) ? QUEUES_SHOWN : TAPES_SHOWN
    const shown = view.allTapes === true || own.length <= most ? own.length : most
    const [drawn, folded] = chosen(own, shown, opened[0]?.replica.of)
    const planned = drawn.map((part) => ({
      part,
      replicas: opened[0]?.replica.of === part.id ? opened : [],
    }))
    return { ...stream, tapes: planned, folded }
  })
}

/** The first ones, and the one that is opened in the place of the last where it would not be among them. */
function chosen(
  own: readonly LanePart[],
  shown: number,
  opened: string | undefined,
): readonly [drawn: readonly LanePart[], folded: readonly LanePart[]] {
  const hidden = own.slice(shown).find(({ id }) => id === opened)
  if (hidden === undefined) return [own.slice(0, shown), own.slice(shown)]
  const drawn = [...own.slice(0, shown - 1), hidden]
  return [drawn, own.filter((tape) => !drawn.includes(tape))]
}

/** Sinks stand in the order of the groups that write to them, so that wires cross as little as they can. */
function sinksInOrder(
  sinks: readonly TablePart[],
  groups: readonly PlannedGroup[],
): readonly TablePart[] {
  const order = groups.flatMap((group) => group.sinks)
  const rank = (id: string) => {
    const place = order.indexOf(id)
    return place < 0 ? order.length : place
  }
  return sinks
    .map((sink, i) => ({ sink, i }))
    .toSorted((a, b) => rank(a.sink.id) - rank(b.sink.id) || a.i - b.i)
    .map(({ sink }) => sink)
}
