// A consumer whose partitions get other leaders: whom it asks, what it names, and a log that was cut back.
import { describe, expect, test } from 'vitest'
import {
  type Consumer,
  committed,
  fetchError,
  joinResponse,
  records,
  settingsWith,
  stable,
  started,
  syncResponse,
} from './consumer.fixture.ts'
import { metadata } from './metadata.fixture.ts'
import { consumerConfig } from './settings.ts'

const CLOSED = { kind: 'ConnectionClosed' } as const
/** The controller tells who leads the three partitions; returns the rule that took it. */
const hear = (it: Consumer, leaders: readonly number[], epochs: readonly number[]) =>
  it.hears('controller', { ...metadata(3, 2), leaders, epochs } as never)
const lane = (it: Consumer) => it.state.lanes[0]!
const NONE = consumerConfig({ 'enable.auto.commit': false, 'auto.offset.reset': 'none' })
const listing = (): Consumer => {
  const it = started()
  it.does('JoinGroup')
  it.hears('coordinator', joinResponse(1))
  it.hears('coordinator', syncResponse({ orders: [0] }))
  it.hears('coordinator', committed({ 'orders/0': -1 }))
  it.sent('broker-0')
  return it
}
const listed = (change: object) =>
  ({ kind: 'ListOffsetsResponse', topic: 'orders', partition: 0, offset: 0, ...change }) as never

describe('another leader', () => {
  test('is asked for what was asked of the one before, in its epoch; answers of that one count no more', () => {
    const it = stable()
    expect(hear(it, [1, 1, 0], [1, 0, 0])).toBe('MetadataResponse')
    expect(it.sent('broker-1')).toMatchObject([{ kind: 'Fetch', offset: 0, leaderEpoch: 1 }])
    expect(it.sent('broker-0')).toEqual([])
    expect(it.hears('broker-0', records(0, 1))).toBe('IgnoreFetchResponse')
    expect(it.hears('broker-0', fetchError('OFFSET_OUT_OF_RANGE'))).toBe('IgnoreFetchResponse')
    expect(it.hears('broker-0', fetchError('NOT_LEADER_OR_FOLLOWER'))).toBe('IgnoreFetchResponse')
    const diverging = { ...records(0, 0), diverging: 0 }
    expect(it.hears('broker-0', diverging)).toBe('IgnoreFetchResponse')
    expect(it.hears('broker-1', records(0, 1))).toBe('FetchResponse')
  })
  test('of a partition that asks for nothing is asked nothing', () => {
    const it = stable()
    it.hears('broker-0', records(0, 1))
    hear(it, [1, 1, 0], [1, 0, 0])
    expect(it.sent('broker-1')).toEqual([])
  })
  test('is asked where the log begins, if that was the question', () => {
    const it = listing()
    hear(it, [1, 1, 0], [1, 0, 0])
    expect(it.sent('broker-1')).toMatchObject([{ kind: 'ListOffsets', partition: 0 }])
  })
  test('names the epoch of what was read last', () => {
    const it = stable()
    hear(it, [1, 1, 0], [3, 0, 0])
    it.sent('broker-1')
    it.hears('broker-1', { ...records(0, 1), epoch: 2 } as never)
    it.does('Poll')
    expect(it.sent('broker-1')).toMatchObject([{ offset: 1, leaderEpoch: 3, lastFetchedEpoch: 2 }])
  })
})

