// Which part of RabbitMQ an experiment is about, read off what its script does: the first that fits.
import type { Experiment, Step } from '../experiments/rabbitmq/types.ts'

type Fits = (experiment: Experiment) => boolean

const does =
  (...ops: readonly string[]): Fits =>
  ({ steps }) =>
    steps.some(({ do: op }) => ops.includes(op))

const argumentsOf = (step: Step): readonly string[] =>
  step.do === 'declareQueue' ? Object.keys(step.arguments ?? {}) : []
const declares =
  (words: RegExp): Fits =>
  ({ steps }) =>
    steps.some((step) => argumentsOf(step).some((name) => words.test(name)))

/** In this order. A subject of one's own is one line here. */
const SUBJECTS: readonly (readonly [subject: string, fits: Fits])[] = [
  ['Streams', ({ types }) => types.includes('stream')],
  [
    'Expiry, limits and dead letters',
    declares(/dead-letter|ttl|expires|max-length|delivery-limit/),
  ],
  ['What comes back', declares(/delayed-retry/)],
  ['Routing', does('bind', 'declareExchange')],
  [
    'What comes back',
    does('destroy', 'nack', 'reject', 'recover', 'restartNode', 'closeChannel', 'settle'),
  ],
  ['Consumers', does('consume')],
]

export function rabbitmqSubjectOf(experiment: Experiment): string {
  return SUBJECTS.find(([, fits]) => fits(experiment))?.[0] ?? 'Publishing'
}
