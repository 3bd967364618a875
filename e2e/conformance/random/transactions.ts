// Random scripts about transactions, request by request: two clients of one transactional.id (one after the
// other, so that one is a zombie), a client of another, an idempotent and a plain producer beside them, two
// partitions, and a group whose offsets are committed inside and outside of transactions.
//
// Kept out, since the real broker promises nothing about it: requests while the markers of an end are being
// written (CONCURRENT_TRANSACTIONS or not is a race), so whatever may end a transaction is followed by a
// `describeTransaction`, which waits for the end to be complete; and time nearer than some seconds to a timeout.
import fc from 'fast-check'
import type { Experiment, Step } from '../../../lib/experiments/types.ts'
import { named, type Script } from './script.ts'

/** The transactional.id of each: those that share one fence each other. */
const IDS = { old: 'shop', new: 'shop', mart: 'mart' } as const
type Owner = keyof typeof IDS
type Sender = Owner | 'idem' | null

const isolations = ['read_uncommitted', 'read_committed', null] as const
type Isolation = (typeof isolations)[number]

/** What is wanted, in terms that keep their meaning when what stands before is left out (shrinking). */
type Wish =
  | { readonly wish: 'again'; readonly who: Owner | 'idem'; readonly times: number }
  | { readonly wish: 'add'; readonly who: Owner; readonly lanes: Lanes; readonly epoch: Epoch }
  | {
      readonly wish: 'produce'
      readonly who: Sender
      readonly part: boolean
      readonly lane: number
      readonly count: number
      /** Added to the number that would be next. */
      readonly shift: number
      readonly epoch: Epoch
    }
  | { readonly wish: 'addOffsets'; readonly who: Owner; readonly epoch: Epoch }
  | OfOffsets
  | { readonly wish: 'end'; readonly who: Owner; readonly result: Result; readonly epoch: Epoch }
  | {
      readonly wish: 'fetch'
      readonly lane: number
      readonly offset: number
      readonly isolation: Isolation
    }
  | {
      readonly wish: 'list'
      readonly lane: number
      readonly at: 'earliest' | 'latest'
      readonly isolation: Isolation
    }
  | { readonly wish: 'committed'; readonly lane: number; readonly stable: boolean }
  | { readonly wish: 'rejoin' | 'wait' }
  | Whole

interface OfOffsets {
  readonly wish: 'offsets'
  /** Without one, outside of transactions. */
  readonly who: Owner | null
  readonly by: 'member' | 'stranger' | 'nobody'
  readonly generation: number | null
  readonly lane: number
  readonly offset: number
  readonly epoch: Epoch
}

/** A transaction as it should be, which pure chance would seldom make. */
interface Whole {
  readonly wish: 'whole'
  readonly who: Owner
  readonly lane: number
  readonly count: number
  readonly offsets: boolean
  readonly result: Result | null
}

type Lanes = readonly [string, ...string[]]
type Result = 'commit' | 'abort'
/** Null: the one it got. */
type Epoch = number | null

const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 3 * others.length, arbitrary: fc.constant(usual) },
    ...others.map((one) => fc.constant(one)),
  )
const lane = fc.integer({ min: 0, max: 1 })
const owner = fc.constantFrom('old', 'new', 'new', 'mart') as fc.Arbitrary<Owner>
const epoch: fc.Arbitrary<Epoch> = mostly<Epoch>(null, 0, 1, 2, 3)
const count = fc.integer({ min: 1, max: 3 })
const result = fc.constantFrom('commit', 'abort') as fc.Arbitrary<Result>
const isolation: fc.Arbitrary<Isolation> = fc.constantFrom(...isolations)
const is = <const W extends string>(word: W) => fc.constant(word)

const ofTransactions: readonly fc.Arbitrary<Wish>[] = [
  fc.record({
    wish: is('again'),
    who: fc.constantFrom('old', 'new', 'mart', 'idem') as fc.Arbitrary<Owner | 'idem'>,
    times: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    wish: is('add'),
    who: owner,
    lanes: fc.constantFrom(['orders/0'], ['orders/1'], ['orders/0', 'orders/1']),
    epoch,
  }),
  fc.record({ wish: is('addOffsets'), who: owner, epoch }),
  fc.record({ wish: is('end'), who: owner, result, epoch }),
]

