// A broker node: leader of some partitions, follower of others. As leader it appends what producers send and
// answers fetches.
import type { Seen } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import { at } from '../../engine/tape.ts'
import type { Kind, Me, Out } from '../../engine/types.ts'
import { appendBatch, type Log, logEnd } from './log.ts'
import { abortedWithin } from './log-transactions.ts'
import {
  isMuted,
  needsVerification,
  transactionRules,
  type Verifying,
} from './node-transactions.ts'
import type {
  Fetch,
  FetchedControl,
  FetchedRecord,
  FetchResponse,
  KafkaEnvelope,
  ListOffsets,
  ListOffsetsResponse,
  Produce,
  ProduceResponse,
} from './protocol.ts'
import {
  advanced,
  firstReplica,
  type Leading,
  lastStableOffset,
  type ParkedFetch,
  type Replica,
} from './replica.ts'
import { type TopicConfig, topicConfig } from './settings.ts'
import { answeredToNobody, TRANSACTIONS } from './transaction-peers.ts'

export interface NodeState {
  /** By 'topic/partition'; a replica begins to exist when it is first written, read or asked about. */
  readonly replicas: Readonly<Record<string, Replica>>
  /** Batches whose transaction the coordinator is being asked about, oldest first. */
  readonly verifying: readonly Verifying[]
}

export interface NodeSettings {
  /** Ids of all nodes of the cluster, this one among them. */
  readonly nodes: readonly string[]
  readonly topics: Readonly<Record<string, TopicConfig>>
}

const rule = ruleFor<NodeState, NodeSettings, KafkaEnvelope>()
type Self = Me<NodeSettings>

export const laneName = (topic: string, partition: number): string => `${topic}/${partition}`

type LaneOf = { readonly topic: string; readonly partition: number }

const DEFAULTS = topicConfig({})

export function replicaOf(s: NodeState, e: LaneOf, me: Self): Replica {
  const known = s.replicas[laneName(e.topic, e.partition)]
  if (known !== undefined) return known
  const { nodes, topics } = me.settings
  const config = topics[e.topic] ?? DEFAULTS
  return firstReplica(me.id, nodes, e.partition, config['replication.factor'])
}

export function withReplica(s: NodeState, e: LaneOf, replica: Replica): NodeState {
  return { ...s, replicas: { ...s.replicas, [laneName(e.topic, e.partition)]: replica } }
}

export const leads = (s: NodeState, e: LaneOf, me: Self): boolean =>
  replicaOf(s, e, me).leading !== null

export function answerTo(
  e: Produce,
  baseOffset: number,
  error?: ProduceResponse['error'],
): ProduceResponse {
  const { topic, partition, correlation } = e
  const answer = { kind: 'ProduceResponse', topic, partition, correlation, baseOffset } as const
  const about = e.about === undefined ? {} : { about: e.about }
  return error === undefined ? { ...answer, ...about } : { ...answer, ...about, error }
}

/** Up to where a consumer may read, by its isolation.level. */
function readableEnd(replica: Replica, isolation: Fetch['isolation']): number {
  return isolation === undefined ? replica.highWatermark : lastStableOffset(replica)
}

function recordsOf(log: Log, from: number, to: number): FetchResponse['records'] {
  const records: (FetchedRecord | FetchedControl)[] = []
  for (let offset = from; offset < to; offset++) {
    const record = at(log.records, offset)
    if (record === null || record === undefined) continue
    const plain = !('control' in record || 'message' in record)
    records.push(plain ? { offset, message: record } : { offset, ...record })
  }
  return records
}

/** The records from `offset` on, at most `max`, below what may be read. */
function readFrom(replica: Replica, e: LaneOf, offset: number, asked: Asked): FetchResponse {
  const { log, highWatermark } = replica
  const end = Math.min(readableEnd(replica, asked.isolation), offset + asked.maxRecords)
  const records = recordsOf(log, offset, end)
  const { topic, partition } = e
  const about = laneName(topic, partition)
  const place = { kind: 'FetchResponse', about, topic, partition } as const
  const read = { ...place, fetchOffset: offset, records, highWatermark }
  if (asked.isolation === undefined || log.aborted.length === 0) return read
  const aborted = abortedWithin(log, offset, end)
  const named = aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset }))
  return { ...read, aborted: named }
}
type Asked = Pick<Fetch, 'maxRecords' | 'isolation'>

