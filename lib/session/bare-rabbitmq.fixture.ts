// A scenario on RabbitMQ as bare as can be, for searches.
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/types.ts'

export interface BareQueue {
  readonly messages?: number
  readonly instances?: number
  readonly service?: object
  readonly producer?: object
  readonly consumer?: object
  /** Arguments of the queue. */
  readonly queue?: object
  /** Settings of the node. */
  readonly node?: object
  readonly version?: '4.3' | '4.0'
}

/** One exchange, one service that charges cards from its queue, and little else than defaults. */
export function bareQueue(settings: BareQueue): Scenario {
  const { messages = 1, instances = 1, version = '4.3', service, queue = {} } = settings
  const { producer, consumer, node = {} } = settings
  const charge = { effect: 'charge', sink: 'card' }
  const parsed = parseScenario({
    version: 1,
    id: 'bare-queue',
    title: 'Bare queue',
    story: {
      streams: ['orders'],
      producers: [{ id: 'order-service', publishes: 'orders', count: messages, keys: ['user-1'] }],
      services: [{ id: 'payments', listensTo: 'orders', instances, ...charge, ...service }],
      sinks: [{ id: 'card', kind: 'external-api' }],
    },
    deployment: {
      broker: 'rabbitmq',
      version,
      brokerSettings: node,
      producer: { 'confirm.select': true, delivery_mode: 2, ...producer },
      consumer: { prefetch_count: 1, ...consumer },
      queue,
    },
    checks: ['no-loss', 'no-duplicate-effect', 'per-key-order'],
  })
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('\n'))
  return parsed.scenario
}
