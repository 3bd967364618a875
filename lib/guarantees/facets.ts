// What a row consists of, read off its scenario: by these the page is filtered.
import { brokerOf } from '../brokers/index.ts'
import { strategies } from '../clients/strategies.ts'
import type { Row } from './types.ts'

export interface Facets {
  readonly broker: string
  readonly strategy: string
  readonly sink: string
}

const SINKS: Readonly<Record<string, string>> = {
  'external-api': 'external API',
  database: 'database',
  counts: 'plain counters',
}

export function facetsOf({ scenario }: Row): Facets {
  const [service] = scenario.story.services
  const kind = scenario.story.sinks.find(({ id }) => id === service?.sink)?.kind ?? ''
  const strategy = service?.strategy.kind ?? 'none'
  const broker = brokerOf(scenario.deployment.broker)
  return {
    broker: broker.title,
    strategy: strategies.find(({ id }) => id === strategy)?.title ?? strategy,
    sink: SINKS[kind] ?? kind,
  }
}
