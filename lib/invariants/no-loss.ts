// No loss: what was acknowledged appears in every group that hears all. Judged at rest, after healing.
// Four things are told apart: dead-lettered and skipped (set aside on purpose, accounted for), lag (the
// group's committed offset has not passed it: it will still be read), expired, and lost. What was sent
// and never confirmed may appear or not.
import type { Place, Seen } from '../clients/types.ts'
import { committed, delivered, handled, published, subjectOf } from './_example.ts'
import { groupIndex, handles, laneOf, reach } from './_facts.ts'
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

/** What was aborted stands nowhere: nobody who was told to wait for it will read it. */
function withdraw(acc: Acc, n: number, place: Place): void {
  const isIt = (copy: Place) =>
    copy.stream === place.stream && copy.lane === place.lane && copy.offset === place.offset
  const last = {
    stream: acc.streams[acc.stream[n] ?? -1],
    lane: acc.lane[n],
    offset: acc.offset[n],
  }
  const others = acc.others[n] ?? []
  if (!isIt(last as Place)) {
    acc.others[n] = others.filter((copy) => !isIt(copy))
    return
  }
  acc.stream[n] = -1
  const before = others.at(-1)
  acc.others[n] = others.slice(0, -1)
  if (before !== undefined) store(acc, n, before)
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
  if (group === undefined) return
  switch (seen.kind) {
    case 'delivered':
      // A group that begins at the end of the stream answers for what it was given, and for no more.
      if (subject.groups[at]?.hearsAll !== false) return
      reach(group.given, seen.message.n, 0)
      group.given[seen.message.n] = 1
      return
    case 'effectApplied':
    case 'deadLettered':
    case 'skipped':
      account(group, seen.message.n)
      return
    case 'effectSkipped':
      // The row holds a later state of the same key, in which this one is contained; a stock that an
      // overtaken decrement was refused for is one short.
      if (seen.reason === 'version guard' && subject.groups[at]?.effect === 'upsert') {
        account(group, seen.message.n)
      }
      return
    // A rewind moves a position in memory, not what is committed: after a crash the latter counts.
    case 'committed':
      commit(group, seen.stream, seen.lane, seen.offset)
      return
    case 'assigned':
      hear(group, subject.groups[at]?.stream ?? '', seen.owners)
  }
}

/** Whether this copy is one the group will still read: not one its committed offset has passed. */
function isAhead(group: Group, own: string, place: Place): boolean {
  if (place.stream !== own && !group.hears.includes(place.stream)) return false
  return (group.committed[place.stream]?.[place.lane] ?? -1) <= place.offset
}

function lagsBehind(acc: Acc, group: Group, own: string, n: number): boolean {
  const stream = acc.streams[acc.stream[n] ?? -1]
  if (stream === undefined) return false
  const last = { stream, lane: acc.lane[n] as number, offset: acc.offset[n] as number }
  return [last, ...(acc.others[n] ?? [])].some((copy) => isAhead(group, own, copy))
}

function lost(acc: Acc, subject: Subject, lastStep: number): Violation[] {
  return subject.groups.flatMap((told, at) => {
    const { id, hearsAll, stream } = told
    const group = acc.groups[at]
    if (group === undefined) return []
    const violations: Violation[] = []
    acc.acknowledged.forEach((was, n) => {
      if (was !== 1 || !handles(told, acc.types[n] as string)) return
      if (told.sources?.includes(acc.sources[n] as string) === false) return
      if (!hearsAll && group.given[n] !== 1) return
      if (group.done[n] === 1 || lagsBehind(acc, group, stream, n)) return
      const message = acc.ids[n] as string
      const sentence = `${message} was acknowledged and never took effect in ${id}.`
      violations.push({ step: lastStep, messages: [message], sentence })
    })
    return violations
  })
}

export const noLoss: Invariant<Acc> = {
  id: 'no-loss',
  title: 'No loss',
  sentence: 'What was acknowledged takes effect in every group, or is set aside on purpose.',
  noun: ['lost', 'lost'],
  reads: [
    'stored',
    'settled',
    'acknowledged',
    'delivered',
    'effectApplied',
    'effectSkipped',
    'deadLettered',
    'skipped',
    'committed',
    'assigned',
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
    groups: subject.groups.map(() => ({ done: [], committed: {}, hears: [], given: [] })),
  }),
  step: (acc, seen, _index, subject) => {
    if (seen.kind === 'stored') store(acc, seen.message.n, seen.place)
    else if (seen.kind === 'settled') {
      if (seen.outcome === 'aborted') withdraw(acc, seen.message.n, seen.place)
    } else if (seen.kind === 'acknowledged') {
      reach(acc.acknowledged, seen.message.n, 0)
      reach(acc.ids, seen.message.n, '')
      reach(acc.types, seen.message.n, '')
      reach(acc.sources, seen.message.n, '')
      acc.sources[seen.message.n] = seen.message.source
      acc.types[seen.message.n] = seen.message.type
      acc.acknowledged[seen.message.n] = 1
      acc.ids[seen.message.n] = seen.message.id
    } else inGroup(acc, seen, subject)
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
    groups: acc.groups.map(({ done, committed, hears, given }) => ({
      done: done.slice(),
      committed: Object.fromEntries(Object.entries(committed).map(([s, l]) => [s, l.slice()])),
      hears: hears.slice(),
      given: given.slice(),
    })),
  }),
  violations: () => [],
  atRest: lost,
  notExercised: (acc, subject) => {
    if (acc.acknowledged.length === 0) return 'nothing was acknowledged'
    const answers = acc.groups.some((group, at) => {
      return subject.groups[at]?.hearsAll === true || group.given.length > 0
    })
    return answers ? null : 'no group begins at the start or was given anything'
  },
  keeps: [...published(0), ...published(1), ...handled(0)],
  breaks: [...published(0), delivered(0), committed(1)],
  example: subjectOf(),
}
