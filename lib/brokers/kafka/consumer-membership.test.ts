// A consumer with group.protocol=consumer (KIP-848).
import { describe, expect, test } from 'vitest'
import {
  applied,
  type Change,
  type Consumer,
  commitResponse,
  committed,
  records,
  started,
} from './consumer.fixture.ts'
import type { Assignment } from './protocol.ts'

const MODERN: Change = { 'group.protocol': 'consumer' }
const CLOSED = { kind: 'ConnectionClosed' } as const

function told(memberEpoch: number, partitions?: readonly number[], error?: string) {
  const answer = { kind: 'ConsumerGroupHeartbeatResponse', member: 'payments-0#0', memberEpoch }
  const assignment: Assignment = partitions?.length === 0 ? {} : { orders: partitions ?? [] }
  return {
    ...answer,
    ...(partitions === undefined ? {} : { assignment }),
    ...(error === undefined ? {} : { error }),
  } as never
}
const refused = (error: string) => told(0, undefined, error)

/** A member in epoch 2 that owns these partitions, all at offset 0, and beats. */
function member(change: Change = {}, partitions: readonly number[] = [0, 1]): Consumer {
  const it = started({ ...MODERN, ...change })
  it.does('ConsumerGroupHeartbeat')
  it.hears('coordinator', told(2, partitions))
  it.does('Reconcile')
  const offsets = Object.fromEntries(partitions.map((each) => [`orders/${each}`, 0]))
  it.hears('coordinator', committed(offsets))
  for (const port of ['coordinator', 'broker-0', 'broker-1']) it.sent(port)
  return it
}
const partitionsOf = (it: Consumer) => it.state.lanes.map(({ partition }) => partition)
const kinds = (it: Consumer) => it.sent('coordinator').map(({ kind }) => kind)

describe('joining', () => {
  test('is one request, which says all there is to say', () => {
    const it = started({ ...MODERN, 'group.remote.assignor': 'range' })
    expect(it.can()).toEqual(['ConsumerGroupHeartbeat'])
    it.does('ConsumerGroupHeartbeat')
    expect(it.sent('coordinator')).toEqual([
      {
        kind: 'ConsumerGroupHeartbeat',
        about: 'payments-0#0',
        member: 'payments-0#0',
        memberEpoch: 0,
        topics: ['orders'],
        owned: {},
        assignor: 'range',
      },
    ])
    expect(it.can()).toEqual([])
  })
  test('its answer is taken up inside poll, acknowledged, and positions are asked for', () => {
    const it = started(MODERN)
    it.does('ConsumerGroupHeartbeat')
    it.sent('coordinator')
    it.hears('coordinator', told(2, [0, 1]))
    expect(it.sent('coordinator')).toMatchObject([{ memberEpoch: 2 }])
    expect(it.state.group).toMatchObject({ phase: 'assigned', generation: 2 })
    expect(it.can()).toEqual(['Reconcile'])
    it.does('Reconcile')
    const [ack, ask] = it.sent('coordinator')
    expect(ack).toMatchObject({ memberEpoch: 2, owned: { orders: [0, 1] } })
    expect(ask).toMatchObject({ kind: 'OffsetFetch' })
    expect(it.state.group.phase).toBe('stable')
  })
  test('with nothing to take up it says that it has nothing', () => {
    const it = started(MODERN)
    it.does('ConsumerGroupHeartbeat')
    it.hears('coordinator', told(3, []))
    it.sent('coordinator')
    it.does('Reconcile')
    expect(it.state.group).toMatchObject({ phase: 'stable', pending: null, generation: 3 })
    expect(it.sent('coordinator')).toMatchObject([{ memberEpoch: 3, owned: {} }])
  })
  test('a consumer of the classic protocol does none of it, and the other way round', () => {
    expect(started().whyNot('ConsumerGroupHeartbeat')).toBe('it uses the consumer protocol')
    expect(started(MODERN).whyNot('JoinGroup')).toBe('it uses the classic protocol')
    const it = started(MODERN)
    it.does('StallHandler')
    expect(it.whyNot('ConsumerGroupHeartbeat')).toBe('its thread is free to poll')
  })
})

