// Where a request goes: with one node to that one; in a cluster to the leader of a partition, to the node of a
// coordinator, or to the node that a step names.
import * as kafka from '@platformatic/kafka'
import type { StepOf } from '../../../lib/experiments/types.ts'
import type { Cluster, ClusterNode } from './cluster.ts'
import { answered, patiently, soon } from './raw.ts'
import { known, MAIN, type Session } from './session.ts'

type Answered = Awaited<ReturnType<typeof kafka.metadataV12.api.async>>

export type NodeAsked = StepOf<'killNode'>['node']

export interface PartitionSeen {
  /** -1: nobody leads. */
  readonly leaderId: number
  readonly leaderEpoch: number
  readonly replicaNodes: readonly number[]
  readonly isrNodes: readonly number[]
}

/** What the library throws where a partition has no leader holds the whole answer. */
function responseIn(thrown: unknown, depth = 0): Answered | null {
  if (typeof thrown !== 'object' || thrown === null || depth > 6) return null
  const { response, errors, cause } = thrown as Readonly<Record<string, unknown>>
  if (response !== undefined && response !== null && 'brokers' in (response as object))
    return response as Answered
  for (const inner of [...Object.values(errors ?? {}), cause]) {
    const found = responseIn(inner, depth + 1)
    if (found !== null) return found
  }
  return null
}

export function clusterOf(session: Session): Cluster {
  if (session.cluster === null) throw new Error('this experiment has no cluster')
  return session.cluster
}

const runningNodes = (session: Session) =>
  clusterOf(session)
    .nodes()
    .filter((node) => node.state === 'running')

/** As one of the running nodes has it, whichever answers first in order. */
async function metadataOf(session: Session, topics: string[]): Promise<Answered> {
  let said: unknown
  for (const node of runningNodes(session)) {
    try {
      const line = await session.lines.to('metadata', node.port)
      return await kafka.metadataV12.api.async(line, topics, false, false)
    } catch (thrown) {
      const response = responseIn(thrown)
      if (response !== null) return response
      said = thrown
    }
  }
  throw said
}

/** Numbers of the nodes that are registered and not fenced. */
export async function inService(session: Session): Promise<readonly number[]> {
  const { brokers } = await metadataOf(session, [])
  return brokers.map((broker) => broker.nodeId)
}

export async function partitionSeen(
  session: Session,
  topic: string,
  partition: number,
): Promise<PartitionSeen> {
  const { topics } = await metadataOf(session, [session.real(topic)])
  const found = [...topics][0]?.partitions.find((each) => each.partitionIndex === partition)
  if (found === undefined) throw new Error(`${topic}/${partition} is not known`)
  return found
}

export async function topicIdOf(session: Session, topic: string): Promise<string> {
  const { topics } = await metadataOf(session, [session.real(topic)])
  return [...topics][0]?.topicId ?? ''
}

async function coordinatorNode(session: Session, group: string): Promise<number> {
  for (let tries = 0; ; tries++) {
    for (const node of runningNodes(session)) {
      try {
        const line = await session.lines.to('metadata', node.port)
        const find = kafka.findCoordinatorV4.api.async
        const { coordinators } = await find(line, 0, [session.real(group)])
        const [found] = coordinators
        if (found?.errorCode === 0) return found.nodeId
      } catch (thrown) {
        if (tries > 100) throw thrown
      }
    }
    await soon(200)
  }
}

/** The node that a step means, by its number. */
export async function nodeMeant(session: Session, node: NodeAsked): Promise<number> {
  if (typeof node === 'number') return node
  if ('coordinatorOf' in node) return await coordinatorNode(session, node.coordinatorOf)
  const lane = 'leaderOf' in node ? node.leaderOf : node.followerOf
  const slash = lane.lastIndexOf('/')
  const partition = Number(lane.slice(slash + 1))
  const seen = await partitionSeen(session, lane.slice(0, slash), partition)
  if ('leaderOf' in node) return seen.leaderId
  const others = seen.replicaNodes.filter((each) => each !== seen.leaderId)
  return others[(node.nth ?? 1) - 1] ?? -1
}

export function nodeAt(session: Session, number: number): ClusterNode {
  const found = clusterOf(session).nodes()[number]
  if (found === undefined) throw new Error(`there is no node ${number}`)
  return found
}

interface NodeStep {
  readonly client?: string
  readonly node?: NodeAsked
  readonly topic: string
  readonly partition?: number
}

export class NoLeader extends Error {}
export class Disconnected extends Error {}

/** The connection of a step's client to the node that it names, else to the leader of its partition. */
export async function lineOfStep(session: Session, step: NodeStep): Promise<kafka.Connection> {
  const client = step.client ?? MAIN
  if (session.cluster === null) return await session.lines.to(client)
  const number =
    step.node === undefined
      ? (await partitionSeen(session, step.topic, step.partition ?? 0)).leaderId
      : await nodeMeant(session, step.node)
  if (number < 0) throw new NoLeader()
  try {
    return await session.lines.to(client, nodeAt(session, number).port)
  } catch {
    throw new Disconnected()
  }
}

/** What a node says that is about to be the coordinator, or is it no more: every client library asks again. */
const NOT_YET = ['COORDINATOR_LOAD_IN_PROGRESS', 'COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR']

/** Whether the group's log is loaded, by a question that changes nothing. */
async function serves(line: kafka.Connection, group: string): Promise<boolean> {
  const groups = [{ groupId: group, memberEpoch: -1, topics: [] }]
  const said = await answered(kafka.offsetFetchV8.api.async(line, groups, false), () => 'ok')
  return !NOT_YET.includes(String(said))
}

/** The connection of a client to the coordinator of a group, once that has loaded what it knows of it. */
export async function lineToGroup(
  session: Session,
  client: string,
  group: string,
): Promise<kafka.Connection> {
  if (session.cluster === null) return await session.lines.to(client)
  return await patiently(async () => {
    const number = await coordinatorNode(session, group)
    const line = await session.lines.to(client, nodeAt(session, number).port)
    if (!(await serves(line, session.real(group)))) throw new Error(`${group} is not loaded yet`)
    return line
  })
}

/** A connection to some node that runs. */
export async function anyLine(session: Session): Promise<kafka.Connection> {
  if (session.cluster === null) return await session.lines.to(MAIN)
  const [node] = runningNodes(session)
  return await session.lines.to(MAIN, known(new Map([['a node', node]]), 'a node', 'runs')?.port)
}

/** What became of a request to a node that cannot be asked, in the words of the script. */
export function routed(thrown: unknown): string | null {
  if (thrown instanceof NoLeader) return 'LEADER_NOT_AVAILABLE'
  if (thrown instanceof Disconnected) return 'disconnected'
  const { code } = (thrown ?? {}) as { readonly code?: string }
  return code === 'PLT_KFK_NETWORK' ? 'disconnected' : null
}
