// The coordinator of a share group on the test bench.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { metadata } from './metadata.fixture.ts'
import { type ShareCoordinatorState, shareCoordinatorKind } from './share-coordinator.ts'

const PORTS = { controller: 'connection', ann: 'connection', bob: 'connection' } as const
let coordinator: Bench<ShareCoordinatorState>

beforeEach(() => {
  const settings = { group: 'billing', 'share.session.timeout.ms': 45_000 }
  coordinator = benchOf(shareCoordinatorKind, 'coordinator', settings, PORTS)
})

const beat = (member: string, assigned: object = {}) =>
  ({ kind: 'ShareGroupHeartbeat', member, topics: ['orders'], assigned }) as never

/** Both are members, know that both may read the one partition there is, and beat. */
function formed() {
  coordinator.hears('ann', beat('ann#0'))
  coordinator.hears('controller', metadata(1))
  coordinator.hears('bob', beat('bob#0'))
  coordinator.hears('ann', beat('ann#0', { orders: [0] }))
  coordinator.hears('bob', beat('bob#0', { orders: [0] }))
  for (const port of Object.keys(PORTS)) coordinator.sent(port)
}
const assignedTo = (port: string) => coordinator.sent(port).map(({ assigned }) => assigned)

describe('joining', () => {
  test('the first member has it ask for the topic; then it hears of its partitions', () => {
    expect(coordinator.wouldTake('ann', beat('ann#0'))).toEqual(['JoinShareGroup'])
    coordinator.hears('ann', beat('ann#0'))
    expect(coordinator.sent('controller')).toEqual([
      { kind: 'Metadata', about: 'orders', topic: 'orders', known: [] },
    ])
    expect(coordinator.sent('ann')).toEqual([])
    coordinator.hears('controller', metadata(2))
    expect(coordinator.sent('controller')).toMatchObject([{ topic: 'orders', known: [0, 0] }])
    expect(coordinator.sent('ann')).toEqual([
      {
        kind: 'ShareGroupHeartbeatResponse',
        about: 'ann#0',
        member: 'ann#0',
        assigned: { orders: [0, 1] },
      },
    ])
  })
  test('a second one is told at once, and nobody else who keeps what he has', () => {
    formed()
    expect(coordinator.wouldTake('bob', beat('bob#0'))).toEqual(['ShareGroupHeartbeat'])
    expect(Object.values(coordinator.state.assignments)).toEqual([{ orders: [0] }, { orders: [0] }])
    coordinator.hears('ann', beat('ann#0', { orders: [0] }))
    expect(coordinator.sent('ann')).toEqual([])
    coordinator.hears('ann', beat('ann#0', {}))
    expect(assignedTo('ann')).toEqual([{ orders: [0] }])
  })
  test('of added partitions everybody hears, once', () => {
    formed()
    coordinator.hears('controller', metadata(2))
    const told = [...assignedTo('ann'), ...assignedTo('bob')]
    expect(told.length).toBeGreaterThan(0)
    coordinator.hears('controller', metadata(4))
    expect(coordinator.state.members.some(({ knows }) => knows === null)).toBe(true)
    coordinator.hears('ann', beat('ann#0', coordinator.state.assignments['ann#0']))
    expect(coordinator.sent('ann').at(-1)?.assigned).not.toEqual({})
  })
  test('it asks for a topic once', () => {
    formed()
    coordinator.hears('ann', beat('ann#1'))
    expect(coordinator.sent('controller')).toEqual([])
  })
})

describe('leaving', () => {
  test('a member that leaves is gone; the others hear of what they get', () => {
    formed()
    coordinator.hears('controller', metadata(2))
    for (const [port, id] of [
      ['ann', 'ann#0'],
      ['bob', 'bob#0'],
    ] as const) {
      coordinator.hears(port, beat(id, coordinator.state.assignments[id]))
      coordinator.sent(port)
    }
    coordinator.hears('ann', { kind: 'LeaveShareGroup', member: 'ann#0', reason: '' } as never)
    expect(coordinator.state.members.map(({ id }) => id)).toEqual(['bob#0'])
    expect(assignedTo('bob')).toEqual([{ orders: [0, 1] }])
  })
  test('a silent member is removed when its session has run out, and not before it is silent', () => {
    formed()
    expect(coordinator.whyNot('SessionTimeoutExpires', 'ann#0')).toBe('its heartbeats have ceased')
    coordinator.hears('ann', { kind: 'ShareGroupHeartbeatsStop', member: 'ann#0' } as never)
    expect(coordinator.whyNot('SessionTimeoutExpires', 'bob#0')).not.toBeNull()
    coordinator.does('SessionTimeoutExpires', 'ann#0')
    expect(coordinator.seen).toEqual([
      {
        kind: 'memberRemoved',
        actor: 'coordinator',
        group: 'billing',
        member: 'ann#0',
        reason: 'no heartbeat within share.session.timeout.ms',
      },
    ])
    expect(coordinator.state.members.map(({ id }) => id)).toEqual(['bob#0'])
  })
  test('a beat in time keeps it', () => {
    formed()
    coordinator.hears('ann', { kind: 'ShareGroupHeartbeatsStop', member: 'ann#0' } as never)
    coordinator.hears('ann', beat('ann#0', { orders: [0] }))
    expect(coordinator.whyNot('SessionTimeoutExpires', 'ann#0')).not.toBeNull()
  })
})

describe('closed connections', () => {
  const rule = shareCoordinatorKind.rules.find(({ name }) => name === 'SessionTimeoutExpires')!
  const usual = (id: string) =>
    rule.usual?.(coordinator.state as never, undefined as never, id as never, {} as never)

  test('of a member: its session runs, unusual while the line alone is gone', () => {
    formed()
    const cut = { kind: 'ConnectionClosed', cut: true } as never
    expect(coordinator.wouldTake('ann', cut)).toEqual(['ConnectionClosed'])
    coordinator.hears('ann', cut)
    expect([usual('ann#0'), usual('bob#0')]).toEqual([false, false])
    expect(coordinator.whyNot('SessionTimeoutExpires', 'ann#0')).toBeNull()
    coordinator.hears('ann', { kind: 'ConnectionClosed' } as never)
    expect(usual('ann#0')).toBe(true)
    coordinator.hears('ann', cut)
    expect(usual('ann#0')).toBe(true)
    expect(
      rule.takes?.(
        { 'share.session.timeout.ms': 7 } as never,
        null as never,
        null as never,
        '' as never,
      ),
    ).toEqual([7, 7])
  })
  test('a process that comes back under a new id beats no more under the old one', () => {
    formed()
    coordinator.hears('ann', beat('ann#1'))
    expect([usual('ann#0'), usual('ann#1')]).toEqual([true, false])
  })
  test('of the controller: it asks again with what it knows', () => {
    formed()
    const closed = { kind: 'ConnectionClosed' } as never
    expect(coordinator.wouldTake('controller', closed)).toEqual(['ReconnectToController'])
    coordinator.hears('controller', closed)
    expect(coordinator.sent('controller')).toEqual([
      { kind: 'Metadata', about: 'orders', topic: 'orders', known: [0] },
    ])
  })
})
