// The one assignor of share groups, `simple` (SimpleAssignor, SimpleHomogeneousAssignmentBuilder): several members
// may have one partition, all have about as many, and what a member has it keeps where it can. Where Kafka goes
// by the order of a hash table, this goes by number.
import type { Assignment } from './protocol.ts'

interface Lane {
  readonly topic: string
  readonly partition: number
}

type Held = Set<Lane>[]

const roundUp = (part: number, i: number) => Math.ceil(part * (i + 1)) - Math.ceil(part * i)

/** How many partitions each member is to have. */
function wanted(members: number, lanes: number, sharing: number): readonly number[] {
  const part = (sharing * lanes) / members
  return Array.from({ length: members }, (_, i) => roundUp(part, i))
}

/** `members` in a fixed order; `partitions` by topic; `before`: who had what. */
export function assignSimple(
  members: readonly string[],
  partitions: Readonly<Record<string, number>>,
  before: Readonly<Record<string, Assignment>>,
): Readonly<Record<string, Assignment>> {
  const lanes = Object.keys(partitions)
    .sort()
    .flatMap((topic) => {
      const count = partitions[topic] ?? 0
      return Array.from({ length: count }, (_, partition): Lane => ({ topic, partition }))
    })
  const sharing = lanes.length === 0 ? 0 : Math.ceil(members.length / lanes.length)
  const most = wanted(members.length, lanes.length, sharing)
  const held = members.map((member) => new Set(lanes.filter(isIn(before[member] ?? {}))))
  revokeOverfilled(held, most)
  revokeOvershared(held, lanes, sharing)
  assignRemaining(held, lanes, sharing, most)
  return Object.fromEntries(members.map((member, i) => [member, asAssignment(held[i] ?? [])]))
}

const isIn =
  (assignment: Assignment) =>
  ({ topic, partition }: Lane): boolean =>
    assignment[topic]?.includes(partition) === true

function revokeOverfilled(held: Held, most: readonly number[]): void {
  held.forEach((own, i) => {
    for (const lane of own) {
      if (own.size <= (most[i] as number)) break
      own.delete(lane)
    }
  })
}

function revokeOvershared(held: Held, lanes: readonly Lane[], sharing: number): void {
  for (const lane of lanes) {
    for (const own of held) {
      if (held.filter((each) => each.has(lane)).length <= sharing) break
      own.delete(lane)
    }
  }
}

/** Partition by partition, to the members in turn that have room and do not have it yet. */
function assignRemaining(
  held: Held,
  lanes: readonly Lane[],
  sharing: number,
  most: readonly number[],
): void {
  let turn = 0
  for (const lane of lanes) {
    let missing = sharing - held.filter((own) => own.has(lane)).length
    for (let tried = 0; tried < held.length && missing > 0; tried++) {
      const i = turn % held.length
      turn = i + 1
      const own = held[i] as Set<Lane>
      if (own.has(lane) || own.size >= (most[i] as number)) continue
      own.add(lane)
      missing -= 1
    }
  }
}

function asAssignment(lanes: Iterable<Lane>): Assignment {
  const all = [...lanes].sort((a, b) => a.partition - b.partition)
  const topics = [...new Set(all.map(({ topic }) => topic))].sort()
  return Object.fromEntries(
    topics.map((topic) => [
      topic,
      all.filter((lane) => lane.topic === topic).map(({ partition }) => partition),
    ]),
  )
}
