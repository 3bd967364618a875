// Producing: the leader appends, feeds its followers and answers when `acks` is satisfied.
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { appendBatch } from './log.ts'
import { isCompacted, segmented } from './log-segments.ts'
import { replicated } from './node-replication.ts'
import {
  type LaneOf,
  laneName,
  laneOf,
  leads,
  type NodeState,
  quiet,
  refusing,
  replicaOf,
  rule,
  type Self,
  settled,
  topicOf,
  withReplica,
} from './node-state.ts'
import { isMuted, needsVerification } from './node-verifying.ts'
import type { KafkaError, Produce, ProduceResponse } from './protocol.ts'
import {
  type DelayedProduce,
  hasEnoughInSync,
  type Leading,
  REQUEST_TIMEOUT_MS,
  type Replica,
  withDelayed,
} from './replica.ts'
import { RECORD_BYTES } from './settings.ts'

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

/**
 * ReplicaManager.appendRecords: append, feed the followers that wait, and answer the producer: with acks=all only
 * when the high watermark has passed the batch.
 */
export function produce(s: NodeState, e: Produce, me: Self): Out<NodeState> {
  const before = replicaOf(s, e, me)
  const { log: written, error, baseOffset, isNew } = appendBatch(before.log, e.batch)
  const answer = answerTo(e, baseOffset, error)
  if (error !== undefined) return refuse(e, me, error)
  const grows = isNew && !quiet(s, me)
  const log = grows ? segmented(written, baseOffset, bytesOf(e), topicOf(s, e.topic, me)) : written
  const known = isNew ? settled({ ...before, log }, e) : { replica: before, send: [] }
  const fed = replicated(known.replica, e)
  const required = baseOffset + e.batch.messages.length
  const waits = e.acks === 'all' && fed.replica.highWatermark < required
  const replica = waits ? delaying(fed.replica, e, answer, me) : fed.replica
  return {
    ...(replica === before ? {} : { self: withReplica(s, e, replica) }),
    ...(waits || e.acks === '0' ? {} : { reply: answer }),
    send: fed.send.length === 0 ? known.send : [...known.send, ...fed.send],
    observe: isNew ? storedIn(e, baseOffset, me) : [],
  }
}

const bytesOf = ({ batch }: Produce): number => batch.bytes ?? batch.messages.length * RECORD_BYTES

/** LogValidator.validateKey: compaction could do nothing with a record that has no key. */
function lacksKey(s: NodeState, e: Produce, me: Self): boolean {
  if (quiet(s, me) || !isCompacted(topicOf(s, e.topic, me))) return false
  return e.batch.messages.some((message) => message.key === null)
}

function storedIn(e: Produce, baseOffset: number, me: Self): readonly Seen[] {
  return e.batch.messages.map((message, i): Seen => {
    const place = { stream: e.topic, lane: e.partition, offset: baseOffset + i }
    const seen = { kind: 'stored', actor: me.id, message, place } as const
    return e.batch.transactional === true ? { ...seen, transactional: true } : seen
  })
}

function delaying(replica: Replica, e: Produce, answer: ProduceResponse, me: Self): Replica {
  const required = answer.baseOffset + e.batch.messages.length
  const id = `${laneName(e.topic, e.partition)}@${required} ${me.port} ${e.correlation}`
  const timeoutMs = e.timeoutMs ?? REQUEST_TIMEOUT_MS
  return withDelayed(replica, { id, port: me.port, required, timeoutMs, answer })
}

/** Whether acks=all can be had. */
function enoughInSync(s: NodeState, e: Produce, me: Self): boolean {
  return e.acks !== 'all' || hasEnoughInSync(replicaOf(s, e, me))
}

const NO_IDS: readonly string[] = []

function delayedIds(s: NodeState): readonly string[] {
  let ids: string[] | undefined
  for (const name in s.replicas) {
    const leading = s.replicas[name]?.leading
    if (leading == null || leading.delayed.length === 0) continue
    ids ??= []
    for (const each of leading.delayed) ids.push(each.id)
  }
  return ids ?? NO_IDS
}

interface Found {
  readonly lane: LaneOf
  readonly found: DelayedProduce
}

function delayedProduce(s: NodeState, id: string): Found | undefined {
  for (const name in s.replicas) {
    const found = s.replicas[name]?.leading?.delayed.find((each) => each.id === id)
    if (found !== undefined) return { lane: laneOf(name), found }
  }
  return undefined
}

/** The record stays where it is: a producer without numbers that tries again appends it twice. */
function timeOut(s: NodeState, id: string, me: Self): Out<NodeState> {
  const { lane, found } = delayedProduce(s, id) as Found
  const { port, answer } = found
  const replica = replicaOf(s, lane, me)
  const leading = replica.leading as Leading
  const delayed = leading.delayed.filter((each) => each.id !== id)
  return {
    self: withReplica(s, lane, { ...replica, leading: { ...leading, delayed } }),
    send: [[port, refusing(answer, 'REQUEST_TIMED_OUT')]],
  }
}

const LEADER = 'it leads the partition'
const KNOWN = 'its transaction, if it has one, is known here'
const UNMUTED = 'no batch of the same connection is being verified'
const isUnmuted = (s: NodeState, me: Self): boolean => !isMuted(s, me)

