import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withTargets } from './modern-assignors.ts'
import { type ModernGroupState, type ModernMember, newMember, noGroup } from './modern-state.ts'

const settings = {
  group: 'payments',
  'group.consumer.session.timeout.ms': 45_000,
  'max.poll.interval.ms': 300_000,
  longestPollMs: 0,
  topics: { orders: { partitions: 4 }, refunds: { partitions: 2 } },
} as const

const member = (id: string, change: Partial<ModernMember> = {}): ModernMember => ({
  ...newMember(id, id, undefined),
  topics: ['orders'],
  ...change,
})
const lanes = (...partitions: number[]) => partitions.map((each) => `orders/${each}`)

function targets(members: readonly ModernMember[], change: Partial<ModernGroupState> = {}) {
  const s = withTargets({ ...noGroup(settings as never), epoch: 3, members, ...change })
  return Object.fromEntries(s.members.map(({ id, target }) => [id, target]))
}

describe('uniform', () => {
  test('gives all to the only member', () => {
    expect(targets([member('a')])).toEqual({ a: lanes(0, 1, 2, 3) })
  })
  test('a member keeps its share of what it was to have, a newcomer gets the rest', () => {
    const members = [member('a', { target: lanes(0, 1, 2, 3) }), member('b')]
    expect(targets(members)).toEqual({ a: lanes(0, 1), b: lanes(2, 3) })
  })
  test('what one has left behind is dealt to those who have less, in their order', () => {
    const members = [member('a', { target: lanes(1) }), member('b', { target: lanes(3) })]
    expect(targets(members)).toEqual({ a: lanes(0, 1), b: lanes(2, 3) })
  })
  test('the first ones get one more', () => {
    expect(targets([member('a'), member('b'), member('c')])).toEqual({
      a: lanes(0, 1),
      b: lanes(2),
      c: lanes(3),
    })
  })
  test('takes topics in their order, and drops what is not read any more', () => {
    const both = { topics: ['orders', 'refunds'] }
    expect(targets([member('a', both), member('b', both)])).toEqual({
      a: lanes(0, 1, 2),
      b: ['orders/3', 'refunds/0', 'refunds/1'],
    })
    const had = member('a', { target: ['orders/0', 'refunds/0'] })
    expect(targets([had])).toEqual({ a: lanes(0, 1, 2, 3) })
  })
  test('is whole and balanced, and moves no more than it has to', () => {
    const owner = fc.integer({ min: 0, max: 4 })
    fc.assert(
      fc.property(fc.array(owner, { minLength: 12, maxLength: 12 }), (owners) => {
        const partitions = { orders: 12 }
        const members = ['a', 'b', 'c', 'd'].map((id, i) =>
          member(id, { target: owners.flatMap((each, p) => (each === i ? lanes(p) : [])) }),
        )
        const given = targets(members, { partitions })
        expect(new Set(Object.values(given).flat()).size).toBe(12)
        for (const { id, target } of members) {
          expect(given[id]).toHaveLength(3)
          const kept = target.filter((lane) => given[id]?.includes(lane))
          expect(kept).toHaveLength(Math.min(3, target.length))
        }
      }),
    )
  })
})

describe('range', () => {
  const range = { assignor: 'range', topics: ['orders', 'refunds'] }
  test('gives each topic in parts, static members first', () => {
    const members = [member('a', range), member('b', { ...range, instance: 'till' })]
    expect(targets(members)).toEqual({
      a: ['orders/2', 'orders/3', 'refunds/1'],
      b: ['orders/0', 'orders/1', 'refunds/0'],
    })
  })
  test.each([
    [['range', ''], 'range'],
    [['range', 'uniform'], 'uniform'],
    [['range', 'uniform', 'range'], 'range'],
    [['', ''], 'uniform'],
  ])('of %o what most want: %s', (wanted, chosen) => {
    const members = wanted.map((assignor, i) => member(`m${i}`, { assignor }))
    const s = withTargets({ ...noGroup(settings as never), epoch: 1, members })
    expect(s).toMatchObject({ assignor: chosen, targetEpoch: 1 })
  })
})

test('targets stand until the group epoch moves', () => {
  const s = { ...noGroup(settings as never), epoch: 2, targetEpoch: 2, members: [member('a')] }
  expect(withTargets(s)).toBe(s)
})