const produces: fc.Arbitrary<Wish> = fc.record({
  wish: is('produce'),
  who: fc.oneof(
    { weight: 4, arbitrary: owner },
    fc.constant('idem' as const),
    fc.constant(null),
  ) as fc.Arbitrary<Sender>,
  part: mostly(true, false),
  lane,
  count,
  shift: mostly(0, -1, 1, -2),
  epoch,
})

const offsets: fc.Arbitrary<Wish> = fc.record({
  wish: is('offsets'),
  who: fc.oneof(
    { weight: 4, arbitrary: owner as fc.Arbitrary<Owner | null> },
    fc.constant<Owner | null>(null),
  ),
  by: fc.constantFrom('member', 'member', 'stranger', 'nobody') as fc.Arbitrary<OfOffsets['by']>,
  generation: mostly<number | null>(null, -1, 1, 2),
  lane,
  offset: fc.integer({ min: 0, max: 9 }),
  epoch,
})

const looks: readonly fc.Arbitrary<Wish>[] = [
  fc.record({ wish: is('fetch'), lane, offset: fc.integer({ min: 0, max: 12 }), isolation }),
  fc.record({
    wish: is('list'),
    lane,
    at: fc.constantFrom('earliest' as const, 'latest' as const),
    isolation,
  }),
  fc.record({ wish: is('committed'), lane, stable: fc.boolean() }),
]

const whole: fc.Arbitrary<Wish> = fc.record({
  wish: is('whole'),
  who: owner,
  lane,
  count,
  offsets: fc.boolean(),
  result: fc.constantFrom<Result | null>('commit', 'abort', null, null),
})

const wishes = (patient: boolean): fc.Arbitrary<Wish> =>
  fc.oneof(
    ...ofTransactions,
    ...looks,
    offsets,
    { weight: 4, arbitrary: produces },
    { weight: 4, arbitrary: whole },
    fc.record({ wish: is('rejoin') }),
    ...(patient ? [] : [{ weight: 2, arbitrary: fc.record({ wish: is('wait') }) }]),
  )

const group = 'billing'
const member = 'm1'
const topic = 'orders'
/** Between these lies everything that may take its time: steps stay far below one, a wait far above. */
const SHORT_TIMEOUT_MS = 5000
const LONG_WAIT_MS = 10_000

interface Counts {
  /** Per producer and lane, the number that would be next. */
  readonly next: Record<string, number>
  readonly timeoutMs: number
  values: number
}

const named_ = (by: Epoch): { readonly epoch?: number } => (by === null ? {} : { epoch: by })
const levelled = (by: Isolation) => (by === null ? {} : { isolation: by })

const atRest = (who: Owner): Step => ({ do: 'describeTransaction', transactionalId: IDS[who] })

function again(who: Owner | 'idem', counts: Counts): readonly Step[] {
  for (const p of [0, 1]) counts.next[`${who}/${p}`] = 0
  if (who === 'idem') return [{ do: 'initProducerId', producer: who }]
  const { timeoutMs } = counts
  const asked = { transactionalId: IDS[who], timeoutMs }
  return [{ do: 'initProducerId', producer: who, ...asked }, atRest(who)]
}

function produce(one: Extract<Wish, { wish: 'produce' }>, counts: Counts): Step {
  const { who, lane: partition, count } = one
  const values = Array.from({ length: count }, () => `v${counts.values++}`)
  const plain = { do: 'produce', topic, partition, values } as const
  if (who === null) return plain
  const key = `${who}/${partition}`
  const sequence = Math.max(0, (counts.next[key] ?? 0) + one.shift)
  if (one.shift === 0 && one.epoch === null) counts.next[key] = sequence + count
  const part = one.part && who !== 'idem' ? { transactional: true as const } : {}
  return { ...plain, producer: who, sequence, ...named_(one.epoch), ...part }
}

function commitOf(one: OfOffsets): Step {
  const by = one.by === 'member' ? { member } : one.by === 'stranger' ? { member: 'stranger' } : {}
  const generation = one.generation === null ? {} : { generation: one.generation }
  const told = { group, ...by, ...generation, offsets: { [`${topic}/${one.lane}`]: one.offset } }
  if (one.who === null) return { do: 'commitOffsets', ...told }
  return { do: 'txnOffsetCommit', producer: one.who, ...told, ...named_(one.epoch) }
}

