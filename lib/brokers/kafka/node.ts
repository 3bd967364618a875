// A broker node: leader of its partitions. It appends what producers send and answers fetches. One replica
// for now; a node will get rules of its own as a follower, and faults, when replication comes.
import type { Seen } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import { at } from '../../engine/tape.ts'
import type { Kind, Me, Out } from '../../engine/types.ts'
import { appendBatch, EMPTY_LOG, highWatermark, type Log, logEnd } from './log.ts'
import type {
  Fetch,
  FetchedRecord,
  FetchResponse,
  KafkaEnvelope,
  ListOffsets,
  ListOffsetsResponse,
  Produce,
  ProduceResponse,
} from './protocol.ts'

export interface NodeState {
  /** By 'topic/partition'; a log begins to exist when it is first written, read or asked about. */
  readonly logs: Readonly<Record<string, Log>>
}

/** Nothing yet: what brokers are told by settings of topics comes with replication and retention. */
export type NodeSettings = null

const rule = ruleFor<NodeState, NodeSettings, KafkaEnvelope>()
type Self = Me<NodeSettings>

export const laneName = (topic: string, partition: number): string => `${topic}/${partition}`

function logOf(s: NodeState, e: { readonly topic: string; readonly partition: number }): Log {
  return s.logs[laneName(e.topic, e.partition)] ?? EMPTY_LOG
}

function withLog(s: NodeState, e: { topic: string; partition: number }, log: Log): NodeState {
  return { logs: { ...s.logs, [laneName(e.topic, e.partition)]: log } }
}

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
function readFrom(log: Log, e: Pick<Fetch, 'topic' | 'partition'>, offset: number, max: number) {
  const end = Math.min(highWatermark(log), offset + max)
  const records: FetchedRecord[] = []
  for (let i = offset; i < end; i++) {
    const message = at(log.records, i)
    if (message !== undefined) records.push({ offset: i, message })
  }
  const { topic, partition } = e
  const response: FetchResponse = {
    kind: 'FetchResponse',
    about: laneName(topic, partition),
    topic,
    partition,
    fetchOffset: offset,
    records,
    highWatermark: highWatermark(log),
  }
  return response
}

/** ReplicaManager.appendRecords: append, answer the producer, and wake the fetches that waited for it. */
function produce(s: NodeState, e: Produce, me: Self): Out<NodeState> {
  const before = logOf(s, e)
  const { log, error, baseOffset, isNew } = appendBatch(before, e.batch)
  const answer = e.acks === '0' ? {} : { reply: answerTo(e, baseOffset, error) }
  if (!isNew) return answer
  const stored = e.batch.messages.map((message, i): Seen => {
    const place = { stream: e.topic, lane: e.partition, offset: baseOffset + i }
    return { kind: 'stored', actor: me.id, message, place }
  })
  const woken = log.parked.map(
    ({ port, maxRecords }) => [port, readFrom(log, e, baseOffset, maxRecords)] as const,
  )
  return {
    self: withLog(s, e, woken.length === 0 ? log : { ...log, parked: [] }),
    ...answer,
    send: woken,
    observe: stored,
  }
}

function park(s: NodeState, e: Fetch, port: string): NodeState {
  const log = logOf(s, e)
  const others = log.parked.filter((each) => each.port !== port)
  return withLog(s, e, { ...log, parked: [...others, { port, maxRecords: e.maxRecords }] })
}

function refuseFetch(s: NodeState, e: Fetch): FetchResponse {
  const log = logOf(s, e)
  return {
    kind: 'FetchResponse',
    about: laneName(e.topic, e.partition),
    topic: e.topic,
    partition: e.partition,
    fetchOffset: e.offset,
    error: 'OFFSET_OUT_OF_RANGE',
    records: [],
    highWatermark: highWatermark(log),
  }
}

function listOffsets(s: NodeState, e: ListOffsets): ListOffsetsResponse {
  const { topic, partition } = e
  const offset = e.at === 'earliest' ? 0 : highWatermark(logOf(s, e))
  const about = laneName(topic, partition)
  return { kind: 'ListOffsetsResponse', about, topic, partition, offset }
}

/** Whoever hung up waits for no records. */
function forget(s: NodeState, port: string): NodeState {
  const waits = (log: Log) => log.parked.some((each) => each.port === port)
  if (!Object.values(s.logs).some(waits)) return s
  const logs = Object.entries(s.logs).map(([name, log]) => {
    if (!waits(log)) return [name, log] as const
    return [name, { ...log, parked: log.parked.filter((each) => each.port !== port) }] as const
  })
  return { logs: Object.fromEntries(logs) }
}

export const nodeRules = [
  rule({
    name: 'Produce',
    on: 'Produce',
    reads: ['acks', 'enable.idempotence'],
    cites: 'ReplicaManager.appendRecords; idempotence: KIP-98, ProducerAppendInfo',
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
    name: 'Fetch',
    on: 'Fetch',
    cites: 'ReplicaManager.fetchMessages',
    when: { 'there are records at that offset': (s, e) => e.offset < highWatermark(logOf(s, e)) },
    then: (s, e) => ({ reply: readFrom(logOf(s, e), e, e.offset, e.maxRecords) }),
  }),
  rule({
    name: 'ParkFetch',
    on: 'Fetch',
    cites:
      'DelayedFetch: fetch.min.bytes is not there yet. The idle beats (fetch.max.wait.ms) are left out',
    when: { 'the offset is the end of the log': (s, e) => e.offset === logEnd(logOf(s, e)) },
    then: (s, e, _x, me) => ({ self: park(s, e, me.port) }),
  }),
  rule({
    name: 'RefuseFetch',
    on: 'Fetch',
    cites: 'OFFSET_OUT_OF_RANGE: the consumer resets its position (auto.offset.reset)',
    when: { 'the offset is beyond the log': (s, e) => e.offset > logEnd(logOf(s, e)) },
    then: (s, e) => ({ reply: refuseFetch(s, e) }),
  }),
  rule({
    name: 'ListOffsets',
    on: 'ListOffsets',
    cites: 'ListOffsets: the log start offset, or the high watermark',
    then: (s, e) => ({ reply: listOffsets(s, e) }),
  }),
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    cites: 'Acceptor: a request whose connection is gone is answered to nobody',
    then: (s, _e, _x, me) => ({ self: forget(s, me.port) }),
  }),
]

export const nodeKind: Kind<NodeState, NodeSettings> = {
  name: 'kafka node',
  init: () => ({ logs: {} }),
  rules: nodeRules,
}
