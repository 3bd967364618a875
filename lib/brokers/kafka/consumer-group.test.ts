import { describe, expect, test } from 'vitest'
import {
  applied,
  heartbeatResponse,
  joinResponse,
  newConsumer,
  polled,
  records,
  settingsWith,
  stable,
  started,
  syncResponse,
  takes,
} from './consumer.fixture.ts'
import { consumer } from './consumer.ts'
import { epochs, metadata as metadataOf } from './metadata.fixture.ts'

const cooperative = { 'partition.assignment.strategy': 'CooperativeStickyAssignor' } as const
const metadata = (partitions: number, topic = 'orders') => metadataOf(partitions, 2, topic)

describe('starting and joining', () => {
  test('is told its partitions at once, and of added ones within metadata.max.age.ms', () => {
    const it = newConsumer()
    it.does('Start')
    const rule = consumer.rules.find(({ name }) => name === 'MetadataResponse')!
    const wait = () => rule.takes?.(settingsWith(), it.state, metadata(4), undefined)
    expect(wait()).toEqual([0, 0])
    it.hears('controller', metadata(3))
    expect(wait()).toEqual([0, 300_000])
  })
  test('asks for its topics first, and joins once it knows them', () => {
    const it = newConsumer()
    expect(it.can()).toEqual(['Start'])
    expect(it.whyNot('JoinGroup')).toBe('the process is running')
    it.does('Start')
    expect(it.whyNot('Start')).toBe('it has not been started yet')
    expect(it.sent('controller')).toEqual([
      { kind: 'Metadata', about: 'orders', topic: 'orders', known: [] },
    ])
    expect(it.whyNot('JoinGroup')).toBe('it knows the partitions of its topics')
    expect(it.hears('controller', metadata(3))).toBe('MetadataResponse')
    expect(it.sent('controller')).toMatchObject([{ known: epochs(3) }])
    expect(it.can()).toEqual(['JoinGroup'])
    it.does('JoinGroup')
    expect(it.sent('coordinator')).toEqual([
      {
        kind: 'JoinGroup',
        about: 'payments-0#0',
        member: 'payments-0#0',
        topics: ['orders'],
        owned: {},
        protocols: ['range', 'cooperative-sticky'],
      },
    ])
    expect(it.can()).toEqual([])
    expect(it.whyNot('JoinGroup')).toBe('it has a group to join')
  })

  test('joins when the scenario says', () => {
    expect(takes(newConsumer(), 'Start', undefined, { joinsAtMs: 7000 })).toEqual([7000, 7000])
  })

  test('subscribes to its retry topic where it writes to one', () => {
    const it = newConsumer({ handler: { onFailure: 'retry-topic' } })
    it.does('Start')
    expect(it.sent('controller').map((e) => e.topic)).toEqual(['orders', 'orders-retry'])
    it.hears('controller', metadata(3))
    expect(it.whyNot('JoinGroup')).toBe('it knows the partitions of its topics')
    it.hears('controller', metadata(1, 'orders-retry'))
    it.does('JoinGroup')
    expect(it.sent('coordinator')[0].topics).toEqual(['orders', 'orders-retry'])
  })

  test('the leader computes the assignment, the others wait for it', () => {
    const it = started()
    it.does('JoinGroup')
    it.sent('coordinator')
    const topics = ['orders']
    const members = ['payments-0#0', 'payments-1#0'].map((member) => ({
      member,
      owned: {},
      topics,
    }))
    expect(it.hears('coordinator', joinResponse(1, 'payments-0#0', members))).toBe(
      'JoinGroupResponse',
    )
    expect(it.sent('coordinator')).toMatchObject([
      {
        kind: 'SyncGroup',
        member: 'payments-0#0',
        generation: 1,
        assignments: { 'payments-0#0': { orders: [0, 1] }, 'payments-1#0': { orders: [2] } },
      },
    ])
    expect(it.state.group.leader).toBe(true)
    const other = started()
    other.does('JoinGroup')
    other.sent('coordinator')
    other.hears('coordinator', joinResponse(1, 'payments-1#0'))
    expect(other.sent('coordinator')).toEqual([
      { kind: 'SyncGroup', about: 'payments-0#0', member: 'payments-0#0', generation: 1 },
    ])
    expect(other.state.group.leader).toBe(false)
  })

  test('with its assignment it begins to beat and asks where the group stands', () => {
    const it = started()
    it.does('JoinGroup')
    it.hears('coordinator', joinResponse(1))
    it.sent('coordinator')
    expect(it.hears('coordinator', syncResponse({ orders: [0, 2] }))).toBe('SyncGroupResponse')
    expect(it.sent('coordinator')).toMatchObject([
      { kind: 'Heartbeat', member: 'payments-0#0', generation: 1 },
      {
        kind: 'OffsetFetch',
        partitions: [
          { topic: 'orders', partition: 0 },
          { topic: 'orders', partition: 2 },
        ],
      },
    ])
    expect(it.state.group.phase).toBe('stable')
  })

  test('a member with nothing to read just beats', () => {
    const it = started()
    it.does('JoinGroup')
    it.hears('coordinator', joinResponse(1))
    it.sent('coordinator')
    it.hears('coordinator', syncResponse({}))
    expect(it.sent('coordinator').map((e) => e.kind)).toEqual(['Heartbeat'])
    expect(it.can()).toEqual([])
  })

  test('one that is refused joins again, under a new id if its own is not known', () => {
    const it = started()
    it.does('JoinGroup')
    it.sent('coordinator')
    const refusal = (error: string, member = 'payments-0#0') =>
      ({ kind: 'JoinGroupResponse', member, error }) as never
    expect(it.wouldTake('coordinator', refusal('UNKNOWN_MEMBER_ID', 'payments-0#7'))).toEqual([
      'IgnoreJoinGroupResponse',
    ])
    expect(it.hears('coordinator', refusal('UNKNOWN_MEMBER_ID'))).toBe('JoinGroupRefused')
    it.does('JoinGroup')
    expect(it.sent('coordinator')[0].member).toBe('payments-0#1')
    it.hears('coordinator', refusal('REBALANCE_IN_PROGRESS', 'payments-0#1'))
    it.does('JoinGroup')
    expect(it.sent('coordinator')[0].member).toBe('payments-0#1')
  })

  test('the assignment may be refused too', () => {
    const refused = (error: string) => {
      const it = started()
      it.does('JoinGroup')
      it.hears('coordinator', joinResponse(1))
      it.sent('coordinator')
      const rule = it.hears('coordinator', { kind: 'SyncGroupResponse', error } as never)
      expect(it.can()).toEqual(['JoinGroup'])
      it.does('JoinGroup')
      return [rule, it.sent('coordinator')[0].member]
    }
    expect(refused('REBALANCE_IN_PROGRESS')).toEqual(['SyncGroupRebalancing', 'payments-0#0'])
    expect(refused('UNKNOWN_MEMBER_ID')).toEqual(['SyncGroupRefused', 'payments-0#1'])
    expect(refused('ILLEGAL_GENERATION')).toEqual(['SyncGroupRefused', 'payments-0#0'])
  })

  test('answers that nobody waits for are ignored', () => {
    const it = stable()
    const before = it.state
    const refusal = {
      kind: 'JoinGroupResponse',
      member: 'payments-0#0',
      error: 'UNKNOWN_MEMBER_ID',
    }
    expect(it.wouldTake('coordinator', refusal as never)).toEqual(['IgnoreJoinGroupResponse'])
    expect(it.hears('coordinator', joinResponse(5))).toBe('IgnoreJoinGroupResponse')
    for (const error of [undefined, 'REBALANCE_IN_PROGRESS', 'UNKNOWN_MEMBER_ID']) {
      const late = { kind: 'SyncGroupResponse', assignment: {}, error } as never
      expect(it.hears('coordinator', late)).toBe('IgnoreSyncGroupResponse')
    }
    const joining = started()
    joining.does('JoinGroup')
    for (const error of ['UNKNOWN_MEMBER_ID', 'REBALANCE_IN_PROGRESS'] as const) {
      expect(joining.hears('coordinator', heartbeatResponse(error))).toBe('IgnoreHeartbeatResponse')
    }
    expect(it.state).toBe(before)
  })
})

