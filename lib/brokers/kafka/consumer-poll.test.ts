import { describe, expect, test } from 'vitest'
import {
  applied,
  commitResponse,
  committed,
  fetchError,
  heartbeatResponse,
  joinResponse,
  polled,
  records,
  stable,
  started,
  syncResponse,
  takes,
} from './consumer.fixture.ts'

const auto = { 'enable.auto.commit': true } as const
const listed = (offset: number, partition = 0) =>
  ({ kind: 'ListOffsetsResponse', topic: 'orders', partition, offset }) as never

function assigned(change: Parameters<typeof started>[0] = {}, partitions: readonly number[] = [0]) {
  const it = started(change)
  it.does('JoinGroup')
  it.hears('coordinator', joinResponse(1))
  it.hears('coordinator', syncResponse({ orders: partitions }))
  return it
}

describe('where it begins', () => {
  test('at the committed offset, fetched from the leader of each partition', () => {
    const it = assigned({}, [0, 1])
    const offsets = committed({ 'orders/0': 5, 'orders/1': 7, 'orders/2': 9 })
    expect(it.hears('coordinator', offsets)).toBe('OffsetFetchResponse')
    expect(it.sent('broker-0')).toEqual([
      {
        kind: 'Fetch',
        about: 'orders/0',
        topic: 'orders',
        partition: 0,
        offset: 5,
        maxRecords: 500,
      },
    ])
    expect(it.sent('broker-1')).toMatchObject([{ kind: 'Fetch', partition: 1, offset: 7 }])
    expect(it.hears('coordinator', offsets)).toBe('IgnoreOffsetFetchResponse')
  })

  test('without one, where auto.offset.reset says', () => {
    for (const reset of ['earliest', 'latest'] as const) {
      const it = assigned({ 'auto.offset.reset': reset })
      it.hears('coordinator', committed({ 'orders/0': -1 }))
      expect(it.sent('broker-0')).toEqual([
        { kind: 'ListOffsets', about: 'orders/0', topic: 'orders', partition: 0, at: reset },
      ])
      expect(it.hears('broker-0', listed(3, 1))).toBe('IgnoreListOffsetsResponse')
      expect(it.hears('broker-0', listed(3))).toBe('ListOffsetsResponse')
      expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', offset: 3 }])
      expect(it.hears('broker-0', listed(4))).toBe('IgnoreListOffsetsResponse')
    }
  })

  test('again so when the log has no such offset', () => {
    const it = stable()
    expect(it.hears('broker-0', fetchError('OFFSET_OUT_OF_RANGE'))).toBe('OffsetOutOfRange')
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'ListOffsets', at: 'earliest' }])
    it.hears('broker-0', listed(2))
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', offset: 2 }])
  })
})

describe('fetching', () => {
  test('a fetch that was refused for now is sent again after a while', () => {
    const it = stable()
    expect(it.can()).toEqual([])
    expect(it.hears('broker-0', fetchError('NOT_LEADER_OR_FOLLOWER'))).toBe('FetchRefused')
    expect(takes(it, 'RetryFetch')).toEqual([100, 100])
    it.does('RetryFetch')
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', offset: 0 }])
    expect(it.whyNot('RetryFetch')).toBe('a fetch was refused')
    it.hears('broker-0', records(0, 0))
    expect(it.can()).toEqual(['RetryFetch'])
  })

  test('only refused partitions are fetched again', () => {
    const it = stable({}, [0, 1])
    it.hears('broker-0', fetchError('NOT_LEADER_OR_FOLLOWER'))
    it.does('RetryFetch')
    expect(it.sent('broker-0')).toHaveLength(1)
    expect(it.sent('broker-1')).toEqual([])
  })

  test('answers to an earlier fetch are ignored: wrong offset, wrong partition, or answered before', () => {
    const it = stable()
    expect(it.hears('broker-0', records(1, 2))).toBe('IgnoreFetchResponse')
    expect(it.hears('broker-0', records(0, 2, 2))).toBe('IgnoreFetchResponse')
    expect(it.hears('broker-0', fetchError('OFFSET_OUT_OF_RANGE', 4))).toBe('IgnoreFetchResponse')
    expect(it.hears('broker-0', fetchError('NOT_LEADER_OR_FOLLOWER', 4))).toBe(
      'IgnoreFetchResponse',
    )
    expect(it.hears('broker-0', records(0, 2))).toBe('FetchResponse')
    expect(it.hears('broker-0', records(0, 2))).toBe('IgnoreFetchResponse')
    expect(it.state.lanes[0]?.buffer).toHaveLength(2)
  })
})

