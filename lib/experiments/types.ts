// The words of experiments. An experiment is data: settings, steps over a small port, what to compare.
import type * as z from 'zod/mini'
import type { Json } from '../engine/types.ts'
import type { experimentSchema, stepSchema } from './_schema.ts'

type Deep<T> = T extends object ? { readonly [K in keyof T]: Deep<T[K]> } : T

type Written = z.infer<typeof experimentSchema>

/** What was observed, by the `as` of the steps: the only thing that is compared. */
export type Observed = Readonly<Record<string, Json>>

export type Experiment = Deep<Omit<Written, 'expect' | 'never'>> & {
  readonly expect?: Observed
  readonly never?: { readonly observed: Observed; readonly because: string }
}
export type Step = Deep<z.infer<typeof stepSchema>>
export type Op = Step['do']
export type StepOf<O extends Op> = Extract<Step, { readonly do: O }>