describe('a rebalance', () => {
  test('is joined in the next poll: an eager member finishes its records and gives up all', () => {
    const it = polled(2)
    expect(it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))).toBe(
      'HeartbeatRebalancing',
    )
    expect(it.whyNot('JoinGroup')).toBe('its thread is free to poll')
    applied(it)
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', { kind: 'OffsetCommitResponse', correlation: 0 } as never)
    it.sent('coordinator')
    it.hears('broker-0', records(2, 4))
    expect(it.whyNot('Poll')).toBe('it has no rebalance to attend to first')
    it.does('JoinGroup')
    expect(it.state.lanes).toEqual([])
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'JoinGroup', owned: {} }])
  })

  test('with automatic commits, commits what was polled before it joins', () => {
    const it = polled(1, { 'enable.auto.commit': true })
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    applied(it)
    it.does('JoinGroup')
    expect(it.sent('coordinator')).toMatchObject([
      { kind: 'OffsetCommit', offsets: [{ topic: 'orders', partition: 0, offset: 1 }] },
      { kind: 'JoinGroup' },
    ])
  })

  test('a cooperative member keeps what it has while it joins, and goes on reading', () => {
    const it = stable(cooperative, [0, 1])
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    expect(it.sent('coordinator')).toMatchObject([
      { kind: 'JoinGroup', owned: { orders: [0, 1] }, protocols: ['cooperative-sticky'] },
    ])
    it.hears('broker-0', records(0, 2))
    it.does('Poll')
    it.hears('coordinator', joinResponse(2))
    it.sent('coordinator')
    it.hears('coordinator', syncResponse({ orders: [0] }))
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'Heartbeat', generation: 2 }])
    expect(it.state.lanes.map((lane) => lane.partition)).toEqual([0, 1])
    expect(it.whyNot('OnPartitionsAssigned')).toBe('its thread is free to poll')
    applied(it)
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', { kind: 'OffsetCommitResponse', correlation: 0 } as never)
    it.hears('broker-1', records(0, 2, 1))
    expect(it.whyNot('Poll')).toBe('it has no rebalance to attend to first')
    it.does('OnPartitionsAssigned')
    expect(it.state.lanes.map((lane) => [lane.partition, lane.position])).toEqual([[0, 2]])
    // Something was revoked, so that it joins once more for it to be handed over.
    expect(it.can()).toEqual(['JoinGroup'])
  })

  test('a cooperative member counts as committed what it committed when it joined', () => {
    const it = stable({ ...cooperative, 'enable.auto.commit': true })
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    applied(it)
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    expect(it.state.lanes).toMatchObject([{ position: 1, committed: 1 }])
  })

  test('a cooperative member that loses nothing does not join again, and asks for what is new', () => {
    const it = stable(cooperative, [0])
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    it.hears('coordinator', joinResponse(2))
    it.sent('coordinator')
    it.hears('coordinator', syncResponse({ orders: [0, 2] }))
    expect(it.sent('coordinator')).toMatchObject([
      { kind: 'Heartbeat' },
      { kind: 'OffsetFetch', partitions: [{ partition: 2 }] },
    ])
    expect(it.can()).toEqual([])
    expect(it.whyNot('OnPartitionsAssigned')).toBe('an assignment waits for the poll')
  })

  test('a rebalance called before the assignment was adopted is joined after it', () => {
    const it = stable(cooperative, [0])
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    it.hears('coordinator', joinResponse(2))
    it.hears('coordinator', syncResponse({ orders: [0] }))
    expect(it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))).toBe(
      'HeartbeatRebalancing',
    )
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', { kind: 'OffsetCommitResponse', correlation: 0 } as never)
    it.does('OnPartitionsAssigned')
    expect(it.can()).toEqual(['JoinGroup'])
  })

  test('the leader calls one when partitions were added; a follower waits for it', () => {
    const leader = stable()
    leader.state = { ...leader.state, group: { ...leader.state.group, leader: true } }
    leader.hears('controller', metadata(4))
    expect(leader.can()).toEqual(['JoinGroup'])
    expect(leader.sent('controller')).toMatchObject([{ known: epochs(4) }])
    const follower = stable()
    follower.hears('controller', metadata(4))
    expect(follower.can()).toEqual([])
    expect(follower.state.partitions).toEqual({ orders: 4 })
  })

  test('the same number of partitions is no news', () => {
    const leader = stable()
    leader.state = { ...leader.state, group: { ...leader.state.group, leader: true } }
    leader.hears('controller', metadata(3))
    expect(leader.can()).toEqual([])
  })
})

