// The assignors of the coordinator itself (KIP-848): who is to have what in the end. `uniform`
// (UniformHomogeneousAssignmentBuilder) keeps as much as it can, `range` begins anew each time. Real ones take
// members in the order of a hash map, here by id; racks are left out.
import { allLanes, nameOf, topicsOf } from './assignor-lanes.ts'
import { range } from './assignor-range.ts'
import { uniformOfMixed } from './modern-mixed.ts'
import { byLane, type ModernGroupState, type ModernMember } from './modern-state.ts'
import type { MemberInfo } from './protocol.ts'

export type Targets = ReadonlyMap<string, readonly string[]>

const infoOf = ({ id, topics, instance }: ModernMember): MemberInfo => ({
  member: id,
  topics,
  owned: {},
  ...(instance === undefined ? {} : { instance }),
})

function ranges({ members, partitions }: ModernGroupState): Targets {
  const given = Object.entries(range(members.map(infoOf), partitions))
  return new Map(
    given.map(([id, mine]) => [
      id,
      Object.entries(mine).flatMap(([topic, list]) => list.map((p) => `${topic}/${p}`)),
    ]),
  )
}

/** What a member keeps, topic by topic and partitions ascending, of what it was to have so far. */
function uniform({ members, partitions }: ModernGroupState): Targets {
  const topics = topicsOf(members.map(infoOf))
  const lanes = allLanes(topics, partitions).map(nameOf)
  const had = new Set(members.flatMap((member) => member.target))
  const left = lanes.filter((lane) => !had.has(lane))
  const least = Math.floor(lanes.length / members.length)
  let more = lanes.length % members.length
  const targets = new Map<string, string[]>()
  const quotas = new Map<string, number>()
  for (const { id, target } of members) {
    const quota = least + (more > 0 ? 1 : 0)
    more -= 1
    const kept = target.filter((lane) => lanes.includes(lane)).sort(byLane)
    targets.set(id, kept.slice(0, quota))
    quotas.set(id, quota)
    left.push(...kept.slice(quota))
  }
  for (const [id, mine] of targets)
    mine.push(...left.splice(0, (quotas.get(id) ?? 0) - mine.length))
  return targets
}

/** What most members want; of two with the same number the default. */
function preferred(members: readonly ModernMember[]): ModernGroupState['assignor'] {
  const votes = (name: string) => members.filter(({ assignor }) => assignor === name).length
  return votes('range') > votes('uniform') ? 'range' : 'uniform'
}

function targetsBy(s: ModernGroupState): Targets {
  if (s.assignor === 'range') return ranges(s)
  const [first] = s.members
  const isMixed = s.members.some(({ topics }) => String(topics) !== String(first?.topics))
  return isMixed ? uniformOfMixed(s.members, s.partitions) : uniform(s)
}

/** The targets are made anew when the group epoch has moved past the one that they were made for. */
export function withTargets(s: ModernGroupState): ModernGroupState {
  if (s.epoch === s.targetEpoch) return s
  const chosen = { ...s, assignor: preferred(s.members) }
  const targets = targetsBy(chosen)
  const members = s.members.map((member) => ({
    ...member,
    target: [...(targets.get(member.id) ?? [])].sort(byLane),
  }))
  return { ...chosen, members, targetEpoch: s.epoch }
}
