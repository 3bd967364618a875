// Static membership (KIP-345) at the coordinator: who comes back, who is fenced.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorSettings, CoordinatorState } from './coordinator-state.ts'
import type { Assignment, JoinGroup } from './protocol.ts'

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
function join(member: string, change: Partial<JoinGroup> = {}) {
  const said = { topics: ['orders'], owned: {}, protocols: ['range', 'sticky'] }
  const port = member.slice(0, 1)
  group.hears(port, { kind: 'JoinGroup', member, ...said, ...till(port), ...change } as never)
}
function sync(member: string, assignments?: Record<string, Assignment>) {
  const asked = { kind: 'SyncGroup', member, generation: group.state.generation }
  const port = member.slice(0, 1)
  const more = assignments === undefined ? {} : { assignments }
  group.hears(port, { ...asked, ...till(port), ...more } as never)
}
const beat = (member: string, instance: object = till(member.slice(0, 1))) =>
  group.hears(member.slice(0, 1), {
    ...{ kind: 'Heartbeat', member, generation: group.state.generation },
    ...instance,
  } as never)
const dies = (port: string) => group.hears(port, { kind: 'ConnectionClosed' })
function silence() {
  for (const port of ['a', 'b', 'c']) group.sent(port)
}

/** a#1, who leads, and b#1, stable in generation 2. */
function stable() {
  join('a#1')
  group.does('InitialRebalanceDelay')
  join('b#1')
  join('a#1')
  silence()
  sync('b#1')
  sync('a#1', { 'a#1': { orders: [0] }, 'b#1': { orders: [1] } })
  beat('a#1')
  beat('b#1')
  silence()
}

describe('a process that comes back within its session', () => {
  test('keeps its partitions under its new id; nobody else hears of it', () => {
    stable()
    dies('b')
    join('b#2')
    expect(group.state).toMatchObject({ phase: 'Stable', generation: 2, leader: 'a#1' })
    expect(group.state.members.map(({ id }) => id)).toEqual(['a#1', 'b#2'])
    expect(group.sent('b')).toMatchObject([
      { kind: 'JoinGroupResponse', member: 'b#2', generation: 2, leader: 'a#1', members: [] },
    ])
    expect(group.sent('a')).toEqual([])
    sync('b#2')
    expect(group.sent('b')).toEqual([{ kind: 'SyncGroupResponse', assignment: { orders: [1] } }])
    expect(group.can()).toEqual([])
    expect(group.seen).toEqual([])
  })
  test('as the leader it is told not to assign', () => {
    stable()
    dies('a')
    join('a#2')
    expect(group.state.leader).toBe('a#2')
    const [answer] = group.sent('a')
    expect(answer).toMatchObject({ leader: 'a#2', skipAssignment: true })
    expect(answer.members).toHaveLength(2)
  })
  test('shares anew where another assignor would be chosen with it', () => {
    stable()
    dies('b')
    join('b#2', { protocols: ['sticky'] })
    expect(group.state.phase).toBe('PreparingRebalance')
    expect(group.sent('a')).toEqual([{ kind: 'HeartbeatResponse', error: 'REBALANCE_IN_PROGRESS' }])
    expect(group.sent('b')).toEqual([])
    join('a#1')
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', protocol: 'sticky' })
  })
  test('joins the rebalance that is being prepared', () => {
    stable()
    join('c#1')
    join('a#1')
    dies('b')
    silence()
    join('b#2')
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 3 })
    expect(group.sent('b')).toMatchObject([{ member: 'b#2', generation: 3 }])
  })
  test('calls another one while the leader is assigning: it knows the old id only', () => {
    stable()
    join('c#1')
    join('a#1')
    join('b#1')
    sync('c#1')
    dies('b')
    silence()
    join('b#2')
    expect(group.state).toMatchObject({ phase: 'PreparingRebalance', generation: 3 })
    expect(group.sent('c')).toMatchObject([{ error: 'REBALANCE_IN_PROGRESS' }])
  })
  test('after its session it is somebody new', () => {
    stable()
    dies('b')
    group.does('SessionTimeoutExpires', 'b#1')
    join('b#2')
    join('a#1')
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 3 })
  })
})

describe('two processes under one name', () => {
  const namesake = () => join('c#1', till('b'))
  test('the one that beats is told that it is fenced, and the owner is another', () => {
    stable()
    namesake()
    expect(group.sent('b')).toEqual([{ kind: 'HeartbeatResponse', error: 'FENCED_INSTANCE_ID' }])
    expect(group.state.assignments).toEqual({ 'a#1': { orders: [0] }, 'c#1': { orders: [1] } })
    expect(group.seen).toMatchObject([
      { kind: 'assigned', generation: 2, owners: { 'orders/0': 'a', 'orders/1': 'c' } },
    ])
  })
  test('the one that waits for its assignment, or in its join, is told as well', () => {
    stable()
    join('a#1')
    join('b#1')
    silence()
    sync('b#1')
    namesake()
    expect(group.sent('b')).toEqual([
      { kind: 'SyncGroupResponse', assignment: {}, error: 'FENCED_INSTANCE_ID' },
    ])
    join('b#9', till('b'))
    expect(group.sent('c')).toMatchObject([
      { kind: 'JoinGroupResponse', member: 'c#1', error: 'FENCED_INSTANCE_ID' },
    ])
  })
  test('one that asks for nothing is told when it asks', () => {
    stable()
    group.hears('b', { kind: 'HeartbeatsStop', member: 'b#1' } as never)
    namesake()
    expect(group.sent('b')).toEqual([])
    beat('b#1')
    sync('b#1')
    join('b#1')
    const offsets = [{ topic: 'orders', partition: 1, offset: 5 }]
    const commit = { kind: 'OffsetCommit', member: 'b#1', generation: 2, correlation: 0, offsets }
    group.hears('b', { ...commit, ...till('b') } as never)
    expect(group.sent('b').map(({ error }) => error)).toEqual(
      Array.from({ length: 4 }, () => 'FENCED_INSTANCE_ID'),
    )
    expect(group.seen).toMatchObject([{ kind: 'commitRefused', reason: 'FENCED_INSTANCE_ID' }])
    expect(group.state.offsets).toEqual({})
  })
})

test('a name that nobody has is that of no member', () => {
  stable()
  beat('b#1', { instance: 'till-z' })
  expect(group.sent('b')).toEqual([{ kind: 'HeartbeatResponse', error: 'UNKNOWN_MEMBER_ID' }])
})

test('to an empty group anybody may commit outside the protocol, by whatever name', () => {
  const offsets = [{ topic: 'orders', partition: 0, offset: 5 }]
  const commit = { kind: 'OffsetCommit', member: '', generation: -1, correlation: 0, offsets }
  group.hears('b', { ...commit, ...till('b') } as never)
  expect(group.state.offsets).toEqual({ 'orders/0': 5 })
})

test('the leader hears the names, and what each was given last', () => {
  join('a#1', { userData: { assignment: { orders: [1] }, generation: 4 } })
  group.does('InitialRebalanceDelay')
  expect(group.sent('a')[0].members).toEqual([
    {
      member: 'a#1',
      owned: {},
      topics: ['orders'],
      instance: 'till-a',
      userData: { assignment: { orders: [1] }, generation: 4 },
    },
  ])
})

test('a member that tells another memory than last time calls a rebalance', () => {
  stable()
  join('b#1', { userData: { assignment: {}, generation: 2 } })
  expect(group.state.phase).toBe('PreparingRebalance')
})
