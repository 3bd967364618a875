// Offsets of groups on the model: committed by a member, a stranger or nobody in particular, and fetched.
import type {
  KafkaError,
  OffsetCommitResponse,
  OffsetFetchResponse,
} from '../../brokers/kafka/protocol.ts'
import type { StepOf } from '../types.ts'
import { ask, done, heard, noAnswer, notedLater } from './asking.ts'
import { coordinatorOf } from './cluster.ts'
import { instanceOf } from './members.ts'
import type { Moment } from './moment.ts'
import type { Meaning } from './steps.ts'
import { MAIN, portOf } from './system.ts'

const committerPort = (step: StepOf<'commitOffsets'>) =>
  portOf(step.member ?? step.client ?? MAIN, coordinatorOf(step.group))

interface Committer {
  readonly member?: string
  readonly generation?: number
}

/** The membership that a commit tells: of a member, of a stranger, or none. */
export function whoCommits(moment: Moment, step: Committer) {
  const known = step.member === undefined ? undefined : moment.known.members[step.member]
  const member = known?.id ?? step.member ?? ''
  return { member, generation: step.generation ?? known?.generation ?? -1 }
}

export function offsetsOf(offsets: Readonly<Record<string, number>>) {
  return Object.entries(offsets)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([lane, offset]) => {
      const [topic = '', partition] = lane.split('/')
      return { topic, partition: Number(partition), offset }
    })
}

const orOk = (error: KafkaError | undefined): string => error ?? 'ok'

export const commitOffsets: Meaning<StepOf<'commitOffsets'>> = {
  begin: (moment, step, setup) => {
    const known = moment.known.members[step.member ?? '']
    const { member, generation } = whoCommits(moment, step)
    const offsets = offsetsOf(step.offsets)
    const commit = {
      ...{ kind: 'OffsetCommit', member, generation, correlation: moment.at, offsets },
      ...(known === undefined ? {} : instanceOf(known)),
      ...(step.old === true ? { old: true } : {}),
    }
    return ask(setup, moment, committerPort(step), commit)
  },
  finish: (moment, step, setup) => {
    const later = notedLater(moment, step)
    if (later !== null) return later
    const answer = heard<OffsetCommitResponse>(setup, moment, step, 'OffsetCommitResponse')
    return answer === null ? null : done(moment, orOk(answer.error))
  },
  expired: noAnswer,
}

export const fetchOffsets: Meaning<StepOf<'fetchOffsets'>> = {
  begin: (moment, step, setup) => {
    const [topic, partition] = step.lane.split('/')
    const partitions = [{ topic, partition: Number(partition) }]
    const port = portOf(MAIN, coordinatorOf(step.group))
    const stable = step.requireStable === true ? { requireStable: true } : {}
    return ask(setup, moment, port, { kind: 'OffsetFetch', partitions, ...stable })
  },
  finish: (moment, step, setup) => {
    const answer = heard<OffsetFetchResponse>(setup, moment, step, 'OffsetFetchResponse')
    if (answer === null) return null
    const [told] = answer.offsets
    return done(moment, told?.error ?? told?.offset ?? -1)
  },
  expired: noAnswer,
}
