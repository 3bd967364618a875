// Rows on RabbitMQ: settings of publishers, queues and consumers that teach something beside one another.
import type { Change, Entry, Rows } from './base.ts'
import { handlers, KEY } from './handlers.ts'
import type { Plain } from './types.ts'

const queue = (settings: Plain): Plain => ({ queue: settings })
const WITHOUT_DEAD_LETTERS: Plain = { 'dead-letter-queue': false }
const FULL_AT_ONE: Plain = { 'x-max-length': 1 }
const QUORUM: Plain = { 'x-queue-type': 'quorum' }
const SINGLE: Plain = { 'x-single-active-consumer': true }
const NOBODY_BOUND: Plain = { unbound: ['payments'] }

const publishers: readonly Entry[] = [
  {
    id: 'no-confirms',
    title: 'No confirms',
    note: 'publishes and does not ask',
    change: { producer: { 'confirm.select': false } },
  },
  {
    id: 'confirms-told',
    title: 'Confirms, not published again',
    note: 'what is not confirmed is the application’s to settle',
    change: { producer: { republish: false } },
  },
  {
    id: 'confirms',
    title: 'Confirms, published again',
    note: 'until it is confirmed',
    change: {},
  },
  {
    id: 'confirms-key',
    title: 'Confirms, idempotency key',
    note: 'published again until it is confirmed',
    change: { service: { strategy: KEY } },
  },
  {
    id: 'confirms-new-id',
    title: 'Confirms, published again',
    note: 'idempotency key, a new event id for the same fact',
    change: { publisher: { resendsWithNewId: true }, service: { strategy: KEY } },
  },
  {
    id: 'confirms-order-key',
    title: 'Confirms, key by order',
    note: 'a new event id, and an idempotency key that names the order',
    change: {
      publisher: { resendsWithNewId: true },
      service: { strategy: { ...KEY, scope: 'order' } },
    },
  },
  {
    id: 'full-queue',
    title: 'x-max-length=1',
    note: 'confirms; a full queue drops its head',
    change: { deployment: queue({ ...FULL_AT_ONE, ...WITHOUT_DEAD_LETTERS }) },
  },
  {
    id: 'full-queue-dead-letters',
    title: 'x-max-length=1, dead letters',
    note: 'confirms; what a full queue drops is kept elsewhere',
    change: { deployment: queue(FULL_AT_ONE) },
  },
  {
    id: 'full-queue-rejects',
    title: 'x-overflow=reject-publish',
    note: 'confirms; a full queue refuses, and the application is told',
    change: {
      producer: { republish: false },
      deployment: queue({ ...FULL_AT_ONE, 'x-overflow': 'reject-publish' }),
    },
  },
  {
    id: 'unroutable',
    title: 'No queue is bound',
    note: 'confirms, mandatory=false',
    change: { deployment: NOBODY_BOUND },
  },
  {
    id: 'unroutable-mandatory',
    title: 'No queue is bound, mandatory',
    note: 'confirms; what no queue takes is returned',
    change: { producer: { mandatory: true }, deployment: NOBODY_BOUND },
  },
]

/** Every publisher asks for confirms, so that what is lost was promised. */
const restarts: readonly Entry[] = [
  {
    id: 'transient',
    title: 'Transient messages',
    note: 'delivery_mode=1 in a durable classic queue',
    change: { producer: { delivery_mode: 1 }, service: { strategy: KEY } },
  },
  {
    id: 'persistent',
    title: 'Persistent messages',
    note: 'delivery_mode=2 in a durable classic queue',
    change: { service: { strategy: KEY } },
  },
  {
    id: 'transient-quorum',
    title: 'Transient messages, quorum queue',
    note: 'a quorum queue writes all it takes to disk',
    change: {
      producer: { delivery_mode: 1 },
      service: { strategy: KEY },
      deployment: queue(QUORUM),
    },
  },
  {
    id: 'persistent-no-key',
    title: 'Persistent messages, nothing else',
    note: 'what was delivered and not acknowledged comes again',
    change: {},
  },
]

const REJECTS: Plain = { onFailure: 'dead-letter-topic', maxAttempts: 1, strategy: KEY }

