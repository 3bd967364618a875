// No loss: what was acknowledged appears in every group that hears all. Judged at rest, after healing.
// Four things are told apart: dead-lettered and skipped (set aside on purpose, accounted for), lag (the
// group's committed offset has not passed it: it will still be read), expired (the broker was told to keep it
// for so long, or only as long as nothing newer has its key, and the group had not passed it), and lost.
// What was sent and never confirmed may appear or not.
import type { Place, Seen } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import { committed, delivered, handled, published, subjectOf } from './_example.ts'
import { groupIndex, handles, laneOf, reach } from './_facts.ts'
import { nameIn } from './_words.ts'
import type { Invariant, Subject, Violation } from './types.ts'

interface Group {
  /** Per fact: 1 once it took effect here or was set aside on purpose. */
  readonly done: number[]
  /** Per stream, per lane: the committed offset, that is the next one to read; -1: none. */
  readonly committed: Record<string, number[]>
  /** Streams this group reads besides its own: its retry streams. */
  readonly hears: string[]
  /** Per fact, kept for a group that need not hear all: 1 once it was handed over. */
  readonly given: number[]
  /** What was gone from the log before the group's committed offset had passed it. */
  readonly missed: Missed[]
}

/** Offsets from `from` up to and without `to`, and what took them. */
interface Missed {
  readonly by: 'expired' | 'compacted'
  readonly stream: string
  readonly lane: number
  readonly from: number
  readonly to: number
}

interface Acc {
  /** Per fact: 1 once the application was told that it is safe. */
  readonly acknowledged: number[]
  readonly ids: string[]
  readonly sources: string[]
  readonly types: string[]
  /** Per fact: where its latest copy stands; stream is an index into `streams`, -1: nowhere. */
  readonly streams: string[]
  readonly stream: number[]
  readonly lane: number[]
  readonly offset: number[]
  /** Facts with several copies: the earlier ones. */
  readonly others: Record<number, readonly Place[]>
  readonly groups: Group[]
  /** The same of services that publish: what follows from a fact must stand somewhere. */
  readonly publishers: Group[]
}

function store(acc: Acc, n: number, place: Place): void {
  let stream = acc.streams.indexOf(place.stream)
  if (stream < 0) stream = acc.streams.push(place.stream) - 1
  reach(acc.stream, n, -1)
  reach(acc.lane, n, -1)
  reach(acc.offset, n, -1)
  const before = acc.streams[acc.stream[n] as number]
  if (before !== undefined) {
    const copy = { stream: before, lane: acc.lane[n] as number, offset: acc.offset[n] as number }
    acc.others[n] = [...(acc.others[n] ?? []), copy]
  }
  acc.stream[n] = stream
  acc.lane[n] = place.lane
  acc.offset[n] = place.offset
}

const isGone = (place: Place, { stream, lane, offset }: Place): boolean =>
  place.stream === stream && place.lane === lane && place.offset >= offset

/**
 * A lane ends here from now on: copies that stand beyond are gone, whoever was told that they are safe. What was
 * cut from a replica that led in vain has its place at the very offsets at which others stand by now, so that only
 * these messages' copies are meant.
 */
function cutOff(acc: Acc, from: Place, only: readonly number[] | null): void {
  const facts = only ?? acc.stream.keys()
  for (const n of facts) keepCopies(acc, n, (copy) => !isGone(copy, from))
}

/** What was aborted, or what a queue has let go of, stands there no more: nobody will read it. */
function withdraw(acc: Acc, n: number, { stream, lane, offset }: Place): void {
  const isIt = (copy: Place) =>
    copy.stream === stream && copy.lane === lane && copy.offset === offset
  keepCopies(acc, n, (copy) => !isIt(copy))
}

function keepCopies(acc: Acc, n: number, stands: (copy: Place) => boolean): void {
  const copies = copiesOf(acc, n).filter(stands)
  if (copies.length === copiesOf(acc, n).length) return
  const last = copies.at(-1)
  acc.stream[n] = last === undefined ? -1 : acc.streams.indexOf(last.stream)
  acc.lane[n] = last?.lane ?? -1
  acc.offset[n] = last?.offset ?? -1
  if (copies.length > 1) acc.others[n] = copies.slice(0, -1)
  else delete acc.others[n]
}

/** Where copies of a fact stand, the latest last. */
function copiesOf(acc: Acc, n: number): readonly Place[] {
  const stream = acc.streams[acc.stream[n] ?? -1]
  if (stream === undefined) return []
  const last = { stream, lane: acc.lane[n] as number, offset: acc.offset[n] as number }
  return [...(acc.others[n] ?? []), last]
}

function account(group: Group, n: number): void {
  reach(group.done, n, 0)
  group.done[n] = 1
}

function commit(group: Group, stream: string, lane: number, offset: number): void {
  group.committed[stream] ??= []
  const lanes = group.committed[stream]
  reach(lanes, lane, -1)
  lanes[lane] = offset
}

