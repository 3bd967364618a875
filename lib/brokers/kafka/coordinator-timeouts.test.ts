// Members that hold the others up: who is out after a rebalance timeout, with static members and without.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import type { Rule } from '../../engine/types.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorSettings, CoordinatorState } from './coordinator-state.ts'

const settings: CoordinatorSettings = {
  group: 'payments',
  'session.timeout.ms': 45_000,
  'max.poll.interval.ms': 300_000,
  'group.initial.rebalance.delay.ms': 0,
  longestPollMs: 1000,
}
const ports = { a: 'connection', b: 'connection', c: 'connection' } as const

let group: Bench<CoordinatorState>
beforeEach(() => {
  group = benchOf(coordinatorKind, 'payments-coordinator', settings, ports)
})

const till = (port: string) => ({ instance: `till-${port}` })
function says(kind: string, member: string, more: object = {}): void {
  const { generation } = group.state
  group.hears(member.slice(0, 1), { kind, member, generation, ...more } as never)
}
function join(member: string, more: object = {}): void {
  says('JoinGroup', member, { topics: ['orders'], owned: {}, protocols: ['range'], ...more })
}
const members = () => group.state.members.map(({ id }) => id)
function silence(): void {
  for (const port of ['a', 'b', 'c']) group.sent(port)
}
const reasons = (seen: readonly object[]) =>
  seen.map((each) => ('reason' in each ? each.reason : null))

/** a#1, who leads, and b#1 have joined generation 2; nobody has synced. */
function joined(more: (port: string) => object): void {
  join('a#1', more('a'))
  group.does('InitialRebalanceDelay')
  join('b#1', more('b'))
  join('a#1', more('a'))
  silence()
}
const sync = (member: string, more: object) =>
  says('SyncGroup', member, member === 'a#1' ? { ...more, assignments: {} } : more)

describe.each([
  ['dynamic', () => ({})],
  ['static', till],
] as const)('SyncTimeoutExpires, of %s members', (_kind, more) => {
  test('removes whoever has not synced; the others are called together', () => {
    joined(more)
    sync('a#1', more('a'))
    says('Heartbeat', 'a#1', more('a'))
    silence()
    expect(reasons(group.does('SyncTimeoutExpires', 2))).toEqual([
      'it did not sync within max.poll.interval.ms',
    ])
    expect(members()).toEqual(['a#1'])
    expect(group.state.phase).toBe('PreparingRebalance')
    expect(group.sent('a')).toMatchObject([{ error: 'REBALANCE_IN_PROGRESS' }])
  })
  test('of a group that waits for its leader: the one that has synced leads the next', () => {
    joined(more)
    sync('b#1', more('b'))
    silence()
    group.does('SyncTimeoutExpires', 2)
    expect(group.sent('b')).toMatchObject([
      { kind: 'SyncGroupResponse', error: 'REBALANCE_IN_PROGRESS' },
    ])
    expect(group.state).toMatchObject({ phase: 'PreparingRebalance', leader: 'b#1' })
  })
  test('of all leaves an empty group, one generation on', () => {
    joined(more)
    expect(group.does('SyncTimeoutExpires', 2)).toHaveLength(2)
    expect(group.state).toMatchObject({ phase: 'Empty', generation: 3, leader: '', members: [] })
  })
  test('is over when all have synced, in whichever phase', () => {
    joined(more)
    sync('a#1', more('a'))
    expect(group.whyNot('SyncTimeoutExpires', 2)).toBeNull()
    sync('b#1', more('b'))
    expect(group.whyNot('SyncTimeoutExpires', 2)).toBe('a member has yet to ask for its assignment')
  })
  test('is over when another rebalance begins', () => {
    joined(more)
    sync('a#1', more('a'))
    join('a#1', more('a'))
    expect(group.can()).not.toContain('SyncTimeoutExpires')
    expect(group.state.members.map(({ unsynced }) => unsynced)).toEqual([false, false])
  })
})

