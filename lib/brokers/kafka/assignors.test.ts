import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Assignments } from './assignor-lanes.ts'
import { range, roundRobin } from './assignor-range.ts'
import { cooperativeSticky, sticky } from './assignor-sticky.ts'
import { assign } from './assignors.ts'
import type { Assignment, MemberInfo } from './protocol.ts'

const member = (id: string, owned: Assignment = {}, topics = ['orders']): MemberInfo => ({
  member: id,
  owned,
  topics,
})

describe('range', () => {
  test('members sorted by id get contiguous parts, the first ones one more', () => {
    expect(range([member('b'), member('c'), member('a')], { orders: 7 })).toEqual({
      a: { orders: [0, 1, 2] },
      b: { orders: [3, 4] },
      c: { orders: [5, 6] },
    })
  })
  test('each topic by itself: the first members get more of every topic', () => {
    const both = ['orders', 'refunds']
    const members = [member('a', {}, both), member('b', {}, both)]
    expect(range(members, { orders: 3, refunds: 3 })).toEqual({
      a: { orders: [0, 1], refunds: [0, 1] },
      b: { orders: [2], refunds: [2] },
    })
  })
  test('only members that subscribe to a topic share it', () => {
    const members = [member('a', {}, ['orders']), member('b', {}, ['orders', 'refunds'])]
    expect(range(members, { orders: 2, refunds: 2 })).toEqual({
      a: { orders: [0] },
      b: { orders: [1], refunds: [0, 1] },
    })
  })
  test('with more members than partitions some are idle', () => {
    const given = range([member('a'), member('b'), member('c')], { orders: 2 })
    expect(given['c']).toEqual({})
  })
  test('a topic nobody knows the partitions of gives nothing', () => {
    expect(range([member('a')], {})).toEqual({ a: {} })
  })
})

describe('cooperative-sticky (KIP-429)', () => {
  test('shares evenly when nobody owns anything', () => {
    const sizes = Object.values(cooperativeSticky([member('a'), member('b')], { orders: 3 })).map(
      (mine) => mine['orders']?.length,
    )
    expect(sizes).toEqual([2, 1])
  })
  test('a newcomer gets nothing at first: what moves is withheld until it is given up', () => {
    const first = cooperativeSticky([member('a', { orders: [0, 1, 2, 3] }), member('b')], {
      orders: 4,
    })
    expect(first).toEqual({ a: { orders: [0, 1] }, b: {} })
    const second = cooperativeSticky([member('a', { orders: [0, 1] }), member('b')], { orders: 4 })
    expect(second).toEqual({ a: { orders: [0, 1] }, b: { orders: [2, 3] } })
  })
  test('what two members claim is left to neither in the first round', () => {
    const members = [member('a', { orders: [0] }), member('b', { orders: [0] })]
    expect(cooperativeSticky(members, { orders: 1 })).toEqual({ a: {}, b: {} })
  })
  test('what no longer exists, or is not subscribed to, is not kept', () => {
    const owned = { orders: [0, 9], refunds: [0] }
    expect(cooperativeSticky([member('a', owned)], { orders: 1, refunds: 1 })).toEqual({
      a: { orders: [0] },
    })
  })
  test('of the members only as many keep one more as balance allows', () => {
    const members = [member('a', { orders: [0, 1] }), member('b', { orders: [2, 3] }), member('c')]
    const given = cooperativeSticky(members, { orders: 4 })
    expect(given).toEqual({ a: { orders: [0, 1] }, b: { orders: [2] }, c: {} })
  })
})

describe('round robin', () => {
  test('deals all partitions of all topics in a row', () => {
    const both = ['orders', 'refunds']
    const members = [member('b', {}, both), member('a', {}, both)]
    expect(roundRobin(members, { orders: 3, refunds: 3 })).toEqual({
      a: { orders: [0, 2], refunds: [1] },
      b: { orders: [1], refunds: [0, 2] },
    })
  })
  test('passes over members that do not read the topic', () => {
    const members = [member('a', {}, ['orders', 'refunds']), member('b', {}, ['orders'])]
    expect(roundRobin(members, { orders: 2, refunds: 2 })).toEqual({
      a: { orders: [0], refunds: [0, 1] },
      b: { orders: [1] },
    })
  })
  test('static members come first, by their own names', () => {
    const named = (id: string, instance: string) => ({ ...member(id), instance })
    const members = [member('a'), named('z', 'till-1'), named('y', 'till-2')]
    expect(roundRobin(members, { orders: 4 })).toEqual({
      z: { orders: [0, 3] },
      y: { orders: [1] },
      a: { orders: [2] },
    })
    expect(range(members, { orders: 3 })['z']).toEqual({ orders: [0] })
    expect(range([...members].reverse(), { orders: 3 })['a']).toEqual({ orders: [2] })
  })
})

const had = (id: string, partitions: number[], generation = 1, topics = ['orders']) => ({
  ...member(id, {}, topics),
  userData: { assignment: { orders: partitions }, generation },
})

