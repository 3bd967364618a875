// `uniform` where members read different topics (UniformHeterogeneousAssignmentBuilder): what each has it keeps at
// first, what nobody has goes to whoever has least, and then topic by topic partitions go from those who have most to
// those who have least. Kafka takes members and topics by random ids, the model by name.
import type { PartitionCounts } from './assignor-lanes.ts'

interface Reader {
  readonly id: string
  readonly topics: readonly string[]
  /** What it was to have so far. */
  readonly target: readonly string[]
}

/** By topic, the member that is to have each partition; '' for nobody. */
type Owners = Map<string, string[]>

interface Spread {
  readonly owners: Owners
  readonly sizes: Map<string, number>
  readonly subscribers: ReadonlyMap<string, readonly string[]>
}

const sizeOf = ({ sizes }: Spread, id: string): number => sizes.get(id) ?? 0

function give(spread: Spread, topic: string, partition: number, to: string): void {
  const owners = spread.owners.get(topic) as string[]
  const from = owners[partition] as string
  if (from !== '') spread.sizes.set(from, sizeOf(spread, from) - 1)
  owners[partition] = to
  spread.sizes.set(to, sizeOf(spread, to) + 1)
}

function kept(members: readonly Reader[], counts: PartitionCounts): Spread {
  const topics = [...new Set(members.flatMap((member) => member.topics))].sort()
  const reading = (topic: string) => members.filter((member) => member.topics.includes(topic))
  const spread: Spread = {
    owners: new Map(topics.map((topic) => [topic, Array(counts[topic] ?? 0).fill('')])),
    sizes: new Map(),
    subscribers: new Map(topics.map((topic) => [topic, reading(topic).map(({ id }) => id)])),
  }
  for (const topic of topics) {
    for (const { id, target } of reading(topic)) {
      spread.owners.get(topic)?.forEach((_, partition) => {
        if (target.includes(`${topic}/${partition}`)) give(spread, topic, partition, id)
      })
    }
  }
  return spread
}

/** Those with the most partitions for each reader first, then those with the fewest readers. */
function inOrder({ owners, subscribers }: Spread): readonly string[] {
  const readers = (topic: string) => subscribers.get(topic)?.length ?? 0
  const share = (topic: string) => (owners.get(topic)?.length ?? 0) / readers(topic)
  return [...owners.keys()].sort((a, b) => share(b) - share(a) || readers(a) - readers(b))
}

/** Those who read it, by what they have before this topic's turn: of equals the order stays through all of it. */
function readersOf(spread: Spread, topic: string): readonly string[] {
  const readers = spread.subscribers.get(topic) ?? []
  return [...readers].sort((a, b) => sizeOf(spread, a) - sizeOf(spread, b))
}

const leastOf = (spread: Spread, readers: readonly string[]): string =>
  readers.reduce((best, id) => (sizeOf(spread, id) < sizeOf(spread, best) ? id : best))

const mostOf = (spread: Spread, readers: readonly string[]): string =>
  readers.reduce((best, id) => (sizeOf(spread, id) >= sizeOf(spread, best) ? id : best))

function dealOut(spread: Spread): void {
  for (const topic of inOrder(spread)) {
    const readers = readersOf(spread, topic)
    spread.owners.get(topic)?.forEach((owner, partition) => {
      if (owner === '') give(spread, topic, partition, leastOf(spread, readers))
    })
  }
}

/** From who has most, and one of this topic, its last one: to who has least, while that has two less. */
function moveOne(spread: Spread, topic: string, readers: readonly string[]): boolean {
  const owners = spread.owners.get(topic) as readonly string[]
  const givers = readers.filter((id) => owners.includes(id))
  if (givers.length === 0) return false
  const [most, least] = [mostOf(spread, givers), leastOf(spread, readers)]
  if (sizeOf(spread, most) - sizeOf(spread, least) <= 1) return false
  give(spread, topic, owners.lastIndexOf(most), least)
  return true
}

function balanceTopic(spread: Spread, topic: string): boolean {
  const readers = readersOf(spread, topic)
  let moved = false
  while (moveOne(spread, topic, readers)) moved = true
  return moved
}

const MOST_ROUNDS = 16

function balance(spread: Spread): void {
  const shared = inOrder(spread).filter((topic) => (spread.subscribers.get(topic)?.length ?? 0) > 1)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = false
    for (const topic of shared) moved = balanceTopic(spread, topic) || moved
    if (!moved) return
  }
}

export function uniformOfMixed(
  members: readonly Reader[],
  counts: PartitionCounts,
): ReadonlyMap<string, readonly string[]> {
  const spread = kept(members, counts)
  dealOut(spread)
  balance(spread)
  const given = new Map<string, string[]>(members.map(({ id }) => [id, []]))
  for (const [topic, owners] of spread.owners) {
    owners.forEach((id, partition) => {
      given.get(id)?.push(`${topic}/${partition}`)
    })
  }
  return given
}