/** Offsets of a lane are gone: groups that had yet to pass them have missed them. */
function expire(group: Group, gone: Missed): void {
  const from = Math.max(gone.from, group.committed[gone.stream]?.[gone.lane] ?? 0)
  if (from < gone.to) group.missed.push({ ...gone, from })
}

function leave(acc: Acc, seen: Seen): void {
  for (const group of [...acc.groups, ...acc.publishers]) {
    if (seen.kind !== 'expired' && seen.kind !== 'compacted') continue
    const place = { by: seen.kind, stream: seen.stream, lane: seen.lane }
    if (seen.kind === 'expired') expire(group, { ...place, from: 0, to: seen.start })
    else for (const at of seen.offsets) expire(group, { ...place, from: at, to: at + 1 })
  }
}

/** What took this copy before the group had passed it; null when nothing has. */
function goneBy(group: Group, { stream, lane, offset }: Place): Missed['by'] | null {
  const found = group.missed.find(
    (each) =>
      each.stream === stream && each.lane === lane && offset >= each.from && offset < each.to,
  )
  return found?.by ?? null
}

function hear(group: Group, own: string, owners: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(owners)) {
    const { stream } = laneOf(name)
    if (stream !== own && !group.hears.includes(stream)) group.hears.push(stream)
  }
  group.hears.sort()
}

function inGroup(acc: Acc, seen: Seen, subject: Subject): void {
  if (!('group' in seen)) return
  const at = groupIndex(subject, seen.group)
  const group = acc.groups[at]
  if (group !== undefined) hearOf(group, seen, subject.groups[at] as Subject['groups'][number])
  const { publishers = NOBODY } = subject
  for (let i = 0; i < publishers.length; i++) {
    const told = publishers[i] as Publisher
    if (told.id === seen.group && !isEffect(seen)) hearOf(acc.publishers[i] as Group, seen, told)
  }
}

type Publisher = NonNullable<Subject['publishers']>[number]
const NOBODY: readonly Publisher[] = []
type Told = Omit<Publisher, 'firstN'> & { readonly effect?: Subject['groups'][number]['effect'] }

/** An effect of its own is not yet what follows from it. */
const isEffect = ({ kind }: Seen): boolean => kind === 'effectApplied' || kind === 'effectSkipped'

function hearOf(group: Group, seen: Seen, told: Told): void {
  switch (seen.kind) {
    case 'delivered':
      // A group that begins at the end of the stream answers for what it was given, and for no more.
      if (told.hearsAll) return
      reach(group.given, seen.message.n, 0)
      group.given[seen.message.n] = 1
      return
    case 'effectApplied':
    case 'deadLettered':
    case 'archived':
    case 'skipped':
      account(group, seen.message.n)
      return
    case 'effectSkipped':
      // The row holds a later state of the same key, in which this one is contained; a stock that an
      // overtaken decrement was refused for is one short.
      if (seen.reason === 'version guard' && told.effect === 'upsert') {
        account(group, seen.message.n)
      }
      return
    // A rewind moves a position in memory, not what is committed: after a crash the latter counts.
    case 'committed':
      commit(group, seen.stream, seen.lane, seen.offset)
      return
    case 'assigned':
      hear(group, told.stream, seen.owners)
  }
}

/** Whether this copy is one the group will still read: not one its committed offset has passed. */
function isAhead(group: Group, own: string, place: Place): boolean {
  if (place.stream !== own && !group.hears.includes(place.stream)) return false
  return (group.committed[place.stream]?.[place.lane] ?? -1) <= place.offset
}

/** Facts that should have taken effect in a group and have not, by what became of them. */
function missing(acc: Acc, told: Told, group: Group) {
  const facts = { lost: [] as number[], expired: [] as number[], compacted: [] as number[] }
  acc.acknowledged.forEach((was, n) => {
    if (was !== 1 || group.done[n] === 1 || !handles(told, acc.types[n] as string)) return
    if (!told.hearsAll && group.given[n] !== 1) return
    if (told.sources?.includes(acc.sources[n] as string) === false) return
    const copies = copiesOf(acc, n)
    const gone = copies.map((copy) => goneBy(group, copy))
    const isAwaited = copies.some((copy, i) => {
      return gone[i] === null && isAhead(group, told.stream, copy)
    })
    if (!isAwaited) facts[gone.find((by) => by !== null) ?? 'lost'].push(n)
  })
  return facts
}

