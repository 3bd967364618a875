// Steps that befall nodes, and what the script sees of a partition, on the model.
import { logEnd } from '../../brokers/kafka/log.ts'
import type { NodeSettings } from '../../brokers/kafka/node-state.ts'
import { type NodeState, replicaOf } from '../../brokers/kafka/node-state.ts'
import type { Actor } from '../../engine/compile.ts'
import type { Json, Me } from '../../engine/types.ts'
import type { StepOf } from '../types.ts'
import { done, noAnswer } from './asking.ts'
import { acted, timed } from './clock.ts'
import { holdersOf, leaderOf, nodeMeant, nodesOf, partitionOf } from './cluster.ts'
import { type Moment, type Setup, stateOf, withState } from './moment.ts'
import { type Meaning, WITHIN_MS } from './steps.ts'

type NodeStep = StepOf<'killNode' | 'restartNode' | 'pauseNode' | 'resumeNode'>

/** Which node it was is noted: it may be another by the time the step is over. */
function befalling(rule: string): Pick<Meaning<NodeStep>, 'begin' | 'expired'> {
  return {
    begin: (moment, step, setup) => {
      const actor = nodeMeant(setup, moment, step.node)
      return { ...acted(setup, moment, { actor, rule }), noted: actor }
    },
    expired: noAnswer,
  }
}

const runs = (setup: Setup, moment: Moment): boolean =>
  stateOf<NodeState>(setup, moment, moment.noted as string).life === 'running'

export const killNode: Meaning<StepOf<'killNode'>> = {
  ...befalling('LoseNode'),
  finish: (moment) => done(moment, 'killed'),
}

/** What was altered while it was away, it reads in the metadata log. */
function caughtUp(setup: Setup, moment: Moment): Moment {
  const own = stateOf<NodeState>(setup, moment, moment.noted as string)
  const states = nodesOf(setup.experiment).map((id) => stateOf<NodeState>(setup, moment, id))
  const altered = states.find((s) => s !== own && s.life === 'running' && s.configs !== undefined)
  if (altered === undefined) return moment
  const state = { ...own, configs: altered.configs } as unknown as Json
  return timed(setup, withState(setup, moment, moment.noted as string, state))
}

export const restartNode: Meaning<StepOf<'restartNode'>> = {
  ...befalling('RestartNode'),
  finish: (moment, _step, setup) =>
    runs(setup, moment) ? done(caughtUp(setup, moment), 'restarted') : null,
  patienceMs: () => 2 * WITHIN_MS,
}

export const pauseNode: Meaning<StepOf<'pauseNode'>> = {
  ...befalling('Pause'),
  finish: (moment) => done(moment, 'paused'),
}

export const resumeNode: Meaning<StepOf<'resumeNode'>> = {
  ...befalling('Resume'),
  finish: (moment) => done(moment, 'resumed'),
}

export const awaitLeader: Meaning<StepOf<'awaitLeader'>> = {
  finish: (moment, { topic, partition = 0, epoch = 1 }, setup) => {
    const leader = leaderOf(setup, moment, topic, partition)
    if (leader === '' || partitionOf(setup, moment, topic, partition).epoch < epoch) return null
    const state = stateOf<NodeState>(setup, moment, leader)
    return state.replicas[`${topic}/${partition}`]?.leading == null ? null : done(moment, leader)
  },
  patienceMs: (step) => step.withinMs ?? WITHIN_MS,
  expired: noAnswer,
}

export const awaitIsr: Meaning<StepOf<'awaitIsr'>> = {
  finish: (moment, { topic, partition = 0, count }, setup) => {
    const { isr } = partitionOf(setup, moment, topic, partition)
    return isr.length === count ? done(moment, 'in sync') : null
  },
  atRest: true,
  patienceMs: (step) => step.withinMs ?? WITHIN_MS,
  expired: noAnswer,
}

function replicaAt(setup: Setup, moment: Moment, id: string, step: StepOf<'describePartition'>) {
  const actor = setup.system.actorById.get(id) as Actor
  const { topic, partition = 0 } = step
  const state = stateOf<NodeState>(setup, moment, id)
  return replicaOf(state, { topic, partition }, actor.me as Me<NodeSettings>)
}

export const describePartition: Meaning<StepOf<'describePartition'>> = {
  atRest: true,
  finish: (moment, step, setup) => {
    const { topic, partition = 0 } = step
    const nodes = nodesOf(setup.experiment)
    const leader = leaderOf(setup, moment, topic, partition)
    const { isr } = partitionOf(setup, moment, topic, partition)
    const alive = holdersOf(setup, topic, partition).filter(
      (id) => stateOf<NodeState>(setup, moment, id).life === 'running',
    )
    const ends = alive.map((id) => [id, logEnd(replicaAt(setup, moment, id, step).log)] as const)
    return done(moment, {
      leader,
      isr: isr.map((node) => nodes[node]).sort(),
      highWatermark: alive.includes(leader)
        ? replicaAt(setup, moment, leader, step).highWatermark
        : null,
      ends: Object.fromEntries([...ends].sort(([a], [b]) => (a < b ? -1 : 1))),
    })
  },
  expired: noAnswer,
}
