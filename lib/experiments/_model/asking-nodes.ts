// Requests of the test client to a node: to the one that a step names, else to who leads its partition.
import { ask, heard, isClosed } from './asking.ts'
import { isThere, leaderOf, NODE, type NodeAsked, nodeMeant } from './cluster.ts'
import { type Asked, knowing, type Moment, ofStep, type Setup } from './moment.ts'
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

const NO_LEADER = { said: 'LEADER_NOT_AVAILABLE' }
export const UNKNOWN = 'UNKNOWN_TOPIC_OR_PARTITION'
export const DISCONNECTED = 'disconnected'

function howAsked(setup: Setup, moment: Moment, step: NodeStep): Asked {
  if (!isThere(setup, moment, step.topic, step.partition ?? 0)) return { said: UNKNOWN }
  const node = nodeAsked(setup, moment, step)
  return node === '' ? NO_LEADER : { port: portOf(step.client ?? MAIN, node) }
}

/** Asks a node, and notes how. */
export function askNode(setup: Setup, moment: Moment, step: NodeStep, request: object): Moment {
  const asked = howAsked(setup, moment, step)
  const next = knowing(moment, 'asked', step.as ?? '', asked)
  return 'said' in asked ? next : ask(setup, next, asked.port, request)
}

/** What the node has answered; why there is none to be asked; or that the connection is closed. */
export function heardOfNode<E>(
  setup: Setup,
  moment: Moment,
  step: NodeStep,
  kind: string,
): E | string | null {
  const asked = ofStep(moment.known.asked, step) ?? NO_LEADER
  if ('said' in asked) return asked.said
  const answer = heard<E>(setup, moment, step, kind)
  if (answer !== null) return answer
  return isClosed(setup, moment, asked.port) ? DISCONNECTED : null
}
