import { describe, expect, test } from 'vitest'
import {
  answer,
  applied,
  type Change,
  type Consumer,
  commitResponse,
  heartbeatResponse,
  joinResponse,
  polled,
  records,
  stable,
  stagesOf,
  syncResponse,
  takes,
} from './consumer.fixture.ts'

const offsetsOf = (it: Consumer) =>
  it
    .sent('coordinator')
    .filter((e) => e.kind === 'OffsetCommit')
    .map((e) => [e.correlation, ...e.offsets.map((o: { offset: number }) => o.offset)])
const before: Change = { handler: { ackPoint: 'before' } }
const cooperative: Change = { 'partition.assignment.strategy': 'CooperativeStickyAssignor' }

describe('a commit after the effects', () => {
  test('names the next offset to read, once for the whole batch, and waits for the answer', () => {
    const it = polled(2)
    applied(it)
    expect(it.whyNot('OffsetCommit')).toBe('something waits for its commit')
    applied(it)
    expect(stagesOf(it)).toEqual(['effect applied e1'])
    expect(takes(it, 'OffsetCommit', 0)).toEqual([0, 0])
    it.does('OffsetCommit')
    expect(it.sent('coordinator')).toEqual([
      {
        kind: 'OffsetCommit',
        member: 'payments-0#0',
        generation: 1,
        correlation: 0,
        offsets: [{ topic: 'orders', partition: 0, offset: 2 }],
      },
    ])
    expect(stagesOf(it)).toEqual(['committing e0 e1'])
    it.hears('broker-0', records(2, 3))
    expect(it.whyNot('Poll')).toBe('its thread is free to poll')
    expect(it.hears('coordinator', commitResponse(0))).toBe('OffsetCommitResponse')
    expect(stagesOf(it)).toEqual(['committed e0 e1'])
    it.does('Poll')
    expect(stagesOf(it)).toEqual(['polled e2'])
  })

  test('names every partition of the batch, in order', () => {
    const it = stable({}, [0, 2])
    it.hears('broker-0', records(0, 1, 2))
    it.hears('broker-0', records(0, 2, 0))
    it.state = { ...it.state, turn: 1 }
    it.does('Poll')
    for (let i = 0; i < 3; i++) applied(it)
    it.sent('coordinator')
    it.does('OffsetCommit')
    expect(it.sent('coordinator')[0].offsets).toEqual([
      { topic: 'orders', partition: 0, offset: 2 },
      { topic: 'orders', partition: 2, offset: 1 },
    ])
  })

  test('orders topics before partitions', () => {
    const it = polled(2, { handler: { onFailure: 'retry-topic' } })
    const { workers, batch } = it.state.work
    const items = (batch?.items ?? []).map((item, i) => ({
      ...item,
      place: { stream: i === 0 ? 'orders-retry' : 'orders', lane: 0, offset: 4 },
    }))
    it.state = {
      ...it.state,
      work: { workers, batch: { ...(batch as NonNullable<typeof batch>), items } },
    }
    applied(it)
    applied(it)
    it.does('OffsetCommit')
    expect(it.sent('coordinator')[0].offsets.map((o: { topic: string }) => o.topic)).toEqual([
      'orders',
      'orders-retry',
    ])
  })

  test('does not happen while the handler hangs', () => {
    const it = polled(1)
    applied(it)
    it.does('StallHandler')
    expect(it.whyNot('OffsetCommit')).toBe('the handler does not hang')
  })

  test('is retried after an error that may pass', () => {
    const it = polled(1)
    applied(it)
    it.does('OffsetCommit')
    expect(it.hears('coordinator', commitResponse(0, 'UNKNOWN_TOPIC_OR_PARTITION'))).toBe(
      'CommitRetried',
    )
    expect(takes(it, 'OffsetCommit', 0)).toEqual([100, 100])
    it.does('OffsetCommit')
    expect(offsetsOf(it)).toEqual([
      [0, 1],
      [0, 1],
    ])
    it.hears('coordinator', commitResponse(0))
    expect(stagesOf(it)).toEqual(['committed e0'])
  })

  test('refused for good it drops the records and joins anew', () => {
    for (const error of ['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION'] as const) {
      const it = polled(1)
      applied(it)
      it.does('OffsetCommit')
      expect(it.hears('coordinator', commitResponse(0, error))).toBe('CommitFailedException')
      expect(it.seen).toEqual([])
      expect(stagesOf(it)).toEqual([])
      it.sent('coordinator')
      it.does('JoinGroup')
      const member = error === 'UNKNOWN_MEMBER_ID' ? 'payments-0#1' : 'payments-0#0'
      expect(it.sent('coordinator')[0].member).toBe(member)
    }
  })

  test('of the generation before is tried again in the next', () => {
    const it = stable(cooperative)
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', joinResponse(2))
    expect(it.hears('coordinator', commitResponse(0, 'ILLEGAL_GENERATION'))).toBe('CommitRetried')
    it.sent('coordinator')
    it.hears('coordinator', syncResponse({ orders: [0] }))
    it.does('OffsetCommit')
    expect(it.sent('coordinator').at(-1)).toMatchObject({ kind: 'OffsetCommit', generation: 2 })
  })

  test('of one who knows it was thrown out is not even sent', () => {
    const it = polled(1)
    it.hears('coordinator', heartbeatResponse('UNKNOWN_MEMBER_ID'))
    applied(it)
    it.does('OffsetCommit')
    expect(it.seen).toEqual([
      {
        kind: 'commitRefused',
        actor: 'payments-0',
        group: 'payments',
        by: 'payments-0',
        reason: 'CommitFailedException: not part of an active group',
      },
    ])
    expect(it.sent('coordinator')).toEqual([])
    expect(it.can()).toEqual(['JoinGroup'])
  })

  test('refused while membership is lost already changes nothing more', () => {
    const it = polled(1)
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', heartbeatResponse('UNKNOWN_MEMBER_ID'))
    it.hears('coordinator', commitResponse(0, 'UNKNOWN_MEMBER_ID'))
    expect(it.state.group.member).toBe('payments-0#1')
  })
})

