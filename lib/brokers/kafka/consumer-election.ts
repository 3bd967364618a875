// A member of the classic protocol is in: the group's leader assigns. For that it has to know the partitions of all
// that anybody in the group reads, also of topics that are not its own (ConsumerCoordinator.onLeaderElected).
import type { Envelope, Out } from '../../engine/types.ts'
import { assign } from './assignors.ts'
import { type ConsumerState, instanceOf, knowsItsTopics, type Self } from './consumer-state.ts'
import type { JoinGroupResponse, SyncGroup } from './protocol.ts'

export function metadataFor(topic: string, known: readonly number[]): Envelope {
  return { kind: 'Metadata', about: topic, topic, known } as Envelope
}

function syncFor({ group: { member, generation } }: ConsumerState, me: Self): SyncGroup {
  return { kind: 'SyncGroup', about: member, member, ...instanceOf(me), generation }
}

function assigning(s: ConsumerState, e: JoinGroupResponse, me: Self): SyncGroup {
  return { ...syncFor(s, me), assignments: assign(e.protocol, e.members, s.partitions) }
}

/** updateGroupSubscription: topics of other members that it has not heard of. */
function unheardOf(s: ConsumerState, e: JoinGroupResponse): readonly string[] {
  const topics = new Set(e.members.flatMap((member) => member.topics))
  return [...topics].filter((topic) => s.partitions[topic] === undefined)
}

export function joined(s: ConsumerState, e: JoinGroupResponse, me: Self): Out<ConsumerState> {
  const { elected: _, ...before } = s.group
  const leader = e.leader === before.member
  const group = { ...before, phase: 'syncing', generation: e.generation, leader } as const
  const self = { ...s, group }
  if (!leader || e.skipAssignment === true) return { self, reply: syncFor(self, me) }
  const topics = unheardOf(s, e)
  if (topics.length === 0) return { self, reply: assigning(self, e, me) }
  const unknown = Object.fromEntries(topics.map((topic) => [topic, 0]))
  const partitions = { ...s.partitions, ...unknown }
  const send = topics.map((topic) => ['controller', metadataFor(topic, [])] as const)
  return { self: { ...self, group: { ...group, elected: e }, partitions }, send }
}

/** ensureFreshMetadata has come to its end: it assigns at last. */
export function assignedAtLast(s: ConsumerState, me: Self): Out<ConsumerState> {
  const { elected, ...group } = s.group
  const waits = elected !== undefined && group.phase === 'syncing' && knowsItsTopics(s)
  if (!waits) return { self: s }
  return { self: { ...s, group }, send: [['coordinator', assigning(s, elected, me)]] }
}