describe('poll', () => {
  test('hands records over, tells so, and fetches on', () => {
    const it = stable()
    expect(it.whyNot('Poll')).toBe('there is something to return, or a commit is due')
    it.hears('broker-0', records(0, 2))
    it.does('Poll')
    expect(it.seen).toMatchObject([
      {
        kind: 'delivered',
        actor: 'payments-0',
        group: 'payments',
        message: { id: 'e0' },
        place: { stream: 'orders', lane: 0, offset: 0 },
      },
      { kind: 'delivered', message: { id: 'e1' }, place: { offset: 1 } },
    ])
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', offset: 2 }])
    it.hears('broker-0', records(2, 3))
    expect(it.whyNot('Poll')).toBe('its thread is free to poll')
  })

  test('returns at most max.poll.records and keeps the rest for the next', () => {
    const it = polled(5, { 'max.poll.records': 2, ...auto })
    expect(it.seen.map((each) => each.message.id)).toEqual(['e0', 'e1'])
    expect(it.sent('broker-0')).toEqual([])
    applied(it)
    applied(it)
    it.does('Poll')
    expect(it.seen.map((each) => each.message.id)).toEqual(['e2', 'e3'])
    applied(it)
    applied(it)
    it.does('Poll')
    expect(it.seen.map((each) => each.message.id)).toEqual(['e4'])
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', offset: 5 }])
  })

  test('drains one partition before it turns to the next, and then that one', () => {
    const it = stable({ 'max.poll.records': 2, ...auto }, [0, 1, 2])
    const ids = () => it.seen.map((each) => each.message.id)
    it.hears('broker-0', records(0, 3))
    it.hears('broker-1', records(0, 3, 1))
    it.hears('broker-0', records(0, 1, 2))
    it.does('Poll')
    expect(ids()).toEqual(['e0', 'e1'])
    applied(it)
    applied(it)
    it.does('Poll')
    expect(ids()).toEqual(['e2', 'e10'])
    it.hears('broker-0', records(3, 4))
    applied(it)
    applied(it)
    it.does('Poll')
    expect(ids()).toEqual(['e11', 'e12'])
    applied(it)
    applied(it)
    it.does('Poll')
    expect(ids()).toEqual(['e20', 'e3'])
  })

  test('returns nothing while the handler hangs, or while partitions have still to be handed over', () => {
    const it = stable()
    it.hears('broker-0', records(0, 1))
    it.does('StallHandler')
    expect(it.whyNot('Poll')).toBe('its thread is free to poll')
    it.does('HandlerGoesOn')
    expect(it.whyNot('Poll')).toBeNull()
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    expect(it.whyNot('Poll')).toBe('it has no rebalance to attend to first')
  })
})

describe('automatic commits', () => {
  test('happen inside poll, when due, and name what earlier polls returned', () => {
    const it = stable({ ...auto, 'max.poll.records': 1 })
    it.hears('broker-0', records(0, 2))
    expect(it.whyNot('AutoCommitIntervalPasses')).toBe('a position has moved since the last')
    it.does('Poll')
    expect(takes(it, 'AutoCommitIntervalPasses')).toEqual([5000, 5000])
    it.does('AutoCommitIntervalPasses')
    expect(it.whyNot('AutoCommitIntervalPasses')).toBe('none is due yet')
    expect(it.sent('coordinator')).toEqual([])
    applied(it)
    it.does('Poll')
    expect(it.sent('coordinator')).toEqual([
      {
        kind: 'OffsetCommit',
        member: 'payments-0#0',
        generation: 1,
        correlation: -1,
        offsets: [{ topic: 'orders', partition: 0, offset: 1 }],
      },
    ])
    expect(it.state.commitDue).toBe(false)
    applied(it)
    it.does('AutoCommitIntervalPasses')
    it.does('Poll')
    expect(it.sent('coordinator')).toMatchObject([{ offsets: [{ offset: 2 }] }])
    expect(it.seen).toEqual([])
    expect(it.whyNot('AutoCommitIntervalPasses')).toBe('a position has moved since the last')
  })

  test('are a setting', () => {
    expect(polled(1).whyNot('AutoCommitIntervalPasses')).toBe('automatic commits are on')
  })

  test('are those of a member', () => {
    const it = polled(1, auto)
    it.hears('coordinator', heartbeatResponse('UNKNOWN_MEMBER_ID'))
    expect(it.whyNot('AutoCommitIntervalPasses')).toBe('it is a member')
  })

  test('are not repeated when they fail, but the next interval names the position again', () => {
    const it = polled(1, auto)
    applied(it)
    it.does('AutoCommitIntervalPasses')
    it.does('Poll')
    expect(it.hears('coordinator', commitResponse(-1, 'REBALANCE_IN_PROGRESS'))).toBe(
      'OffsetCommitCallback',
    )
    expect(it.whyNot('AutoCommitIntervalPasses')).toBeNull()
    expect(it.hears('coordinator', commitResponse(-1))).toBe('OffsetCommitCallback')
  })

  test('a commit that is due with nothing left to commit is no commit', () => {
    const it = polled(1, auto)
    it.state = {
      ...it.state,
      commitDue: true,
      lanes: it.state.lanes.map((lane) => ({ ...lane, committed: 1 })),
    }
    applied(it)
    it.does('Poll')
    expect(it.sent('coordinator')).toEqual([])
    expect(it.state.commitDue).toBe(false)
  })
})
