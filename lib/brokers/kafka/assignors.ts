// How the leader of a group shares partitions among its members. Pure; the leader's consumer calls it.
// RangeAssignor and CooperativeStickyAssignor of the Java client, without racks.
import type { Assignment, AssignorName, MemberInfo } from './protocol.ts'

/** Partition counts by topic. */
export type PartitionCounts = Readonly<Record<string, number>>
export type Assignments = Readonly<Record<string, Assignment>>

interface Lane {
  readonly topic: string
  readonly partition: number
}

export function assign(
  protocol: AssignorName,
  members: readonly MemberInfo[],
  counts: PartitionCounts,
): Assignments {
  return protocol === 'range' ? range(members, counts) : cooperativeSticky(members, counts)
}

const byId = (a: MemberInfo, b: MemberInfo) => (a.member < b.member ? -1 : 1)

function topicsOf(members: readonly MemberInfo[]): readonly string[] {
  return [...new Set(members.flatMap((member) => member.topics))].sort()
}

function lanesOf(topics: readonly string[], counts: PartitionCounts): readonly Lane[] {
  return topics.flatMap((topic) =>
    Array.from({ length: counts[topic] ?? 0 }, (_, partition) => ({ topic, partition })),
  )
}

/** Topics in order, partitions ascending; a topic of which a member has nothing is left out. */
function toAssignment(lanes: readonly Lane[]): Assignment {
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

/** Per topic: members sorted by id, each gets a contiguous range, the first n mod c one more. */
export function range(members: readonly MemberInfo[], counts: PartitionCounts): Assignments {
  const sorted = [...members].sort(byId)
  const lanes = new Map<string, Lane[]>(sorted.map(({ member }) => [member, []]))
  for (const topic of topicsOf(sorted)) {
    const subscribed = sorted.filter((member) => member.topics.includes(topic))
    const least = Math.floor((counts[topic] ?? 0) / subscribed.length)
    const more = (counts[topic] ?? 0) % subscribed.length
    subscribed.forEach(({ member }, index) => {
      const first = index * least + Math.min(index, more)
      const end = first + least + (index < more ? 1 : 0)
      for (let partition = first; partition < end; partition++) {
        lanes.get(member)?.push({ topic, partition })
      }
    })
  }
  return Object.fromEntries(
    sorted.map(({ member }) => [member, toAssignment(lanes.get(member) ?? [])]),
  )
}

const nameOf = (lane: Lane) => `${lane.topic}/${lane.partition}`

/** What each member says it owns and may keep: what exists, and what no other member claims as well. */
function claims(members: readonly MemberInfo[], counts: PartitionCounts): Map<string, Lane[]> {
  const owned = members.map(({ member, owned, topics }) => {
    const lanes = Object.entries(owned).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    )
    const real = lanes.filter(
      ({ topic, partition }) => topics.includes(topic) && partition < (counts[topic] ?? 0),
    )
    return [member, real.sort(byLane)] as const
  })
  const times = new Map<string, number>()
  for (const [, lanes] of owned) {
    for (const lane of lanes) times.set(nameOf(lane), (times.get(nameOf(lane)) ?? 0) + 1)
  }
  return new Map(
    owned.map(([member, lanes]) => [member, lanes.filter((lane) => times.get(nameOf(lane)) === 1)]),
  )
}

function byLane(a: Lane, b: Lane): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1
  return a.partition - b.partition
}

/**
 * What each member may keep of what it owns: n div c partitions, and n mod c of the members one more, so
 * that as few as possible move and the rest can be shared evenly.
 */
function kept(
  sorted: readonly MemberInfo[],
  owned: ReadonlyMap<string, readonly Lane[]>,
  total: number,
): Map<string, Lane[]> {
  const least = Math.floor(total / sorted.length)
  let more = total % sorted.length
  return new Map(
    sorted.map(({ member }) => {
      const lanes = owned.get(member) ?? []
      const quota = lanes.length > least && more > 0 ? least + 1 : least
      if (quota > least) more -= 1
      return [member, lanes.slice(0, quota)]
    }),
  )
}

/**
 * KIP-429. Everybody keeps what it owns as far as balance allows; what is left goes to whoever has least.
 * What has another owner still is withheld: that member gives it up, joins again, and the second
 * rebalance hands it over. Balanced for members that subscribe to the same topics.
 */
export function cooperativeSticky(
  members: readonly MemberInfo[],
  counts: PartitionCounts,
): Assignments {
  const sorted = [...members].sort(byId)
  const lanes = lanesOf(topicsOf(sorted), counts)
  const owned = claims(sorted, counts)
  const given = kept(sorted, owned, lanes.length)
  const taken = new Set([...given.values()].flat().map(nameOf))
  const claimed = new Set(
    sorted.flatMap(({ owned }) =>
      Object.entries(owned).flatMap(([topic, list]) => list.map((p) => `${topic}/${p}`)),
    ),
  )
  const load = new Map(sorted.map(({ member }) => [member, given.get(member)?.length ?? 0]))
  for (const lane of lanes) {
    if (taken.has(nameOf(lane))) continue
    const to = leastLoaded(sorted, load, lane.topic)
    load.set(to, (load.get(to) ?? 0) + 1)
    if (!claimed.has(nameOf(lane))) given.get(to)?.push(lane)
  }
  return Object.fromEntries(
    sorted.map(({ member }) => [member, toAssignment(given.get(member) ?? [])]),
  )
}

function leastLoaded(
  sorted: readonly MemberInfo[],
  load: ReadonlyMap<string, number>,
  topic: string,
): string {
  const able = sorted.filter((member) => member.topics.includes(topic))
  const size = ({ member }: MemberInfo) => load.get(member) ?? 0
  return able.reduce((best, each) => (size(each) < size(best) ? each : best)).member
}
