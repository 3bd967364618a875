// The committed record: no dates and no machine, so that the same behaviour gives the same file. A run of some
// experiments leaves what is recorded of the others, as long as there are such.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { compareText } from '../../../lib/experiments/_compare.ts'
import { rabbitmqExperiments } from '../../../lib/experiments/rabbitmq/index.ts'
import {
  type Experiment,
  type Variant,
  variantName,
  variantsOf,
} from '../../../lib/experiments/rabbitmq/types.ts'
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

const nameOf = (experiment: Experiment, variant: Variant) =>
  `${experiment.id} on ${variantName(variant)}`

type Kept = Readonly<Record<string, ReturnType<typeof kept>>>
interface Recorded {
  readonly releases: Readonly<Record<string, string>>
  readonly experiments: Kept
}

function before(path: string): Recorded {
  if (!existsSync(path)) return { releases: {}, experiments: {} }
  return JSON.parse(readFileSync(path, 'utf8')) as Recorded
}

export function recordRabbitmq(outcomes: readonly Outcome[]): void {
  const path = resolve(import.meta.dirname, '../../..', RESULTS)
  const old = before(path)
  const releases = {
    ...old.releases,
    ...Object.fromEntries(outcomes.map(({ variant, release }) => [variant.version, release])),
  }
  const now: Kept = Object.fromEntries(
    outcomes.map((each) => [nameOf(each.experiment, each.variant), kept(each)]),
  )
  const names = rabbitmqExperiments.flatMap((each) =>
    variantsOf(each).map((variant) => nameOf(each, variant)),
  )
  const experiments = Object.fromEntries(
    names.toSorted().flatMap((name) => {
      const found = now[name] ?? old.experiments[name]
      return found === undefined ? [] : [[name, found] as const]
    }),
  )
  const sorted = Object.fromEntries(Object.entries(releases).sort())
  const results = { broker: 'RabbitMQ', releases: sorted, client: 'amqplib', experiments }
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`)
}
