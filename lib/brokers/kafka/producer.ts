// The Kafka producer: an application that calls send() for each event of its workload, and the client
// library under it. Retries, batching and numbering as in the Java client.
import type { Message, Seen } from '../../clients/types.ts'
import { messageAt } from '../../clients/workload.ts'
import { claiming, ruleFor } from '../../engine/rule.ts'
import type { Kind, Out, Range, Stage } from '../../engine/types.ts'
import { hasFinished, producerClaims } from './commuting.ts'
import {
  accumulate,
  answered,
  disconnected,
  drain,
  expire,
  withOutbox,
} from './producer-batches.ts'
import { APPLICATION, serviceRules } from './producer-service.ts'
import { metadataFor, questions, startProducer } from './producer-start.ts'
import {
  cannotLand,
  EMPTY_LANE,
  newProducer,
  type PendingBatch,
  type ProducerSettings,
  type ProducerState,
  queuedBatch,
  queuedIds,
  type Self,
  unconfirmed,
  withStatus,
} from './producer-state.ts'
import { mayWrite, producerTransactionRules } from './producer-transaction-rules.ts'
import { initialised, inPhase, messagesOf } from './producer-transactions.ts'
import type { KafkaEnvelope, MetadataResponse } from './protocol.ts'

const rule = ruleFor<ProducerState, ProducerSettings, KafkaEnvelope>()
const exactly = (ms: number): Range => [ms, ms]

/** What waited for a leader may be sent now. */
function learn(s: ProducerState, e: MetadataResponse, me: Self): Out<ProducerState> {
  const { leaders, epochs } = e
  const lanes = leaders.map((_, i) => s.lanes[i] ?? EMPTY_LANE)
  const metadata = { leaders, epochs }
  const self = { ...s, partitions: leaders.length, metadata, stale: false, lanes }
  const going = drain({ self, send: [], observe: [] }, me)
  return { ...going, reply: metadataFor(e.topic, epochs) }
}

/** It has reason to ask at once: what it knows has proved wrong, or does not name a leader. */
const isInHurry = (s: ProducerState): boolean => s.stale || s.metadata.leaders.includes(-1)

function hand(s: ProducerState, message: Message, me: Self): Out<ProducerState> {
  return drain({ self: accumulate(s, message, me), send: [], observe: [] }, me)
}

function release(s: ProducerState, id: string, me: Self): Out<ProducerState> {
  return drain({ self: withStatus(s, id, 'ready'), send: [], observe: [] }, me)
}

/** KIP-580: doubles with each retry up to a limit, give or take 20 percent. */
function backoff(settings: ProducerSettings, batch: PendingBatch | undefined): Range {
  const doubled = settings['retry.backoff.ms'] * 2 ** ((batch?.attempts ?? 1) - 1)
  const ms = Math.min(doubled, settings['retry.backoff.max.ms'])
  return [ms * 0.8, ms * 1.2]
}

/** The oldest unanswered request of each connection. */
function oldestInFlight(s: ProducerState): readonly string[] {
  let ids: string[] | undefined
  for (const [first] of s.inFlight) {
    if (first === undefined) continue
    if (ids === undefined) ids = [first.id]
    else ids.push(first.id)
  }
  return ids ?? NONE
}

/** NetworkClient.handleTimedOutRequests: the connection is given up, not the single request. */
function requestTimedOut(s: ProducerState, id: string, me: Self): Out<ProducerState> {
  const node = s.inFlight.findIndex((flights) => flights[0]?.id === id)
  return { ...disconnected(s, node, me), hangUp: [me.settings.nodes[node] as string] }
}

/** What was not confirmed when the process ended, in the order of the story. */
function unfinished(s: ProducerState): readonly Message[] {
  if (s.transaction !== null) return messagesOf(s)
  return unconfirmed(s)
    .flatMap((batch) => batch.messages)
    .sort((a, b) => a.n - b.n)
}

function crash(s: ProducerState, me: Self): Out<ProducerState> {
  const lost = unfinished(s)
  const kept = withOutbox(s, lost, me)
  const holding = lost.map((message) => message.id)
  const seen: Seen = { kind: 'crashed', actor: me.id, holding }
  const self = { ...newProducer(s.next, kept.outbox), life: 'crashed' } as const
  return { self, hangUp: true, observe: [seen] }
}

function isQueuedAs(s: ProducerState, id: string, status: PendingBatch['status']): boolean {
  return queuedBatch(s, id)?.status === status
}

const NONE: readonly string[] = []

function firstOfOutbox(s: ProducerState): readonly string[] {
  return s.outbox[0] === undefined ? NONE : [s.outbox[0].id]
}

const knowsPartitions = (s: ProducerState) => s.partitions > 0

function lanesExist(s: ProducerState, me: Self): boolean {
  const { keyChoice } = me.settings.workload
  return typeof keyChoice !== 'number' || keyChoice < s.partitions
}

const IN_TRANSACTION = 'its transaction is open for it, if it uses transactions'

