// Offsets that are committed inside a producer's transaction: they are pending until it ends, and a member
// that was shut out of its group cannot add any (GroupCoordinatorService.commitTransactionalOffsets; KIP-447).
// Who was shut out is for the group's protocol to say.
import type { Seen } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Me, Out, Rule } from '../../engine/types.ts'
import { actorOf } from './coordinator-state.ts'
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

/** What a group of either protocol keeps of transactions. */
export interface OffsetsOfTransactions {
  /** Of transactions that are open. */
  readonly pending: readonly PendingOffset[]
  /** Commits whose transaction is being asked about, oldest first. */
  readonly verifying: readonly VerifyingCommit[]
}

interface Offsets extends OffsetsOfTransactions {
  readonly offsets: Readonly<Record<string, number>>
}

interface OfGroup {
  readonly group: string
}
type Self = Me<OfGroup>

/** OffsetMetadataManager.validateTransactionalOffsetCommit, of one protocol. */
export type Validate<S> = (s: S, e: TxnOffsetCommit) => 'accept' | KafkaError

function answerTo(e: TxnOffsetCommit, error?: KafkaError): TxnOffsetCommitResponse {
  const answer = { kind: 'TxnOffsetCommitResponse', about: e.transactionalId } as const
  return error === undefined ? answer : { ...answer, error }
}

const laneName = ({ topic, partition }: TxnOffsetCommit['offsets'][number]): string =>
  `${topic}/${partition}`

/** What this producer had named for the same partitions before is replaced. */
function withPending<S extends Offsets>(s: S, e: TxnOffsetCommit): S {
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

type Take<S> = (s: S, e: TxnOffsetCommit, me: Self) => Out<S>

const taking =
  <S extends Offsets>(validate: Validate<S>): Take<S> =>
  (s, e, me) => {
    const answer = validate(s, e)
    if (answer === 'accept') return { self: withPending(s, e), reply: answerTo(e) }
    const { group } = me.settings
    const by = actorOf(e.member)
    const seen: Seen = { kind: 'commitRefused', actor: me.id, group, by, reason: answer }
    return { reply: answerTo(e, answer), observe: [seen] }
  }

/** Whether its transaction has offsets here already, so that nobody need be asked. */
const isOngoing = (s: Offsets, e: TxnOffsetCommit): boolean =>
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

function verified<S extends Offsets>(
  s: S,
  e: AddPartitionsToTxnResponse,
  me: Self,
  take: Take<S>,
): Out<S> {
  const [first, ...verifying] = s.verifying as readonly [VerifyingCommit, ...VerifyingCommit[]]
  const self = { ...s, verifying }
  const { commit, port } = first
  const done: Out<S> =
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

export function isPending(s: Partial<Pick<Offsets, 'pending'>>, lane: string): boolean {
  for (const each of s.pending ?? []) if (each.lane === lane) return true
  return false
}

/** replayEndTransactionMarker: a commit makes the pending offsets stand, an abort forgets them. */
function endTransaction<S extends Offsets>(s: S, e: WriteTxnMarkers, me: Self): Out<S> {
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

/** The rules of being asked to commit in transactions, for a group of one protocol. */
export function offsetTransactionRules<S extends Offsets, C extends OfGroup>(
  validate: Validate<S>,
): readonly Rule[] {
  const rule = ruleFor<S, C, KafkaEnvelope>()
  const take = taking(validate)
  return [
    rule({
      name: 'TxnOffsetCommit',
      on: 'TxnOffsetCommit',
      cites:
        'OffsetMetadataManager.validateTransactionalOffsetCommit; KIP-447; tables in coordinator-tables.ts, modern-tables.ts',
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
      then: (s, e, _x, me) => verified(s, e, me, take),
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
}
