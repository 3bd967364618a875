// The model beside the record of the last conformance run that was kept.
import { compareText } from '../experiments/_compare.ts'
import { allowedBy } from '../experiments/_judge.ts'
import { experiments } from '../experiments/index.ts'
import type { Experiment } from '../experiments/types.ts'
import { leftOut } from './left-out.ts'
import { measured } from './measured.ts'
import { subjectOf } from './subjects.ts'
import type { Fidelity, FidelityRow } from './types.ts'

/** docs/conformance-kafka.json, as `npm run conformance -- --record` writes it. */
interface Kept {
  readonly broker: string
  readonly version: string
  readonly experiments: Readonly<
    Record<
      string,
      {
        readonly agrees: boolean
        readonly repetitions: number
        readonly model: readonly string[]
        readonly broker: readonly string[]
      }
    >
  >
}

function rowOf(experiment: Experiment, { broker, experiments: all }: Kept): FidelityRow {
  const { id, row = '', title, class: kind, source, never } = experiment
  const model = allowedBy(experiment).map(compareText).sort()
  const kept = all[id]
  // What was kept counts only for what the model says today.
  const fresh = kept !== undefined && compareText([...kept.model]) === compareText(model)
  return {
    id,
    broker,
    row,
    title,
    subject: subjectOf(experiment),
    class: kind,
    source,
    verdict: fresh ? (kept.agrees ? 'agrees' : 'differs') : 'not run since it changed',
    repetitions: fresh ? kept.repetitions : 0,
    outcomes: [{ of: '', model, broker: fresh ? kept.broker : [] }],
    never: never === undefined ? '' : `${compareText(never.observed)}: ${never.because}`,
  }
}

export function fidelityOf(kept: Kept): Fidelity {
  const { broker, version } = kept
  const rows = experiments.map((experiment) => rowOf(experiment, kept))
  return { broker, version, rows, leftOut, measured }
}