/** ReplicaManager.appendRecords: append, answer the producer, and wake the fetches that waited for it. */
export function produce(s: NodeState, e: Produce, me: Self): Out<NodeState> {
  const before = replicaOf(s, e, me)
  const { log, error, baseOffset, isNew } = appendBatch(before.log, e.batch)
  const answer = e.acks === '0' ? {} : { reply: answerTo(e, baseOffset, error) }
  if (!isNew) return answer
  const stored = e.batch.messages.map((message, i): Seen => {
    const place = { stream: e.topic, lane: e.partition, offset: baseOffset + i }
    const seen = { kind: 'stored', actor: me.id, message, place } as const
    return e.batch.transactional === true ? { ...seen, transactional: true } : seen
  })
  const { replica, send } = wake(advanced({ ...before, log }), e, before.highWatermark)
  return { self: withReplica(s, e, replica), ...answer, send, observe: stored }
}

type Woken = readonly (readonly [port: string, response: FetchResponse])[]

/** Answers the fetches that have something to read by now; `before`: the high watermark as it was. */
export function wake(replica: Replica, e: LaneOf, before: number) {
  const { leading } = replica
  if (leading === null || leading.parked.length === 0) return { replica, send: NOBODY }
  const stable = lastStableOffset(replica)
  const isAwake = ({ stableAt }: ParkedFetch) =>
    stableAt === undefined ? replica.highWatermark > before : stable > stableAt
  const awake = leading.parked.filter(isAwake)
  if (awake.length === 0) return { replica, send: NOBODY }
  const send: Woken = awake.map(({ port, maxRecords, stableAt }) => [
    port,
    stableAt === undefined
      ? readFrom(replica, e, before, { maxRecords })
      : readFrom(replica, e, stableAt, { maxRecords, isolation: 'read_committed' }),
  ])
  const parked = leading.parked.filter((each) => !awake.includes(each))
  return { replica: { ...replica, leading: { ...leading, parked } }, send }
}

const NOBODY: Woken = []

function park(s: NodeState, e: Fetch, me: Self): NodeState {
  const replica = replicaOf(s, e, me)
  const leading = replica.leading as Leading
  const others = leading.parked.filter((each) => each.port !== me.port)
  const { maxRecords, isolation, offset } = e
  const waits = { port: me.port, maxRecords }
  const parked = [...others, isolation === undefined ? waits : { ...waits, stableAt: offset }]
  return withReplica(s, e, { ...replica, leading: { ...leading, parked } })
}

function refusal(
  e: Fetch,
  highWatermark: number,
  error: NonNullable<FetchResponse['error']>,
): FetchResponse {
  const { topic, partition, offset } = e
  const place = {
    kind: 'FetchResponse',
    about: laneName(topic, partition),
    topic,
    partition,
  } as const
  return { ...place, fetchOffset: offset, error, records: [], highWatermark }
}

function listOffsets(s: NodeState, e: ListOffsets, me: Self): ListOffsetsResponse {
  const { topic, partition } = e
  const replica = replicaOf(s, e, me)
  const offset = e.at === 'earliest' ? replica.log.start : readableEnd(replica, e.isolation)
  const about = laneName(topic, partition)
  return { kind: 'ListOffsetsResponse', about, topic, partition, offset }
}

/** Whoever hung up waits for no records. */
function forget(before: NodeState, port: string): NodeState {
  const verifying = answeredToNobody(before.verifying, port)
  const s = verifying === before.verifying ? before : { ...before, verifying }
  const waits = ({ leading }: Replica) => leading?.parked.some((each) => each.port === port)
  const waiting = Object.entries(s.replicas).filter(([, replica]) => waits(replica))
  if (waiting.length === 0) return s
  const changed = waiting.map(([name, replica]) => {
    const leading = replica.leading as Leading
    const parked = leading.parked.filter((each) => each.port !== port)
    return [name, { ...replica, leading: { ...leading, parked } }] as const
  })
  return { ...s, replicas: { ...s.replicas, ...Object.fromEntries(changed) } }
}

const LEADER = 'it leads the partition'
const UNMUTED = 'no batch of the same connection is being verified'

