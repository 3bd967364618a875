// A coordinator and the nodes that may host it: how it loses its node, finds another, and what it finds in the log.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorState } from './coordinator-state.ts'

const CLOSED = { kind: 'ConnectionClosed' } as const
const UP = { kind: 'NodeUp' } as never
const NODES = ['broker-1', 'broker-2', 'broker-0'] as const
const PORTS = {
  'broker-0': 'connection',
  'broker-1': 'connection',
  'broker-2': 'connection',
  a: 'connection',
  b: 'connection',
} as const

let coordinator: Bench<CoordinatorState>
const settings = {
  group: 'payments',
  'session.timeout.ms': 6000,
  'max.poll.interval.ms': 300_000,
  'group.initial.rebalance.delay.ms': 0,
  longestPollMs: 100,
  replicas: NODES,
  'broker.session.timeout.ms': 9000,
}
beforeEach(() => {
  coordinator = benchOf(coordinatorKind, 'payments-coordinator', settings, PORTS)
})

const host = () => coordinator.state.host
const join = (member: string) =>
  ({ kind: 'JoinGroup', member, topics: ['orders'], owned: {}, protocols: ['range'] }) as never
const closedTo = () => ['a', 'b'].filter((port) => coordinator.sent(port).length > 0)

/** One member of generation 1, with a committed offset. */
function stable(): void {
  coordinator.hears('a', join('a#0'))
  coordinator.does('InitialRebalanceDelay', 0)
  const assignments = { 'a#0': { orders: [0] } }
  coordinator.hears('a', { kind: 'SyncGroup', member: 'a#0', generation: 1, assignments } as never)
  coordinator.hears('a', { kind: 'Heartbeat', member: 'a#0', generation: 1 } as never)
  commit(4)
}
function commit(offset: number): void {
  coordinator.hears('a', {
    ...{ kind: 'OffsetCommit', member: 'a#0', generation: 1, correlation: 1 },
    offsets: [{ topic: 'orders', partition: 0, offset }],
  } as never)
  coordinator.sent('a')
}

describe('its node dies', () => {
  test('it hangs up on its clients and lives nowhere until another node takes over', () => {
    expect(host()).toEqual({ node: 'broker-1', last: '', down: [] })
    expect(coordinator.can()).not.toContain('CoordinatorElected')
    expect(coordinator.hears('broker-1', CLOSED)).toBe('HostLost')
    expect(host()).toEqual({ node: '', last: 'broker-1', down: ['broker-1'] })
    expect(closedTo()).toEqual(['a', 'b'])
    // Meanwhile requests wait.
    expect(coordinator.wouldTake('a', join('a#0'))).toEqual([])
    expect(coordinator.hears('a', CLOSED)).toBe('ClientGone')
    expect(coordinator.faults()).toEqual([])
    expect(coordinator.can()).toEqual(['CoordinatorElected'])
    const rule = coordinatorKind.rules.find((each) => each.name === 'CoordinatorElected')
    expect(rule?.takes?.(settings, coordinator.state, undefined, 0)).toEqual([9000, 9000])
    coordinator.does('CoordinatorElected')
    expect(host()).toEqual({ node: 'broker-2', last: '', down: ['broker-1'] })
    expect(closedTo()).toEqual(['a', 'b'])
    expect(coordinator.hears('a', join('a#0'))).toBe('JoinGroup')
    expect(coordinator.hears('a', CLOSED)).toBe('ConnectionClosed')
  })
  test('back before that, it goes on hosting; back after that, it is one that may', () => {
    coordinator.hears('broker-1', CLOSED)
    expect(coordinator.hears('broker-1', UP)).toBe('HostBack')
    expect(host()).toEqual({ node: 'broker-1', last: '', down: [] })
    coordinator.hears('broker-1', CLOSED)
    coordinator.does('CoordinatorElected')
    expect(coordinator.hears('broker-1', UP)).toBe('HostUp')
    expect(host()).toEqual({ node: 'broker-2', last: '', down: [] })
  })
  test('nodes that are out of service do not take over; the order is that of its replicas', () => {
    expect(coordinator.hears('broker-2', CLOSED)).toBe('HostDown')
    expect(host()).toEqual({ node: 'broker-1', last: '', down: ['broker-2'] })
    expect(coordinator.hears('broker-2', CLOSED)).toBe('HostDown')
    expect(host()?.down).toEqual(['broker-2'])
    coordinator.hears('broker-1', CLOSED)
    expect(coordinator.hears('broker-1', CLOSED)).toBe('HostDown')
    expect(coordinator.hears('broker-2', UP)).toBe('HostUp')
    expect(coordinator.hears('broker-2', CLOSED)).toBe('HostDown')
    expect(coordinator.hears('broker-0', CLOSED)).toBe('HostDown')
    expect(coordinator.can()).toEqual([])
    coordinator.hears('broker-0', UP)
    coordinator.does('CoordinatorElected')
    expect(host()?.node).toBe('broker-0')
  })
})

