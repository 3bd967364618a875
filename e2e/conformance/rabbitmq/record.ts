// The committed record of a whole run: no dates and no machine, so that the same behaviour gives the same file.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compareText } from '../../../lib/experiments/_compare.ts'
import { variantName } from '../../../lib/experiments/rabbitmq/types.ts'
import type { Outcome } from './run.ts'

const RESULTS = 'docs/conformance-rabbitmq.json'

function kept({ model, broker, because }: Outcome) {
  return {
    agrees: because.length === 0,
    repetitions: broker.length,
    model: compareText(model),
    broker: [...new Set(broker.map(compareText))].sort(),
  }
}

export function recordRabbitmq(outcomes: readonly Outcome[]): void {
  const releases = Object.fromEntries(
    outcomes.map(({ variant, release }) => [variant.version, release] as const).sort(),
  )
  const nameOf = ({ experiment, variant }: Outcome) => `${experiment.id} on ${variantName(variant)}`
  const sorted = [...outcomes].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const experiments = Object.fromEntries(sorted.map((each) => [nameOf(each), kept(each)]))
  const results = { broker: 'RabbitMQ', releases, client: 'amqplib', experiments }
  const path = resolve(import.meta.dirname, '../../..', RESULTS)
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
}