export const nodeRules = [
  rule({
    name: 'Produce',
    on: 'Produce',
    reads: ['acks', 'enable.idempotence'],
    cites: 'ReplicaManager.appendRecords; idempotence: KIP-98, ProducerAppendInfo',
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      [UNMUTED]: (s, _e, _x, me) => !isMuted(s, me),
      'its transaction, if it has one, is known here': (s, e, _x, me) =>
        !needsVerification(s, e, me),
    },
    then: (s, e, _x, me) => produce(s, e, me),
  }),
  rule({
    name: 'RefuseBatch',
    on: 'Produce',
    cites: 'NOT_LEADER_OR_FOLLOWER: leadership of the partition was moving at that moment',
    fault: { kind: 'refuse-batch' },
    when: {
      'the producer waits for an answer (acks is not 0)': (_s, e) => e.acks !== '0',
      [UNMUTED]: (s, _e, _x, me) => !isMuted(s, me),
    },
    then: (_s, e) => ({ reply: answerTo(e, -1, 'NOT_LEADER_OR_FOLLOWER') }),
  }),
  rule({
    name: 'RefuseProduce',
    on: 'Produce',
    cites: 'ReplicaManager.getPartitionOrException: NOT_LEADER_OR_FOLLOWER',
    when: {
      'it does not lead the partition': (s, e, _x, me) => !leads(s, e, me),
      [UNMUTED]: (s, _e, _x, me) => !isMuted(s, me),
    },
    then: (_s, e) => (e.acks === '0' ? {} : { reply: answerTo(e, -1, 'NOT_LEADER_OR_FOLLOWER') }),
  }),
  rule({
    name: 'Fetch',
    on: 'Fetch',
    cites: 'ReplicaManager.fetchMessages',
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      'there are records at that offset': (s, e, _x, me) =>
        e.offset < readableEnd(replicaOf(s, e, me), e.isolation),
    },
    then: (s, e, _x, me) => ({ reply: readFrom(replicaOf(s, e, me), e, e.offset, e) }),
  }),
  rule({
    name: 'ParkFetch',
    on: 'Fetch',
    cites:
      'DelayedFetch: fetch.min.bytes is not there yet. The idle beats (fetch.max.wait.ms) are left out',
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      'there is nothing to read at that offset yet': (s, e, _x, me) => {
        const replica = replicaOf(s, e, me)
        return e.offset >= readableEnd(replica, e.isolation) && e.offset <= logEnd(replica.log)
      },
    },
    then: (s, e, _x, me) => ({ self: park(s, e, me) }),
  }),
  rule({
    name: 'RefuseFetch',
    on: 'Fetch',
    cites: 'OFFSET_OUT_OF_RANGE: the consumer resets its position (auto.offset.reset)',
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      'the offset is beyond the log': (s, e, _x, me) => e.offset > logEnd(replicaOf(s, e, me).log),
    },
    then: (s, e, _x, me) => ({
      reply: refusal(e, replicaOf(s, e, me).highWatermark, 'OFFSET_OUT_OF_RANGE'),
    }),
  }),
  rule({
    name: 'RefuseFetchElsewhere',
    on: 'Fetch',
    cites: 'ReplicaManager.getPartitionOrException: NOT_LEADER_OR_FOLLOWER',
    when: { 'it does not lead the partition': (s, e, _x, me) => !leads(s, e, me) },
    then: (_s, e) => ({ reply: refusal(e, -1, 'NOT_LEADER_OR_FOLLOWER') }),
  }),
  rule({
    name: 'ListOffsets',
    on: 'ListOffsets',
    reads: ['isolation.level'],
    cites:
      'ListOffsets: the log start offset, or the high watermark, or for read_committed the last stable offset',
    then: (s, e, _x, me) => ({ reply: listOffsets(s, e, me) }),
  }),
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    cites: 'Acceptor: a request whose connection is gone is answered to nobody',
    ready: { 'it was a client': (_s, me) => me.port !== TRANSACTIONS },
    then: (s, _e, _x, me) => ({ self: forget(s, me.port) }),
  }),
]

export const nodeKind: Kind<NodeState, NodeSettings> = {
  name: 'kafka node',
  init: () => ({ replicas: {}, verifying: [] }),
  rules: [...nodeRules, ...transactionRules],
}