const sendingRules = [
  rule({
    name: 'SendNext',
    cites: 'KafkaProducer.send: blocks while the partition is not in the metadata (max.block.ms)',
    reads: ['linger.ms', 'batch.size', 'max.in.flight.requests.per.connection', 'acks'],
    ready: {
      'it knows the partitions of its topic': knowsPartitions,
      [IN_TRANSACTION]: mayWrite,
    },
    each: (s) => [s.next],
    when: {
      'there is more to publish': (_s, _e, i, me) => i < me.settings.workload.count,
      'the partition it was told to use exists': (s, _e, _i, me) => lanesExist(s, me),
    },
    takes: (settings) => settings.workload.everyMs,
    then: (s, _e, i, me) => hand({ ...s, next: i + 1 }, messageAt(me.settings.workload, i), me),
  }),
  rule({
    name: 'ResendUnconfirmed',
    cites: 'The application, not the client library: a new event id for the same fact',
    ready: {
      'it knows the partitions of its topic': knowsPartitions,
      [IN_TRANSACTION]: mayWrite,
    },
    each: firstOfOutbox,
    when: {
      'the partition it was told to use exists': (s, _e, _id, me) => lanesExist(s, me),
    },
    then: (s, _e, _id, me) => hand({ ...s, outbox: s.outbox.slice(1) }, s.outbox[0] as Message, me),
  }),
  rule({
    name: 'LingerExpires',
    reads: ['linger.ms'],
    each: queuedIds,
    when: { 'the batch waits for more records': (s, _e, id) => isQueuedAs(s, id, 'filling') },
    takes: (settings) => exactly(settings['linger.ms']),
    then: (s, _e, id, me) => release(s, id, me),
  }),
  rule({
    name: 'RetryBackoffExpires',
    reads: ['retry.backoff.ms', 'retry.backoff.max.ms'],
    cites: 'KIP-580',
    each: queuedIds,
    when: { 'the batch waits to be sent again': (s, _e, id) => isQueuedAs(s, id, 'backing off') },
    takes: (settings, s, _e, id) => backoff(settings, queuedBatch(s, id)),
    then: (s, _e, id, me) => release(s, id, me),
  }),
  rule({
    name: 'ProduceResponse',
    on: 'ProduceResponse',
    reads: ['retries', 'enable.idempotence', 'max.in.flight.requests.per.connection'],
    cites: 'Sender.completeBatch; TransactionManager.canRetry',
    then: (s, e, _x, me) => answered(s, e, me),
  }),
  rule({
    name: 'RequestTimeoutExpires',
    reads: ['request.timeout.ms'],
    timer: true,
    usual: () => false,
    each: oldestInFlight,
    takes: (settings) => exactly(settings['request.timeout.ms']),
    then: (s, _e, id, me) => requestTimedOut(s, id, me),
  }),
  rule({
    name: 'DeliveryTimeoutExpires',
    reads: ['delivery.timeout.ms'],
    cites: 'KIP-91',
    timer: true,
    each: (s) => unconfirmed(s).map((batch) => batch.id),
    usual: (s, _e, id) => cannotLand(s, id),
    takes: (settings) => exactly(settings['delivery.timeout.ms']),
    then: (s, _e, id, me) =>
      expire(s, unconfirmed(s).find((batch) => batch.id === id) as PendingBatch, me),
  }),
]

const OWN_PROCESS = 'it is a process of its own'
const isOwnProcess = (_s: ProducerState, me: Self) => !me.settings.inService

/** A producer of a service is new again when its process has ended. */
const isGone = ({ life }: ProducerState, me: Self) =>
  life === 'crashed' || life === 'stopped' || (life === 'new' && me.settings.inService)

const isNode = (_s: ProducerState, me: Self) => me.settings.nodes.includes(me.port)

const connectionRules = [
  rule({
    name: 'Start',
    ready: {
      'it has not been started yet': (s) => s.life === 'new',
      [OWN_PROCESS]: isOwnProcess,
    },
    anytime: true,
    takes: (settings) => exactly(settings.startsAtMs),
    then: (s, _e, _x, me) => startProducer(s, me),
  }),
  rule({
    name: 'MetadataResponse',
    on: 'MetadataResponse',
    reads: ['metadata.max.age.ms'],
    ready: { 'it has no reason to ask at once': (s) => !isInHurry(s) },
    takes: (settings, s) => (s.partitions === 0 ? [0, 0] : [0, settings['metadata.max.age.ms']]),
    then: (s, e, _x, me) => learn(s, e, me),
  }),
  rule({
    name: 'MetadataRefreshed',
    on: 'MetadataResponse',
    reads: ['retry.backoff.ms'],
    cites: 'Metadata.requestUpdate after InvalidMetadataException; KIP-951',
    ready: { 'it asks for the leaders at once': isInHurry },
    then: (s, e, _x, me) => learn(s, e, me),
  }),
  rule({
    name: 'InitProducerIdResponse',
    on: 'InitProducerIdResponse',
    cites: 'KIP-98',
    then: (s, e, _x, me) => {
      if (s.transaction !== null) return { self: initialised(s, e) }
      const self = { ...s, producerId: e.producerId, epoch: e.epoch }
      return drain({ self, send: [], observe: [] }, me)
    },
  }),
  rule({
    name: 'NodeDisconnected',
    on: 'ConnectionClosed',
    reads: ['retries'],
    cites: 'NetworkClient.cancelInFlightRequests: what is in flight fails with NETWORK_EXCEPTION',
    ready: { 'it was a broker node': isNode },
    then: (s, _e, _x, me) => disconnected(s, me.settings.nodes.indexOf(me.port), me),
  }),
  rule({
    name: 'ControllerDisconnected',
    on: 'ConnectionClosed',
    ready: { 'it was the controller': (_s, me) => me.port === 'controller' },
    then: (s, _e, _x, me) => ({ send: questions(s, me) }),
  }),
]

