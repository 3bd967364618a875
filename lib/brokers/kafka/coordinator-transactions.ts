// Offsets that are committed inside a producer's transaction: they are pending until it ends, and a member
// that was shut out of its group cannot add any (GroupCoordinatorService.commitTransactionalOffsets; KIP-447).
import type { Seen } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Out } from '../../engine/types.ts'
import {
  actorOf,
  type CoordinatorSettings,
  type CoordinatorState,
  isKnown,
  type Phase,
  type Self,
} from './coordinator-state.ts'
import { isUnknownGroup } from './coordinator-tables.ts'
import { decide, type Row } from './decision.ts'
import type { KafkaEnvelope, KafkaError } from './protocol.ts'
import type {
  AddPartitionsToTxn,
  AddPartitionsToTxnResponse,
  TxnOffsetCommit,
  TxnOffsetCommitResponse,
  WriteTxnMarkers,
} from './protocol-transactions.ts'
import { laneOf, markersWritten, TRANSACTIONS, type Waiting } from './transaction-peers.ts'

/** One offset of an open transaction, in the order in which they were taken. */
export interface PendingOffset {
  readonly producerId: number
  readonly epoch: number
  /** 'topic/partition'. */
  readonly lane: string
  readonly offset: number
  readonly by: string
  /** A later commit of that partition stands already: this one will not replace it. */
  readonly superseded: boolean
}

/** A commit that waits for the transaction coordinator's word. */
export interface VerifyingCommit extends Waiting {
  readonly commit: TxnOffsetCommit
}

const rule = ruleFor<CoordinatorState, CoordinatorSettings, KafkaEnvelope>()

export interface TxnCommitFacts {
  readonly phase: Phase
  readonly member: 'none' | 'stranger' | 'known'
  readonly generation: 'none' | 'current' | 'other'
  readonly group: 'known' | 'unknown'
}

const WITH_MEMBERS = ['PreparingRebalance', 'CompletingRebalance', 'Stable'] as const
const SOME = ['current', 'other'] as const

/**
 * OffsetMetadataManager.validateTransactionalOffsetCommit, ClassicGroup.validateOffsetCommit. Unlike a plain
 * commit it is taken of nobody's member, and while the members wait for their assignment.
 */
export const txnCommitTable: readonly Row<TxnCommitFacts, 'accept' | KafkaError>[] = [
  { if: { phase: 'Empty', generation: 'none' }, answer: 'accept' },
  { if: { phase: 'Empty', generation: SOME, group: 'unknown' }, answer: 'ILLEGAL_GENERATION' },
  {
    if: { phase: 'Empty', generation: SOME, group: 'known', member: ['none', 'stranger'] },
    answer: 'UNKNOWN_MEMBER_ID',
  },
  {
    if: { phase: 'Empty', generation: 'other', group: 'known', member: 'known' },
    answer: 'ILLEGAL_GENERATION',
  },
  {
    if: { phase: 'Empty', generation: 'current', group: 'known', member: 'known' },
    answer: 'accept',
  },
  { if: { phase: WITH_MEMBERS, generation: 'none', member: 'none' }, answer: 'accept' },
  { if: { phase: WITH_MEMBERS, generation: SOME, member: 'none' }, answer: 'UNKNOWN_MEMBER_ID' },
  { if: { phase: WITH_MEMBERS, member: 'stranger' }, answer: 'UNKNOWN_MEMBER_ID' },
  {
    if: { phase: WITH_MEMBERS, member: 'known', generation: ['none', 'other'] },
    answer: 'ILLEGAL_GENERATION',
  },
  { if: { phase: WITH_MEMBERS, member: 'known', generation: 'current' }, answer: 'accept' },
]

export function txnCommitFacts(s: CoordinatorState, e: TxnOffsetCommit): TxnCommitFacts {
  const current = e.generation === s.generation ? 'current' : 'other'
  return {
    phase: s.phase,
    member: e.member === '' ? 'none' : isKnown(s, e.member) ? 'known' : 'stranger',
    generation: e.generation < 0 ? 'none' : current,
    group: isUnknownGroup(s) ? 'unknown' : 'known',
  }
}

function answerTo(e: TxnOffsetCommit, error?: KafkaError): TxnOffsetCommitResponse {
  const answer = { kind: 'TxnOffsetCommitResponse', about: e.transactionalId } as const
  return error === undefined ? answer : { ...answer, error }
}

const laneName = ({ topic, partition }: TxnOffsetCommit['offsets'][number]): string =>
  `${topic}/${partition}`

/** What this producer had named for the same partitions before is replaced. */
function withPending(s: CoordinatorState, e: TxnOffsetCommit): CoordinatorState {
  const lanes = e.offsets.map(laneName)
  const { producerId, epoch } = e
  const kept = s.pending.filter(
    (each) => each.producerId !== producerId || !lanes.includes(each.lane),
  )
  const by = actorOf(e.member)
  const added = e.offsets.map((each): PendingOffset => {
    const { offset } = each
    return { producerId, epoch, lane: laneName(each), offset, by, superseded: false }
  })
  return { ...s, pending: [...kept, ...added] }
}

