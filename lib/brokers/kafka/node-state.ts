// What a broker node knows: its replicas, and the share groups that read from those it leads.
import { ruleFor } from '../../engine/rule.ts'
import type { Envelope, Me } from '../../engine/types.ts'
import type { ShareState } from './node-share-state.ts'
import type { KafkaEnvelope } from './protocol.ts'
import { firstReplica, type Replica } from './replica.ts'
import { type TopicConfig, topicConfig } from './settings.ts'
import type { ShareGroupConfig } from './settings-share.ts'

export interface NodeState {
  /** By 'topic/partition'; a replica begins to exist when it is first written, read or asked about. */
  readonly replicas: Readonly<Record<string, Replica>>
  /** Null while no share group has read from this node. */
  readonly share: ShareState | null
}

export const NEW_NODE: NodeState = { replicas: {}, share: null }

/** A share group as its brokers are configured, and how long its members may work on what they hold. */
export interface ShareGroupSettings extends ShareGroupConfig {
  /** By the scenario's own durations; search lets a lock expire on a live member only if this reaches it. */
  readonly longestWorkMs: number
}

export interface NodeSettings {
  /** Ids of all nodes of the cluster, this one among them. */
  readonly nodes: readonly string[]
  readonly topics: Readonly<Record<string, TopicConfig>>
  /** By group id; absent where there is none. */
  readonly shareGroups?: Readonly<Record<string, ShareGroupSettings>>
}

export const rule = ruleFor<NodeState, NodeSettings, KafkaEnvelope>()
export type Self = Me<NodeSettings>
export type Sends = readonly (readonly [port: string, envelope: Envelope])[]

export const laneName = (topic: string, partition: number): string => `${topic}/${partition}`

export type LaneOf = { readonly topic: string; readonly partition: number }

const DEFAULTS = topicConfig({})

export function replicaOf(s: NodeState, e: LaneOf, me: Self): Replica {
  const known = s.replicas[laneName(e.topic, e.partition)]
  if (known !== undefined) return known
  const { nodes, topics } = me.settings
  const config = topics[e.topic] ?? DEFAULTS
  return firstReplica(me.id, nodes, e.partition, config['replication.factor'])
}

export function withReplica(s: NodeState, e: LaneOf, replica: Replica): NodeState {
  return { ...s, replicas: { ...s.replicas, [laneName(e.topic, e.partition)]: replica } }
}
