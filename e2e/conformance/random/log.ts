// Random scripts about one log: plain and numbered batches, repeated, skipped, of older and newer epochs,
// and reads of any offset.
import fc from 'fast-check'
import type { Experiment, Step } from '../../../lib/experiments/types.ts'
import { named, type Script } from './script.ts'

const producers = ['p1', 'p2'] as const
type Producer = (typeof producers)[number]

/** What is wanted, in terms that keep their meaning when what stands before is left out (shrinking). */
type Wish =
  | { readonly wish: 'again'; readonly who: Producer }
  | {
      readonly wish: 'produce'
      readonly who: Producer | null
      readonly lane: number
      readonly count: number
      /** Added to the number that would be next. */
      readonly shift: number
      readonly epoch: number
    }
  | { readonly wish: 'fetch'; readonly lane: number; readonly part: number }
  | { readonly wish: 'list'; readonly lane: number; readonly at: 'earliest' | 'latest' }

const lane = fc.integer({ min: 0, max: 1 })
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, ...others.map((one) => fc.constant(one)))

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ wish: fc.constant('again' as const), who: fc.constantFrom(...producers) }),
  {
    weight: 6,
    arbitrary: fc.record({
      wish: fc.constant('produce' as const),
      who: fc.constantFrom(null, ...producers, ...producers),
      lane,
      count: fc.integer({ min: 1, max: 3 }),
      shift: mostly(0, -1, 1, -2, -3),
      epoch: mostly(0, 1, -1, 2),
    }),
  },
  fc.record({ wish: fc.constant('fetch' as const), lane, part: fc.integer({ min: 0, max: 4 }) }),
  fc.record({
    wish: fc.constant('list' as const),
    lane,
    at: fc.constantFrom('earliest' as const, 'latest' as const),
  }),
)

interface Counts {
  /** Per producer and lane, the number that would be next. */
  readonly next: Record<string, number>
  readonly epochs: Record<string, number>
  readonly ends: number[]
  values: number
}

function stepOf(one: Wish, counts: Counts): Step {
  const topic = 'orders'
  switch (one.wish) {
    case 'again':
      counts.epochs[one.who] = 0
      for (const p of [0, 1]) counts.next[`${one.who}/${p}`] = 0
      return { do: 'initProducerId', producer: one.who }
    case 'produce':
      return produce(one, counts)
    case 'fetch': {
      const end = counts.ends[one.lane] ?? 0
      const offset = Math.max(0, Math.round((end * one.part) / 3))
      return { do: 'fetch', topic, partition: one.lane, offset }
    }
    case 'list':
      return { do: 'listOffsets', topic, partition: one.lane, at: one.at }
  }
}

function produce(one: Extract<Wish, { wish: 'produce' }>, counts: Counts): Step {
  const { who, lane: partition, count } = one
  const values = Array.from({ length: count }, () => `v${counts.values++}`)
  counts.ends[partition] = (counts.ends[partition] ?? 0) + count
  const plain = { do: 'produce', topic: 'orders', partition, values } as const
  if (who === null) return plain
  const key = `${who}/${partition}`
  const epoch = Math.max(0, (counts.epochs[who] ?? 0) + one.epoch)
  if (epoch > (counts.epochs[who] ?? 0)) counts.next[key] = 0
  counts.epochs[who] = Math.max(epoch, counts.epochs[who] ?? 0)
  const sequence = Math.max(0, (counts.next[key] ?? 0) + one.shift)
  if (one.shift === 0) counts.next[key] = sequence + count
  return { ...plain, producer: who, epoch, sequence }
}

export const logScripts: Script = fc
  .array(wish, { minLength: 3, maxLength: 14 })
  .map((wishes): Experiment => {
    const counts: Counts = { next: {}, epochs: {}, ends: [0, 0], values: 0 }
    const known = producers.map((who): Step => ({ do: 'initProducerId', producer: who }))
    const logs = [0, 1].map(
      (partition): Step => ({ do: 'fetch', topic: 'orders', partition, offset: 0 }),
    )
    const steps = [...known, ...wishes.map((one) => stepOf(one, counts)), ...logs]
    return named('random-log', { topics: { orders: 2 }, steps })
  })
