// How the leader of a group shares partitions among its members, by the protocol that the group has chosen.
// Pure; the leader's consumer calls it. One file for each family of assignors.
import type { Assignments, PartitionCounts } from './assignor-lanes.ts'
import { range, roundRobin } from './assignor-range.ts'
import { cooperativeSticky, sticky } from './assignor-sticky.ts'
import type { AssignorName, MemberInfo } from './protocol.ts'

type Assignor = (members: readonly MemberInfo[], counts: PartitionCounts) => Assignments

const ASSIGNORS: Readonly<Record<AssignorName, Assignor>> = {
  range,
  roundrobin: roundRobin,
  sticky,
  'cooperative-sticky': cooperativeSticky,
}

export function assign(
  protocol: AssignorName,
  members: readonly MemberInfo[],
  counts: PartitionCounts,
): Assignments {
  return ASSIGNORS[protocol](members, counts)
}
