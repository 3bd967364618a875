// The model of RabbitMQ beside the record of the last conformance run that was kept. Each experiment is run for
// several versions and queue types.
import { compareText } from '../experiments/_compare.ts'
import { rabbitmqExperiments } from '../experiments/rabbitmq/index.ts'
import {
  type Experiment,
  expectedOf,
  type Variant,
  variantName,
  variantsOf,
} from '../experiments/rabbitmq/types.ts'
import { rabbitmqLeftOut } from './left-out-rabbitmq.ts'
import { rabbitmqMeasured } from './measured-rabbitmq.ts'
import { rabbitmqSubjectOf } from './subjects-rabbitmq.ts'
import type { Fidelity, FidelityRow, Outcome, Verdict } from './types.ts'

/** docs/conformance-rabbitmq.json, as `npm run conformance -- --broker rabbitmq --record` writes it. */
export interface RabbitmqKept {
  readonly broker: string
  /** Debian's package for each version: '4.3.6-1'. */
  readonly releases: Readonly<Record<string, string>>
  readonly experiments: Readonly<Record<string, KeptVariant>>
}
interface KeptVariant {
  readonly agrees: boolean
  readonly repetitions: number
  readonly model: string
  readonly broker: readonly string[]
}

interface Seen {
  readonly of: string
  readonly model: string
  /** Null where it was not run since the model changed. */
  readonly kept: KeptVariant | null
}

function seenOf(experiment: Experiment, variant: Variant, all: RabbitmqKept['experiments']): Seen {
  const of = variantName(variant)
  const model = compareText(expectedOf(experiment, variant))
  const kept = all[`${experiment.id} on ${of}`]
  return { of, model, kept: kept?.model === model ? kept : null }
}

function verdictOf(seen: readonly Seen[]): Verdict {
  if (seen.some(({ kept }) => kept === null)) return 'not run since it changed'
  return seen.every(({ kept }) => kept?.agrees) ? 'agrees' : 'differs'
}

/** Variants that came out alike stand in one line. */
function outcomesOf(seen: readonly Seen[]): readonly Outcome[] {
  const alike = new Map<string, Outcome>()
  for (const { of, model, kept } of seen) {
    const broker = kept?.broker ?? []
    const key = [model, ...broker].join('\n')
    const before = alike.get(key)
    const together = before === undefined ? of : `${before.of}, ${of}`
    alike.set(key, { of: together, model: [model], broker })
  }
  return [...alike.values()]
}

function rowOf(experiment: Experiment, { broker, experiments: all }: RabbitmqKept): FidelityRow {
  const { id, row = '', title, class: kind, source } = experiment
  const seen = variantsOf(experiment).map((variant) => seenOf(experiment, variant, all))
  const verdict = verdictOf(seen)
  return {
    id,
    broker,
    row,
    title,
    subject: rabbitmqSubjectOf(experiment),
    class: kind,
    source,
    verdict,
    repetitions: Math.min(...seen.map(({ kept }) => kept?.repetitions ?? 0)),
    outcomes: outcomesOf(seen),
    never: '',
  }
}

export function rabbitmqFidelityOf(kept: RabbitmqKept): Fidelity {
  const { broker, releases } = kept
  const version = Object.values(releases)
    .map((release) => release.split('-')[0] ?? release)
    .join(' and ')
  const rows = rabbitmqExperiments.map((experiment) => rowOf(experiment, kept))
  return { broker, version, rows, leftOut: rabbitmqLeftOut, measured: rabbitmqMeasured }
}
