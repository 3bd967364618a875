// A broker node: leader of some partitions, follower of others. As leader it appends what producers send and
// answers fetches.
import type { Seen } from '../../clients/types.ts'
import { at } from '../../engine/tape.ts'
import type { Kind, Out } from '../../engine/types.ts'
import { appendBatch, logEnd, messageIn } from './log.ts'
import { shareRules } from './node-share.ts'
import { sessionAt } from './node-share-state.ts'
import {
  type LaneOf,
  laneName,
  NEW_NODE,
  type NodeSettings,
  type NodeState,
  replicaOf,
  rule,
  type Self,
  withReplica,
} from './node-state.ts'
import type {
  Fetch,
  FetchedRecord,
  FetchResponse,
  ListOffsets,
  ListOffsetsResponse,
  Produce,
  ProduceResponse,
} from './protocol.ts'
import { advanced, type Leading, type Replica } from './replica.ts'

export { laneName, type NodeSettings, type NodeState, replicaOf } from './node-state.ts'

const leads = (s: NodeState, e: LaneOf, me: Self): boolean => replicaOf(s, e, me).leading !== null

function answerTo(
  e: Produce,
  baseOffset: number,
  error?: ProduceResponse['error'],
): ProduceResponse {
  const { topic, partition, correlation } = e
  const answer = { kind: 'ProduceResponse', topic, partition, correlation, baseOffset } as const
  const about = e.about === undefined ? {} : { about: e.about }
  return error === undefined ? { ...answer, ...about } : { ...answer, ...about, error }
}

/** The records from `offset` on, at most `maxRecords`, below the high watermark. */
function readFrom(replica: Replica, e: LaneOf, offset: number, max: number): FetchResponse {
  const { log, highWatermark } = replica
  const end = Math.min(highWatermark, offset + max)
  const records: FetchedRecord[] = []
  for (let i = offset; i < end; i++) {
    const message = messageIn(at(log.records, i))
    if (message !== null) records.push({ offset: i, message })
  }
  const { topic, partition } = e
  const about = laneName(topic, partition)
  const place = { kind: 'FetchResponse', about, topic, partition } as const
  return { ...place, fetchOffset: offset, records, highWatermark }
}

/** ReplicaManager.appendRecords: append, answer the producer, and wake the fetches that waited for it. */
function produce(s: NodeState, e: Produce, me: Self): Out<NodeState> {
  const before = replicaOf(s, e, me)
  const { log, error, baseOffset, isNew } = appendBatch(before.log, e.batch)
  const answer = e.acks === '0' ? {} : { reply: answerTo(e, baseOffset, error) }
  if (!isNew) return answer
  const stored = e.batch.messages.map((message, i): Seen => {
    const place = { stream: e.topic, lane: e.partition, offset: baseOffset + i }
    return { kind: 'stored', actor: me.id, message, place }
  })
  const { replica, send } = wake(advanced({ ...before, log }), e, before.highWatermark)
  return { self: withReplica(s, e, replica), ...answer, send, observe: stored }
}

type Woken = readonly (readonly [port: string, response: FetchResponse])[]

/** Answers the fetches that waited at `offset`, where there is something to read by now. */
function wake(replica: Replica, e: LaneOf, offset: number) {
  const { leading } = replica
  const waits = leading !== null && leading.parked.length > 0 && replica.highWatermark > offset
  if (!waits) return { replica, send: NOBODY }
  const send: Woken = leading.parked.map(({ port, maxRecords }) => [
    port,
    readFrom(replica, e, offset, maxRecords),
  ])
  return { replica: { ...replica, leading: { ...leading, parked: [] } }, send }
}

const NOBODY: Woken = []

function park(s: NodeState, e: Fetch, me: Self): NodeState {
  const replica = replicaOf(s, e, me)
  const leading = replica.leading as Leading
  const others = leading.parked.filter((each) => each.port !== me.port)
  const parked = [...others, { port: me.port, maxRecords: e.maxRecords }]
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
  const offset = e.at === 'earliest' ? replica.log.start : replica.highWatermark
  const about = laneName(topic, partition)
  return { kind: 'ListOffsetsResponse', about, topic, partition, offset }
}

/** Whoever hung up waits for no records. */
function forget(s: NodeState, port: string): NodeState {
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

export const nodeRules = [
  rule({
    name: 'Produce',
    on: 'Produce',
    reads: ['acks', 'enable.idempotence'],
    cites: 'ReplicaManager.appendRecords; idempotence: KIP-98, ProducerAppendInfo',
    when: { [LEADER]: (s, e, _x, me) => leads(s, e, me) },
    then: (s, e, _x, me) => produce(s, e, me),
  }),
  rule({
    name: 'RefuseBatch',
    on: 'Produce',
    cites: 'NOT_LEADER_OR_FOLLOWER: leadership of the partition was moving at that moment',
    fault: { kind: 'refuse-batch' },
    when: { 'the producer waits for an answer (acks is not 0)': (_s, e) => e.acks !== '0' },
    then: (_s, e) => ({ reply: answerTo(e, -1, 'NOT_LEADER_OR_FOLLOWER') }),
  }),
  rule({
    name: 'RefuseProduce',
    on: 'Produce',
    cites: 'ReplicaManager.getPartitionOrException: NOT_LEADER_OR_FOLLOWER',
    when: { 'it does not lead the partition': (s, e, _x, me) => !leads(s, e, me) },
    then: (_s, e) => (e.acks === '0' ? {} : { reply: answerTo(e, -1, 'NOT_LEADER_OR_FOLLOWER') }),
  }),
  rule({
    name: 'Fetch',
    on: 'Fetch',
    cites: 'ReplicaManager.fetchMessages',
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      'there are records at that offset': (s, e, _x, me) =>
        e.offset < replicaOf(s, e, me).highWatermark,
    },
    then: (s, e, _x, me) => ({ reply: readFrom(replicaOf(s, e, me), e, e.offset, e.maxRecords) }),
  }),
  rule({
    name: 'ParkFetch',
    on: 'Fetch',
    cites:
      'DelayedFetch: fetch.min.bytes is not there yet. The idle beats (fetch.max.wait.ms) are left out',
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      'there is nothing to read at that offset yet': (s, e, _x, me) => {
        const { log, highWatermark } = replicaOf(s, e, me)
        return e.offset >= highWatermark && e.offset <= logEnd(log)
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
    cites: 'ListOffsets: the log start offset, or the high watermark',
    then: (s, e, _x, me) => ({ reply: listOffsets(s, e, me) }),
  }),
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    cites: 'Acceptor: a request whose connection is gone is answered to nobody',
    ready: {
      'no share session ends with it': (s, me) => sessionAt(s.share, me.port) === undefined,
    },
    then: (s, _e, _x, me) => ({ self: forget(s, me.port) }),
  }),
]

export const nodeKind: Kind<NodeState, NodeSettings> = {
  name: 'kafka node',
  init: () => NEW_NODE,
  rules: [...nodeRules, ...shareRules],
}
