// What a breach is about: which facts, where they stand, which groups it concerns.
import type { Message, Place, Seen } from '../clients/types.ts'
import type { Subject, Violation } from '../invariants/types.ts'
import type { History } from './history.ts'

/** The messages concerned, however often they were sent, and every place where they came to stand. */
export interface Concern {
  readonly facts: ReadonlySet<number>
  readonly places: readonly Place[]
  readonly groups: ReadonlySet<string>
  /** What was told of each fact, by its number. */
  readonly messages: ReadonlyMap<number, Message>
  /** Of what is seen again and again, the times that changed something. */
  readonly turns: ReadonlySet<Seen>
  /** Whether the log itself changed where they stand: then it matters that they were in it. */
  readonly isOfLog: boolean
}

export const messageIn = (seen: Seen): Message | null => ('message' in seen ? seen.message : null)

const isOf = (message: Message, row: string): boolean =>
  [message.key, message.subject, message.type].includes(row)

/** A group breaks a promise by itself; a sink's row is wrong by the doing of all who write to it. */
function groupsOf({ groups }: Subject, of: string): ReadonlySet<string> {
  const sink = of.split(' ')[0]
  return new Set(
    groups.filter(({ id, sink: own }) => id === of || own === sink).map(({ id }) => id),
  )
}

/** The later event of the row that an older one overwrote: the two of them are what it is about. */
function overwritten(all: readonly Seen[], { messages, of }: Violation): readonly number[] {
  const [sink, row] = of.split(' ')
  const [id] = messages
  if (row === undefined || id === undefined) return []
  const inRow = all.filter(
    (seen): seen is Extract<Seen, { kind: 'effectApplied' }> =>
      seen.kind === 'effectApplied' && seen.sink === sink && isOf(seen.message, row),
  )
  const last = inRow.findLastIndex(({ message }) => message.id === id)
  const before = inRow[last - 1]
  return before === undefined ? [] : [before.message.n]
}

/** A fact sent again under another event id is the same fact. A row is of all facts with its key or type. */
export function concernOf({ steps }: History, subject: Subject, violation: Violation): Concern {
  const all = steps.flatMap((step) => step.observations as readonly Seen[])
  const messages = new Map<number, Message>()
  for (const seen of all) {
    const message = messageIn(seen)
    if (message !== null && !messages.has(message.n)) messages.set(message.n, message)
  }
  const ids = new Set(violation.messages)
  const row = violation.of.split(' ')[1]
  const isMeant = (message: Message) =>
    ids.size > 0 ? ids.has(message.id) : row === undefined || isOf(message, row)
  const meant = all.flatMap((seen) => {
    const message = messageIn(seen)
    return message !== null && isMeant(message) ? [message.n] : []
  })
  const facts = new Set([...meant, ...overwritten(all, violation)])
  const groups = groupsOf(subject, violation.of)
  const stored = storedIn(all, facts, subject, groups)
  const places = stored.map(({ place }) => place)
  const turns = turnsIn(all, stored, groups)
  const isOfLog = all.some((seen) => isOfLogOf(seen, places))
  return { facts, places, groups, messages, turns, isOfLog }
}

type Removed = Extract<Seen, { readonly kind: 'removed' }>
type Stored = Extract<Seen, { readonly kind: 'stored' }>

/** Where the facts came to stand: copies in queues that only others read are no concern of these groups. */
function storedIn(
  all: readonly Seen[],
  facts: ReadonlySet<number>,
  subject: Subject,
  groups: ReadonlySet<string>,
): readonly Stored[] {
  const stored = all.filter(
    (seen): seen is Stored => seen.kind === 'stored' && facts.has(seen.message.n),
  )
  const own = subject.groups.filter(({ id }) => groups.has(id)).map(({ stream }) => stream)
  const isOwn = ({ place }: Stored) => own.includes(place.stream)
  const near = new Set(stored.filter(isOwn).map(({ message }) => message.n))
  return stored.filter((each) => isOwn(each) || !near.has(each.message.n))
}

const LOG_CHANGES: readonly Seen['kind'][] = [
  'elected',
  'truncated',
  'expired',
  'compacted',
  'inSync',
]

const isOfLogOf = (seen: Seen, places: readonly Place[]): boolean =>
  LOG_CHANGES.includes(seen.kind) &&
  'lane' in seen &&
  places.some((place) => isSameLane(place, seen))

