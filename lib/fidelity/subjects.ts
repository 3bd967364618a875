// Which part of the broker an experiment is about, read off what its script does: the first that fits.
import type { Experiment, Step } from '../experiments/types.ts'

type Fits = (step: Step, experiment: Experiment) => boolean

const does =
  (...ops: readonly string[]): Fits =>
  ({ do: op }) =>
    ops.includes(op)
const named =
  (word: RegExp): Fits =>
  ({ do: op }) =>
    word.test(op)

const hasSettings = ({ topics, broker }: Experiment): boolean =>
  broker !== undefined || Object.values(topics).some((topic) => typeof topic === 'object')

/** In this order. A subject of one's own is one line here. */
const SUBJECTS: readonly (readonly [subject: string, fits: Fits])[] = [
  ['Share groups', named(/^share/i)],
  ['Transactions', named(/transaction|txn/i)],
  ['Replication', named(/broker|node|leader|follower|replica/i)],
  ['Other clients', does('platformaticSend')],
  ['Retention and compaction', does('alterTopic', 'deleteRecords', 'waitUntil')],
  ['Retention and compaction', (_step, experiment) => hasSettings(experiment)],
  [
    'Groups and commits',
    does('join', 'poll', 'joinGroup', 'commitOffsets', 'fetchOffsets', 'consumerGroupHeartbeat'),
  ],
]

export function subjectOf(experiment: Experiment): string {
  const found = SUBJECTS.find(([, fits]) => experiment.steps.some((step) => fits(step, experiment)))
  return found?.[0] ?? 'Producers and logs'
}