describe('being thrown out', () => {
  test('a member that hears of it goes on with its records, then drops its partitions and joins anew', () => {
    const it = polled(1)
    expect(it.hears('coordinator', heartbeatResponse('UNKNOWN_MEMBER_ID'))).toBe('HeartbeatRefused')
    expect(it.state.lanes).toHaveLength(1)
    applied(it)
    it.does('OffsetCommit')
    it.does('JoinGroup')
    expect(it.state.lanes).toEqual([])
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'JoinGroup', member: 'payments-0#1' }])
  })

  test('a past generation keeps the member id', () => {
    const it = stable()
    it.hears('coordinator', heartbeatResponse('ILLEGAL_GENERATION'))
    it.does('JoinGroup')
    expect(it.sent('coordinator')[0].member).toBe('payments-0#0')
  })

  test('partitions that are lost are not committed, even with automatic commits', () => {
    const it = stable({ ...cooperative, 'enable.auto.commit': true })
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    applied(it)
    it.hears('coordinator', heartbeatResponse('ILLEGAL_GENERATION'))
    it.does('JoinGroup')
    expect(it.sent('coordinator').map((e) => e.kind)).toEqual(['JoinGroup'])
    expect(it.state.lanes).toEqual([])
  })

  test('a handler that does not come back to poll in time costs the membership', () => {
    const it = polled(1)
    expect(takes(it, 'PollIntervalExceeded')).toEqual([300_000, 300_000])
    it.does('PollIntervalExceeded')
    expect(it.sent('coordinator')).toEqual([
      {
        kind: 'LeaveGroup',
        about: 'payments-0#0',
        member: 'payments-0#0',
        reason: 'max.poll.interval.ms exceeded',
      },
    ])
    expect(it.whyNot('PollIntervalExceeded')).toBe('it is a member')
    const idle = stable()
    expect(idle.whyNot('PollIntervalExceeded')).toBe('its thread has not come back to poll')
    idle.does('StallHandler')
    expect(idle.whyNot('PollIntervalExceeded')).toBeNull()
  })

  test('fires unpaused only where the durations allow it', () => {
    const rule = consumer.rules.find((each) => each.name === 'PollIntervalExceeded')
    const usual = (it: ReturnType<typeof polled>, change = {}) => {
      const me = { id: 'payments-0', settings: settingsWith(change), port: '', ports: [] }
      return rule?.usual?.(it.state, undefined, undefined, me)
    }
    const short = { 'max.poll.interval.ms': 60, handler: { ms: [10, 20] as const } }
    expect(usual(polled(2), short)).toBe(false)
    expect(usual(polled(3), short)).toBe(true)
    const two = { ...short, handler: { ms: [10, 20] as const, workers: 2 } }
    expect(usual(polled(4, { handler: { workers: 2 } }), two)).toBe(false)
    expect(usual(polled(5, { handler: { workers: 2 } }), two)).toBe(true)
    const hangs = polled(1)
    hangs.does('StallHandler')
    expect(usual(hangs)).toBe(true)
    expect(usual(stable())).toBe(false)
  })
})
