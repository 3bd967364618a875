// The share consumer fetching, polling and acknowledging.
import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import type { AcknowledgeType } from './protocol-share.ts'
import {
  acknowledgeResponse,
  acks,
  acquired,
  assigned,
  handled,
  member,
  polled,
  type Sharer,
  takes,
} from './share-consumer.fixture.ts'

const IMPLICIT = { 'share.acknowledgement.mode': 'implicit' } as const

/** The application says so of everything in hand, and its thread comes back to poll. */
function said(bench: Sharer, type: AcknowledgeType | null) {
  const hand = bench.state.hand.map((record) => ({ ...record, acknowledged: type }))
  const batch = { ...bench.state.work.batch!, phase: 'ended' as const }
  const workers = bench.state.work.workers.map((each) => ({
    ...each,
    phase: 'idle' as const,
    item: -1,
  }))
  bench.state = { ...bench.state, hand, work: { batch, workers } }
}

describe('ShareFetch', () => {
  test('asks each node that leads a partition of its own, once', () => {
    const bench = member({}, [0, 1])
    bench.does('ShareFetch')
    expect(bench.sent('broker-0')).toEqual([
      {
        kind: 'ShareFetch',
        about: '',
        group: 'payments',
        member: 'payments-0#0',
        partitions: [{ topic: 'orders', partition: 0 }],
        maxRecords: 500,
        mode: 'batch_optimized',
        acknowledgements: [],
      },
    ])
    expect(bench.sent('broker-1')).toMatchObject([{ partitions: [{ partition: 1 }] }])
    expect(bench.whyNot('ShareFetch')).toBe(
      'a node that leads a partition of its own owes no answer',
    )
    bench.hears('broker-1', acquired([]))
    bench.does('ShareFetch')
    expect(bench.sent('broker-0')).toEqual([])
    expect(bench.sent('broker-1').length).toBe(1)
    expect(bench.state.sessions).toEqual(['broker-0', 'broker-1'])
  })
  test('not with records in the buffer, nor with its thread elsewhere, nor without partitions', () => {
    const bench = member({}, [0, 1])
    bench.does('ShareFetch')
    bench.hears('broker-0', acquired([0]))
    expect(bench.whyNot('ShareFetch')).toBe('nothing is buffered')
    bench.does('Poll')
    expect(bench.whyNot('ShareFetch')).toBe('its thread is free to poll')
    expect(member({}, []).whyNot('ShareFetch')).not.toBeNull()
  })
  const gaps = { kind: 'ShareFetchResponse', records: [], onlyGaps: true } as never
  test('that brought gaps only is the last of its poll', () => {
    const bench = member()
    bench.does('ShareFetch')
    bench.hears('broker-0', gaps)
    expect(bench.whyNot('ShareFetch')).toBe('its fetch has not brought gaps only')
    expect(takes(bench, 'PollReturnsNothing')).toEqual([100, 100])
    bench.does('PollReturnsNothing')
    expect(bench.whyNot('PollReturnsNothing')).toBe('its fetch has brought gaps only')
    bench.does('ShareFetch')
    bench.hears('broker-0', acquired([]))
    expect(bench.whyNot('ShareFetch')).toBeNull()
  })
  test('whose gaps come while its thread is elsewhere hinders nothing', () => {
    const bench = member({}, [0, 1])
    bench.does('ShareFetch')
    bench.hears('broker-0', acquired([0]))
    bench.does('Poll')
    bench.hears('broker-1', gaps)
    said(bench, 'ACCEPT')
    expect(bench.whyNot('ShareFetch')).toBeNull()
  })
  test('that brought gaps of one node only is over once another gives records', () => {
    const bench = member({}, [0, 1])
    bench.does('ShareFetch')
    bench.hears('broker-1', gaps)
    bench.hears('broker-0', acquired([0]))
    bench.does('Poll')
    said(bench, 'ACCEPT')
    expect(bench.whyNot('ShareFetch')).toBeNull()
  })
  test('takes along what is acknowledged; explicit mode waits until all of it is', () => {
    const bench = polled([0, 1])
    said(bench, null)
    expect(bench.whyNot('ShareFetch')).toBe('all that poll returned is acknowledged')
    said(bench, 'RELEASE')
    bench.does('ShareFetch')
    expect(acks(bench)).toEqual([['ShareFetch', 'RELEASE 0', 'RELEASE 1']])
    expect(bench.state.hand).toEqual([])
  })
  test('in implicit mode it accepts what the last poll returned', () => {
    const bench = polled([0], IMPLICIT)
    handled(bench, 'applied')
    expect(bench.can()).toEqual(['ShareFetch'])
    bench.does('ShareFetch')
    expect(acks(bench)).toEqual([['ShareFetch', 'ACCEPT 0']])
  })
  test('acknowledges to a node it does not ask, and not to one whose session is gone', () => {
    const bench = polled([0], IMPLICIT)
    handled(bench, 'applied')
    bench.hears('coordinator', assigned([1]))
    bench.does('ShareFetch')
    expect(acks(bench)).toEqual([['ShareAcknowledge', 'ACCEPT 0']])
    const cut = polled([0], IMPLICIT)
    handled(cut, 'applied')
    cut.hears('broker-0', { kind: 'ConnectionClosed', cut: true } as never)
    cut.does('ShareFetch')
    expect(acks(cut)).toEqual([['ShareFetch']])
  })
  test('refused, it waits a little and asks again', () => {
    const bench = member()
    bench.does('ShareFetch')
    const refusal = {
      kind: 'ShareFetchResponse',
      error: 'NOT_LEADER_OR_FOLLOWER',
      records: [],
    } as never
    expect(bench.wouldTake('broker-0', refusal)).toEqual(['ShareFetchRefused'])
    expect(bench.wouldTake('broker-0', acquired([]))).toEqual(['ShareFetchResponse'])
    expect(bench.whyNot('RetryShareFetch')).toBe('a fetch was refused')
    bench.hears('broker-0', refusal)
    expect(bench.whyNot('ShareFetch')).toBe('no fetch has just been refused')
    expect(takes(bench, 'RetryShareFetch')).toEqual([100, 100])
    bench.does('RetryShareFetch')
    expect(bench.can()).toContain('ShareFetch')
  })
})

