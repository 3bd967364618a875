// Rebalances of the classic protocol: what calls for one, how it ends, whom it waits for, which assignor is chosen.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Rule } from '../../engine/types.ts'
import { type ClassicGroup, classicGroup, halves, ruleOf, settings } from './coordinator.fixture.ts'
import type { AssignorName } from './protocol.ts'

let group: ClassicGroup
beforeEach(() => {
  group = classicGroup()
})

describe('a rebalance', () => {
  test('only the leader is told who is there; members are answered when it has assigned', () => {
    group.join('a#1')
    group.join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    expect(group.sent('a')[0].members.map((each: { member: string }) => each.member)).toEqual([
      'a#1',
      'b#1',
    ])
    expect(group.sent('b')).toMatchObject([{ leader: 'a#1', generation: 1, members: [] }])
    group.sync('b#1')
    expect(group.sent('b')).toEqual([])
    group.sync('a#1', halves)
    expect(group.seen).toEqual([
      {
        kind: 'assigned',
        actor: 'payments-coordinator',
        group: 'payments',
        generation: 1,
        owners: { 'orders/0': 'a', 'orders/1': 'a', 'orders/2': 'b' },
      },
    ])
    expect(group.sent('a')).toEqual([{ kind: 'SyncGroupResponse', assignment: { orders: [0, 1] } }])
    expect(group.sent('b')).toEqual([{ kind: 'SyncGroupResponse', assignment: { orders: [2] } }])
    expect(group.state.phase).toBe('Stable')
  })
  test('a member that syncs late gets its part at once; one that was given nothing gets nothing', () => {
    group.join('a#1')
    group.join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    group.silence()
    group.sync('a#1', { 'a#1': { orders: [0] } })
    group.sync('b#1')
    expect(group.sent('b')).toEqual([{ kind: 'SyncGroupResponse', assignment: {} }])
  })
  test('assignments of one who does not lead count for nothing', () => {
    group.join('a#1')
    group.join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    group.silence()
    group.sync('b#1', halves)
    expect(group.state.phase).toBe('CompletingRebalance')
  })
  test('begins when somebody new joins: whoever beats is told', () => {
    group.stable()
    expect(group.join('c#1')).toBe('JoinGroup')
    expect(group.state.phase).toBe('PreparingRebalance')
    expect(group.errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.errors('b')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.sent('c')).toEqual([])
  })
  test('ends when all have joined, in a new generation, under the same leader', () => {
    group.stable()
    group.join('c#1')
    group.join('b#1')
    expect(group.state.generation).toBe(1)
    group.silence()
    group.join('a#1')
    expect(group.state).toMatchObject({
      phase: 'CompletingRebalance',
      generation: 2,
      leader: 'a#1',
    })
    for (const port of ['a', 'b', 'c']) expect(group.sent(port)).toMatchObject([{ generation: 2 }])
    expect(group.members()).toEqual(['a#1', 'b#1', 'c#1'])
  })
  test('that begins while the last one completes sends those who sync back', () => {
    group.stable()
    group.join('a#1')
    group.join('b#1')
    group.silence()
    group.sync('b#1')
    group.join('c#1')
    expect(group.sent('b')).toEqual([
      { kind: 'SyncGroupResponse', assignment: {}, error: 'REBALANCE_IN_PROGRESS' },
    ])
    group.sync('a#1')
    expect(group.errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
  })
  test('the leader that joins again calls one: it has seen new partitions', () => {
    group.stable()
    group.join('a#1')
    expect(group.state.phase).toBe('PreparingRebalance')
  })
  test('a follower that joins again unchanged is told what is so', () => {
    group.stable()
    group.join('b#1')
    expect(group.state.phase).toBe('Stable')
    expect(group.sent('b')).toMatchObject([{ generation: 1, leader: 'a#1', members: [] }])
  })
  test('a follower that gave something up calls one (KIP-429)', () => {
    group.stable()
    group.join('b#1', { owned: { orders: [2] } })
    expect(group.state.phase).toBe('PreparingRebalance')
  })
  test('what a cooperative member still holds stays its own until it gives it up', () => {
    group.join('a#1', { owned: { orders: [0, 1] } })
    group.join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    group.sync('a#1', { 'a#1': { orders: [0] }, 'b#1': { orders: [2] } })
    expect(group.seen).toMatchObject([
      { owners: { 'orders/0': 'a', 'orders/1': 'a', 'orders/2': 'b' } },
    ])
  })
  test('an answer is for whoever asked: a new process on the same line gets its own only', () => {
    group.stable()
    group.join('b#1', { owned: { orders: [2] } })
    group.dies('b')
    group.join('b#2')
    group.silence()
    group.join('a#1')
    expect(group.sent('b')).toMatchObject([{ about: 'b#2' }])
    expect(group.members()).toEqual(['a#1', 'b#1', 'b#2'])
  })
})

describe('the assignor', () => {
  const only = (...protocols: AssignorName[]) => ({ protocols })
  test.each<[AssignorName, AssignorName[][]]>([
    [
      'range',
      [
        ['range', 'cooperative-sticky'],
        ['cooperative-sticky', 'range'],
        ['range', 'cooperative-sticky'],
      ],
    ],
    ['cooperative-sticky', [['range', 'cooperative-sticky'], ['cooperative-sticky']]],
    [
      'cooperative-sticky',
      [
        ['cooperative-sticky', 'range'],
        ['cooperative-sticky', 'range'],
      ],
    ],
    [
      'range',
      [
        ['roundrobin', 'range'],
        ['range', 'roundrobin'],
      ],
    ],
    [
      'sticky',
      [
        ['range', 'sticky'],
        ['sticky', 'range'],
      ],
    ],
  ])('%s: what all offer and most put first, whoever came first, of %o', (chosen, offers) => {
    group = classicGroup({ 'group.initial.rebalance.delay.ms': 0 })
    for (const [i, offer] of offers.entries()) group.join(`${'abc'[i]}#1`, only(...offer))
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    expect(group.state.protocol).toBe(chosen)
  })
})

describe('the rebalance timeout', () => {
  test('drops those who have not joined, and the rest go on', () => {
    group.stable()
    group.join('c#1')
    group.join('a#1')
    group.silence()
    expect(group.can()).toEqual(['RebalanceTimeoutExpires'])
    expect(group.does('RebalanceTimeoutExpires', 1)).toMatchObject([
      { member: 'b', reason: 'it did not rejoin within max.poll.interval.ms' },
    ])
    expect(group.members()).toEqual(['a#1', 'c#1'])
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 2 })
    expect(group.sent('a')).toMatchObject([{ generation: 2 }])
    expect(group.sent('b')).toEqual([])
  })
  test('drops everybody when nobody has joined', () => {
    group.stable()
    group.does('ForceRebalance')
    expect(group.does('RebalanceTimeoutExpires')).toHaveLength(2)
    expect(group.state).toMatchObject({ phase: 'Empty', generation: 2 })
  })
  test('runs only while a rebalance is prepared, and not during the initial delay', () => {
    const reason = 'a rebalance is being prepared'
    expect(group.whyNot('RebalanceTimeoutExpires')).toBe(reason)
    group.join('a#1')
    expect(group.whyNot('RebalanceTimeoutExpires')).toBe(reason)
    group.does('InitialRebalanceDelay')
    expect(group.whyNot('RebalanceTimeoutExpires')).toBe(reason)
  })
  test('is max.poll.interval.ms, and counts from each rebalance', () => {
    const rule = ruleOf('RebalanceTimeoutExpires')
    expect(rule.takes(settings, group.state, undefined, 1)).toEqual([300_000, 300_000])
    group.stable()
    group.does('ForceRebalance')
    expect(group.whyNot('RebalanceTimeoutExpires', 1)).toBeNull()
    expect(group.whyNot('RebalanceTimeoutExpires', 2)).not.toBeNull()
  })
  test('search expects it only of slow or silent members', () => {
    const usual = ruleOf('RebalanceTimeoutExpires').usual as NonNullable<Rule['usual']>
    const at = (longestPollMs: number) =>
      usual(group.state, undefined, 1, {
        id: '',
        port: '',
        ports: [],
        settings: { ...settings, longestPollMs },
      })
    group.stable()
    group.join('c#1')
    expect([at(1000), at(300_000)]).toEqual([false, true])
    group.dies('c')
    expect(at(1000)).toBe(false)
    group.stops('b#1')
    expect(at(1000)).toBe(true)
  })
})

describe('ForceRebalance', () => {
  test('calls a stable group together', () => {
    group.stable()
    expect(group.faults()).toEqual(['ForceRebalance'])
    group.does('ForceRebalance')
    expect(group.errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.whyNot('ForceRebalance')).toBe('the group is stable')
  })
  test('is no use to an empty group', () => {
    expect(group.whyNot('ForceRebalance')).toBe('the group is stable')
  })
})