describe('a new assignment', () => {
  test('keeps what stays, with its records, and gives up the rest', () => {
    const it = member()
    it.hears('broker-0', records(0, 2))
    it.hears('coordinator', told(2, [0]))
    expect(it.whyNot('Poll')).toBe('it has no rebalance to attend to first')
    expect(it.whyNot('OnPartitionsAssigned')).toBe('it uses the classic protocol')
    it.does('Reconcile')
    expect(it.state.lanes).toMatchObject([{ partition: 0, state: 'ready' }])
    expect(it.state.lanes[0]?.buffer).toHaveLength(2)
    expect(it.sent('coordinator')).toMatchObject([{}, { owned: { orders: [0] } }])
  })
  test('waits for the handler, which goes on in the epoch it is told', () => {
    const it = member()
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    it.hears('coordinator', told(2, [0]))
    expect(it.whyNot('Reconcile')).toBe('its thread is free to poll')
    it.hears('coordinator', told(3))
    applied(it)
    it.sent('coordinator')
    it.does('OffsetCommit')
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'OffsetCommit', generation: 3 }])
    it.hears('coordinator', commitResponse(0))
    it.does('Reconcile')
    expect(partitionsOf(it)).toEqual([0])
  })
  test('that is what it has already is no work', () => {
    const it = member()
    it.hears('coordinator', told(4, [0, 1]))
    expect(it.state.group).toMatchObject({ phase: 'stable', generation: 4 })
    expect(kinds(it)).toEqual(['ConsumerGroupHeartbeat'])
    expect(it.whyNot('Reconcile')).toBe('an assignment waits for the poll')
  })
  test('that takes back one it has not taken up yet is acknowledged all the same', () => {
    const it = member()
    it.hears('coordinator', told(3, [0, 1, 2]))
    it.hears('coordinator', told(3, [0, 1]))
    it.sent('coordinator')
    it.does('Reconcile')
    expect(it.sent('coordinator')).toMatchObject([{ owned: { orders: [0, 1] } }])
  })
  test('with automatic commits what was polled is committed before it goes', () => {
    const it = member({ 'enable.auto.commit': true })
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    applied(it)
    it.hears('coordinator', told(2, [1]))
    it.sent('coordinator')
    it.does('Reconcile')
    expect(it.sent('coordinator')).toMatchObject([
      { kind: 'OffsetCommit', offsets: [{ partition: 0, offset: 1 }] },
      { kind: 'ConsumerGroupHeartbeat', owned: { orders: [1] } },
    ])
  })
})

describe('a fenced member', () => {
  test.each(['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID'])(
    '%s: loses what it has in its next poll and joins again as itself',
    (error) => {
      const it = member()
      expect(it.hears('coordinator', refused(error))).toBe('TransitionToFenced')
      expect(it.state.group).toMatchObject({ phase: 'unjoined', lost: true, generation: -1 })
      expect(partitionsOf(it)).toEqual([0, 1])
      it.does('ConsumerGroupHeartbeat')
      expect(partitionsOf(it)).toEqual([])
      const [join] = it.sent('coordinator')
      expect(join).toMatchObject({ member: 'payments-0#0', memberEpoch: 0 })
    },
  )
  test.each([
    ['UNRELEASED_INSTANCE_ID', 'UnreleasedInstanceIdException: payments'],
    ['FENCED_INSTANCE_ID', 'FencedInstanceIdException: payments'],
  ])('%s: is ended by an exception', (error, said) => {
    const it = member({ 'group.instance.id': 'till' })
    expect(it.hears('coordinator', refused(error))).toBe('TransitionToFatal')
    expect(it.can()).toEqual(['FencedInstanceIdException'])
    it.does('FencedInstanceIdException')
    expect(it.state).toMatchObject({ process: 'stopped', said })
  })
})

