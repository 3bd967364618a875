// What is told of the model beside a real broker: in docs/fidelity.md and on the site's page.

export type Verdict = 'agrees' | 'differs' | 'not run since it changed'

/** Different outcomes as text: what the model allows, and what the broker did. */
export interface Outcome {
  /** Of which versions and queue types; '' where an experiment has no variants. */
  readonly of: string
  readonly model: readonly string[]
  readonly broker: readonly string[]
}

/** One experiment on both sides. */
export interface FidelityRow {
  readonly id: string
  /** The broker it is run on. */
  readonly broker: string
  /** Its row in the conformance catalogue, '' for one of our own. */
  readonly row: string
  readonly title: string
  readonly subject: string
  readonly class: 'deterministic' | 'set' | 'unspecified'
  readonly source: string
  readonly verdict: Verdict
  readonly repetitions: number
  readonly outcomes: readonly Outcome[]
  /** Of a set: the outcome that must never be, and why; '' elsewhere. */
  readonly never: string
}

/** Something the model does not have, or has in another way, and why. */
export interface LeftOut {
  readonly subject: string
  readonly what: string
  readonly why: string
}

/** Where what was read in manuals and sources was wrong, and the broker rules. */
export interface Measured {
  readonly subject: string
  readonly expected: string
  readonly broker: string
}

export interface Fidelity {
  readonly broker: string
  /** Of several all of them, in words. */
  readonly version: string
  readonly rows: readonly FidelityRow[]
  readonly leftOut: readonly LeftOut[]
  readonly measured: readonly Measured[]
}