describe('Poll', () => {
  const fetched = (offsets: readonly number[], change: object = {}, record: object = {}) => {
    const bench = member(change)
    bench.does('ShareFetch')
    bench.hears('broker-0', acquired(offsets, record))
    return bench
  }
  test('hands records over and says so', () => {
    const bench = fetched([0, 1])
    bench.does('Poll')
    expect(bench.seen.map(({ kind, message: { id }, place }) => [kind, id, place.offset])).toEqual([
      ['delivered', message(0).id, 0],
      ['delivered', message(1).id, 1],
    ])
    expect(bench.whyNot('Poll')).toBe('there is something to return')
    expect(bench.state.work.batch?.mode).toBe('batch-after')
  })
  test('not more than max.poll.records, but no batch is broken off, unless told to', () => {
    const size = (change: object, record: object) => {
      const bench = fetched([0, 1, 2], change, record)
      bench.does('Poll')
      return [bench.state.hand.length, bench.state.buffer.length]
    }
    expect(size({ 'max.poll.records': 2 }, {})).toEqual([2, 1])
    expect(size({ 'max.poll.records': 1 }, { batchEnd: 1 })).toEqual([2, 1])
    expect(size({ 'max.poll.records': 9 }, {})).toEqual([3, 0])
    const limited = { 'max.poll.records': 1, 'share.acquire.mode': 'record_limit' }
    expect(size(limited, { batchEnd: 2 })).toEqual([1, 2])
  })
  test('a record of another partition is of another batch', () => {
    const bench = member({ 'max.poll.records': 1 }, [0, 1])
    bench.does('ShareFetch')
    bench.hears('broker-0', acquired([0], { batchEnd: 9 }))
    bench.hears('broker-1', acquired([1], { partition: 1 }))
    bench.does('Poll')
    expect(bench.state.hand.length).toBe(1)
  })
  test('while records are buffered, acknowledgements go ahead alone', () => {
    const bench = fetched([0, 1], { 'max.poll.records': 1, ...IMPLICIT })
    bench.does('Poll')
    bench.sent('broker-0')
    expect(bench.whyNot('Poll')).toBe('its thread is free to poll')
    handled(bench, 'applied')
    bench.does('Poll')
    expect(acks(bench)).toEqual([['ShareAcknowledge', 'ACCEPT 0']])
    expect(bench.state.hand.map(({ offset }) => offset)).toEqual([1])
  })
  test('explicit mode: not before all is acknowledged', () => {
    const bench = fetched([0, 1], { 'max.poll.records': 1 })
    bench.does('Poll')
    said(bench, null)
    expect(bench.whyNot('Poll')).toBe('all that poll returned is acknowledged')
  })
  test('events of other types are passed over, and accepted', () => {
    const bench = polled([0], { handler: { handles: ['Other'] } })
    expect(bench.can()).toContain('ShareAcknowledge')
  })
})