describe('MoveCoordinator', () => {
  test('to the next node in service, whatever the reason', () => {
    expect(coordinator.faults()).toContain('MoveCoordinator')
    coordinator.does('MoveCoordinator')
    expect(host()).toEqual({ node: 'broker-2', last: '', down: [] })
    expect(closedTo()).toEqual(['a', 'b'])
    coordinator.hears('broker-1', CLOSED)
    coordinator.hears('broker-0', CLOSED)
    expect(coordinator.faults()).not.toContain('MoveCoordinator')
  })
  test('where nodes are not told apart there is nowhere to go', () => {
    const { replicas: _, ...others } = settings
    const alone = benchOf(coordinatorKind, 'payments-coordinator', others, { a: 'connection' })
    expect(alone.state.host).toBeNull()
    expect(alone.can()).toEqual([])
    expect(alone.faults()).not.toContain('MoveCoordinator')
    alone.hears('a', join('a#0'))
    alone.does('InitialRebalanceDelay', 0)
    expect(alone.state.written).toBeNull()
    expect(alone.hears('a', CLOSED)).toBe('ConnectionClosed')
  })
})

describe('what another node finds in the log', () => {
  test('the group as it was at rest, and its offsets; sessions begin anew', () => {
    stable()
    coordinator.does('MoveCoordinator')
    expect(coordinator.state).toMatchObject({
      phase: 'Stable',
      generation: 1,
      leader: 'a#0',
      offsets: { 'orders/0': 4 },
      assignments: { 'a#0': { orders: [0] } },
      members: [{ id: 'a#0', joined: false, parked: '', silent: 'cut off' }],
    })
    coordinator.sent('a')
    expect(coordinator.can()).toEqual(['SessionTimeoutExpires'])
    coordinator.hears('a', { kind: 'Heartbeat', member: 'a#0', generation: 1 } as never)
    expect(coordinator.can()).toEqual([])
  })
  test('a rebalance that was under way is not in it', () => {
    stable()
    coordinator.hears('b', join('b#0'))
    expect(coordinator.state.phase).toBe('PreparingRebalance')
    coordinator.does('MoveCoordinator')
    expect(coordinator.state.phase).toBe('Stable')
    expect(coordinator.state.members.map((each) => each.id)).toEqual(['a#0'])
  })
  test('a group that everybody has left is empty, and one that nobody completed was never there', () => {
    coordinator.hears('a', join('a#0'))
    coordinator.does('MoveCoordinator')
    expect(coordinator.state).toMatchObject({ phase: 'Empty', members: [], generation: 0 })
    stable()
    coordinator.hears('a', { kind: 'LeaveGroup', member: 'a#0', reason: 'closed' } as never)
    coordinator.does('MoveCoordinator')
    expect(coordinator.state).toMatchObject({
      phase: 'Empty',
      members: [],
      offsets: { 'orders/0': 4 },
    })
  })
  test('it is written once for each generation, not with every request', () => {
    stable()
    const { written } = coordinator.state
    commit(5)
    expect(coordinator.state.written).toBe(written)
  })
})
