// What a leader does for transactions: it asks the coordinator whether a batch belongs to an open one before
// it appends the first of it (KIP-890), and writes the control records by which transactions end.
import type { Seen } from '../../clients/types.ts'
import { at } from '../../engine/tape.ts'
import type { Out } from '../../engine/types.ts'
import { type Log, logEnd } from './log.ts'
import { segmented } from './log-segments.ts'
import { appendMarker, asked, type Marker } from './log-transactions.ts'
import { produce, refusalOf, refuse } from './node-produce.ts'
import { replicated } from './node-replication.ts'
import {
  leads,
  type NodeState,
  quiet,
  replicaOf,
  rule,
  type Self,
  settled,
  topicOf,
  type Verifying,
  withReplica,
} from './node-state.ts'
import { isMuted, needsVerification } from './node-verifying.ts'
import type { KafkaError, Produce } from './protocol.ts'
import type {
  AddPartitionsToTxn,
  AddPartitionsToTxnResponse,
  WriteTxnMarkers,
} from './protocol-transactions.ts'
import { hasEnoughInSync, REQUEST_TIMEOUT_MS, type Replica, withDelayed } from './replica.ts'
import { type Lane, laneOf, markersWritten, TRANSACTIONS } from './transaction-peers.ts'

function questionOf({ transaction, batch, topic, partition }: Produce): AddPartitionsToTxn {
  const { id: transactionalId, version } = transaction as NonNullable<Produce['transaction']>
  return {
    kind: 'AddPartitionsToTxn',
    about: transactionalId,
    transactionalId,
    producerId: batch.producerId,
    epoch: batch.epoch,
    participants: [`${topic}/${partition}`],
    verifyOnly: version === 1,
    version,
  }
}

function verifying(s: NodeState, e: Produce, me: Self): NodeState {
  const replica = replicaOf(s, e, me)
  const log = asked(replica.log, e.batch)
  const waiting = [...s.verifying, { port: me.port, produce: e }]
  return withReplica({ ...s, verifying: waiting }, e, { ...replica, log })
}

/** What the producer is told for what the coordinator said (AddPartitionsToTxnManager, ReplicaManager). */
function toldFor(error: KafkaError, { transaction }: Produce): KafkaError {
  if (error === 'PRODUCER_FENCED') return 'INVALID_PRODUCER_EPOCH'
  const passing = error === 'CONCURRENT_TRANSACTIONS'
  return passing && transaction?.version === 1 ? 'NOT_ENOUGH_REPLICAS' : error
}

/** Appended at last, or refused. A producer whose connection is gone waits for nothing. */
function verified(s: NodeState, e: AddPartitionsToTxnResponse, me: Self): Out<NodeState> {
  const [first, ...others] = s.verifying as readonly [Verifying, ...Verifying[]]
  const self = { ...s, verifying: others }
  const { produce: batch, port } = first
  const request: Produce = port === '' ? { ...batch, acks: '0' } : batch
  const refused = e.error === undefined ? refusalOf(self, request, me) : toldFor(e.error, request)
  const done: Out<NodeState> =
    refused === null
      ? produce(self, request, { ...me, port })
      : refuse(request, { ...me, port }, refused)
  const { reply, send = [], observe = [], hangUp } = done
  const answers = reply === undefined || port === '' ? [] : [[port, reply] as const]
  const closed = hangUp === undefined || port === '' ? {} : { hangUp }
  return { self: done.self ?? self, send: [...answers, ...send], observe, ...closed }
}

/** What clients could see of the end of a transaction in this partition: what becomes of each record. */
function settledRecords(log: Log, marker: Marker, first: number, place: Lane): readonly SeenHere[] {
  const outcome = marker.committed ? 'committed' : 'aborted'
  const seen: SeenHere[] = []
  for (let offset = first; offset < log.records.length; offset++) {
    const record = at(log.records, offset)
    if (record === null || record === undefined || !('message' in record)) continue
    if (record.producerId !== marker.producerId) continue
    const { message } = record
    const { topic: stream, partition: lane } = place
    seen.push({ kind: 'settled', message, place: { stream, lane, offset }, outcome })
  }
  return seen
}
type SeenHere = Omit<Extract<Seen, { kind: 'settled' }>, 'actor'>
/** A control batch: EndTransactionMarker. It has no size that anybody could choose. */
const MARKER_BYTES = 78

/**
 * An append with acks=all: too few in sync and nothing is written; else it is answered for once it is replicated. Where the
 * producer has a higher epoch by now, there is nothing to wait for.
 */
