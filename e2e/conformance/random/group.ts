// Random scripts about one group of the classic protocol: members that come, go, fall silent and come back,
// and commits of any generation by anybody.
import fc from 'fast-check'
import type { Experiment, Step } from '../../../lib/experiments/types.ts'
import { named, type Script } from './script.ts'

type Wish =
  | { readonly wish: 'join'; readonly fresh: boolean }
  | { readonly wish: 'sync' | 'leave' | 'silence' | 'second' | 'committed' | 'disconnect' }
  | { readonly wish: 'beat'; readonly shift: number | null }
  | {
      readonly wish: 'commit'
      readonly who: 'member' | 'stranger' | 'outside'
      readonly shift: number | null
      readonly offset: number
    }

const wishOf = <const W extends string>(...wishes: readonly W[]) =>
  fc.record({ wish: fc.constantFrom(...wishes) })
/** The generation it was told, or so many more. */
const shift = fc.constantFrom(null, null, null, -1, 1)

const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ wish: fc.constant('join' as const), fresh: fc.boolean() }),
  { weight: 2, arbitrary: wishOf('sync', 'leave', 'committed', 'silence', 'second', 'disconnect') },
  fc.record({ wish: fc.constant('beat' as const), shift }),
  {
    weight: 3,
    arbitrary: fc.record({
      wish: fc.constant('commit' as const),
      who: fc.constantFrom(
        'member' as const,
        'member' as const,
        'stranger' as const,
        'outside' as const,
      ),
      shift,
      offset: fc.integer({ min: 0, max: 9 }),
    }),
  },
)

const SESSION_MS = 1500
const group = 'billing'
const member = 'm1'

/** A second member comes, waits for the first to join again, gets nothing and goes. */
function second(): readonly Step[] {
  return [
    { do: 'joinGroup', as: 'x', member: 'm2', group, topics: ['orders'], fresh: true, later: true },
    { do: 'heartbeat', member },
    { do: 'commitOffsets', group, member, offsets: { 'orders/0': 3 } },
    { do: 'joinGroup', member, group, topics: ['orders'] },
    { do: 'await', step: 'x' },
    { do: 'leaveGroup', member: 'm2' },
  ]
}

function stepsOf(one: Wish, generation: number): readonly Step[] {
  switch (one.wish) {
    case 'join':
      return [
        {
          do: 'joinGroup',
          member,
          group,
          topics: ['orders'],
          ...(one.fresh ? { fresh: true as const } : {}),
        },
      ]
    case 'sync':
      return [{ do: 'syncGroup', member, assign: { [member]: ['orders/0'] } }]
    case 'leave':
      return [{ do: 'leaveGroup', member }]
    case 'silence':
      return [{ do: 'wait', ms: 2 * SESSION_MS }]
    case 'disconnect':
      return [{ do: 'disconnect', client: member }]
    case 'second':
      return second()
    case 'committed':
      return [{ do: 'fetchOffsets', group, lane: 'orders/0' }]
    case 'beat':
      return [{ do: 'heartbeat', member, ...named_(one.shift, generation) }]
    case 'commit': {
      const by =
        one.who === 'member' ? { member } : one.who === 'stranger' ? { member: 'nobody' } : {}
      const offsets = { 'orders/0': one.offset }
      return [{ do: 'commitOffsets', group, ...by, offsets, ...named_(one.shift, generation) }]
    }
  }
}

function named_(by: number | null, generation: number) {
  return by === null ? {} : { generation: Math.max(-1, generation + by) }
}

/** Labels of steps that go on later must differ, and be awaited under the same. */
function relabelled(steps: readonly Step[]): readonly Step[] {
  let turn = 0
  return steps.map((step) => {
    if (step.as === 'x') turn += 1
    if (step.as === 'x') return { ...step, as: `second ${turn}` }
    return step.do === 'await' ? { ...step, step: `second ${turn}` } : step
  })
}

export const groupScripts: Script = fc
  .array(wish, { minLength: 3, maxLength: 12 })
  .map((wishes): Experiment => {
    let generation = 1
    const steps = wishes.flatMap((one) => {
      const found = stepsOf(one, generation)
      if (one.wish === 'join' || one.wish === 'second') generation += 1
      return found
    })
    const first: Step = { do: 'joinGroup', member, group, topics: ['orders'] }
    const last: Step = { do: 'fetchOffsets', group, lane: 'orders/0' }
    return named('random-group', {
      topics: { orders: 1 },
      groups: { [group]: { 'session.timeout.ms': SESSION_MS, 'max.poll.interval.ms': 3000 } },
      steps: relabelled([first, ...steps, last]),
    })
  })