describe('a commit before the effects', () => {
  test('names the end of the batch before any effect is sent', () => {
    const it = polled(2, before)
    expect(it.whyNot('ApplyEffect')).toBe('a record is ready for its effect')
    expect(stagesOf(it)).toEqual(['polled e0 e1'])
    it.does('OffsetCommit')
    expect(offsetsOf(it)).toEqual([[0, 2]])
    expect(stagesOf(it)).toEqual(['committing e0 e1'])
    it.hears('coordinator', commitResponse(0))
    expect(stagesOf(it)).toEqual(['committed e0'])
    applied(it)
    applied(it)
    expect(it.whyNot('OffsetCommit')).toBe('something waits for its commit')
    expect(it.whyNot('Poll')).toBe('there is something to return, or a commit is due')
  })

  test('is retried before them too', () => {
    const it = polled(1, before)
    it.does('OffsetCommit')
    it.hears('coordinator', commitResponse(0, 'REBALANCE_IN_PROGRESS'))
    expect(stagesOf(it)).toEqual(['polled e0'])
    expect(takes(it, 'OffsetCommit', 0)).toEqual([100, 100])
  })

  test('refused for good there are no effects', () => {
    const it = polled(1, before)
    it.does('OffsetCommit')
    it.hears('coordinator', commitResponse(0, 'UNKNOWN_MEMBER_ID'))
    expect(it.can()).toEqual(['JoinGroup'])
  })
})

describe('commitAsync', () => {
  const async = { 'commit.api': 'commitAsync' } as const

  test('does not wait', () => {
    const it = polled(1, async)
    applied(it)
    it.does('OffsetCommit')
    expect(offsetsOf(it)).toEqual([[-1, 1]])
    it.hears('broker-0', records(1, 2))
    expect(it.whyNot('Poll')).toBeNull()
    expect(it.hears('coordinator', commitResponse(-1))).toBe('OffsetCommitCallback')
  })

  test('is not retried', () => {
    const it = polled(1, async)
    applied(it)
    it.does('OffsetCommit')
    expect(it.hears('coordinator', commitResponse(-1, 'REBALANCE_IN_PROGRESS'))).toBe(
      'OffsetCommitCallback',
    )
    expect(it.can()).toEqual([])
  })

  test('refused for good it says that the member is none, and leaves what is in hand', () => {
    const it = polled(1, async)
    applied(it)
    it.does('OffsetCommit')
    it.hears('broker-0', records(1, 2))
    it.does('Poll')
    expect(it.hears('coordinator', commitResponse(-1, 'UNKNOWN_MEMBER_ID'))).toBe(
      'CommitFailedException',
    )
    expect(stagesOf(it)).toEqual(['polled e1'])
    expect(it.state.group.phase).toBe('unjoined')
  })

  test('refused while the member is joining leaves it to the answer to the join', () => {
    const it = stable({ ...async, ...cooperative })
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    const { group } = it.state
    it.hears('coordinator', commitResponse(-1, 'UNKNOWN_MEMBER_ID'))
    expect(it.state.group).toBe(group)
  })

  test('before the effects lets them begin at once', () => {
    const it = polled(1, { ...async, ...before })
    it.does('OffsetCommit')
    expect(stagesOf(it)).toEqual(['committed e0'])
  })
})

