// The record of the last conformance run that was kept: written by `npm run conformance -- --record`, read
// by the generator of docs/fidelity.md.

export const RESULTS = 'docs/conformance-kafka.json'

export interface Results {
  readonly broker: string
  readonly version: string
  readonly experiments: Readonly<
    Record<
      string,
      {
        readonly agrees: boolean
        readonly repetitions: number
        /** Different outcomes, as text. */
        readonly model: readonly string[]
        readonly broker: readonly string[]
      }
    >
  >
}
