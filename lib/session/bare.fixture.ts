// A scenario as bare as can be, for searches.
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/types.ts'

export interface Bare {
  readonly messages?: number
  readonly partitions?: number
  readonly keys?: readonly string[]
  readonly sink?: 'external-api' | 'database'
  readonly instances?: number
  readonly service?: object
  readonly producer?: object
  readonly consumer?: object
  readonly nodes?: number
  /** Settings of the topic. */
  readonly topic?: object
  /** Settings of the service as one that reads as a share group; then it has no consumer. */
  readonly share?: object
}

/** One topic of one partition, one service that charges cards, and little else than defaults. */
export function bare(settings: Bare): Scenario {
  const { messages = 1, instances = 1, nodes = 1, partitions = 1, keys = ['user-1'] } = settings
  const { service, producer, consumer, topic, share, sink = 'external-api' } = settings
  const charge = { effect: 'charge', sink: 'card' }
  const parsed = parseScenario({
    version: 1,
    id: 'bare',
    title: 'Bare',
    story: {
      streams: ['orders'],
      producers: [{ id: 'order-service', publishes: 'orders', count: messages, keys }],
      services: [{ id: 'payments', listensTo: 'orders', instances, ...charge, ...service }],
      sinks: [{ id: 'card', kind: sink }],
    },
    deployment: {
      nodes,
      topics: { orders: { partitions, settings: topic ?? {} } },
      producer: { 'linger.ms': 0, ...producer },
      ...(share === undefined
        ? {
            consumer: {
              'enable.auto.commit': false,
              'auto.offset.reset': 'earliest',
              'max.poll.records': 1,
              ...consumer,
            },
          }
        : {
            shareGroups: { payments: { 'share.auto.offset.reset': 'earliest' } },
            services: { payments: share },
          }),
    },
    checks: [
      'no-loss',
      'no-duplicate-effect',
      'per-key-order',
      'no-fenced-effect',
      'sink-equals-oracle',
    ],
  })
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('\n'))
  return parsed.scenario
}
