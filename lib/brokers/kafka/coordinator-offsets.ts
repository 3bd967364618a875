// Committed offsets of a group: a watermark per partition, the NEXT offset to read. It may move backwards.
import type { Seen } from '../../clients/types.ts'
import type { Me, Out } from '../../engine/types.ts'
import { decide } from '../_decision.ts'
import { actorOf, type CoordinatorState } from './coordinator-state.ts'
import { fencedInstance } from './coordinator-static.ts'
import { commitFacts, commitTable } from './coordinator-tables.ts'
import { isPending, superseding } from './coordinator-transactions.ts'
import type { ModernGroupState } from './modern-state.ts'
import { modernCommitFacts, modernCommitTable } from './modern-tables.ts'
import { laneName } from './node-state.ts'
import type {
  KafkaError,
  OffsetCommit,
  OffsetCommitResponse,
  OffsetFetch,
  OffsetFetchResponse,
} from './protocol.ts'
import { rewindsBelow } from './rewinds.ts'

function answerTo(e: OffsetCommit): OffsetCommitResponse {
  const answer = { kind: 'OffsetCommitResponse', correlation: e.correlation } as const
  return e.about === undefined ? answer : { ...answer, about: e.about }
}

/** Either protocol's group: what is committed does not depend on it, who may commit does. */
interface Offsets {
  readonly offsets: Readonly<Record<string, number>>
  /** Of a group whose offsets transactions commit. */
  readonly pending?: CoordinatorState['pending']
}
type Self = Me<{ readonly group: string }>

export function commit(s: CoordinatorState, e: OffsetCommit, me: Self): Out<CoordinatorState> {
  // A simple consumer's commit to an empty group is held against nobody's name.
  const simple = s.phase === 'Empty' && e.generation < 0
  const fenced = simple ? null : fencedInstance(s, e)
  return decided(s, e, fenced ?? decide(commitTable, commitFacts(s, e)), me)
}

export function modernCommit(
  s: ModernGroupState,
  e: OffsetCommit,
  me: Self,
): Out<ModernGroupState> {
  return decided(s, e, decide(modernCommitTable, modernCommitFacts(s, e)), me)
}

/** What is committed is a plain watermark: nothing says which records below it were handled. */
function decided<S extends Offsets>(
  s: S,
  e: OffsetCommit,
  answer: 'accept' | KafkaError,
  me: Self,
): Out<S> {
  const { group } = me.settings
  const by = actorOf(e.member)
  if (answer !== 'accept') {
    const refused: Seen = { kind: 'commitRefused', actor: me.id, group, by, reason: answer }
    return { reply: { ...answerTo(e), error: answer } as OffsetCommitResponse, observe: [refused] }
  }
  const offsets = { ...s.offsets }
  for (const { topic, partition, offset } of e.offsets) offsets[laneName(topic, partition)] = offset
  const lanes = e.offsets.map(({ topic, partition }) => laneName(topic, partition))
  const pending = s.pending === undefined ? {} : { pending: superseding(s.pending, lanes) }
  return {
    self: { ...s, offsets, ...pending },
    reply: answerTo(e),
    observe: e.offsets.map(({ topic, partition, offset }): Seen => {
      const place = { stream: topic, lane: partition, offset }
      return { kind: 'committed', actor: me.id, group, ...place, by }
    }),
  }
}

export function fetchOffsets(s: Offsets, e: OffsetFetch): OffsetFetchResponse {
  const offsets = e.partitions.map(({ topic, partition }): Told => {
    if (e.requireStable === true && isPending(s, laneName(topic, partition))) {
      return { topic, partition, offset: -1, error: 'UNSTABLE_OFFSET_COMMIT' }
    }
    return { topic, partition, offset: s.offsets[laneName(topic, partition)] ?? -1 }
  })
  return { kind: 'OffsetFetchResponse', offsets }
}
type Told = OffsetFetchResponse['offsets'][number]

/** Offsets below the furthest committed one. */
export function rewindsOnOffer(s: Offsets): readonly number[] {
  return rewindsBelow(Math.max(0, ...Object.values(s.offsets)))
}

/** Every partition that has been read further is read again from `offset`. */
export function rewind<S extends Offsets>(s: S, offset: number, me: Self): Out<S> {
  const { group } = me.settings
  const further = Object.entries(s.offsets).filter(([, committed]) => committed > offset)
  const offsets = Object.fromEntries(further.map(([name]) => [name, offset]))
  return {
    self: { ...s, offsets: { ...s.offsets, ...offsets } },
    observe: further.map(([name]): Seen => {
      const slash = name.lastIndexOf('/')
      const lane = Number(name.slice(slash + 1))
      return { kind: 'rewound', actor: me.id, group, stream: name.slice(0, slash), lane, offset }
    }),
  }
}
