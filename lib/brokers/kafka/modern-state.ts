// What a group coordinator knows of a group with group.protocol=consumer (KIP-848; ConsumerGroup and
// ConsumerGroupMember in Kafka's package coordinator.group.modern): three epochs instead of a generation.
// The group epoch counts changes of who is there and of what there is; the target assignment is made for one
// of them; each member follows by itself, and its epoch says how far it has come.

import type { Seen } from '../../clients/types.ts'
import type { Envelope, Me } from '../../engine/types.ts'
import { actorOf } from './coordinator-state.ts'
import type { OffsetsOfTransactions } from './coordinator-transactions.ts'
import type { Assignment, ConsumerGroupHeartbeatResponse, KafkaError } from './protocol.ts'

export interface ModernSettings {
  /** Group id; also the service's id. */
  readonly group: string
  readonly 'group.consumer.session.timeout.ms': number
  /** Of the group's consumers: how long a member may take to give something up (the rebalance timeout). */
  readonly 'max.poll.interval.ms': number
  /** By actor, where members do not agree on that as those of one service do. */
  readonly told?: Readonly<Record<string, { readonly 'max.poll.interval.ms': number }>>
  /** The metadata a broker has when it starts. */
  readonly topics: Readonly<Record<string, { readonly partitions: number }>>
  /** As in the classic coordinator. */
  readonly longestPollMs: number
}

/** By 'topic/partition': the member epoch at which it was assigned (KIP-1251). */
export type PartitionEpochs = Readonly<Record<string, number>>

export interface ModernMember {
  readonly id: string
  readonly port: string
  readonly instance?: string
  readonly topics: readonly string[]
  /** The assignor it wants; '' when it leaves that to the broker. */
  readonly assignor: string
  /** -2 while a static member is away. */
  readonly epoch: number
  readonly previousEpoch: number
  readonly state: 'STABLE' | 'UNREVOKED_PARTITIONS' | 'UNRELEASED_PARTITIONS'
  readonly assigned: PartitionEpochs
  /** What it has been asked to give up and has not yet said that it has. */
  readonly revoking: PartitionEpochs
  /** 'topic/partition' of what it is to have in the end. */
  readonly target: readonly string[]
  /** Its heartbeat awaits news. */
  readonly parked: boolean
  /** As in the classic coordinator. */
  readonly silent: false | 'stopped' | 'cut off'
}

export interface ModernGroupState extends OffsetsOfTransactions {
  /** The group epoch; 0 for a group that nobody has joined yet. */
  readonly epoch: number
  /** The group epoch for which the targets were made. */
  readonly targetEpoch: number
  readonly assignor: 'uniform' | 'range'
  /** Sorted by id. */
  readonly members: readonly ModernMember[]
  readonly partitions: Readonly<Record<string, number>>
  /** Topics of whose changes the controller will tell. */
  readonly watched: readonly string[]
  /** By 'topic/partition': the NEXT offset to read. */
  readonly offsets: Readonly<Record<string, number>>
}

export type Self = Me<ModernSettings>
export type Sends = readonly (readonly [port: string, envelope: Envelope])[]

export interface Change {
  readonly self: ModernGroupState
  readonly send: Sends
  readonly observe: readonly Seen[]
}

export function noGroup(settings: ModernSettings): ModernGroupState {
  const counts = Object.entries(settings.topics).map(([topic, { partitions }]) => [
    topic,
    partitions,
  ])
  return {
    epoch: 0,
    targetEpoch: 0,
    assignor: 'uniform',
    members: [],
    partitions: Object.fromEntries(counts),
    watched: [],
    offsets: {},
    pending: [],
    verifying: [],
  }
}

/** Somebody who has not been given anything yet. */
export function newMember(id: string, port: string, instance: string | undefined): ModernMember {
  return {
    id,
    port,
    ...(instance === undefined ? {} : { instance }),
    topics: [],
    assignor: '',
    epoch: 0,
    previousEpoch: 0,
    state: 'STABLE',
    assigned: {},
    revoking: {},
    target: [],
    parked: false,
    silent: false,
  }
}

export function modernMember(s: ModernGroupState, id: string): ModernMember | undefined {
  return s.members.find((member) => member.id === id)
}

/** The group with this member in it, in the place of the one with its id if there is one. */
export function withModern(s: ModernGroupState, member: ModernMember): ModernGroupState {
  const others = s.members.filter((each) => each.id !== member.id)
  const members = [...others, member].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { ...s, members }
}

/** Topics in order, partitions ascending. */
export function assignmentOf(lanes: readonly string[]): Assignment {
  const byTopic: Record<string, number[]> = {}
  for (const lane of [...lanes].sort(byLane)) {
    const slash = lane.lastIndexOf('/')
    const topic = lane.slice(0, slash)
    byTopic[topic] ??= []
    byTopic[topic].push(Number(lane.slice(slash + 1)))
  }
  return byTopic
}

export function byLane(a: string, b: string): number {
  const [one, other] = [a.lastIndexOf('/'), b.lastIndexOf('/')]
  const topics = [a.slice(0, one), b.slice(0, other)] as const
  if (topics[0] !== topics[1]) return topics[0] < topics[1] ? -1 : 1
  return Number(a.slice(one + 1)) - Number(b.slice(other + 1))
}

export const assignedTo = (member: ModernMember): Assignment =>
  assignmentOf(Object.keys(member.assigned))

export function heartbeatError(
  member: string,
  memberEpoch: number,
  error: KafkaError,
): ConsumerGroupHeartbeatResponse {
  return { kind: 'ConsumerGroupHeartbeatResponse', about: member, member, error, memberEpoch }
}

/** Who holds each partition: what is being given up is its old owner's until that says so. */
function ownersOf(s: ModernGroupState): Readonly<Record<string, string>> {
  const held = s.members.flatMap((member) =>
    [...Object.keys(member.assigned), ...Object.keys(member.revoking)].map(
      (lane) => [lane, actorOf(member.id)] as const,
    ),
  )
  return Object.fromEntries(held.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The change, and what is seen of it where a partition has another owner than before. */
export function seenOwners(before: ModernGroupState, change: Change, me: Self): Change {
  const owners = ownersOf(change.self)
  if (JSON.stringify(owners) === JSON.stringify(ownersOf(before))) return change
  const { group } = me.settings
  const generation = change.self.epoch
  const seen: Seen = { kind: 'assigned', actor: me.id, group, generation, owners }
  return { ...change, observe: [...change.observe, seen] }
}