describe('a commit', () => {
  function working(): Consumer {
    const it = member()
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    applied(it)
    return it
  }
  test.each(['STALE_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID'] as const)(
    'refused by %s fails; its membership is a matter of heartbeats',
    (error) => {
      const it = working()
      it.does('OffsetCommit')
      expect(it.hears('coordinator', commitResponse(0, error))).toBe('CommitFailedException')
      expect(it.state.group).toMatchObject({ phase: 'stable', generation: 2 })
    },
  )
  test('in a transaction tells the epoch that it heard last, also of one who is no member any more', () => {
    const it = member()
    expect(it.state.joinedAs).toEqual({ member: 'payments-0#0', generation: 2 })
    it.hears('coordinator', told(3))
    expect(it.state.joinedAs.generation).toBe(3)
    it.hears('coordinator', refused('UNKNOWN_MEMBER_ID'))
    expect(it.state.group.phase).toBe('unjoined')
    expect(it.state.joinedAs).toEqual({ member: 'payments-0#0', generation: 3 })
  })
  test('of one who is no member any more names no epoch', () => {
    const it = working()
    it.hears('coordinator', refused('FENCED_MEMBER_EPOCH'))
    it.sent('coordinator')
    it.does('OffsetCommit')
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'OffsetCommit', generation: -1 }])
  })
})

describe('a member that does not poll in time', () => {
  function busy(change: Change = {}): Consumer {
    const it = member(change)
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    it.does('PollIntervalExceeded')
    return it
  }
  test('leaves, and joins again in its next poll once its leaving is answered', () => {
    const it = busy()
    expect(it.sent('coordinator')).toMatchObject([{ memberEpoch: -1 }])
    expect(it.hears('coordinator', told(2, [0]))).toBe('IgnoreConsumerGroupHeartbeatResponse')
    applied(it)
    expect(it.whyNot('Poll')).not.toBeNull()
    expect(it.whyNot('ConsumerGroupHeartbeat')).toBe('it has a group to join')
    expect(it.hears('coordinator', told(-1))).toBe('TransitionToStale')
    expect(it.state.group).toMatchObject({ phase: 'unjoined', lost: true })
    expect(it.hears('coordinator', told(-1))).toBe('IgnoreConsumerGroupHeartbeatResponse')
  })
  test('as a static one it goes away for a while', () => {
    const it = busy({ 'group.instance.id': 'till' })
    expect(it.sent('coordinator')).toMatchObject([{ memberEpoch: -2, instance: 'till' }])
  })
  test('does not wait for the answer of a cut line', () => {
    const it = busy()
    it.sent('coordinator')
    it.hears('coordinator', CLOSED)
    expect(it.state.group.phase).toBe('unjoined')
    expect(it.sent('coordinator')).toEqual([])
  })
})

describe('its line and its process', () => {
  test('a cut line: it says all it has to say again', () => {
    const it = member()
    it.hears('coordinator', CLOSED)
    expect(it.sent('coordinator')).toMatchObject([
      { memberEpoch: 2, topics: ['orders'], owned: { orders: [0, 1] } },
    ])
    const joining = started(MODERN)
    joining.does('ConsumerGroupHeartbeat')
    joining.sent('coordinator')
    joining.hears('coordinator', CLOSED)
    expect(joining.sent('coordinator')).toMatchObject([{ memberEpoch: 0, owned: {} }])
    const outside = started(MODERN)
    outside.hears('coordinator', CLOSED)
    expect(outside.sent('coordinator')).toEqual([])
    const asking = started(MODERN)
    asking.does('ConsumerGroupHeartbeat')
    asking.hears('coordinator', told(2, [0]))
    asking.does('Reconcile')
    asking.sent('coordinator')
    asking.hears('coordinator', CLOSED)
    expect(kinds(asking)).toEqual(['ConsumerGroupHeartbeat', 'OffsetFetch'])
  })
  test('after a pause it beats in the epoch it knows', () => {
    const it = member()
    it.does('Pause')
    expect(kinds(it)).toEqual(['HeartbeatsStop'])
    it.does('Resume')
    expect(it.sent('coordinator')).toMatchObject([
      { kind: 'ConsumerGroupHeartbeat', memberEpoch: 2 },
    ])
  })
  test('closing, it leaves; a static one says that it is away', () => {
    for (const [change, memberEpoch] of [
      [{}, -1],
      [{ 'group.instance.id': 'till' }, -2],
    ] as const) {
      const it = member(change)
      it.does('LeaveAndRejoin')
      it.does('Close')
      expect(it.sent('coordinator').slice(1)).toMatchObject([
        { kind: 'ConsumerGroupHeartbeat', memberEpoch },
      ])
    }
  })
})