interface Turning {
  readonly places: readonly Place[]
  readonly groups: ReadonlySet<string>
  /** Per 'group stream/lane': who has it, and '' when that one was removed. */
  readonly owners: Map<string, string>
  /** 'group fact' that took effect, 'group stream/lane/offset' that was passed without, and what is gone. */
  readonly done: Set<string>
}

/** A lane goes to another member, or to the same after it was removed. Who has it first is no turn. */
function isMoved({ owners, places }: Turning, seen: Extract<Seen, { kind: 'assigned' }>): boolean {
  const moved = places.filter(({ stream, lane }) => {
    const owner = seen.owners[`${stream}/${lane}`]
    const before = owners.get(`${seen.group} ${stream}/${lane}`)
    return owner !== undefined && before !== undefined && before !== owner
  })
  for (const [lane, owner] of Object.entries(seen.owners))
    owners.set(`${seen.group} ${lane}`, owner)
  return moved.length > 0
}

function isOwner({ owners }: Turning, seen: Extract<Seen, { kind: 'memberRemoved' }>): boolean {
  const own = [...owners].filter(
    ([lane, owner]) => lane.startsWith(`${seen.group} `) && owner === seen.member,
  )
  for (const [lane] of own) owners.set(lane, '')
  return own.length > 0
}

/** A group commits past a message that has not taken effect in it: from now on it may be lost. */
function isEarly(turning: Turning, seen: Extract<Seen, { kind: 'committed' }>, at: Facts): boolean {
  const passed = turning.places.filter(
    (place, i) =>
      isSameLane(place, seen) &&
      place.offset < seen.offset &&
      !turning.done.has(`${seen.group} ${at[i]}`),
  )
  const fresh = passed.map((place) => `${seen.group} ${place.stream}/${place.lane}/${place.offset}`)
  const isNew = fresh.some((key) => !turning.done.has(key))
  for (const key of fresh) turning.done.add(key)
  return isNew
}

/** Something takes what stands at a place, for the first time. */
function isReached(turning: Turning, lane: LaneOf, takes: (place: Place) => boolean): boolean {
  const taken = turning.places.filter((place) => isSameLane(place, lane) && takes(place))
  const fresh = taken.filter(({ stream, lane: at, offset }) => {
    const key = `gone ${stream}/${at}/${offset}`
    const isNew = !turning.done.has(key)
    turning.done.add(key)
    return isNew
  })
  return fresh.length > 0
}

/** A copy leaves its queue before it took effect: from now on it may be lost. */
function isLetGo({ places, groups, done }: Turning, { message, place }: Removed): boolean {
  const isTheirs = places.some((each) => isSamePlace(each, place))
  return isTheirs && ![...groups].some((group) => done.has(`${group} ${message.n}`))
}

/** Per place: the fact that came to stand there. */
type Facts = readonly number[]

function turnsIn(
  all: readonly Seen[],
  stored: readonly Stored[],
  groups: ReadonlySet<string>,
): ReadonlySet<Seen> {
  const places = stored.map(({ place }) => place)
  const turning: Turning = { places, groups, owners: new Map(), done: new Set() }
  const at = stored.map(({ message }) => message.n)
  const isTurn = (seen: Seen): boolean => {
    if (seen.kind === 'effectApplied') turning.done.add(`${seen.group} ${seen.message.n}`)
    if (seen.kind === 'assigned') return isMoved(turning, seen)
    if (seen.kind === 'memberRemoved') return isOwner(turning, seen)
    if (seen.kind === 'expired')
      return isReached(turning, seen, (place) => place.offset < seen.start)
    if (seen.kind === 'compacted') {
      return isReached(turning, seen, (place) => seen.offsets.includes(place.offset))
    }
    if (seen.kind === 'removed') return isLetGo(turning, seen)
    return seen.kind === 'committed' && isEarly(turning, seen, at)
  }
  return new Set(all.filter(isTurn))
}

export interface LaneOf {
  readonly stream: string
  readonly lane: number
}

export const isSamePlace = (a: Place, b: Place): boolean =>
  isSameLane(a, b) && a.offset === b.offset

export const isSameLane = (a: LaneOf, b: LaneOf): boolean =>
  a.stream === b.stream && a.lane === b.lane

/** Whether this position lies beyond one of the places concerned. */
export const isPassed = (concern: Concern, at: Place): boolean =>
  concern.places.some((place) => isSameLane(place, at) && place.offset < at.offset)

export const isConcernedLane = (concern: Concern, lane: LaneOf): boolean =>
  concern.places.some((place) => isSameLane(place, lane))
