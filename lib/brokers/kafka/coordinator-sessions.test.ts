// Signs of life of the members of a classic group: heartbeats, sessions, and which of these a search lets run out.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Rule } from '../../engine/types.ts'
import { type ClassicGroup, classicGroup, portOf, ruleOf, settings } from './coordinator.fixture.ts'

let group: ClassicGroup
beforeEach(() => {
  group = classicGroup()
})

describe('heartbeats', () => {
  test('are answered only when there is news', () => {
    group.stable()
    expect([...group.sent('a'), ...group.sent('b')]).toEqual([])
    expect(group.can()).toEqual([])
  })
  test('may begin before the assignment has come', () => {
    group.join('a#1')
    group.does('InitialRebalanceDelay')
    group.silence()
    group.beat('a#1')
    expect(group.sent('a')).toEqual([])
  })
  test.each([
    ['UNKNOWN_MEMBER_ID', 'c#1', 1],
    ['ILLEGAL_GENERATION', 'a#1', 0],
  ])('%s', (error, member, generation) => {
    group.stable()
    group.beat(member, generation)
    expect(group.errors(portOf(member))).toEqual([error])
  })
  test('are told at once of a rebalance that is being prepared, and are a sign of life', () => {
    group.stable()
    group.join('c#1')
    group.stops('a#1')
    group.silence()
    group.beat('a#1')
    expect(group.errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.state.members[0]?.silent).toBe(false)
  })
})

describe('a session', () => {
  test('runs out for one whose process died, and the rest share anew', () => {
    group.stable()
    group.dies('b')
    expect(group.can()).toEqual(['SessionTimeoutExpires'])
    expect(group.does('SessionTimeoutExpires', 'b#1')).toEqual([
      {
        kind: 'memberRemoved',
        actor: 'payments-coordinator',
        group: 'payments',
        member: 'b',
        reason: 'no heartbeat within session.timeout.ms',
      },
    ])
    expect(group.errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.sent('b')).toEqual([])
    group.join('a#1')
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 2 })
  })
  test('its length is the setting', () => {
    const { takes } = ruleOf('SessionTimeoutExpires')
    expect(takes(settings, null, undefined, 'b#1')).toEqual([45_000, 45_000])
  })
  test('does not run out for those who beat', () => {
    group.stable()
    group.dies('b')
    expect(group.whyNot('SessionTimeoutExpires', 'a#1')).toBe('its heartbeats have ceased')
  })
  test('runs out for one that is paused, unless it beats again', () => {
    group.stable()
    group.stops('b#1')
    expect(group.can()).toEqual(['SessionTimeoutExpires'])
    expect(group.errors('b')).toEqual([])
    group.beat('b#1')
    expect(group.can()).toEqual([])
  })
  test('does not run out while the coordinator owes it an answer', () => {
    group.stable()
    group.join('c#1')
    group.join('b#1')
    group.stops('b#1')
    const reason = 'no join or sync of it is under way'
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBe(reason)
    group.silence()
    group.join('a#1')
    expect(group.sent('b')).toMatchObject([{ generation: 2 }])
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBeNull()
    group.sync('b#1')
    group.stops('b#1')
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBe(reason)
  })
  test('a join and a sync are signs of life', () => {
    group.stable()
    group.stops('b#1')
    group.join('b#1')
    expect(group.can()).toEqual([])
  })
  test('of a stranger has nothing to stop', () => {
    group.stable()
    const before = group.state
    group.stops('c#9')
    expect(group.state).toBe(before)
  })
  test('the removed leader is followed by the first of the others', () => {
    group.stable()
    group.dies('a')
    group.does('SessionTimeoutExpires', 'a#1')
    expect(group.state.leader).toBe('b#1')
  })
  test('the last member gone, the group is empty, and its offsets stay', () => {
    group.stable()
    group.commit('a#1', 7)
    group.dies('b')
    group.does('SessionTimeoutExpires', 'b#1')
    group.join('a#1')
    group.dies('a')
    group.does('SessionTimeoutExpires', 'a#1')
    expect(group.state).toMatchObject({ phase: 'Empty', members: [], offsets: { 'orders/0': 7 } })
  })
  test('who was removed must come back under another id', () => {
    group.stable()
    group.stops('b#1')
    group.does('SessionTimeoutExpires', 'b#1')
    group.silence()
    group.join('b#1')
    expect(group.sent('b')).toEqual([
      {
        kind: 'JoinGroupResponse',
        about: 'b#1',
        error: 'UNKNOWN_MEMBER_ID',
        member: 'b#1',
        generation: -1,
        protocol: 'range',
        leader: '',
        members: [],
      },
    ])
    group.join('b#2')
    expect(group.members()).toEqual(['a#1', 'b#2'])
  })
})

describe('a search lets a session run out', () => {
  const usual = ruleOf('SessionTimeoutExpires').usual as NonNullable<Rule['usual']>
  const me = { id: '', port: '', ports: [], settings }
  const expected = () => usual(group.state, undefined, 'b#1', me)
  const cut = () => group.hears('b', { kind: 'ConnectionClosed', cut: true } as never)
  test('of a process that died or pauses; of one whose line was cut for a pause only', () => {
    group.stable()
    cut()
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBeNull()
    expect(expected()).toBe(false)
    group.dies('b')
    expect(expected()).toBe(true)
    cut()
    expect(expected()).toBe(true)
  })
  test('of one that came back under another id', () => {
    group.stable()
    cut()
    group.join('b#2')
    expect(expected()).toBe(true)
  })
  test('and knows a rebalance that waits for the cut off from one that waits for the dead', () => {
    const rebalance = ruleOf('RebalanceTimeoutExpires').usual as NonNullable<Rule['usual']>
    group.stable()
    group.join('c#1')
    cut()
    expect(rebalance(group.state, undefined, 1, me)).toBe(false)
    group.stops('b#1')
    expect(rebalance(group.state, undefined, 1, me)).toBe(true)
  })
})
