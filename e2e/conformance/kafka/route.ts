// Where a request goes: with one node to that one; in a cluster to the leader of a partition, to the node of a
// coordinator, or to the node that a step names.
import * as kafka from '@platformatic/kafka'
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import type { Cluster, ClusterNode } from './cluster.ts'
import { answered, patiently, soon, WITHIN_MS, within } from './raw.ts'
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
async function metadataOf(
  session: Session,
  topics: string[],
  nodes = runningNodes(session),
): Promise<Answered> {
  let said: unknown
  for (const node of nodes) {
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
  nodes = runningNodes(session),
): Promise<PartitionSeen> {
  const { topics } = await metadataOf(session, [session.real(topic)], nodes)
  const found = [...topics][0]?.partitions.find((each) => each.partitionIndex === partition)
  if (found === undefined) throw new Error(`${topic}/${partition} is not known`)
  return found
}

/** As each of the running nodes has it: they learn of it from the controller one by one. */
export async function partitionSeenByAll(session: Session, topic: string, partition: number) {
  const nodes = runningNodes(session)
  return await Promise.all(nodes.map((node) => partitionSeen(session, topic, partition, [node])))
}

export async function topicIdOf(session: Session, topic: string): Promise<string> {
  const { topics } = await metadataOf(session, [session.real(topic)])
  return [...topics][0]?.topicId ?? ''
}

/** The partitions of the coordinators' topics that there are by now. */
export async function isrOfInternal(session: Session): Promise<readonly PartitionSeen[]> {
  const { topics } = await metadataOf(session, [...INTERNAL])
  return [...topics].flatMap(({ partitions }) => partitions)
}
const INTERNAL = ['__consumer_offsets', '__transaction_state', '__share_group_state']

/** The types of FindCoordinator. */
const OF_GROUP = 0
const OF_TRANSACTIONS = 1

async function coordinatorNode(session: Session, name: string, kind = OF_GROUP): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    for (const node of runningNodes(session)) {
      try {
        const line = await session.lines.to('metadata', node.port)
        const find = kafka.findCoordinatorV4.api.async
        const { coordinators } = await find(line, kind, [session.real(name)])
        const [found] = coordinators
        if (found?.errorCode === 0) return found.nodeId
      } catch {
        // A node that has just gone, or has yet to make the coordinators' topic: another one, or later.
      }
    }
    await soon(200)
  }
  throw new Error(`nobody knows the coordinator of ${name}`)
}
const MOST_TRIES = 150

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
export const isNotYet = (said: unknown): boolean => NOT_YET.includes(String(said))

/** Whether the coordinator's log is loaded, by a question that changes nothing. */
type Serves = (line: kafka.Connection, name: string) => Promise<boolean>

const servesGroup: Serves = async (line, groupId) => {
  const groups = [{ groupId, memberEpoch: -1, topics: [] }]
  const said = await answered(kafka.offsetFetchV8.api.async(line, groups, false), () => 'ok')
  return !isNotYet(said)
}

const servesTransactions: Serves = async (line, transactionalId) => {
  const asked = kafka.describeTransactionsV0.api.async(line, [transactionalId])
  return !isNotYet(await answered(asked, () => 'ok'))
}

/** Who finds the coordinator on a node that is dead or stands still looks again until it has moved. */
async function lineToCoordinator(
  session: Session,
  client: string,
  { name, kind, serves }: { readonly name: string; readonly kind: number; readonly serves: Serves },
): Promise<kafka.Connection> {
  if (session.cluster === null) return await session.lines.to(client)
  return await patiently(async () => {
    const node = nodeAt(session, await coordinatorNode(session, name, kind))
    if (node.state !== 'running') throw new Error(`${node.name} has the coordinator of ${name}`)
    const line = await session.lines.to(client, node.port)
    if (!(await serves(line, session.real(name)))) throw new Error(`${name} is not loaded yet`)
    return line
  })
}

/** The connection of a client to the coordinator of a group, once that has loaded what it knows of it. */
export const lineToGroup = (session: Session, client: string, group: string) =>
  lineToCoordinator(session, client, { name: group, kind: OF_GROUP, serves: servesGroup })

/** To the coordinator of a transactional id, likewise. */
export const lineToTransactions = (session: Session, client: string, transactionalId: string) =>
  lineToCoordinator(session, client, {
    name: transactionalId,
    kind: OF_TRANSACTIONS,
    serves: servesTransactions,
  })

/** One connection of the script to each node that runs: to the only one, where there is no cluster. */
export async function linesToAll(session: Session): Promise<readonly kafka.Connection[]> {
  if (session.cluster === null) return [await session.lines.to(MAIN)]
  return await Promise.all(runningNodes(session).map(({ port }) => session.lines.to(MAIN, port)))
}

/** A connection to some node that runs: for what every node answers, or hands on to the controller. */
export async function anyLine(session: Session): Promise<kafka.Connection> {
  if (session.cluster === null) return await session.lines.to(MAIN)
  const [node] = runningNodes(session)
  return await session.lines.to(MAIN, known(new Map([['a node', node]]), 'a node', 'runs')?.port)
}

/** For bootstrap.servers: a client finds those that run by itself. */
export function serversOf({ cluster, broker }: Session): string {
  const ports = cluster?.nodes().map(({ port }) => port) ?? [broker.port]
  return ports.map((port) => `127.0.0.1:${port}`).join()
}

/** What became of a request to a node that cannot be asked, in the words of the script. */
function routed(thrown: unknown): string | null {
  if (thrown instanceof NoLeader) return 'LEADER_NOT_AVAILABLE'
  if (thrown instanceof Disconnected) return 'disconnected'
  const { code } = (thrown ?? {}) as { readonly code?: string }
  return code === 'PLT_KFK_NETWORK' ? 'disconnected' : null
}

/** What came of a request to a node, which may not be there to be asked. */
export async function fromNode(asked: () => Promise<unknown>): Promise<Json> {
  try {
    return (await asked()) as Json
  } catch (thrown) {
    const said = routed(thrown)
    if (said === null) throw thrown
    return said
  }
}

/** Likewise; one that stands still never answers. */
export const fromNodeInTime = (asked: () => Promise<unknown>): Promise<Json> =>
  within(fromNode(asked), WITHIN_MS)