/** Why the leader cannot append the batch, whatever its numbers; null when it can. */
export function refusalOf(s: NodeState, e: Produce, me: Self): KafkaError | null {
  if (!leads(s, e, me)) return 'NOT_LEADER_OR_FOLLOWER'
  if (!enoughInSync(s, e, me)) return 'NOT_ENOUGH_REPLICAS'
  return lacksKey(s, e, me) ? 'INVALID_RECORD' : null
}

/**
 * SocketServer.Processor mutes a connection until its request is answered, so a producer's next batch is not looked at
 * while an earlier one waits for followers, and answers keep the order of requests.
 */
function owesNothing(s: NodeState, me: Self): boolean {
  if (me.settings.cluster === undefined) return true
  for (const name in s.replicas) {
    const leading = s.replicas[name]?.leading
    if (leading == null) continue
    for (const { port } of leading.delayed) if (port === me.port) return false
  }
  return true
}

const ANSWERED = 'the request before it on that connection is answered'

/** With acks=0 nothing can be answered: an error closes the connection (KafkaApis.handleProduceRequest). */
export function refuse(
  e: Produce,
  me: Self,
  error: NonNullable<ProduceResponse['error']>,
): Out<NodeState> {
  return e.acks === '0' ? { hangUp: [me.port] } : { reply: answerTo(e, -1, error) }
}

export const produceRules = [
  rule({
    name: 'Produce',
    on: 'Produce',
    reads: ['acks', 'enable.idempotence', 'min.insync.replicas'],
    cites: 'ReplicaManager.appendRecords; idempotence: KIP-98, ProducerAppendInfo',
    ready: { [ANSWERED]: owesNothing },
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      [UNMUTED]: (s, _e, _x, me) => isUnmuted(s, me),
      [KNOWN]: (s, e, _x, me) => !needsVerification(s, e, me),
      'enough replicas are in sync for its acks': (s, e, _x, me) => enoughInSync(s, e, me),
      'its records have keys, or the topic is not compacted': (s, e, _x, me) => !lacksKey(s, e, me),
    },
    then: (s, e, _x, me) => produce(s, e, me),
  }),
  rule({
    name: 'RefuseRecordWithoutKey',
    on: 'Produce',
    reads: ['cleanup.policy'],
    cites: 'LogValidator.validateKey: INVALID_RECORD',
    ready: { [ANSWERED]: owesNothing },
    when: {
      [LEADER]: (s, e, _x, me) => leads(s, e, me),
      [UNMUTED]: (s, _e, _x, me) => isUnmuted(s, me),
      [KNOWN]: (s, e, _x, me) => !needsVerification(s, e, me),
      'enough replicas are in sync for its acks': (s, e, _x, me) => enoughInSync(s, e, me),
      'the topic is compacted and a record has no key': (s, e, _x, me) => lacksKey(s, e, me),
    },
    then: (_s, e, _x, me) => refuse(e, me, 'INVALID_RECORD'),
  }),
  rule({
    name: 'RefuseBatch',
    on: 'Produce',
    cites: 'NOT_LEADER_OR_FOLLOWER: leadership of the partition was moving at that moment',
    fault: { kind: 'refuse-batch' },
    ready: { [ANSWERED]: owesNothing },
    when: {
      'the producer waits for an answer (acks is not 0)': (_s, e) => e.acks !== '0',
      [UNMUTED]: (s, _e, _x, me) => isUnmuted(s, me),
    },
    then: (_s, e) => ({ reply: answerTo(e, -1, 'NOT_LEADER_OR_FOLLOWER') }),
  }),
  rule({
    name: 'RefuseProduce',
    on: 'Produce',
    cites: 'ReplicaManager.getPartitionOrException: NOT_LEADER_OR_FOLLOWER',
    ready: { [ANSWERED]: owesNothing },
    when: {
      'it does not lead the partition': (s, e, _x, me) => !leads(s, e, me),
      [UNMUTED]: (s, _e, _x, me) => isUnmuted(s, me),
    },
    then: (_s, e, _x, me) => refuse(e, me, 'NOT_LEADER_OR_FOLLOWER'),
  }),
  rule({
    name: 'NotEnoughReplicas',
    on: 'Produce',
    reads: ['acks', 'min.insync.replicas'],
    cites: 'Partition.appendRecordsToLeader: NOT_ENOUGH_REPLICAS, before anything is appended',
    ready: { [ANSWERED]: owesNothing },
    when: {
      [UNMUTED]: (s, _e, _x, me) => isUnmuted(s, me),
      [KNOWN]: (s, e, _x, me) => !needsVerification(s, e, me),
      'fewer are in sync than min.insync.replicas asks for': (s, e, _x, me) =>
        !enoughInSync(s, e, me),
    },
    then: (_s, e) => ({ reply: answerTo(e, -1, 'NOT_ENOUGH_REPLICAS') }),
  }),
  rule({
    name: 'DelayedProduceExpires',
    never: (settings) => settings.cluster === undefined,
    timer: true,
    reads: ['request.timeout.ms'],
    cites: 'DelayedProduce.onExpiration: REQUEST_TIMED_OUT; what was appended stays',
    each: delayedIds,
    usual: () => false,
    takes: (_settings, s, _e, id) => {
      const ms = delayedProduce(s, id)?.found.timeoutMs ?? 0
      return [ms, ms]
    },
    then: (s, _e, id, me) => timeOut(s, id, me),
  }),
]
