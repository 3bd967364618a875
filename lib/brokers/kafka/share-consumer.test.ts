// A share consumer's process and membership: start, heartbeats, leaving, and what can happen to it.
import { describe, expect, test } from 'vitest'
import { metadata } from './metadata.fixture.ts'
import {
  assigned,
  handled,
  member,
  newSharer,
  polled,
  type Sharer,
  settingsWith,
  takes,
} from './share-consumer.fixture.ts'
import { shareConsumer } from './share-consumer.ts'

const closed = { kind: 'ConnectionClosed', cut: true } as never
const rule = (name: string) => shareConsumer.rules.find((each) => each.name === name)!

describe('a member', () => {
  test('starts, asks for its topic, and joins with its first poll', () => {
    const bench = newSharer()
    expect([bench.can(), takes(bench, 'Start')]).toEqual([['Start'], [5, 5]])
    bench.does('Start')
    expect(bench.sent('controller')).toEqual([
      { kind: 'Metadata', about: 'orders', topic: 'orders', known: [] },
    ])
    expect(bench.whyNot('Start')).toBe('it has not been started yet')
    expect(takes(bench, 'MetadataResponse', {}, metadata(2, 2))).toEqual([0, 0])
    bench.hears('controller', metadata(2, 2))
    expect(bench.sent('controller')).toMatchObject([{ known: [0, 0] }])
    expect(takes(bench, 'MetadataResponse', {}, metadata(2, 2))).toEqual([0, 300_000])
    bench.does('JoinShareGroup')
    expect(bench.sent('coordinator')).toEqual([
      {
        kind: 'ShareGroupHeartbeat',
        about: 'payments-0#0',
        member: 'payments-0#0',
        topics: ['orders'],
        assigned: {},
      },
    ])
    expect(bench.whyNot('JoinShareGroup')).toBe('it is no member')
  })
  test('takes its partitions as it hears of them, and beats on', () => {
    const bench = member()
    expect(bench.hears('coordinator', assigned([0, 1]))).toBe('ShareGroupHeartbeatResponse')
    expect(bench.sent('coordinator')).toMatchObject([{ assigned: { orders: [0, 1] } }])
    expect(bench.wouldTake('coordinator', assigned([0], 'payments-0#9'))).toEqual([
      'IgnoreShareGroupHeartbeatResponse',
    ])
    expect(bench.hears('coordinator', assigned([0], 'payments-0#9'))).toMatch(/^Ignore/)
    expect(bench.state.assigned).toEqual({ orders: [0, 1] })
  })
  test('leaves when its thread does not come back to poll, and joins with the next poll', () => {
    const bench = polled([0])
    expect(takes(bench, 'PollIntervalExceeded')).toEqual([300_000, 300_000])
    bench.does('PollIntervalExceeded')
    expect(bench.sent('coordinator')).toMatchObject([{ kind: 'LeaveShareGroup' }])
    expect(bench.whyNot('PollIntervalExceeded')).toBe('it is a member')
    expect(bench.wouldTake('coordinator', assigned([0]))).toEqual([
      'IgnoreShareGroupHeartbeatResponse',
    ])
    expect(bench.whyNot('JoinShareGroup')).toBe('its thread is free to poll')
    expect(bench.state.assigned).toEqual({})
    const idle = member()
    expect(idle.whyNot('PollIntervalExceeded')).toBe('its thread has not come back to poll')
    idle.does('StallHandler')
    expect(idle.whyNot('PollIntervalExceeded')).toBeNull()
  })
  test('search holds that for usual where the handler may take as long, or hangs', () => {
    const usual = (bench: Sharer, change = {}) =>
      rule('PollIntervalExceeded').usual?.(bench.state, undefined, undefined, {
        settings: settingsWith(change),
      } as never)
    const bench = polled([0])
    expect([usual(bench), usual(bench, { 'max.poll.interval.ms': 20 })]).toEqual([false, true])
    bench.does('StallHandler')
    expect(usual(bench)).toBe(true)
  })
})

