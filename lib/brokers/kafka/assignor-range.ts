// RangeAssignor and RoundRobinAssignor of the Java client, without racks: both begin anew each time.
import {
  type Assignments,
  allLanes,
  byInstance,
  type Lane,
  type PartitionCounts,
  toAssignments,
  topicsOf,
} from './assignor-lanes.ts'
import type { MemberInfo } from './protocol.ts'

/** Per topic: members in order, each gets a contiguous range, the first n mod c one more. */
export function range(members: readonly MemberInfo[], counts: PartitionCounts): Assignments {
  const sorted = [...members].sort(byInstance)
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
  return toAssignments(lanes)
}

/** All partitions of all topics in a row, dealt one by one; who does not read the topic is passed over. */
export function roundRobin(members: readonly MemberInfo[], counts: PartitionCounts): Assignments {
  const sorted = [...members].sort(byInstance)
  const lanes = new Map<string, Lane[]>(sorted.map(({ member }) => [member, []]))
  let turn = 0
  for (const lane of allLanes(topicsOf(sorted), counts)) {
    while (!sorted[turn % sorted.length]?.topics.includes(lane.topic)) turn += 1
    lanes.get((sorted[turn % sorted.length] as MemberInfo).member)?.push(lane)
    turn += 1
  }
  return toAssignments(lanes)
}
