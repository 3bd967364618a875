// Requests of the test client to a node: to the one that a step names, else to who leads its partition.
import { ask, heard } from './asking.ts'
import { leaderOf, NODE, type NodeAsked, nodeMeant } from './cluster.ts'
import { knowing, type Moment, type Setup } from './moment.ts'
import { MAIN, portOf } from './system.ts'

export interface NodeStep {
  readonly as?: string
  readonly client?: string
  readonly node?: NodeAsked
  readonly topic: string
  readonly partition?: number
}

/** The node that a step names, else the leader; '' while there is none. */
export function nodeAsked(setup: Setup, moment: Moment, step: NodeStep): string {
  if (setup.experiment.cluster === undefined) return NODE
  if (step.node !== undefined) return nodeMeant(setup, moment, step.node)
  return leaderOf(setup, moment, step.topic, step.partition ?? 0)
}

/** Asks a node, and notes by which port: who leads may be another by the time of the answer. */
export function askNode(setup: Setup, moment: Moment, step: NodeStep, request: object): Moment {
  const node = nodeAsked(setup, moment, step)
  if (node === '') return knowing(moment, 'ports', step.as ?? '', '')
  const port = portOf(step.client ?? MAIN, node)
  return ask(setup, knowing(moment, 'ports', step.as ?? '', port), port, request)
}

const NO_LEADER = 'LEADER_NOT_AVAILABLE'

/** What the node has answered; that there is no leader to be asked; or that the connection is closed. */
export function heardOfNode<E>(
  setup: Setup,
  moment: Moment,
  step: NodeStep,
  kind: string,
): E | string | null {
  const port = moment.known.ports[step.as ?? ''] ?? ''
  if (port === '') return NO_LEADER
  const answer = heard<E>(setup, moment, port, kind)
  if (answer !== null) return answer
  return heard(setup, moment, port, 'ConnectionClosed') === null ? null : 'disconnected'
}