describe('Close', () => {
  test('gives back what is not acknowledged, and leaves', () => {
    const bench = polled([0, 1])
    bench.does('LeaveAndRejoin')
    expect(bench.whyNot('LeaveAndRejoin')).toBe('it is not being closed')
    expect(bench.whyNot('Close')).toBe('the handler has finished its records')
    const hand = bench.state.hand.map((record, i) => ({
      ...record,
      acknowledged: i === 0 ? ('ACCEPT' as const) : null,
    }))
    bench.state = { ...bench.state, hand, work: { ...bench.state.work, batch: null } }
    bench.does('Close')
    const [last] = bench.sent('broker-0')
    expect(last).toMatchObject({
      kind: 'ShareAcknowledge',
      final: true,
      member: 'payments-0#0',
      acknowledgements: [{ offset: 0, type: 'ACCEPT' }],
    })
    expect(bench.sent('broker-1')).toEqual([])
    expect(bench.sent('coordinator')).toMatchObject([{ kind: 'LeaveShareGroup' }])
    expect([bench.state.process, bench.can(), takes(bench, 'Restart')]).toEqual([
      'left',
      ['Restart'],
      [3000, 4000],
    ])
  })
  test('not unless told to, and not while the handler hangs; one that never joined just ends', () => {
    const bench = member()
    expect(bench.whyNot('Close')).toBe('it is being closed')
    bench.does('StallHandler')
    bench.does('LeaveAndRejoin')
    expect(bench.whyNot('Close')).toBe('the handler has finished its records')
    expect(bench.whyNot('JoinShareGroup')).not.toBeNull()
    const alone = newSharer()
    alone.does('Start')
    alone.does('LeaveAndRejoin')
    alone.does('Close')
    expect(alone.sent('coordinator')).toEqual([])
  })
})

describe('misfortunes', () => {
  test('a crash forgets everything and says nothing; it comes back under a new id', () => {
    const bench = polled([0])
    bench.does('Crash')
    expect(bench.seen).toMatchObject([{ kind: 'crashed', holding: ['e0'] }])
    expect(bench.state.wrecks).toMatchObject([{ stage: 'polled' }])
    expect([bench.can(), bench.faults()]).toEqual([['Restart'], []])
    bench.does('Restart')
    expect(bench.seen).toMatchObject([{ kind: 'restarted' }])
    expect([bench.state.member, bench.state.hand]).toEqual(['payments-0#1', []])
    expect(bench.whyNot('Restart')).toBe('its process is gone')
  })
  test('paused it does nothing and beats no more; it goes on where it was', () => {
    const bench = polled([0])
    bench.does('Pause')
    expect(bench.sent('coordinator')).toMatchObject([{ kind: 'ShareGroupHeartbeatsStop' }])
    expect(bench.seen).toMatchObject([{ kind: 'paused', holding: ['e0'] }])
    expect([bench.can(), takes(bench, 'Resume')]).toEqual([['Resume'], [50_000, 60_000]])
    bench.does('Resume')
    expect(bench.sent('coordinator')).toMatchObject([{ kind: 'ShareGroupHeartbeat' }])
    expect(bench.seen).toMatchObject([{ kind: 'resumed', holding: ['e0'] }])
    expect(bench.whyNot('Resume')).toBe('it is paused')
    expect(bench.can()).toContain('ApplyEffect')
  })
  test('one that never joined has nothing to say to the coordinator', () => {
    const bench = newSharer()
    bench.does('Start')
    bench.does('Pause')
    bench.does('Resume')
    bench.hears('coordinator', closed)
    expect(bench.sent('coordinator')).toEqual([])
  })
  test('a handler that hangs does not go on until it does', () => {
    const bench = polled([0])
    bench.does('StallHandler')
    expect(bench.can()).toEqual(['PollIntervalExceeded', 'HandlerGoesOn'])
    expect(bench.whyNot('StallHandler')).toBe('the handler does not hang')
    expect(takes(bench, 'HandlerGoesOn')).toEqual([400_000, 500_000])
    bench.does('HandlerGoesOn')
    expect(bench.whyNot('HandlerGoesOn')).toBe('the handler hangs')
  })
  test('after a cut it connects again to whom it was', () => {
    const bench = member()
    expect(bench.wouldTake('broker-1', closed)).toEqual(['ReconnectToNode'])
    expect(bench.wouldTake('coordinator', closed)).toEqual(['ReconnectToCoordinator'])
    expect(bench.wouldTake('controller', closed)).toEqual(['ReconnectToController'])
    bench.hears('coordinator', closed)
    expect(bench.sent('coordinator')).toMatchObject([{ kind: 'ShareGroupHeartbeat' }])
    bench.hears('controller', closed)
    expect(bench.sent('controller')).toMatchObject([{ topic: 'orders', known: [0, 0] }])
    expect(takes(bench, 'ReconnectToNode')).toEqual([100, 100])
  })
  test('a record being put aside is written again, to the node it goes to', () => {
    const bench = polled([0], { handler: { maxAttempts: 1, onFailure: 'dead-letter-topic' } })
    handled(bench, 'failed')
    bench.sent('broker-0')
    bench.hears('broker-1', closed)
    expect([bench.sent('broker-0'), bench.sent('broker-1')]).toEqual([[], []])
    bench.hears('broker-0', closed)
    expect(bench.sent('broker-0')).toMatchObject([{ kind: 'Produce', topic: 'orders-dlt' }])
  })
})

test('its stages are those of any handler', () => {
  const bench = polled([0])
  expect(shareConsumer.stages?.(bench.state)).toEqual([{ stage: 'polled', about: 'e0' }])
})
