// What random scripts have in common: every step is compared, and nothing is expected but that model and
// broker do the same.
import type fc from 'fast-check'
import type { Experiment } from '../../../lib/experiments/types.ts'

export type Script = fc.Arbitrary<Experiment>

type Told = Pick<Experiment, 'topics' | 'steps'> & Partial<Experiment>

export function named(id: string, told: Told): Experiment {
  const steps = told.steps.map((step, i) => ({ as: `${i + 1} ${step.do}`, ...step }))
  return {
    version: 1,
    id,
    title: 'A random script',
    source: 'nobody: model and broker are compared',
    class: 'deterministic',
    ...told,
    steps,
  }
}