function wholeOf(one: Whole, counts: Counts): readonly Step[] {
  const { who, lane: partition, count } = one
  const offset = counts.values
  const written = produce(
    { wish: 'produce', who, part: true, lane: partition, count, shift: 0, epoch: null },
    counts,
  )
  const lanes = [`${topic}/${partition}`]
  const told: readonly Step[] = [
    { do: 'addOffsetsToTxn', producer: who, group },
    { do: 'txnOffsetCommit', producer: who, group, offsets: { [`${topic}/0`]: offset } },
  ]
  const end: readonly Step[] =
    one.result === null ? [] : [{ do: 'endTxn', producer: who, result: one.result }, atRest(who)]
  const added: Step = { do: 'addPartitionsToTxn', producer: who, lanes }
  return [added, written, ...(one.offsets ? told : []), ...end]
}

const joins: readonly Step[] = [
  { do: 'joinGroup', member, group, topics: [topic] },
  { do: 'syncGroup', member, assign: { [member]: [`${topic}/0`, `${topic}/1`] } },
]

function stepsOf(one: Wish, counts: Counts): readonly Step[] {
  switch (one.wish) {
    case 'again':
      return Array.from({ length: one.times }, () => again(one.who, counts)).flat()
    case 'add':
      return [
        { do: 'addPartitionsToTxn', producer: one.who, lanes: one.lanes, ...named_(one.epoch) },
      ]
    case 'produce':
      return [produce(one, counts)]
    case 'addOffsets':
      return [{ do: 'addOffsetsToTxn', producer: one.who, group, ...named_(one.epoch) }]
    case 'offsets':
      return [commitOf(one)]
    case 'end': {
      const { who, result } = one
      return [{ do: 'endTxn', producer: who, result, ...named_(one.epoch) }, atRest(who)]
    }
    case 'fetch': {
      const { lane: partition, offset } = one
      return [{ do: 'fetch', topic, partition, offset, ...levelled(one.isolation) }]
    }
    case 'list': {
      const { lane: partition, at } = one
      return [{ do: 'listOffsets', topic, partition, at, ...levelled(one.isolation) }]
    }
    case 'committed': {
      const stable = one.stable ? { requireStable: true as const } : {}
      return [{ do: 'fetchOffsets', group, lane: `${topic}/${one.lane}`, ...stable }]
    }
    case 'rejoin':
      return joins
    case 'wait':
      return [{ do: 'wait', ms: LONG_WAIT_MS }, atRest('new'), atRest('mart')]
    case 'whole':
      return wholeOf(one, counts)
  }
}

function experimentOf(told: readonly Wish[], timeoutMs: number): Experiment {
  const counts: Counts = { next: {}, timeoutMs, values: 0 }
  const owners = (['old', 'new', 'mart', 'idem'] as const).flatMap((who) => again(who, counts))
  const ends = [0, 1].flatMap((partition): readonly Step[] => [
    { do: 'fetch', topic, partition },
    { do: 'fetch', topic, partition, isolation: 'read_committed' },
    { do: 'listOffsets', topic, partition, at: 'latest', isolation: 'read_committed' },
    { do: 'fetchOffsets', group, lane: `${topic}/${partition}` },
  ])
  const steps = [...owners, ...joins, ...told.flatMap((one) => stepsOf(one, counts)), ...ends]
  return named('random-transactions', { topics: { [topic]: 2 }, steps })
}

const LONG_TIMEOUT_MS = 600_000

/** Every eighth script waits for timeouts; the others are over long before one. */
export const transactionScripts: Script = fc.oneof(
  {
    weight: 7,
    arbitrary: fc
      .array(wishes(true), { minLength: 3, maxLength: 14 })
      .map((told) => experimentOf(told, LONG_TIMEOUT_MS)),
  },
  fc
    .array(wishes(false), { minLength: 3, maxLength: 8 })
    .map((told) => experimentOf(told, SHORT_TIMEOUT_MS)),
)
