// What a row consists of, read off its scenario: by these the page is filtered.
import { strategies } from '../clients/strategies.ts'
import type { Row } from './types.ts'

export interface Facets {
  readonly strategy: string
  readonly ackPoint: string
  readonly workers: number
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
  return {
    strategy: strategies.find(({ id }) => id === strategy)?.title ?? strategy,
    ackPoint: service?.ackPoint === 'before' ? 'commit before effect' : 'commit after effect',
    workers: service?.workers ?? 1,
    sink: SINKS[kind] ?? kind,
  }
}