describe('sticky', () => {
  test('deals in turn when nobody has had anything', () => {
    expect(sticky([member('b'), member('a')], { orders: 3 })).toEqual({
      a: { orders: [0, 2] },
      b: { orders: [1] },
    })
  })
  test('those who stay keep what they had, and at once get what another has left behind', () => {
    expect(sticky([had('a', [1, 4]), had('c', [0, 3])], { orders: 6 })).toEqual({
      a: { orders: [1, 2, 4] },
      c: { orders: [0, 3, 5] },
    })
  })
  test('a newcomer gets what moves in the same rebalance', () => {
    expect(sticky([had('a', [0, 1, 2, 3]), member('b')], { orders: 4 })).toEqual({
      a: { orders: [0, 1] },
      b: { orders: [2, 3] },
    })
  })
  test('of two who claim a partition, the one of the later generation had it', () => {
    const given = sticky([had('a', [0, 1], 1), had('b', [1], 2)], { orders: 2 })
    expect(given).toEqual({ a: { orders: [0] }, b: { orders: [1] } })
    const same = sticky([had('a', [0, 1], 2), had('b', [1, 2], 2)], { orders: 3 })
    expect(same).toEqual({ a: { orders: [0, 1] }, b: { orders: [2] } })
  })
  test('those below their share come first, then one more each', () => {
    const members = [had('a', [0, 1]), had('b', []), had('c', [2])]
    expect(sticky(members, { orders: 8 })).toEqual({
      a: { orders: [0, 1, 6] },
      b: { orders: [3, 5] },
      c: { orders: [2, 4, 7] },
    })
  })
  test('of several topics the lower partitions are kept', () => {
    const both = ['orders', 'refunds']
    const all = { orders: [0, 1], refunds: [0, 1] }
    const owner = { ...member('a', {}, both), userData: { assignment: all, generation: 1 } }
    expect(sticky([owner, member('b', {}, both)], { orders: 2, refunds: 2 })).toEqual({
      a: { orders: [0], refunds: [0] },
      b: { orders: [1], refunds: [1] },
    })
  })
  test('members of different topics get what they read', () => {
    const members = [member('a', {}, ['orders', 'refunds']), member('b', {}, ['orders'])]
    expect(sticky(members, { orders: 2, refunds: 2 })).toEqual({
      a: { orders: [0], refunds: [0, 1] },
      b: { orders: [1] },
    })
  })
})

test('assign takes the protocol the group has chosen', () => {
  const members = [member('a', { orders: [1] }), member('b', { orders: [0] })]
  expect(assign('range', members, { orders: 2 })).toEqual({
    a: { orders: [0] },
    b: { orders: [1] },
  })
  expect(assign('cooperative-sticky', members, { orders: 2 })).toEqual({
    a: { orders: [1] },
    b: { orders: [0] },
  })
})

const lanes = (assignment: Assignment) =>
  Object.entries(assignment).flatMap(([topic, list]) => list.map((p) => `${topic}/${p}`))
const sizes = (given: Assignments) => Object.values(given).map((mine) => lanes(mine).length)

/** Members who own disjoint parts of what there is, as after some earlier assignment. */
const anyGroup = fc
  .record({
    members: fc.integer({ min: 1, max: 6 }),
    partitions: fc.integer({ min: 0, max: 12 }),
    owners: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 12, maxLength: 12 }),
  })
  .map(({ members, partitions, owners }) => ({
    partitions,
    members: Array.from({ length: members }, (_, i) => {
      const owned = owners.flatMap((owner, p) => (owner === i && p < partitions ? [p] : []))
      return member(`m${i}`, owned.length === 0 ? {} : { orders: owned })
    }),
  }))

describe('any group', () => {
  test('range gives every partition to exactly one, balanced within one', () => {
    fc.assert(
      fc.property(anyGroup, ({ members, partitions }) => {
        const given = range(members, { orders: partitions })
        const all = Object.values(given).flatMap(lanes)
        expect(new Set(all).size).toBe(all.length)
        expect(all.length).toBe(partitions)
        expect(Math.max(...sizes(given)) - Math.min(...sizes(given))).toBeLessThanOrEqual(1)
      }),
    )
  })
  test('cooperative-sticky settles in two rounds: whole, balanced, and as little moved as can be', () => {
    fc.assert(
      fc.property(anyGroup, ({ members, partitions }) => {
        const counts = { orders: partitions }
        const first = cooperativeSticky(members, counts)
        const all = Object.values(first).flatMap(lanes)
        expect(new Set(all).size).toBe(all.length)
        const before = new Map(members.map((each) => [each.member, lanes(each.owned)]))
        for (const [id, mine] of Object.entries(first)) {
          for (const lane of lanes(mine)) {
            const owner = [...before].find(([, owned]) => owned.includes(lane))?.[0]
            expect(owner === undefined || owner === id).toBe(true)
          }
        }
        const second = cooperativeSticky(
          members.map(({ member: id }) => member(id, first[id])),
          counts,
        )
        expect(Object.values(second).flatMap(lanes).length).toBe(partitions)
        expect(Math.max(...sizes(second)) - Math.min(...sizes(second))).toBeLessThanOrEqual(1)
        const least = Math.floor(partitions / members.length)
        for (const [id, owned] of before) {
          const kept = lanes(second[id] ?? {}).filter((lane) => owned.includes(lane)).length
          expect(kept).toBeGreaterThanOrEqual(Math.min(owned.length, least))
        }
        const third = cooperativeSticky(
          members.map(({ member: id }) => member(id, second[id])),
          counts,
        )
        expect(third).toEqual(second)
      }),
    )
  })
})
