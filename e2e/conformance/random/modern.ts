// Random scripts about members of one group with group.protocol=consumer (KIP-848), each on its own connection:
// heartbeats with right, old, absent and absurd epochs, with what they own or should not own, commits in any
// epoch, silence, static members that go for a while or for good.
//
// Kept out: the assignor `uniform` with three members. Who of several gets what is free, and who the one more
// where it does not divide, is decided by the order of a hash map of member ids. `range` sorts them.
import fc from 'fast-check'
import type { Experiment, Step, StepOf } from '../../../lib/experiments/types.ts'
import { named, type Script } from './script.ts'
import { isSpecified } from './unspecified.ts'

/** `n1` is another process under the instance id of `m1`, where members are static. */
const names = ['m1', 'm2', 'n1'] as const
type Name = (typeof names)[number]
type Heartbeat = StepOf<'consumerGroupHeartbeat'>

const topics = ['orders', 'refunds'] as const
const LANES = ['orders/0', 'orders/1', 'orders/2', 'orders/3', 'refunds/0', 'refunds/1']

type Wish =
  | {
      readonly wish: 'beat'
      readonly who: Name
      readonly epoch: number | null
      readonly topics: readonly string[] | null
      readonly owned: readonly string[] | null
      readonly assignor: string | null
    }
  | { readonly wish: 'join' | 'again' | 'goes' | 'leaves' | 'disconnect'; readonly who: Name }
  | { readonly wish: 'rounds'; readonly times: number; readonly owning: boolean }
  | {
      readonly wish: 'commit'
      readonly who: Name | 'nobody' | null
      readonly epoch: number | null
      readonly lane: number
      readonly offset: number
      readonly old: boolean
    }
  | { readonly wish: 'wait'; readonly ms: number }

const who = fc.constantFrom(...names)
const one = <const W extends string>(wish: W) => fc.constant(wish)
const epoch = fc.constantFrom(null, null, null, 0, 1, 2, 3, 4, -1, -2, -3, 999_999)
const subscribed = fc.constantFrom(null, null, ['orders'], ['orders', 'refunds'], ['refunds'])
const owned = fc.oneof(fc.constant(null), fc.subarray(LANES), fc.constant(LANES), fc.constant([]))

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      wish: one('beat'),
      who,
      epoch,
      topics: subscribed,
      owned,
      assignor: fc.constantFrom(null, null, null, 'range', 'sticky'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      wish: fc.constantFrom(
        ...(['join', 'join', 'join', 'again', 'goes', 'leaves', 'disconnect'] as const),
      ),
      who,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      wish: one('rounds'),
      times: fc.integer({ min: 1, max: 3 }),
      owning: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      wish: one('commit'),
      who: fc.constantFrom(...names, ...names, 'nobody' as const, null),
      epoch,
      lane: fc.integer({ min: 0, max: 5 }),
      offset: fc.integer({ min: 0, max: 9 }),
      old: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ wish: one('wait'), ms: fc.constantFrom(1500, 5000, 9500) }) },
)

const group = 'billing'
const SESSION_MS = 3000
const REBALANCE_MS = 8000

interface Play {
  readonly isStatic: boolean
  readonly assignor: 'range' | 'uniform'
  readonly able: readonly Name[]
  readonly steps: Step[]
  /** Who has an id. Without one there is nothing but joining. */
  readonly known: Set<Name>
}

function beat(play: Play, who: Name, said: Partial<Heartbeat>): void {
  const instance = play.isStatic ? (who === 'm2' ? 'second' : 'first') : undefined
  play.known.add(who)
  play.steps.push({
    ...({ do: 'consumerGroupHeartbeat', member: who, group } as const),
    ...(instance === undefined ? {} : { instance }),
    ...said,
  })
}

function joins(play: Play, who: Name, fresh: boolean): void {
  const { assignor } = play
  const first = { epoch: 0, topics: ['orders'], assignor }
  beat(play, who, fresh ? { ...first, fresh: true } : first)
}

/** Everybody goes on; what they have they do not say, or say that it is nothing more. */
function rounds(play: Play, times: number, owning: boolean): void {
  for (let i = 0; i < times; i++) {
    for (const who of play.known) beat(play, who, owning ? { owned: [] } : {})
  }
}

function spoken(wish: Extract<Wish, { wish: 'beat' }>): Partial<Heartbeat> {
  const { epoch, topics: read, owned: has, assignor } = wish
  return {
    ...(epoch === null ? {} : { epoch }),
    ...(read === null ? {} : { topics: [...read] }),
    ...(has === null ? {} : { owned: [...has] }),
    ...(assignor === null ? {} : { assignor }),
  }
}

function commits(play: Play, wish: Extract<Wish, { wish: 'commit' }>): void {
  const { who: by, epoch, lane, offset, old } = wish
  if (by !== null && by !== 'nobody' && !play.known.has(by)) return
  const said = epoch === null ? {} : { generation: Math.max(-1, epoch) }
  play.steps.push({
    ...({ do: 'commitOffsets', group, offsets: { [LANES[lane] as string]: offset } } as const),
    ...(by === null ? {} : { member: by }),
    ...said,
    ...(old && by !== null && by !== 'nobody' ? { old: true } : {}),
  })
}

function ofMember(play: Play, wish: Extract<Wish, { readonly who: Name }>): void {
  const { who } = wish
  if (!play.able.includes(who)) return
  if (wish.wish === 'join') joins(play, who, false)
  else if (!play.known.has(who)) return
  else if (wish.wish === 'beat') beat(play, who, spoken(wish))
  else if (wish.wish === 'goes') beat(play, who, { epoch: -2 })
  else if (wish.wish === 'leaves') beat(play, who, { epoch: -1 })
  else if (wish.wish === 'disconnect') play.steps.push({ do: 'disconnect', client: who })
  else if (play.assignor === 'range' || play.isStatic) joins(play, who, true)
}

function grant(play: Play, wish: Wish): void {
  if (wish.wish === 'wait') play.steps.push({ do: 'wait', ms: wish.ms })
  else if (wish.wish === 'rounds') rounds(play, wish.times, wish.owning)
  else if (wish.wish === 'commit') commits(play, wish)
  else ofMember(play, wish)
}

function scriptOf(
  isStatic: boolean,
  assignor: Play['assignor'],
  wishes: readonly Wish[],
): Experiment {
  const able = assignor === 'range' || isStatic ? names : names.slice(0, 2)
  const play: Play = { isStatic, assignor, able, steps: [], known: new Set() }
  joins(play, 'm1', false)
  for (const each of wishes) grant(play, each)
  const committed = LANES.map((lane): Step => ({ do: 'fetchOffsets', group, lane }))
  const settings = {
    'consumer.session.timeout.ms': SESSION_MS,
    'max.poll.interval.ms': REBALANCE_MS,
  }
  return named('random-modern', {
    topics: Object.fromEntries(topics.map((topic) => [topic, topic === 'orders' ? 4 : 2])),
    groups: { [group]: settings },
    steps: [...play.steps, ...committed],
  })
}

export const modernScripts: Script = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom('range' as const, 'uniform' as const),
    fc.array(wish, { minLength: 3, maxLength: 12 }),
  )
  .map(([isStatic, assignor, wishes]) => scriptOf(isStatic, assignor, wishes))
  .filter(isSpecified)