function take(s: CoordinatorState, e: TxnOffsetCommit, me: Self): Out<CoordinatorState> {
  const answer = decide(txnCommitTable, txnCommitFacts(s, e))
  if (answer === 'accept') return { self: withPending(s, e), reply: answerTo(e) }
  const { group } = me.settings
  const by = actorOf(e.member)
  const seen: Seen = { kind: 'commitRefused', actor: me.id, group, by, reason: answer }
  return { reply: answerTo(e, answer), observe: [seen] }
}

/** Whether its transaction has offsets here already, so that nobody need be asked. */
const isOngoing = (s: CoordinatorState, e: TxnOffsetCommit): boolean =>
  s.pending.some(({ producerId, epoch }) => producerId === e.producerId && epoch === e.epoch)

function questionOf(e: TxnOffsetCommit, me: Self): AddPartitionsToTxn {
  const { transactionalId, producerId, epoch, version } = e
  return {
    kind: 'AddPartitionsToTxn',
    about: transactionalId,
    transactionalId,
    producerId,
    epoch,
    participants: [me.settings.group],
    verifyOnly: version === 1,
    version,
  }
}

function verified(
  s: CoordinatorState,
  e: AddPartitionsToTxnResponse,
  me: Self,
): Out<CoordinatorState> {
  const [first, ...verifying] = s.verifying as readonly [VerifyingCommit, ...VerifyingCommit[]]
  const self = { ...s, verifying }
  const { commit, port } = first
  const done: Out<CoordinatorState> =
    e.error === undefined ? take(self, commit, me) : { reply: answerTo(commit, toldFor(e.error)) }
  const { reply, observe = [] } = done
  const send = reply === undefined || port === '' ? [] : [[port, reply] as const]
  return { self: done.self ?? self, send, observe }
}

const toldFor = (error: KafkaError): KafkaError =>
  error === 'PRODUCER_FENCED' ? 'INVALID_PRODUCER_EPOCH' : error

/** A commit stands: what was pending for the same partition before it comes too late to replace it. */
export function superseding(
  pending: readonly PendingOffset[],
  lanes: readonly string[],
): readonly PendingOffset[] {
  if (pending.length === 0) return pending
  return pending.map((each) => (lanes.includes(each.lane) ? { ...each, superseded: true } : each))
}

export function isPending(s: Partial<Pick<CoordinatorState, 'pending'>>, lane: string): boolean {
  for (const each of s.pending ?? []) if (each.lane === lane) return true
  return false
}

/** replayEndTransactionMarker: a commit makes the pending offsets stand, an abort forgets them. */
function endTransaction(s: CoordinatorState, e: WriteTxnMarkers, me: Self): Out<CoordinatorState> {
  const { participants, producerId, committed } = e
  const reply = markersWritten(e, participants, [])
  const own = s.pending.filter((each) => each.producerId === producerId)
  const stands = committed ? own.filter(({ superseded }) => !superseded) : []
  const offsets = { ...s.offsets }
  for (const { lane, offset } of stands) offsets[lane] = offset
  const isOlder = (each: PendingOffset, i: number) =>
    stands.some((one) => one.lane === each.lane && s.pending.indexOf(one) > i)
  const pending = s.pending
    .map((each, i) => (isOlder(each, i) ? { ...each, superseded: true } : each))
    .filter((each) => each.producerId !== producerId)
  const { group } = me.settings
  const observe = stands.map(({ lane: name, offset, by }): Seen => {
    const { topic: stream, partition: lane } = laneOf(name)
    return { kind: 'committed', actor: me.id, group, stream, lane, offset, by }
  })
  return { self: { ...s, offsets, pending }, reply, observe }
}

export const coordinatorTransactionRules = [
  rule({
    name: 'TxnOffsetCommit',
    on: 'TxnOffsetCommit',
    cites: 'ClassicGroup.validateOffsetCommit; a table in coordinator-transactions.ts; KIP-447',
    when: { 'its transaction is known here': isOngoing },
    then: (s, e, _x, me) => take(s, e, me),
  }),
  rule({
    name: 'VerifyTransaction',
    on: 'TxnOffsetCommit',
    cites: 'CoordinatorRuntime.scheduleTransactionalWriteOperation; KIP-890',
    when: { 'it is the first of its transaction here': (s, e) => !isOngoing(s, e) },
    then: (s, e, _x, me) => ({
      self: { ...s, verifying: [...s.verifying, { port: me.port, commit: e }] },
      send: [[TRANSACTIONS, questionOf(e, me)]],
    }),
  }),
  rule({
    name: 'AddPartitionsToTxnResponse',
    on: 'AddPartitionsToTxnResponse',
    then: (s, e, _x, me) => verified(s, e, me),
  }),
  rule({
    name: 'WriteTxnMarkers',
    on: 'WriteTxnMarkers',
    cites: 'OffsetMetadataManager.replayEndTransactionMarker',
    then: (s, e, _x, me) => endTransaction(s, e, me),
  }),
  rule({
    name: 'TransactionCoordinatorDisconnected',
    on: 'ConnectionClosed',
    ready: { 'it was the transaction coordinator': (_s, me) => me.port === TRANSACTIONS },
    then: (s, _e, _x, me) => ({
      send: s.verifying.map(({ commit }) => [TRANSACTIONS, questionOf(commit, me)] as const),
    }),
  }),
]
