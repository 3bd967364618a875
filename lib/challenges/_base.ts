// What the scenarios of challenges have in common: three messages of one key, two consumers, one partition or queue.
import type { Json } from '../engine/types.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/types.ts'
import type { Setting } from './types.ts'

type Plain = Readonly<Record<string, Json>>

export interface Changed {
  readonly publisher?: Plain
  readonly service?: Plain
  readonly sink?: Plain
  readonly producer?: Plain
}

/** Bounds of every challenge. */
export const MESSAGES = 3
export const CONSUMERS = 2
export const FAULTS = 2
export const MAX_STATES = 3_000_000
/** A search of all runs is given up early: what matters is whether something breaks. */
export const REDUCE_FROM = 20_000

interface Made {
  readonly id: string
  readonly title: string
  readonly check: string
  readonly changed: Changed
  readonly deployment: Plain
}

function made({ id, title, check, changed, deployment }: Made): Scenario {
  const { publisher, service, sink } = changed
  const order = { id: 'order-service', title: 'order service', publishes: 'orders' }
  const payments = { id: 'payments', listensTo: 'orders', effect: 'charge', sink: 'card' }
  const parsed = parseScenario({
    version: 1,
    id,
    title,
    story: {
      streams: ['orders'],
      producers: [{ ...order, count: MESSAGES, keys: ['user-1'], ...publisher }],
      services: [{ ...payments, instances: CONSUMERS, ...service }],
      sinks: [{ id: 'card', title: 'card charges', kind: 'external-api', ...sink }],
    },
    deployment,
    checks: [check],
  })
  if (parsed.ok) return parsed.scenario
  throw new Error(`${id}: ${parsed.errors.map((error) => error.message).join('\n')}`)
}

/** On Kafka: one partition. */
export function scenarioFor(id: string, title: string, check: string, changed: Changed): Scenario {
  const deployment = {
    nodes: 1,
    topics: { orders: { partitions: 1 } },
    producer: { 'linger.ms': 0, ...changed.producer },
    consumer: {
      'enable.auto.commit': false,
      'auto.offset.reset': 'earliest',
      'max.poll.records': 1,
    },
  }
  return made({ id, title, check, changed, deployment })
}

/** On RabbitMQ: one queue, whose consumers hold one message each. */
export function queueScenarioFor(
  id: string,
  title: string,
  check: string,
  changed: Changed & { readonly consumer?: Plain; readonly queue?: Plain },
): Scenario {
  const { producer, consumer, queue = {} } = changed
  const deployment = {
    broker: 'rabbitmq',
    version: '4.3',
    producer: { 'confirm.select': true, delivery_mode: 2, ...producer },
    consumer: { prefetch_count: 1, ...consumer },
    queue,
  }
  return made({ id, title, check, changed, deployment })
}

/** A setting and the values it may take, by its own name. */
export function settingOf(
  of: 'producer' | 'consumer' | 'queue',
  name: string,
  values: readonly Json[],
): Setting {
  const choices = values.map((value) => ({ title: `${value}`, value }))
  return { path: `/deployment/${of}/${name}`, title: name, choices }
}

export const ackPointSetting: Setting = {
  path: '/story/services/0/ackPoint',
  title: 'payments acknowledges',
  choices: [
    { title: 'before the effect', value: 'before' },
    { title: 'after the effect', value: 'after' },
  ],
}

const choice = (title: string, value: Json) => ({ title, value })

export const strategySetting: Setting = {
  path: '/story/services/0/strategy',
  title: 'strategy of payments',
  choices: [
    choice('none', { kind: 'none' }),
    choice('in-memory set', { kind: 'in-memory-set' }),
    choice('dedup table, marked before', { kind: 'dedup-table', marks: 'before' }),
    choice('dedup table, marked after', { kind: 'dedup-table', marks: 'after' }),
    choice('idempotency key: the message', { kind: 'idempotency-key', scope: 'message' }),
    choice('idempotency key: the order', { kind: 'idempotency-key', scope: 'order' }),
    choice('transactional inbox', { kind: 'transactional-inbox' }),
  ],
}
