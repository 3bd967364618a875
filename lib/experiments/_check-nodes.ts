// What a script does to the nodes of its cluster: which it names, and whether they can be in that state.
import { laneOf } from '../brokers/kafka/node-state.ts'
import { partitionsBy } from './_check-partitions.ts'
import { groupsOf, isModern } from './_model/system.ts'
import { settingsOfTopic } from './_topics.ts'
import type { Experiment, Op, StepOf } from './types.ts'

type Node = StepOf<'killNode'>['node']
type Cluster = NonNullable<Experiment['cluster']>

/** What is wrong with a node that the step at an index names: where in the field, and what. */
export function inNode(experiment: Experiment, node: Node, at: number): readonly string[] {
  const { cluster } = experiment
  if (cluster === undefined) return [': found a node, expected a cluster in which there are some']
  if (typeof node === 'number') {
    if (node < cluster.nodes) return []
    return [`: found ${node}, expected one of ${cluster.nodes} nodes, counted from 0`]
  }
  if ('coordinatorOf' in node) return inHosted(experiment, node.coordinatorOf)
  if ('leaderOf' in node) return inLane(experiment, 'leaderOf', node.leaderOf, at)
  const wrong = inLane(experiment, 'followerOf', node.followerOf, at)
  return wrong.length > 0 ? wrong : inNth(experiment, cluster, node)
}

function inLane(experiment: Experiment, field: string, lane: string, at: number) {
  const { topic, partition } = laneOf(lane)
  const count = partitionsBy(experiment, topic, at)
  if (count !== null && partition < count) return []
  return [`/${field}: found "${lane}", expected a partition that is there by then`]
}

function inNth(
  experiment: Experiment,
  cluster: Cluster,
  node: { followerOf: string; nth?: number },
) {
  const { topic } = laneOf(node.followerOf)
  const factor = replicationOf(experiment, cluster, topic)
  const nth = node.nth ?? 1
  if (nth < factor) return []
  return [`/nth: found ${nth}, expected one of ${factor - 1} replicas that do not lead`]
}

function replicationOf({ topics }: Experiment, cluster: Cluster, topic: string): number {
  const given = { ...settingsOfTopic(topics[topic]), ...cluster.topics?.[topic] }
  return Number(given['replication.factor'] ?? cluster.nodes)
}

/** The model's coordinators of the other protocols live on no node, and survive all of them. */
function inHosted(experiment: Experiment, group: string): readonly string[] {
  const hosted = groupsOf(experiment).filter((each) => !isModern(experiment, each))
  if (hosted.includes(group)) return []
  const those = hosted.length === 0 ? 'of which there is none' : `one of: ${hosted.join(', ')}`
  return [
    `/coordinatorOf: found "${group}", expected a consumer group with group.protocol=classic, ${those}`,
  ]
}

type Life = 'running' | 'paused' | 'killed'
const ASKS = {
  killNode: { of: 'running', then: 'killed' },
  restartNode: { of: 'killed', then: 'running' },
  pauseNode: { of: 'running', then: 'paused' },
  resumeNode: { of: 'paused', then: 'running' },
} as const satisfies Partial<Record<Op, { readonly of: Life; readonly then: Life }>>

const isAsked = (op: Op): op is keyof typeof ASKS => Object.hasOwn(ASKS, op)

/** Followed for as long as nodes are named by their numbers: which one leads is known when it is run. */
export function inLives({ cluster, steps }: Experiment): readonly string[] {
  const lives = new Map<number, Life>()
  const found: string[] = []
  for (const [i, step] of steps.entries()) {
    if (cluster === undefined || !isAsked(step.do) || !('node' in step)) continue
    const { node } = step
    if (typeof node !== 'number') return found
    const [{ of, then }, life] = [ASKS[step.do], lives.get(node) ?? 'running']
    if (life !== of) found.push(`/steps/${i}/node: found ${node}, which is ${life}, expected ${of}`)
    lives.set(node, then)
  }
  return found
}
