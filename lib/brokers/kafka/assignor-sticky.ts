// StickyAssignor and CooperativeStickyAssignor of the Java client (AbstractStickyAssignor), without racks:
// everybody keeps what it has as far as balance allows, what is left is dealt out. The eager one gives at
// once what moves; the cooperative one withholds it until its owner has given it up (KIP-429).
// Members that subscribe to different topics are balanced simply (whoever has least gets the next); the
// client's own way of weighing moves between them (GeneralAssignmentBuilder) is left out.
import {
  type Assignments,
  allLanes,
  byId,
  type Lane,
  lanesIn,
  nameOf,
  type PartitionCounts,
  toAssignments,
  topicsOf,
} from './assignor-lanes.ts'
import type { MemberInfo } from './protocol.ts'

/** What one member says it has had, and in which generation: an older word gives way to a newer one. */
interface Claim {
  readonly member: string
  readonly generation: number
  readonly lanes: readonly Lane[]
}

/** Partitions ascending, and only then topics: of which a member keeps the first. */
function byPartition(a: Lane, b: Lane): number {
  if (a.partition !== b.partition) return a.partition - b.partition
  return a.topic < b.topic ? -1 : 1
}

function realLanes(lanes: readonly Lane[], { topics }: MemberInfo, counts: PartitionCounts) {
  return lanes
    .filter(({ topic, partition }) => topics.includes(topic) && partition < (counts[topic] ?? 0))
    .sort(byPartition)
}

interface Owned {
  readonly byMember: ReadonlyMap<string, readonly Lane[]>
  /** Who had each partition; '' when two of one generation claim it, so that it is nobody's. */
  readonly ownerOf: ReadonlyMap<string, string>
}

/** allSubscriptionsEqual: what each may keep; of two claims the one of the later generation counts. */
function ownedBy(claims: readonly Claim[]): Owned {
  const ownerOf = new Map<string, string>()
  const since = new Map<string, number>()
  for (const { member, generation, lanes } of claims) {
    for (const lane of lanes) {
      const name = nameOf(lane)
      const before = since.get(name) ?? Number.NEGATIVE_INFINITY
      if (generation > before) ownerOf.set(name, member)
      if (generation === before) ownerOf.set(name, '')
      since.set(name, Math.max(before, generation))
    }
  }
  const byMember = new Map(
    claims.map(({ member, lanes }) => [
      member,
      lanes.filter((lane) => ownerOf.get(nameOf(lane)) === member),
    ]),
  )
  return { byMember, ownerOf }
}

/** Where the dealing stands: who may still be given something. */
interface Dealing {
  readonly given: Map<string, Lane[]>
  /** Below n div c; they come first, in turn. */
  readonly under: string[]
  /** At n div c, of whom some get one more. */
  readonly exactly: string[]
}

/** Of what it owns a member keeps n div c partitions, and n mod c of the members one more. */
function keep(
  members: readonly MemberInfo[],
  owned: ReadonlyMap<string, readonly Lane[]>,
  total: number,
): Dealing {
  const least = Math.floor(total / members.length)
  let more = total % members.length
  const dealing: Dealing = { given: new Map(), under: [], exactly: [] }
  for (const { member } of members) {
    const lanes = owned.get(member) ?? []
    const keepsMore = lanes.length > least && more > 0
    if (keepsMore) more -= 1
    if (lanes.length < least) dealing.under.push(member)
    else if (!keepsMore) dealing.exactly.push(member)
    dealing.given.set(member, lanes.slice(0, keepsMore ? least + 1 : least))
  }
  return dealing
}

/** assignRoundRobin: those below their share in turn, until all have it; then one more each, in order. */
function deal({ given, under, exactly }: Dealing, left: readonly Lane[], least: number): void {
  let turn = 0
  for (const lane of left) {
    if (under.length > 0 && turn >= under.length) turn = 0
    const to = under.length > 0 ? (under[turn] as string) : (exactly.shift() as string)
    const lanes = given.get(to) as Lane[]
    lanes.push(lane)
    if (under.length === 0) continue
    if (lanes.length < least) turn += 1
    else exactly.push(...under.splice(turn, 1))
  }
}

function dealToLeast(
  given: Map<string, Lane[]>,
  left: readonly Lane[],
  members: readonly MemberInfo[],
) {
  const size = ({ member }: MemberInfo) => given.get(member)?.length ?? 0
  for (const lane of left) {
    const able = members.filter((member) => member.topics.includes(lane.topic))
    const to = able.reduce((best, each) => (size(each) < size(best) ? each : best))
    given.get(to.member)?.push(lane)
  }
}

interface Shared {
  readonly given: ReadonlyMap<string, readonly Lane[]>
  readonly ownerOf: ReadonlyMap<string, string>
}

function share(
  sorted: readonly MemberInfo[],
  claims: readonly Claim[],
  counts: PartitionCounts,
): Shared {
  const topics = topicsOf(sorted)
  const lanes = allLanes(topics, counts)
  const { byMember, ownerOf } = ownedBy(claims)
  const dealing = keep(sorted, byMember, lanes.length)
  const taken = new Set([...dealing.given.values()].flat().map(nameOf))
  const left = lanes.filter((lane) => !taken.has(nameOf(lane)))
  if (sorted.every((member) => member.topics.length === topics.length)) {
    deal(dealing, left, Math.floor(lanes.length / sorted.length))
  } else {
    dealToLeast(dealing.given, left, sorted)
  }
  return { given: dealing.given, ownerOf }
}

/** Eager: everybody has given up everything, and tells in its user data what it had and when. */
export function sticky(members: readonly MemberInfo[], counts: PartitionCounts): Assignments {
  const sorted = [...members].sort(byId)
  const claims = sorted.map((info): Claim => {
    const { assignment, generation } = info.userData ?? { assignment: {}, generation: -1 }
    return { member: info.member, generation, lanes: realLanes(lanesIn(assignment), info, counts) }
  })
  return toAssignments(share(sorted, claims, counts).given)
}

/**
 * What has another owner still is withheld: that member gives it up, joins again, and the second rebalance
 * hands it over.
 */
export function cooperativeSticky(
  members: readonly MemberInfo[],
  counts: PartitionCounts,
): Assignments {
  const sorted = [...members].sort(byId)
  const claims = sorted.map((info): Claim => {
    const lanes = realLanes(lanesIn(info.owned), info, counts)
    return { member: info.member, generation: 0, lanes }
  })
  const { given, ownerOf } = share(sorted, claims, counts)
  const free = [...given].map(([member, lanes]) => {
    const mayHave = (lane: Lane) => (ownerOf.get(nameOf(lane)) ?? member) === member
    return [member, lanes.filter(mayHave)] as const
  })
  return toAssignments(new Map(free))
}
