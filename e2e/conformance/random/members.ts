// Random scripts about up to three members of one group of the classic protocol, each on its own connection:
// joins and syncs that wait for others, the leader's assignments, several assignors, heartbeats and commits in
// every phase, silence; and static members, whose place another process may take.
import fc from 'fast-check'
import type { Experiment, Step, StepOf } from '../../../lib/experiments/types.ts'
import { named, type Script } from './script.ts'
import { isSpecified } from './unspecified.ts'

/** `n1` is another process under the instance id of `m1`, where members are static. */
const names = ['m1', 'm2', 'm3', 'n1'] as const
type Name = (typeof names)[number]
type Protocols = NonNullable<StepOf<'joinGroup'>['protocols']>

interface Joins {
  readonly wish: 'join'
  readonly who: Name
  readonly fresh: boolean
  readonly later: boolean
  readonly protocols: Protocols
  readonly topics: readonly string[]
}
interface Commits {
  readonly wish: 'commit'
  readonly who: Name
  readonly shift: number | null
  readonly lane: number
  readonly offset: number
}
type Wish =
  | Joins
  | Commits
  | { readonly wish: 'sync'; readonly who: Name; readonly later: boolean; readonly turn: number }
  | { readonly wish: 'beat'; readonly who: Name; readonly shift: number | null }
  | { readonly wish: 'leave' | 'hear' | 'disconnect'; readonly who: Name }
  | { readonly wish: 'wait'; readonly ms: number }
  | { readonly wish: 'beats'; readonly times: number; readonly of: readonly Name[] }
  | { readonly wish: 'settle'; readonly turn: number; readonly alone: boolean }