function writeMarker(s: NodeState, name: string, e: WriteTxnMarkers, me: Self): Marking {
  const lane = laneOf(name)
  const nothing = { ...UNMARKED, self: s }
  if (!leads(s, lane, me)) return { ...nothing, refused: [name] }
  const before = replicaOf(s, lane, me)
  if (!hasEnoughInSync(before)) return { ...nothing, unsafe: [name] }
  const { log: written, ended, error } = appendMarker(before.log, e)
  const grows = error === undefined && !quiet(s, me)
  const config = topicOf(s, lane.topic, me)
  const log = grows ? segmented(written, logEnd(before.log), MARKER_BYTES, config) : written
  const known = settled({ ...before, log }, lane)
  const fed = replicated(known.replica, lane)
  const required = logEnd(log)
  const waits = error === undefined && fed.replica.highWatermark < required
  const replica = waits ? delaying(fed.replica, name, e, me) : fed.replica
  const send = [...known.send, ...fed.send]
  const records = ended === undefined ? [] : settledRecords(log, e, ended.firstOffset, lane)
  const observe = records.map((seen) => ({ ...seen, actor: me.id }) as Seen)
  const self = withReplica(s, lane, replica)
  return { ...UNMARKED, self, send, observe, done: waits ? [] : [name] }
}

function delaying(replica: Replica, name: string, e: WriteTxnMarkers, me: Self): Replica {
  const required = logEnd(replica.log)
  const id = `${name}@${required} ${me.port} ${e.transactionalId}`
  const answer = markersWritten(e, [name], [])
  const { port } = me
  return withDelayed(replica, { id, port, required, timeoutMs: REQUEST_TIMEOUT_MS, answer })
}

interface Marking {
  readonly self: NodeState
  readonly send: NonNullable<Out<NodeState>['send']>
  readonly observe: readonly Seen[]
  readonly done: readonly string[]
  readonly refused: readonly string[]
  readonly unsafe: readonly string[]
}
const UNMARKED = { send: [], observe: [], done: [], refused: [], unsafe: [] } as const

/** The real one answers once for all partitions; here each that has to wait is answered for by itself. */
function writeMarkers(s: NodeState, e: WriteTxnMarkers, me: Self): Out<NodeState> {
  let all: Marking = { ...UNMARKED, self: s }
  for (const name of e.participants) {
    const more = writeMarker(all.self, name, e, me)
    all = {
      self: more.self,
      send: [...all.send, ...more.send],
      observe: [...all.observe, ...more.observe],
      done: [...all.done, ...more.done],
      refused: [...all.refused, ...more.refused],
      unsafe: [...all.unsafe, ...more.unsafe],
    }
  }
  const { self, send, observe, done, refused, unsafe } = all
  if (done.length + refused.length + unsafe.length === 0) return { self, send, observe }
  return { self, send, observe, reply: markersWritten(e, done, refused, unsafe) }
}

export const transactionRules = [
  rule({
    name: 'VerifyPartition',
    on: 'Produce',
    reads: ['transactional.id'],
    cites: 'ReplicaManager.maybeSendPartitionsToTransactionCoordinator; KIP-890',
    when: {
      'it leads the partition': (s, e, _x, me) => leads(s, e, me),
      'no batch of the same connection is being verified': (s, _e, _x, me) => !isMuted(s, me),
      'it is the first of its transaction here': (s, e, _x, me) => needsVerification(s, e, me),
    },
    then: (s, e, _x, me) => ({ self: verifying(s, e, me), send: [[TRANSACTIONS, questionOf(e)]] }),
  }),
  rule({
    name: 'AddPartitionsToTxnResponse',
    on: 'AddPartitionsToTxnResponse',
    cites: 'AddPartitionsToTxnManager.AddPartitionsToTxnHandler',
    then: (s, e, _x, me) => verified(s, e, me),
  }),
  rule({
    name: 'TransactionCoordinatorDisconnected',
    on: 'ConnectionClosed',
    cites: 'AddPartitionsToTxnManager: the question is asked again',
    ready: { 'it was the transaction coordinator': (_s, me) => me.port === TRANSACTIONS },
    then: (s) => ({
      send: s.verifying.map(({ produce: request }) => [TRANSACTIONS, questionOf(request)] as const),
    }),
  }),
  rule({
    name: 'WriteTxnMarkers',
    on: 'WriteTxnMarkers',
    reads: ['min.insync.replicas'],
    cites: 'KafkaApis.handleWriteTxnMarkersRequest: one control record in each partition, acks=all',
    then: (s, e, _x, me) => writeMarkers(s, e, me),
  }),
]
