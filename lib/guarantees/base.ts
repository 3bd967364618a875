// One stream, one service that charges cards, and little else than defaults: what every row of the matrix says is
// what it changes here.
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

/** A row as it is written down: what it changes, and nothing of what comes of it. */
export interface Entry {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly change: Change
}

/** The rows of a family; `prefix` tells a handler's row there from its rows elsewhere. */
export interface Rows {
  readonly family: string
  readonly prefix: string
  readonly entries: readonly Entry[]
}

function storyOf({ service, sink, publisher }: Change): Plain {
  return {
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
  }
}

/** Throws where what a row changes does not go together. */
export function scenarioOf(
  { id, title, change }: Entry,
  deployment: Plain,
  checks: readonly string[],
): Scenario {
  const document: Json = { version: 1, id, title, story: storyOf(change), deployment, checks }
  const parsed = parseScenario(document)
  if (parsed.ok) return parsed.scenario
  throw new Error(`${id}: ${parsed.errors.map((error) => error.message).join('\n')}`)
}