const who = fc.constantFrom(...names)
const turn = fc.integer({ min: 0, max: 2 })
const shift = fc.constantFrom(null, null, null, -1, 1, -9)
const one = <const W extends string>(wish: W) => fc.constant(wish)
const PROTOCOLS: readonly Protocols[] = [
  ['range'],
  ['range'],
  ['range', 'roundrobin'],
  ['roundrobin', 'range'],
  ['cooperative-sticky'],
  ['sticky', 'range'],
]

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      wish: one('join'),
      who,
      fresh: fc.constantFrom(false, false, true),
      later: fc.boolean(),
      protocols: fc.constantFrom(...PROTOCOLS),
      topics: fc.constantFrom(['orders'], ['orders'], ['orders', 'refunds']),
    }),
  },
  { weight: 4, arbitrary: fc.record({ wish: one('settle'), turn, alone: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ wish: one('sync'), who, later: fc.boolean(), turn }) },
  { weight: 4, arbitrary: fc.record({ wish: one('beat'), who, shift }) },
  {
    weight: 4,
    arbitrary: fc.record({
      wish: one('commit'),
      who,
      shift,
      lane: fc.integer({ min: 0, max: 2 }),
      offset: fc.integer({ min: 0, max: 9 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      wish: fc.constantFrom('leave' as const, 'hear' as const, 'disconnect' as const),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ wish: one('wait'), ms: fc.constantFrom(1500, 5000, 9500) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      wish: one('beats'),
      times: fc.integer({ min: 1, max: 6 }),
      of: fc.subarray([...names], { minLength: 1 }),
    }),
  },
)

const group = 'billing'
const SESSION_MS = 3000
const REBALANCE_MS = 8000
const BEATS_MS = 1500

/** Where a script stands that is being made: what its members have asked and not heard. */
interface Play {
  readonly isStatic: boolean
  readonly steps: Step[]
  readonly joined: Set<Name>
  /** By member, the label of the step whose answer is on its way: its connection is busy until then. */
  readonly pending: Map<Name, string>
  readonly word: Map<Name, Pick<Joins, 'protocols' | 'topics'>>
  labels: number
}

function hear(play: Play, who: Name): void {
  const step = play.pending.get(who)
  if (step === undefined) return
  play.pending.delete(who)
  play.steps.push({ do: 'await', step })
}

function say(play: Play, who: Name, step: Step): void {
  hear(play, who)
  play.steps.push(step)
}

function sayLater(play: Play, who: Name, step: StepOf<'joinGroup'> | StepOf<'syncGroup'>): void {
  hear(play, who)
  play.labels += 1
  const as = `later ${play.labels}`
  play.steps.push({ ...step, as, later: true })
  play.pending.set(who, as)
}

function instanceOf({ isStatic }: Play, who: Name): string | undefined {
  if (!isStatic) return undefined
  return who === 'm3' ? undefined : who === 'm2' ? 'second' : 'first'
}

function joins(play: Play, asked: Omit<Joins, 'wish'>): void {
  const { who, fresh, later, protocols, topics } = asked
  const instance = instanceOf(play, who)
  const step: StepOf<'joinGroup'> = {
    ...({ do: 'joinGroup', member: who, group } as const),
    topics: [...topics],
    protocols: [...protocols],
    ...(fresh ? { fresh: true } : {}),
    ...(instance === undefined ? {} : { instance }),
  }
  play.joined.add(who)
  play.word.set(who, { protocols, topics })
  if (later) sayLater(play, who, step)
  else say(play, who, step)
}

/** Who has an id that the script knows for certain; partitions go round among them. */
function assignment(play: Play, turn: number): Record<string, string[]> {
  const able = [...play.joined].filter((name) => !play.pending.has(name))
  const lanes = ['orders/0', 'orders/1', 'orders/2']
  return Object.fromEntries(
    able.map((name, i) => [
      name,
      lanes.filter((_, p) => able.length > 0 && (p + turn) % able.length === i),
    ]),
  )
}

function syncs(play: Play, who: Name, later: boolean, turn: number): void {
  hear(play, who)
  const step = { do: 'syncGroup', member: who, assign: assignment(play, turn) } as const
  if (later) sayLater(play, who, step)
  else say(play, who, step)
}

/** All that have ever joined join again and sync, so that the group comes to rest if it can. */
function settles(play: Play, turn: number, alone: boolean): void {
  const all = names.filter((name) => play.joined.has(name)).slice(0, alone ? 1 : 4)
  for (const who of all) {
    const word = play.word.get(who) ?? { protocols: ['range'], topics: ['orders'] }
    joins(play, { who, fresh: false, later: true, ...word })
  }
  for (const who of all) hear(play, who)
  for (const who of all) syncs(play, who, true, turn)
  for (const who of all) hear(play, who)
}

/** Two generations before the present one, as many as a script may hope to have seen. */
const named_ = (shift: number | null) =>
  shift === null ? {} : { generation: shift === -9 ? -1 : 2 + shift }

function beats(play: Play, times: number, of: readonly Name[]): void {
  for (let i = 0; i < times; i++) {
    play.steps.push({ do: 'wait', ms: BEATS_MS })
    for (const who of of) {
      if (play.joined.has(who) && !play.pending.has(who)) {
        play.steps.push({ do: 'heartbeat', member: who })
      }
    }
  }
}

function grant(play: Play, wish: Wish): void {
  if (wish.wish === 'wait') play.steps.push({ do: 'wait', ms: wish.ms })
  else if (wish.wish === 'beats') beats(play, wish.times, wish.of)
  else if (wish.wish === 'settle') settles(play, wish.turn, wish.alone)
  else if (wish.wish === 'join') joins(play, wish)
  else if (!play.joined.has(wish.who)) return
  else if (wish.wish === 'hear') hear(play, wish.who)
  else if (wish.wish === 'sync') syncs(play, wish.who, wish.later, wish.turn)
  else say(play, wish.who, requestOf(wish))
}

type Asks = Extract<Wish, { readonly wish: 'beat' | 'commit' | 'leave' | 'hear' | 'disconnect' }>

function requestOf(wish: Asks): Step {
  const { who: member } = wish
  if (wish.wish === 'beat') return { do: 'heartbeat', member, ...named_(wish.shift) }
  if (wish.wish === 'commit') {
    const offsets = { [`orders/${wish.lane}`]: wish.offset }
    return { do: 'commitOffsets', group, member, offsets, ...named_(wish.shift) }
  }
  return wish.wish === 'leave' ? { do: 'leaveGroup', member } : { do: 'disconnect', client: member }
}

function scriptOf(isStatic: boolean, wishes: readonly Wish[]): Experiment {
  const play: Play = {
    isStatic,
    steps: [],
    joined: new Set(),
    pending: new Map(),
    word: new Map(),
    labels: 0,
  }
  joins(play, {
    who: 'm1',
    fresh: false,
    later: false,
    protocols: ['range', 'roundrobin'],
    topics: ['orders'],
  })
  for (const each of wishes) grant(play, each)
  for (const who of names) hear(play, who)
  const lanes = [0, 1, 2].map((p): Step => ({ do: 'fetchOffsets', group, lane: `orders/${p}` }))
  const settings = { 'session.timeout.ms': SESSION_MS, 'max.poll.interval.ms': REBALANCE_MS }
  return named('random-members', {
    topics: { orders: 3, refunds: 1 },
    groups: { [group]: settings },
    steps: [...play.steps, ...lanes],
  })
}

const MOST_STEPS = 200

export const memberScripts: Script = fc
  .tuple(fc.boolean(), fc.array(wish, { minLength: 3, maxLength: 9 }))
  .map(([isStatic, wishes]) => scriptOf(isStatic, wishes))
  .filter(({ steps }) => steps.length <= MOST_STEPS)
  .filter(isSpecified)
