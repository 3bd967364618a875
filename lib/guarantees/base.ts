// One topic of one partition, one service that charges cards, and little else than defaults: what every row of the
// matrix says is what it changes here.
import type { Json } from '../engine/types.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/types.ts'
import { CONSUMERS, MESSAGES } from './bounds.ts'
import type { Plain } from './types.ts'

/** What a row changes, in the document's own names. */
export interface Change {
  readonly service?: Plain
  readonly sink?: Plain
  readonly publisher?: Plain
  readonly producer?: Plain
  readonly consumer?: Plain
  readonly deployment?: Plain
}

const CONSUMER: Plain = {
  'enable.auto.commit': false,
  'auto.offset.reset': 'earliest',
  'max.poll.records': 1,
}

export function documentOf(id: string, title: string, change: Change, checks: readonly string[]) {
  const { service, sink, publisher, producer, consumer, deployment } = change
  const share = deployment?.['shareGroups'] !== undefined
  return {
    version: 1,
    id,
    title,
    story: {
      streams: ['orders'],
      producers: [
        {
          id: 'order-service',
          title: 'order service',
          publishes: 'orders',
          count: MESSAGES,
          keys: ['user-1'],
          ...publisher,
        },
      ],
      services: [
        {
          id: 'payments',
          listensTo: 'orders',
          instances: CONSUMERS,
          effect: 'charge',
          sink: 'card',
          ...service,
        },
      ],
      sinks: [{ id: 'card', title: 'card charges', kind: 'external-api', ...sink }],
    },
    deployment: {
      nodes: 1,
      topics: { orders: { partitions: 1 } },
      producer: { 'linger.ms': 0, ...producer },
      ...(share ? {} : { consumer: { ...CONSUMER, ...consumer } }),
      ...deployment,
    },
    checks: [...checks],
  } satisfies Record<string, Json>
}

export function scenarioOf(
  id: string,
  title: string,
  change: Change,
  checks: readonly string[],
): Scenario {
  const parsed = parseScenario(documentOf(id, title, change, checks))
  if (parsed.ok) return parsed.scenario
  throw new Error(`${id}: ${parsed.errors.map((error) => error.message).join('\n')}`)
}