/** What becomes of a message that its handler cannot work on. */
const failing: readonly Entry[] = [
  {
    id: 'requeued',
    title: 'Requeued by basic.nack',
    note: 'idempotency key; from 4.3 on x-delivery-limit=1 counts no nack',
    change: {
      service: { maxAttempts: 1, strategy: KEY },
      deployment: queue({ ...QUORUM, 'x-delivery-limit': 1 }),
    },
  },
  {
    id: 'dead-letters',
    title: 'Rejected to the dead letters',
    note: 'idempotency key, basic.reject after one attempt',
    change: { service: REJECTS },
  },
  {
    id: 'no-dead-letters',
    title: 'Rejected, no dead-letter exchange',
    note: 'idempotency key, basic.reject after one attempt',
    change: { service: REJECTS, deployment: queue(WITHOUT_DEAD_LETTERS) },
  },
  {
    id: 'passed-over',
    title: 'Acknowledged all the same',
    note: 'idempotency key, passed over after one attempt',
    change: { service: { ...REJECTS, onFailure: 'skip' } },
  },
]

const BATCH: Plain = { prefetch_count: 3 }

const consumers: readonly Entry[] = [
  {
    id: 'ack-before',
    title: 'Acknowledged before the effect',
    note: 'at most once',
    change: { service: { ackPoint: 'before' } },
  },
  {
    id: 'ack-before-key',
    title: 'Acknowledged before, idempotency key',
    note: 'the key cannot bring back what was let go of',
    change: { service: { ackPoint: 'before', strategy: KEY } },
  },
  {
    id: 'no-ack',
    title: 'no_ack=true',
    note: 'sent is settled, whatever becomes of it',
    change: { consumer: { no_ack: true } },
  },
  {
    id: 'prefetch-three',
    title: 'prefetch_count=3, idempotency key',
    note: 'one consumer may hold all of them',
    change: { consumer: BATCH, service: { strategy: KEY } },
  },
  {
    id: 'single-active',
    title: 'Single active consumer, idempotency key',
    note: 'x-single-active-consumer, one message at a time',
    change: {
      service: { strategy: KEY },
      deployment: queue(SINGLE),
    },
  },
  {
    id: 'single-active-prefetch',
    title: 'Single active consumer, prefetch_count=3',
    note: 'idempotency key; what is held comes back to its place',
    change: {
      consumer: BATCH,
      service: { strategy: KEY },
      deployment: queue(SINGLE),
    },
  },
  {
    id: 'quorum',
    title: 'Quorum queue, idempotency key',
    note: 'x-delivery-limit=20, the default',
    change: { service: { strategy: KEY }, deployment: queue(QUORUM) },
  },
  {
    id: 'delivery-limit',
    title: 'x-delivery-limit=1',
    note: 'quorum queue, idempotency key, dead letters',
    change: {
      service: { strategy: KEY },
      deployment: queue({ ...QUORUM, 'x-delivery-limit': 1 }),
    },
  },
  {
    id: 'delivery-limit-drops',
    title: 'x-delivery-limit=0, no dead letters',
    note: 'quorum queue, idempotency key; what failed once is gone',
    change: {
      service: { strategy: KEY },
      deployment: queue({ ...QUORUM, 'x-delivery-limit': 0, ...WITHOUT_DEAD_LETTERS }),
    },
  },
  {
    id: 'dedup-window',
    title: 'Dedup table of one',
    note: 'marked after the effect; only the last mark is kept',
    change: {
      consumer: BATCH,
      service: { strategy: { kind: 'dedup-table', marks: 'after', keeps: 1 } },
    },
  },
  {
    id: 'counts',
    title: 'Plain counters',
    note: 'nothing to tell one event from another by',
    change: { sink: { kind: 'counts' }, service: { effect: 'count' } },
  },
]

const own = (id: string) => `rabbitmq-${id}`

export const rabbitmqRows: readonly Rows[] = [
  { family: own('publishers'), prefix: own(''), entries: publishers },
  { family: own('restarts'), prefix: own('restart-'), entries: restarts },
  { family: own('sinks'), prefix: own('sink-'), entries: handlers },
  { family: own('failing'), prefix: own('failing-'), entries: failing },
  { family: own('consumers'), prefix: own(''), entries: [...handlers, ...consumers] },
]

/** Those that ask about order as well: with several consumers at one queue nothing would be left of it. */
const ONE_AT_A_TIME: readonly string[] = ['publishers', 'restarts', 'sinks', 'failing'].map(own)

/** One exchange, and one queue with two consumers, who hold one message each. */
export function rabbitmqDeployment(
  { producer, consumer, deployment }: Change,
  family: string,
): Plain {
  const single = ONE_AT_A_TIME.includes(family) ? SINGLE : {}
  const { queue: more, ...rest } = deployment ?? {}
  return {
    broker: 'rabbitmq',
    version: '4.3',
    producer: { 'confirm.select': true, delivery_mode: 2, ...producer },
    consumer: { prefetch_count: 1, ...consumer },
    queue: { ...single, ...(more as Plain | undefined) },
    ...rest,
  }
}
