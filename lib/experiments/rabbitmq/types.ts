// The words of RabbitMQ experiments. An experiment is data: steps over a small port, what to compare.
import type * as z from 'zod/mini'
import type { Json } from '../../engine/types.ts'
import type { experimentSchema, stepSchema } from './_schema.ts'

type Deep<T> = T extends object ? { readonly [K in keyof T]: Deep<T[K]> } : T

/** What was observed, by the `as` of the steps: the only thing that is compared. */
export type Observed = Readonly<Record<string, Json>>

export type Experiment = Deep<Omit<z.infer<typeof experimentSchema>, 'expect'>> & {
  readonly expect: { readonly [variant: string]: Observed }
}
export type Step = Deep<z.infer<typeof stepSchema>>
export type Op = Step['do']
export type StepOf<O extends Op> = Extract<Step, { readonly do: O }>

/** What an experiment is run with. */
export interface Variant {
  readonly version: '4.3' | '4.0'
  readonly type: 'classic' | 'quorum' | 'stream'
}
export const variantName = ({ version, type }: Variant): string => `${version}/${type}`

export function variantsOf(experiment: Experiment): readonly Variant[] {
  const versions = experiment.versions ?? (['4.3', '4.0'] as const)
  return versions.flatMap((version) => experiment.types.map((type) => ({ version, type })))
}

/** What is expected of a variant: what is said of all, of its type, of its version, and of it alone. */
export function expectedOf({ expect }: Experiment, variant: Variant): Observed {
  const { type, version } = variant
  return { ...expect['all'], ...expect[type], ...expect[version], ...expect[variantName(variant)] }
}
