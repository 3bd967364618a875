// The nodes of an experiment on the model: one that is never named, or a cluster, whose nodes steps name by
// number or by what they are at that moment.
import type { ControllerState } from '../../brokers/kafka/controller.ts'
import type { CoordinatorState } from '../../brokers/kafka/coordinator-state.ts'
import { laneOf } from '../../brokers/kafka/node-state.ts'
import { replicasOf } from '../../brokers/kafka/placement.ts'
import {
  type BrokerConfig,
  brokerConfig,
  type Given,
  type TopicConfig,
  topicConfig,
} from '../../brokers/kafka/settings.ts'
import { partitionsOf, settingsOfTopic } from '../_topics.ts'
import type { Experiment, StepOf } from '../types.ts'
import { type Moment, type Setup, stateOf } from './moment.ts'

export const CONTROLLER = 'controller'
export const NODE = 'node'
export const coordinatorOf = (group: string): string => `coordinator of ${group}`

export type NodeAsked = StepOf<'killNode'>['node']

const nameOf = (node: number): string => `broker-${node}`

export function nodesOf({ cluster }: Experiment): readonly string[] {
  if (cluster === undefined) return [NODE]
  return Array.from({ length: cluster.nodes }, (_, node) => nameOf(node))
}

/** Topics of a cluster have a replica on every node unless they say otherwise. */
export function topicOf(experiment: Experiment, topic: string): TopicConfig {
  const { cluster, topics } = experiment
  const partitions = partitionsOf(topics[topic])
  const given = settingsOfTopic(topics[topic])
  if (cluster === undefined) return topicConfig({ ...given, partitions })
  const own = cluster.topics?.[topic] as Given | undefined
  return topicConfig({ 'replication.factor': cluster.nodes, ...given, ...own, partitions })
}

/** What the experiment says of its brokers. */
export function brokerGiven({ broker, cluster }: Experiment): Given {
  return { ...broker, ...cluster?.settings } as Given
}

/** Short waits where scripts wait for the broker, as e2e/conformance/kafka/broker.ts and cluster.ts start it. */
const AS_STARTED: Given = {
  'group.initial.rebalance.delay.ms': 0,
  'group.consumer.heartbeat.interval.ms': 300,
  'log.retention.check.interval.ms': 1000,
  'log.cleaner.backoff.ms': 500,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
}

export function brokerOf(experiment: Experiment): BrokerConfig {
  const factor = { 'offsets.topic.replication.factor': nodesOf(experiment).length }
  return brokerConfig({ ...AS_STARTED, ...factor, ...brokerGiven(experiment) })
}

/** Those with a replica of the coordinator's log: the first group's lives on the first node. */
export function hostsOf(experiment: Experiment, group: number): readonly string[] {
  if (experiment.cluster === undefined) return []
  const factor = brokerOf(experiment)['offsets.topic.replication.factor']
  return replicasOf(nodesOf(experiment), group, factor)
}

/** Whether a topic has so many partitions by now. */
export function isThere(setup: Setup, moment: Moment, topic: string, partition: number): boolean {
  const { partitions } = stateOf<ControllerState>(setup, moment, CONTROLLER)
  return partitions[topic]?.[partition] !== undefined
}

export function partitionOf(setup: Setup, moment: Moment, topic: string, partition: number) {
  const { partitions } = stateOf<ControllerState>(setup, moment, CONTROLLER)
  const found = partitions[topic]?.[partition]
  if (found === undefined) throw new Error(`there is no ${topic}/${partition}`)
  return found
}

/** Id of the node that leads by the controller's word; '' for nobody. */
export function leaderOf(setup: Setup, moment: Moment, topic: string, partition: number): string {
  return nodesOf(setup.experiment)[partitionOf(setup, moment, topic, partition).leader] ?? ''
}

export function holdersOf(setup: Setup, topic: string, partition: number): readonly string[] {
  const factor = topicOf(setup.experiment, topic)['replication.factor']
  return replicasOf(nodesOf(setup.experiment), partition, factor)
}

/** The node that a step means. */
export function nodeMeant(setup: Setup, moment: Moment, node: NodeAsked): string {
  if (typeof node === 'number') return nameOf(node)
  if ('coordinatorOf' in node) {
    const { host } = stateOf<CoordinatorState>(setup, moment, coordinatorOf(node.coordinatorOf))
    return host?.node ?? ''
  }
  const { topic, partition } = laneOf('leaderOf' in node ? node.leaderOf : node.followerOf)
  const leader = leaderOf(setup, moment, topic, partition)
  if ('leaderOf' in node) return leader
  const others = holdersOf(setup, topic, partition).filter((id) => id !== leader)
  return others[(node.nth ?? 1) - 1] ?? ''
}
