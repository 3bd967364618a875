// A classic group at its coordinator as members come and go: the first to join, and those who say that they leave.
import { beforeEach, describe, expect, test } from 'vitest'
import { type ClassicGroup, classicGroup, ruleOf, settings } from './coordinator.fixture.ts'

let group: ClassicGroup
beforeEach(() => {
  group = classicGroup()
})

describe('an empty group', () => {
  test('waits for more members before its first rebalance, as long as some come', () => {
    group.join('a#1')
    expect(group.sent('a')).toEqual([])
    expect(group.can()).toEqual(['InitialRebalanceDelay'])
    group.join('b#1')
    group.does('InitialRebalanceDelay', 0)
    expect(group.state).toMatchObject({ phase: 'PreparingRebalance', generation: 0 })
    group.does('InitialRebalanceDelay', 1)
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 1 })
    expect(group.can()).toEqual(['SyncTimeoutExpires'])
  })
  test('goes on at once when nobody else came', () => {
    group.join('a#1')
    group.does('InitialRebalanceDelay')
    expect(group.sent('a')).toEqual([
      {
        kind: 'JoinGroupResponse',
        about: 'a#1',
        member: 'a#1',
        generation: 1,
        protocol: 'range',
        leader: 'a#1',
        members: [{ member: 'a#1', owned: {}, topics: ['orders'] }],
      },
    ])
  })
  test('waits no longer than the rebalance timeout', () => {
    group = classicGroup({ 'max.poll.interval.ms': 6000 })
    group.join('a#1')
    group.join('b#1')
    group.does('InitialRebalanceDelay')
    group.join('c#1')
    group.does('InitialRebalanceDelay')
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 1 })
  })
  test('whose only member leaves while it waits is empty again', () => {
    group.join('a#1')
    group.leaves('a#1')
    group.does('InitialRebalanceDelay')
    expect(group.state).toMatchObject({ phase: 'Empty', generation: 1, leader: '', delays: -1 })
  })
  test('the delay is the setting', () => {
    expect(ruleOf('InitialRebalanceDelay').takes(settings, null, undefined, 0)).toEqual([
      3000, 3000,
    ])
  })
})

describe('LeaveGroup', () => {
  test('takes effect at once', () => {
    group.stable()
    expect(group.leaves('b#1', 'the consumer is being closed')).toBe('LeaveGroup')
    expect(group.seen).toMatchObject([
      { kind: 'memberRemoved', member: 'b', reason: 'the consumer is being closed' },
    ])
    expect(group.members()).toEqual(['a#1'])
    expect(group.errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
  })
  test('of the one all waited for completes the rebalance', () => {
    group.stable()
    group.join('c#1')
    group.join('a#1')
    group.silence()
    group.leaves('b#1')
    expect(group.sent('a')).toMatchObject([{ generation: 2 }])
  })
  test('of the last one empties the group', () => {
    group.stable()
    group.leaves('a#1')
    group.leaves('b#1')
    expect(group.state).toMatchObject({ phase: 'Empty', members: [], generation: 2 })
  })
  test('of a stranger changes nothing', () => {
    group.stable()
    expect(group.leaves('c#1')).toBe('IgnoreLeaveGroup')
    expect(group.members()).toEqual(['a#1', 'b#1'])
  })
})