describe('news of leaders', () => {
  test('are taken at once after a refusal, and then asked again', () => {
    const it = stable()
    expect(it.hears('broker-0', fetchError('FENCED_LEADER_EPOCH'))).toBe('FetchRefused')
    expect(it.state.stale).toBe(true)
    expect(it.can()).toContain('RetryFetch')
    expect(hear(it, [1, 1, 0], [1, 0, 0])).toBe('MetadataRefreshed')
    expect(it.state.stale).toBe(false)
    it.does('RetryFetch')
    expect(it.sent('broker-1')).toMatchObject([{ kind: 'Fetch', leaderEpoch: 1 }])
  })
  test('are no longer pressing once records come', () => {
    const it = stable()
    it.hears('broker-0', fetchError('NOT_LEADER_OR_FOLLOWER'))
    it.does('RetryFetch')
    it.hears('broker-0', records(0, 1))
    expect(it.state.stale).toBe(false)
  })
  test('are taken at once after a broken connection, and while nobody leads', () => {
    const it = stable()
    it.hears('broker-0', CLOSED)
    it.sent('broker-0')
    expect(hear(it, [-1, 1, 0], [1, 0, 0])).toBe('MetadataRefreshed')
    expect(it.hears('broker-0', CLOSED)).toBe('ReconnectToNode')
    expect(it.sent('broker-0')).toEqual([])
    expect(hear(it, [1, 1, 0], [2, 0, 0])).toBe('MetadataRefreshed')
    expect(it.sent('broker-1')).toMatchObject([{ kind: 'Fetch', leaderEpoch: 2 }])
    expect(hear(it, [1, 1, 0], [2, 0, 0])).toBe('MetadataResponse')
  })
  test('what was refused is not asked again while nobody leads', () => {
    const it = stable()
    it.hears('broker-0', fetchError('NOT_LEADER_OR_FOLLOWER'))
    hear(it, [-1, 1, 0], [1, 0, 0])
    expect(it.can()).not.toContain('RetryFetch')
  })
})

describe('ListOffsets', () => {
  test('refused, it is asked again, of whoever leads then', () => {
    const it = listing()
    const error = 'NOT_LEADER_OR_FOLLOWER'
    expect(it.hears('broker-0', listed({ offset: -1, error }))).toBe('ListOffsetsRefused')
    expect(it.state.stale).toBe(true)
    hear(it, [1, 1, 0], [1, 0, 0])
    expect(it.sent('broker-1')).toEqual([])
    it.does('RetryFetch')
    expect(it.sent('broker-1')).toMatchObject([{ kind: 'ListOffsets' }])
    expect(it.hears('broker-1', listed({}))).toBe('ListOffsetsResponse')
  })
  test('an answer that no partition waits for means nothing', () => {
    const it = stable()
    const error = 'NOT_LEADER_OR_FOLLOWER'
    expect(it.hears('broker-0', listed({ offset: -1, error }))).toBe('IgnoreListOffsetsResponse')
  })
})

describe('LogTruncation', () => {
  const truncated = (offset: number, diverging: number) => ({
    ...records(offset, offset),
    diverging,
  })
  test('it goes back to where both logs part, and keeps what it has committed', () => {
    const it = stable()
    it.hears('broker-0', records(0, 3))
    it.does('Poll')
    it.sent('broker-0')
    expect(it.hears('broker-0', truncated(3, 1))).toBe('LogTruncation')
    expect(lane(it)).toMatchObject({ position: 1, fetch: 'sent', epoch: -1, committed: 0 })
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', offset: 1 }])
  })
  test('with auto.offset.reset=none it is an exception', () => {
    const it = stable({ ...NONE })
    expect(it.hears('broker-0', truncated(0, 0))).toBe('LogTruncation')
    expect(it.state).toMatchObject({
      process: 'stopped',
      said: 'LogTruncationException: orders-0 at 0',
    })
    expect(settingsWith(NONE)['auto.offset.reset']).toBe('none')
  })
})

describe('a coordinator that has moved', () => {
  test('is sent the heartbeat of the same member and generation, and an answer to a join counts', () => {
    const it = stable()
    expect(it.hears('coordinator', CLOSED)).toBe('ReconnectToCoordinator')
    expect(it.sent('coordinator')).toMatchObject([
      { kind: 'Heartbeat', member: 'payments-0#0', generation: 1 },
    ])
  })
})
