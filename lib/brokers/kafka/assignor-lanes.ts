// What every assignor works with: partitions in a row, members in the order their client sorts them, and
// assignments as data.
import type { Assignment, MemberInfo } from './protocol.ts'

/** Partition counts by topic. */
export type PartitionCounts = Readonly<Record<string, number>>
export type Assignments = Readonly<Record<string, Assignment>>

export interface Lane {
  readonly topic: string
  readonly partition: number
}

export const nameOf = (lane: Lane): string => `${lane.topic}/${lane.partition}`

export const byId = (a: MemberInfo, b: MemberInfo): number => (a.member < b.member ? -1 : 1)

/**
 * MemberInfo.compareTo: static members first, by their group.instance.id, so that a restart under a new
 * member id changes no assignment; then the others by member id.
 */
export function byInstance(a: MemberInfo, b: MemberInfo): number {
  if (a.instance === undefined) return b.instance === undefined ? byId(a, b) : 1
  if (b.instance === undefined) return -1
  return a.instance < b.instance ? -1 : 1
}

export function topicsOf(members: readonly MemberInfo[]): readonly string[] {
  return [...new Set(members.flatMap((member) => member.topics))].sort()
}

export function allLanes(topics: readonly string[], counts: PartitionCounts): readonly Lane[] {
  return topics.flatMap((topic) =>
    Array.from({ length: counts[topic] ?? 0 }, (_, partition) => ({ topic, partition })),
  )
}

export function lanesIn(assignment: Assignment): readonly Lane[] {
  return Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map((partition) => ({ topic, partition })),
  )
}

/** Topics in order, partitions ascending; a topic of which a member has nothing is left out. */
export function toAssignment(lanes: readonly Lane[]): Assignment {
  const topics = [...new Set(lanes.map((lane) => lane.topic))].sort()
  return Object.fromEntries(
    topics.map((topic) => [
      topic,
      lanes
        .filter((lane) => lane.topic === topic)
        .map((lane) => lane.partition)
        .sort((a, b) => a - b),
    ]),
  )
}

export function toAssignments(given: ReadonlyMap<string, readonly Lane[]>): Assignments {
  return Object.fromEntries([...given].map(([member, lanes]) => [member, toAssignment(lanes)]))
}