function lost(acc: Acc, subject: Subject, lastStep: number): Violation[] {
  const found = (of: string, n: number, what: string, why: string): Violation => {
    const message = acc.ids[n] as string
    const sentence = `${message} was acknowledged and ${what}.`
    return { step: lastStep, messages: [message], sentence, question: `Why ${why}?`, of }
  }
  const effects = subject.groups.flatMap((told, at) =>
    missing(acc, told, acc.groups[at] as Group).lost.map((n) =>
      found(
        told.id,
        n,
        `never took effect in ${told.id}`,
        `did ${nameIn(subject, told.id, acc.ids[n] as string)} never take effect in ${told.id}`,
      ),
    ),
  )
  const followers = (subject.publishers ?? NOBODY).flatMap((told, at) =>
    missing(acc, told, acc.publishers[at] as Group)
      .lost.filter((n) => (acc.stream[told.firstN + n] ?? -1) < 0)
      .map((n) =>
        found(
          told.id,
          n,
          `${told.id} never published what follows from it`,
          `did ${told.id} never publish what follows from ${eventIn(acc.ids[n] as string)}`,
        ),
      ),
  )
  return [...effects, ...followers]
}

/** Expired is not lost, and is told: the broker did what it was asked to. */
function expired(acc: Acc, subject: Subject): string | null {
  const told = subject.groups.flatMap((each, at) => {
    const group = acc.groups[at]
    if (group === undefined) return []
    const facts = missing(acc, each, group)
    return [
      ...tell(facts.expired.length, 'expired', each.id),
      ...tell(facts.compacted.length, 'compacted away', each.id),
    ]
  })
  return told.length === 0 ? null : `Nothing is lost; ${told.join(', ')}.`
}

function tell(count: number, what: string, group: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what} before ${group} had read them`]
}

/** What is known of a group at first, and a copy of what is known. */
const newGroup = (): Group => ({ done: [], committed: {}, hears: [], given: [], missed: [] })
const copyGroup = ({ done, committed, hears, given, missed }: Group): Group => ({
  done: done.slice(),
  committed: Object.fromEntries(Object.entries(committed).map(([s, l]) => [s, l.slice()])),
  hears: hears.slice(),
  given: given.slice(),
  missed: missed.slice(),
})

export const noLoss: Invariant<Acc> = {
  id: 'no-loss',
  title: 'No loss',
  sentence: 'What was acknowledged takes effect in every group, or is set aside on purpose.',
  noun: ['lost', 'lost'],
  reads: [
    'stored',
    'settled',
    'elected',
    'truncated',
    'acknowledged',
    'removed',
    'delivered',
    'effectApplied',
    'effectSkipped',
    'deadLettered',
    'archived',
    'skipped',
    'committed',
    'assigned',
    'expired',
    'compacted',
  ],
  init: (subject) => ({
    acknowledged: [],
    ids: [],
    sources: [],
    types: [],
    streams: [],
    stream: [],
    lane: [],
    offset: [],
    others: {},
    groups: subject.groups.map(newGroup),
    publishers: (subject.publishers ?? NOBODY).map(newGroup),
  }),
  step: (acc, seen, _index, subject) => {
    if (seen.kind === 'stored') store(acc, seen.message.n, seen.place)
    else if (seen.kind === 'settled') {
      if (seen.outcome === 'aborted') withdraw(acc, seen.message.n, seen.place)
    } else if (seen.kind === 'elected') cutOff(acc, seen, null)
    else if (seen.kind === 'truncated') {
      const only = seen.messages.map((message) => message.n)
      cutOff(acc, seen, only)
    } else if (seen.kind === 'acknowledged') {
      reach(acc.acknowledged, seen.message.n, 0)
      reach(acc.ids, seen.message.n, '')
      reach(acc.types, seen.message.n, '')
      reach(acc.sources, seen.message.n, '')
      acc.sources[seen.message.n] = seen.message.source
      acc.types[seen.message.n] = seen.message.type
      acc.acknowledged[seen.message.n] = 1
      acc.ids[seen.message.n] = seen.message.id
    } else if (seen.kind === 'removed') withdraw(acc, seen.message.n, seen.place)
    else if (seen.kind === 'expired' || seen.kind === 'compacted') leave(acc, seen)
    else inGroup(acc, seen, subject)
  },
  copy: (acc) => ({
    acknowledged: acc.acknowledged.slice(),
    ids: acc.ids.slice(),
    sources: acc.sources.slice(),
    types: acc.types.slice(),
    streams: acc.streams.slice(),
    stream: acc.stream.slice(),
    lane: acc.lane.slice(),
    offset: acc.offset.slice(),
    others: { ...acc.others },
    groups: acc.groups.map(copyGroup),
    publishers: acc.publishers.map(copyGroup),
  }),
  violations: () => [],
  atRest: lost,
  besides: expired,
  notExercised: (acc, subject) => {
    if (acc.acknowledged.length === 0) return 'nothing was acknowledged'
    const { groups, publishers = NOBODY } = subject
    const isAsked = (own: readonly Group[]) => (told: Pick<Told, 'hearsAll'>, at: number) =>
      told.hearsAll || (own[at] as Group).given.length > 0
    const answers = groups.some(isAsked(acc.groups)) || publishers.some(isAsked(acc.publishers))
    return answers ? null : 'no group begins at the start or was given anything'
  },
  keeps: [...published(0), ...published(1), ...handled(0)],
  breaks: [...published(0), delivered(0), committed(1)],
  example: subjectOf(),
}