describe('several workers', () => {
  const two: Change = { handler: { workers: 2 } }
  const highest: Change = { handler: { workers: 2, commitOf: 'highest-finished' } }

  /** The effect of this worker's record is asked for and applied. */
  function finishes(it: Consumer, worker: number): void {
    it.does('ApplyEffect', worker)
    answer(it)
  }

  test('commit each on its own, naming the lowest unfinished offset', () => {
    const it = polled(3, two)
    finishes(it, 1)
    it.does('OffsetCommit', 2)
    expect(stagesOf(it)).toEqual(['polled e0', 'committing e1'])
    it.hears('coordinator', commitResponse(2))
    expect(stagesOf(it)).toEqual(['polled e0', 'committed e1', 'polled e2'])
    finishes(it, 0)
    it.does('OffsetCommit', 1)
    it.hears('coordinator', commitResponse(1))
    finishes(it, 1)
    it.does('OffsetCommit', 2)
    it.hears('coordinator', commitResponse(2))
    expect(offsetsOf(it)).toEqual([
      [2, 0],
      [1, 2],
      [2, 3],
    ])
    expect(it.state.work.batch?.phase).toBe('committed')
  })

  test('or the one after the highest finished, which passes over what is under way', () => {
    const it = polled(2, highest)
    finishes(it, 1)
    it.does('OffsetCommit', 2)
    expect(offsetsOf(it)).toEqual([[2, 2]])
  })

  test('retry each its own', () => {
    const it = polled(2, two)
    finishes(it, 0)
    it.does('OffsetCommit', 1)
    it.hears('coordinator', commitResponse(1, 'REBALANCE_IN_PROGRESS'))
    expect(takes(it, 'OffsetCommit', 1, two)).toEqual([100, 100])
    it.does('OffsetCommit', 1)
    expect(it.hears('coordinator', commitResponse(1))).toBe('OffsetCommitResponse')
  })

  test('offer the commits of all who are done', () => {
    const it = polled(2, two)
    finishes(it, 0)
    finishes(it, 1)
    expect(it.whyNot('OffsetCommit', 1)).toBeNull()
    expect(it.whyNot('OffsetCommit', 2)).toBeNull()
    expect(takes(it, 'OffsetCommit', 1, two)).toEqual([0, 0])
  })

  test('a refused commit lets the others finish what they hold, then joins anew', () => {
    const it = polled(4, two)
    finishes(it, 0)
    it.does('OffsetCommit', 1)
    it.hears('coordinator', commitResponse(1, 'UNKNOWN_MEMBER_ID'))
    expect(stagesOf(it)).toEqual(['committed e0', 'polled e1'])
    expect(it.whyNot('JoinGroup')).toBe('its thread is free to poll')
    finishes(it, 1)
    expect(it.can()).toEqual(['JoinGroup'])
  })
})

test('an answer that nobody waits for is ignored', () => {
  const it = polled(1)
  for (const error of [undefined, 'UNKNOWN_MEMBER_ID', 'REBALANCE_IN_PROGRESS'] as const) {
    expect(it.hears('coordinator', commitResponse(0, error))).toBe('IgnoreOffsetCommitResponse')
    expect(it.hears('coordinator', commitResponse(1, error))).toBe('IgnoreOffsetCommitResponse')
    expect(it.hears('coordinator', commitResponse(7, error))).toBe('IgnoreOffsetCommitResponse')
  }
})