const faultRules = [
  rule({
    name: 'Crash',
    fault: { kind: 'crash' },
    ready: { [OWN_PROCESS]: isOwnProcess },
    cites: 'Memory is lost: the accumulator, what was in flight, the producer id',
    then: (s, _e, _x, me) => crash(s, me),
  }),
  rule({
    name: 'Restart',
    anytime: true,
    ready: { 'it has crashed': (s) => s.life === 'crashed' },
    takes: (settings) => settings.restartMs,
    then: (s, _e, _x, me) => {
      const seen: Seen = { kind: 'restarted', actor: me.id, holding: [] }
      return { ...startProducer(s, me), observe: [seen] }
    },
  }),
  rule({
    name: 'AbandonTransaction',
    fault: { kind: 'abandon-transaction' },
    cites: 'A process that ends inside a transaction and is not started again',
    ready: {
      'a transaction is open': (s) => inPhase(s, 'open', 'committing'),
      [OWN_PROCESS]: isOwnProcess,
    },
    then: (s, _e, _x, me) => {
      const seen: Seen = {
        kind: 'crashed',
        actor: me.id,
        holding: messagesOf(s).map(({ id }) => id),
      }
      const self = { ...newProducer(s.next, s.outbox), life: 'stopped' } as const
      return { self, hangUp: true, observe: [seen] }
    },
  }),
  rule({
    name: 'Pause',
    fault: { kind: 'pause' },
    ready: { [OWN_PROCESS]: isOwnProcess },
    cites: 'A long garbage collection, a stopped container: connections stay open',
    then: (s, _e, _x, me) => {
      const seen: Seen = { kind: 'paused', actor: me.id, holding: [] }
      return { self: { ...s, life: 'paused' }, observe: [seen] }
    },
  }),
  rule({
    name: 'Resume',
    anytime: true,
    ready: { 'it is paused': (s) => s.life === 'paused', [OWN_PROCESS]: isOwnProcess },
    takes: (settings) => settings.pauseMs,
    then: (s, _e, _x, me) => {
      const seen: Seen = { kind: 'resumed', actor: me.id, holding: [] }
      return { self: { ...s, life: 'running' }, observe: [seen] }
    },
  }),
  rule({
    name: 'ProcessGone',
    on: [
      'ConnectionClosed',
      'MetadataResponse',
      'InitProducerIdResponse',
      'ProduceResponse',
      'EndTxnResponse',
      'TxnOffsetCommitResponse',
    ],
    anytime: true,
    cites: 'TCP: what comes for a dead process is dropped by its machine',
    ready: { 'its process is gone': isGone },
    when: { 'it is not from its own application': (_s, _e, _x, me) => me.port !== APPLICATION },
    then: () => ({}),
  }),
]

/** sending: in the accumulator. retrying: there again. sent: on the wire, unanswered. */
function stages(s: ProducerState): readonly Stage[] {
  const waiting = s.transaction === null ? [] : uncommitted(s)
  const stages = unconfirmed(s).flatMap((batch) => {
    const queued = batch.status === 'backing off' ? 'retrying' : 'sending'
    const stage = batch.status === 'in flight' ? 'sent' : queued
    return batch.messages.map((message) => ({ stage, about: message.id }))
  })
  return waiting.length === 0 ? stages : [...stages, ...waiting]
}

/** uncommitted: the broker has it, its transaction is open. */
function uncommitted(s: ProducerState): readonly Stage[] {
  const all = s.transaction?.written ?? []
  return all
    .filter(({ place }) => place !== null)
    .map(({ message }) => ({ stage: 'uncommitted', about: message.id }))
}

export const producerKind: Kind<ProducerState, ProducerSettings> = {
  name: 'kafka producer',
  init: () => newProducer(0, []),
  active: { 'it is running': (s) => s.life === 'running' },
  stages,
  silent: { Produce: (s, me) => hasFinished(s, me.settings) && 'for good' },
  rules: claiming(producerClaims, [
    ...connectionRules,
    ...sendingRules,
    ...producerTransactionRules,
    ...serviceRules,
    ...faultRules,
  ]),
}