test('a member that is told again what it was told has yet to sync', () => {
  joined(() => ({}))
  join('b#1')
  expect(group.sent('b')).toMatchObject([{ kind: 'JoinGroupResponse', generation: 2 }])
  expect(group.state.members.map(({ unsynced }) => unsynced)).toEqual([true, true])
})

test('the sync timeout is max.poll.interval.ms; search expects it of members that have stopped', () => {
  const rule = coordinatorKind.rules.find(({ name }) => name === 'SyncTimeoutExpires') as Rule
  const me = { id: '', port: '', ports: [], settings }
  const expected = () => rule.usual?.(group.state, undefined, 2, me)
  expect(rule.takes?.(settings, group.state, undefined, 2)).toEqual([300_000, 300_000])
  joined(() => ({}))
  expect(expected()).toBe(false)
  sync('b#1', {})
  group.hears('b', { kind: 'HeartbeatsStop', member: 'b#1' } as never)
  expect(expected()).toBe(false)
  group.hears('a', { kind: 'HeartbeatsStop', member: 'a#1' } as never)
  expect(expected()).toBe(true)
})

describe('RebalanceTimeoutExpires, of static members', () => {
  test('goes on without them, and they stay', () => {
    joined(till)
    join('c#1')
    join('b#1', till('b'))
    silence()
    expect(group.does('RebalanceTimeoutExpires', 2)).toEqual([])
    expect(members()).toEqual(['a#1', 'b#1', 'c#1'])
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 3 })
    expect(group.sent('a')).toEqual([])
  })
  test('another leads when the leader has not joined', () => {
    joined(till)
    join('c#1')
    group.does('RebalanceTimeoutExpires', 2)
    expect(group.state).toMatchObject({ leader: 'c#1', generation: 3 })
    expect(group.sent('c')).toMatchObject([{ leader: 'c#1', members: [{}, {}, {}] }])
  })
  test('is put off, and counted anew, while nobody has joined', () => {
    joined(till)
    join('c#1')
    says('LeaveGroup', 'c#1', { reason: 'closed' })
    expect(group.does('RebalanceTimeoutExpires', 2)).toEqual([])
    expect(group.state).toMatchObject({ phase: 'PreparingRebalance', generation: 2 })
    expect(group.whyNot('RebalanceTimeoutExpires', 2)).not.toBeNull()
    group.does('RebalanceTimeoutExpires', -2)
    expect(group.whyNot('RebalanceTimeoutExpires', 2)).toBeNull()
    group.does('RebalanceTimeoutExpires', 2)
    join('b#1', till('b'))
    group.does('RebalanceTimeoutExpires', -2)
    expect(group.state).toMatchObject({ generation: 3, leader: 'b#1', postponed: false })
  })
  test('drops the dynamic ones among them', () => {
    join('a#1', till('a'))
    group.does('InitialRebalanceDelay')
    join('b#1')
    join('a#1', till('a'))
    join('c#1')
    expect(reasons(group.does('RebalanceTimeoutExpires', 2))).toEqual([
      'it did not rejoin within max.poll.interval.ms',
    ])
    expect(members()).toEqual(['a#1', 'c#1'])
  })
})

test('members may tell other timeouts: each has its own session, and the most patient is waited for', () => {
  const told = {
    a: { 'session.timeout.ms': 6000, 'max.poll.interval.ms': 8000 },
    b: { 'session.timeout.ms': 9000, 'max.poll.interval.ms': 20_000 },
  }
  const takes = (name: string, arg: unknown) =>
    coordinatorKind.rules
      .find((rule) => rule.name === name)
      ?.takes?.({ ...settings, told }, group.state, undefined, arg as never)
  const sessions = () => ['a#1', 'b#1', 'c#1'].map((id) => takes('SessionTimeoutExpires', id)?.[0])
  join('a#1')
  expect(takes('RebalanceTimeoutExpires', 1)).toEqual([8000, 8000])
  group.does('InitialRebalanceDelay')
  join('b#1')
  expect(takes('RebalanceTimeoutExpires', 1)).toEqual([20_000, 20_000])
  expect(takes('SyncTimeoutExpires', 1)).toEqual([20_000, 20_000])
  expect(sessions()).toEqual([6000, 9000, 45_000])
})
