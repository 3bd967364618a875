// No stuck message: at rest, what was acknowledged and stands in a lane has been handed to every group that should
// hear it, or its committed offset has passed it. What a dead group has not read is lag; what a living one cannot
// read is stuck: the lane shows it to nobody (a frozen high watermark) or not yet (an open transaction).
import type { Seen } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import { assigned, committed, delivered, handled, published, subjectOf } from './_example.ts'
import { groupIndex, laneOf, reach } from './_facts.ts'
import type { Invariant, Subject, Violation } from './types.ts'

interface Lane {
  /** Per offset: the fact that stands there; -1: none. */
  readonly facts: number[]
}

interface Acc {
  /** Per fact: its event id once it was acknowledged, else ''. */
  readonly ids: string[]
  readonly lanes: Record<string, Lane>
  /** Per group: by lane, up to where it has been handed records or has committed; and which lanes it owns now. */
  readonly passed: Record<string, number>[]
  readonly owned: string[][]
}

const nameOf = (stream: string, lane: number): string => `${stream}/${lane}`

function stand(acc: Acc, name: string, offset: number, n: number): void {
  acc.lanes[name] ??= { facts: [] }
  const { facts } = acc.lanes[name]
  reach(facts, offset, -1)
  facts[offset] = n
}

/** What stood at this offset and beyond is gone. */
function cut(acc: Acc, name: string, offset: number): void {
  const lane = acc.lanes[name]
  if (lane !== undefined && lane.facts.length > offset) lane.facts.length = offset
}

/** What stood there is deleted or compacted away: nobody is to read it. */
function gone(acc: Acc, name: string, offsets: readonly number[]): void {
  const facts = acc.lanes[name]?.facts ?? []
  for (const offset of offsets) if (offset < facts.length) facts[offset] = -1
}

/** The log begins at `start`. */
function begin(acc: Acc, name: string, start: number): void {
  acc.lanes[name]?.facts.fill(-1, 0, start)
}

function pass(acc: Acc, at: number, name: string, offset: number): void {
  const passed = acc.passed[at]
  if (passed !== undefined) passed[name] = Math.max(passed[name] ?? 0, offset)
}

function step(acc: Acc, seen: Seen, _index: number, subject: Subject): void {
  switch (seen.kind) {
    case 'stored':
      stand(acc, nameOf(seen.place.stream, seen.place.lane), seen.place.offset, seen.message.n)
      return
    case 'acknowledged':
      reach(acc.ids, seen.message.n, '')
      acc.ids[seen.message.n] = seen.message.id
      return
    case 'elected':
    case 'truncated':
      cut(acc, nameOf(seen.stream, seen.lane), seen.offset)
      return
    case 'expired':
      begin(acc, nameOf(seen.stream, seen.lane), seen.start)
      return
    case 'compacted':
      gone(acc, nameOf(seen.stream, seen.lane), seen.offsets)
      return
    case 'delivered': {
      const { stream, lane, offset } = seen.place
      pass(acc, groupIndex(subject, seen.group), nameOf(stream, lane), offset + 1)
      return
    }
    case 'committed':
      pass(acc, groupIndex(subject, seen.group), nameOf(seen.stream, seen.lane), seen.offset)
      return
    case 'assigned': {
      const at = groupIndex(subject, seen.group)
      if (at >= 0) acc.owned[at] = Object.keys(seen.owners).sort()
    }
  }
}

function stuck(acc: Acc, subject: Subject, lastStep: number): readonly Violation[] {
  return subject.groups.flatMap(({ id, stream, hearsAll }, at) =>
    (hearsAll ? (acc.owned[at] ?? []) : []).flatMap((name): Violation[] => {
      if (laneOf(name).stream !== stream) return []
      const from = acc.passed[at]?.[name] ?? 0
      const facts = acc.lanes[name]?.facts.slice(from) ?? []
      return facts.flatMap((n, i): Violation[] => {
        const message = acc.ids[n] ?? ''
        if (message === '') return []
        const where = `${name}, offset ${from + i}`
        const sentence = `${message} was acknowledged, stands in ${where}, and ${id} cannot read it.`
        const question = `Why can ${id} not read ${eventIn(message)}?`
        return [{ step: lastStep, messages: [message], sentence, question, of: id }]
      })
    }),
  )
}

export const noStuckMessage: Invariant<Acc> = {
  id: 'no-stuck-message',
  title: 'No stuck message',
  sentence: 'What was acknowledged and is stored can be read by every group that lives.',
  noun: ['stuck', 'stuck'],
  reads: [
    'stored',
    'acknowledged',
    'elected',
    'truncated',
    'expired',
    'compacted',
    'delivered',
    'committed',
    'assigned',
  ],
  init: (subject) => ({
    ids: [],
    lanes: {},
    passed: subject.groups.map(() => ({})),
    owned: subject.groups.map(() => []),
  }),
  step,
  copy: (acc) => ({
    ids: acc.ids.slice(),
    lanes: Object.fromEntries(
      Object.entries(acc.lanes).map(([name, { facts }]) => [name, { facts: facts.slice() }]),
    ),
    passed: acc.passed.map((passed) => ({ ...passed })),
    owned: acc.owned.map((lanes) => lanes.slice()),
  }),
  violations: () => [],
  atRest: stuck,
  notExercised: (acc, subject) => {
    if (acc.ids.length === 0) return 'nothing was acknowledged'
    const lives = acc.owned.some((lanes, at) => lanes.length > 0 && subject.groups[at]?.hearsAll)
    return lives ? null : 'no group that hears all has a member'
  },
  keeps: [assigned(1, 'payments-0'), ...published(0), ...handled(0), ...published(1), committed(2)],
  breaks: [assigned(1, 'payments-0'), ...published(0), delivered(0), ...published(1)],
  example: subjectOf(),
}