describe('RenewLocks', () => {
  test('goes ahead of a fetch; poll returns the records again once it is done', () => {
    const bench = polled([0, 1])
    said(bench, 'RENEW')
    expect(bench.whyNot('ShareFetch')).toBe('no lock is being renewed')
    bench.does('RenewLocks')
    expect(acks(bench)).toEqual([['ShareAcknowledge', 'RENEW 0', 'RENEW 1'], ['ShareFetch']])
    expect(bench.can()).toEqual([])
    expect(bench.state.renewing.length).toBe(2)
    expect(bench.hears('broker-0', acknowledgeResponse(false))).toBe(
      'AcknowledgementCommitCallback',
    )
    expect(bench.state.renewing).toEqual([])
    bench.does('Poll')
    expect(bench.state.hand.map(({ offset, acknowledged }) => [offset, acknowledged])).toEqual([
      [0, null],
      [1, null],
    ])
    expect(bench.state.renewed).toEqual([])
  })
  test('only with a lock to renew, a free thread, and all of it acknowledged', () => {
    const bench = polled([0, 1])
    expect(bench.whyNot('RenewLocks')).toBe('a lock is to be renewed')
    const [first, second] = bench.state.hand
    bench.state = { ...bench.state, hand: [{ ...first!, acknowledged: 'RENEW' }, second!] }
    expect(bench.whyNot('RenewLocks')).toBe('its thread is free to poll')
    const hand = bench.state.hand
    said(bench, 'ACCEPT')
    bench.state = { ...bench.state, hand }
    expect(bench.whyNot('RenewLocks')).toBe('all that poll returned is acknowledged')
  })
  test('refused, the record is not returned again; a cut line forgets it too', () => {
    const refused = polled([0])
    said(refused, 'RENEW')
    refused.does('RenewLocks')
    refused.hears('broker-0', acknowledgeResponse(false, true))
    expect([refused.state.renewing, refused.state.renewed]).toEqual([[], []])
    const cut = polled([0])
    said(cut, 'RENEW')
    cut.does('RenewLocks')
    cut.hears('broker-1', acknowledgeResponse(false))
    expect(cut.state.renewing.length).toBe(1)
    cut.hears('broker-0', { kind: 'ConnectionClosed', cut: true } as never)
    expect(cut.state.renewing).toEqual([])
  })
  test('a renewed record is fetched no more until it has been returned', () => {
    const bench = polled([0])
    said(bench, 'RENEW')
    bench.does('RenewLocks')
    bench.hears('broker-0', acquired([]))
    expect(bench.whyNot('ShareFetch')).toBe('no lock is being renewed')
    bench.hears('broker-0', acknowledgeResponse(false))
    expect(bench.whyNot('ShareFetch')).toBe('no lock is being renewed')
  })
})
