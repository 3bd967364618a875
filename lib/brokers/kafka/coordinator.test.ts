import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import type { Rule } from '../../engine/types.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorSettings, CoordinatorState } from './coordinator-state.ts'
import type { Assignment, AssignorName, JoinGroup, OffsetCommit } from './protocol.ts'

const settings: CoordinatorSettings = {
  group: 'payments',
  'session.timeout.ms': 45_000,
  'max.poll.interval.ms': 300_000,
  'group.initial.rebalance.delay.ms': 3000,
  longestPollMs: 1000,
}

let group: Bench<CoordinatorState>

function newGroup(change: Partial<CoordinatorSettings> = {}): void {
  const ports = { a: 'connection', b: 'connection', c: 'connection' } as const
  group = benchOf(coordinatorKind, 'payments-coordinator', { ...settings, ...change }, ports)
}
beforeEach(() => newGroup())

const portOf = (member: string) => member.slice(0, 1)

function join(member: string, change: Partial<JoinGroup> = {}): string {
  const topics = ['orders']
  const protocols: AssignorName[] = ['range', 'cooperative-sticky']
  const asked = { kind: 'JoinGroup', member, topics, owned: {}, protocols, ...change } as JoinGroup
  return group.hears(portOf(member), asked)
}
function sync(member: string, assignments?: Record<string, Assignment>, generation?: number) {
  const asked = { kind: 'SyncGroup', member, generation: generation ?? group.state.generation }
  const more = assignments === undefined ? {} : { assignments }
  group.hears(portOf(member), { ...asked, ...more } as never)
}
function beat(member: string, generation = group.state.generation) {
  group.hears(portOf(member), { kind: 'Heartbeat', member, generation } as never)
}
const stops = (member: string) =>
  group.hears(portOf(member), { kind: 'HeartbeatsStop', member } as never)
const leaves = (member: string, reason = 'closed') =>
  group.hears(portOf(member), { kind: 'LeaveGroup', member, reason } as never)
const dies = (port: string) => group.hears(port, { kind: 'ConnectionClosed' })
function commit(member: string, offset: number, change: Partial<OffsetCommit> = {}) {
  const offsets = [{ topic: 'orders', partition: 0, offset }]
  const { generation } = group.state
  const asked = { kind: 'OffsetCommit', member, generation, correlation: 4, offsets, ...change }
  return group.hears(portOf(member), asked as never)
}

const halves = { 'a#1': { orders: [0, 1] }, 'b#1': { orders: [2] } }

/** a#1 (leader) and b#1 in generation 1, stable and beating. */
function stable(): void {
  join('a#1')
  join('b#1')
  group.does('InitialRebalanceDelay')
  group.does('InitialRebalanceDelay')
  sync('b#1')
  sync('a#1', halves)
  beat('a#1')
  beat('b#1')
  silence()
}
function silence(): void {
  for (const port of ['a', 'b', 'c']) group.sent(port)
}
const errors = (port: string) => group.sent(port).map((each) => each.error)
const members = () => group.state.members.map((member) => member.id)
const ruleOf = (name: string) =>
  coordinatorKind.rules.find((rule) => rule.name === name) as Rule & Required<Pick<Rule, 'takes'>>

describe('an empty group', () => {
  test('waits for more members before its first rebalance, as long as some come', () => {
    join('a#1')
    expect(group.sent('a')).toEqual([])
    expect(group.can()).toEqual(['InitialRebalanceDelay'])
    join('b#1')
    group.does('InitialRebalanceDelay', 0)
    expect(group.state).toMatchObject({ phase: 'PreparingRebalance', generation: 0 })
    group.does('InitialRebalanceDelay', 1)
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 1 })
    expect(group.can()).toEqual(['SyncTimeoutExpires'])
  })
  test('goes on at once when nobody else came', () => {
    join('a#1')
    group.does('InitialRebalanceDelay')
    expect(group.sent('a')).toEqual([
      {
        kind: 'JoinGroupResponse',
        about: 'a#1',
        member: 'a#1',
        generation: 1,
        protocol: 'range',
        leader: 'a#1',
        members: [{ member: 'a#1', owned: {}, topics: ['orders'] }],
      },
    ])
  })
  test('waits no longer than the rebalance timeout', () => {
    newGroup({ 'max.poll.interval.ms': 6000 })
    join('a#1')
    join('b#1')
    group.does('InitialRebalanceDelay')
    join('c#1')
    group.does('InitialRebalanceDelay')
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 1 })
  })
  test('whose only member leaves while it waits is empty again', () => {
    join('a#1')
    leaves('a#1')
    group.does('InitialRebalanceDelay')
    expect(group.state).toMatchObject({ phase: 'Empty', generation: 1, leader: '', delays: -1 })
  })
  test('the delay is the setting', () => {
    expect(ruleOf('InitialRebalanceDelay').takes(settings, null, undefined, 0)).toEqual([
      3000, 3000,
    ])
  })
})

describe('a rebalance', () => {
  test('only the leader is told who is there; members are answered when it has assigned', () => {
    join('a#1')
    join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    expect(group.sent('a')[0].members.map((each: { member: string }) => each.member)).toEqual([
      'a#1',
      'b#1',
    ])
    expect(group.sent('b')).toMatchObject([{ leader: 'a#1', generation: 1, members: [] }])
    sync('b#1')
    expect(group.sent('b')).toEqual([])
    sync('a#1', halves)
    expect(group.seen).toEqual([
      {
        kind: 'assigned',
        actor: 'payments-coordinator',
        group: 'payments',
        generation: 1,
        owners: { 'orders/0': 'a', 'orders/1': 'a', 'orders/2': 'b' },
      },
    ])
    expect(group.sent('a')).toEqual([{ kind: 'SyncGroupResponse', assignment: { orders: [0, 1] } }])
    expect(group.sent('b')).toEqual([{ kind: 'SyncGroupResponse', assignment: { orders: [2] } }])
    expect(group.state.phase).toBe('Stable')
  })
  test('a member that syncs late gets its part at once; one that was given nothing gets nothing', () => {
    join('a#1')
    join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    silence()
    sync('a#1', { 'a#1': { orders: [0] } })
    sync('b#1')
    expect(group.sent('b')).toEqual([{ kind: 'SyncGroupResponse', assignment: {} }])
  })
  test('assignments of one who does not lead count for nothing', () => {
    join('a#1')
    join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    silence()
    sync('b#1', halves)
    expect(group.state.phase).toBe('CompletingRebalance')
  })
  test('begins when somebody new joins: whoever beats is told', () => {
    stable()
    expect(join('c#1')).toBe('JoinGroup')
    expect(group.state.phase).toBe('PreparingRebalance')
    expect(errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(errors('b')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.sent('c')).toEqual([])
  })
  test('ends when all have joined, in a new generation, under the same leader', () => {
    stable()
    join('c#1')
    join('b#1')
    expect(group.state.generation).toBe(1)
    silence()
    join('a#1')
    expect(group.state).toMatchObject({
      phase: 'CompletingRebalance',
      generation: 2,
      leader: 'a#1',
    })
    for (const port of ['a', 'b', 'c']) expect(group.sent(port)).toMatchObject([{ generation: 2 }])
    expect(members()).toEqual(['a#1', 'b#1', 'c#1'])
  })
  test('that begins while the last one completes sends those who sync back', () => {
    stable()
    join('a#1')
    join('b#1')
    silence()
    sync('b#1')
    join('c#1')
    expect(group.sent('b')).toEqual([
      { kind: 'SyncGroupResponse', assignment: {}, error: 'REBALANCE_IN_PROGRESS' },
    ])
    sync('a#1')
    expect(errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
  })
  test('the leader that joins again calls one: it has seen new partitions', () => {
    stable()
    join('a#1')
    expect(group.state.phase).toBe('PreparingRebalance')
  })
  test('a follower that joins again unchanged is told what is so', () => {
    stable()
    join('b#1')
    expect(group.state.phase).toBe('Stable')
    expect(group.sent('b')).toMatchObject([{ generation: 1, leader: 'a#1', members: [] }])
  })
  test('a follower that gave something up calls one (KIP-429)', () => {
    stable()
    join('b#1', { owned: { orders: [2] } })
    expect(group.state.phase).toBe('PreparingRebalance')
  })
  test('what a cooperative member still holds stays its own until it gives it up', () => {
    join('a#1', { owned: { orders: [0, 1] } })
    join('b#1')
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    sync('a#1', { 'a#1': { orders: [0] }, 'b#1': { orders: [2] } })
    expect(group.seen).toMatchObject([
      { owners: { 'orders/0': 'a', 'orders/1': 'a', 'orders/2': 'b' } },
    ])
  })
  test('an answer is for whoever asked: a new process on the same line gets its own only', () => {
    stable()
    join('b#1', { owned: { orders: [2] } })
    dies('b')
    join('b#2')
    silence()
    join('a#1')
    expect(group.sent('b')).toMatchObject([{ about: 'b#2' }])
    expect(members()).toEqual(['a#1', 'b#1', 'b#2'])
  })
})

describe('the assignor', () => {
  const only = (...protocols: AssignorName[]) => ({ protocols })
  test.each<[AssignorName, AssignorName[][]]>([
    [
      'range',
      [
        ['range', 'cooperative-sticky'],
        ['cooperative-sticky', 'range'],
        ['range', 'cooperative-sticky'],
      ],
    ],
    ['cooperative-sticky', [['range', 'cooperative-sticky'], ['cooperative-sticky']]],
    [
      'cooperative-sticky',
      [
        ['cooperative-sticky', 'range'],
        ['cooperative-sticky', 'range'],
      ],
    ],
  ])('%s: what all offer and most put first, of %o', (chosen, offers) => {
    newGroup({ 'group.initial.rebalance.delay.ms': 0 })
    for (const [i, offer] of offers.entries()) join(`${'abc'[i]}#1`, only(...offer))
    group.does('InitialRebalanceDelay')
    group.does('InitialRebalanceDelay')
    expect(group.state.protocol).toBe(chosen)
  })
})

describe('heartbeats', () => {
  test('are answered only when there is news', () => {
    stable()
    expect([...group.sent('a'), ...group.sent('b')]).toEqual([])
    expect(group.can()).toEqual([])
  })
  test('may begin before the assignment has come', () => {
    join('a#1')
    group.does('InitialRebalanceDelay')
    silence()
    beat('a#1')
    expect(group.sent('a')).toEqual([])
  })
  test.each([
    ['UNKNOWN_MEMBER_ID', 'c#1', 1],
    ['ILLEGAL_GENERATION', 'a#1', 0],
  ])('%s', (error, member, generation) => {
    stable()
    beat(member, generation)
    expect(errors(portOf(member))).toEqual([error])
  })
  test('are told at once of a rebalance that is being prepared, and are a sign of life', () => {
    stable()
    join('c#1')
    stops('a#1')
    silence()
    beat('a#1')
    expect(errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.state.members[0]?.silent).toBe(false)
  })
})

describe('a session', () => {
  test('runs out for one whose process died, and the rest share anew', () => {
    stable()
    dies('b')
    expect(group.can()).toEqual(['SessionTimeoutExpires'])
    expect(group.does('SessionTimeoutExpires', 'b#1')).toEqual([
      {
        kind: 'memberRemoved',
        actor: 'payments-coordinator',
        group: 'payments',
        member: 'b',
        reason: 'no heartbeat within session.timeout.ms',
      },
    ])
    expect(errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.sent('b')).toEqual([])
    join('a#1')
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 2 })
  })
  test('its length is the setting', () => {
    const { takes } = ruleOf('SessionTimeoutExpires')
    expect(takes(settings, null, undefined, 'b#1')).toEqual([45_000, 45_000])
  })
  test('does not run out for those who beat', () => {
    stable()
    dies('b')
    expect(group.whyNot('SessionTimeoutExpires', 'a#1')).toBe('its heartbeats have ceased')
  })
  test('runs out for one that is paused, unless it beats again', () => {
    stable()
    stops('b#1')
    expect(group.can()).toEqual(['SessionTimeoutExpires'])
    expect(errors('b')).toEqual([])
    beat('b#1')
    expect(group.can()).toEqual([])
  })
  test('does not run out while the coordinator owes it an answer', () => {
    stable()
    join('c#1')
    join('b#1')
    stops('b#1')
    const reason = 'no join or sync of it is under way'
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBe(reason)
    silence()
    join('a#1')
    expect(group.sent('b')).toMatchObject([{ generation: 2 }])
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBeNull()
    sync('b#1')
    stops('b#1')
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBe(reason)
  })
  test('a join and a sync are signs of life', () => {
    stable()
    stops('b#1')
    join('b#1')
    expect(group.can()).toEqual([])
  })
  test('of a stranger has nothing to stop', () => {
    stable()
    const before = group.state
    stops('c#9')
    expect(group.state).toBe(before)
  })
  test('the removed leader is followed by the first of the others', () => {
    stable()
    dies('a')
    group.does('SessionTimeoutExpires', 'a#1')
    expect(group.state.leader).toBe('b#1')
  })
  test('the last member gone, the group is empty, and its offsets stay', () => {
    stable()
    commit('a#1', 7)
    dies('b')
    group.does('SessionTimeoutExpires', 'b#1')
    join('a#1')
    dies('a')
    group.does('SessionTimeoutExpires', 'a#1')
    expect(group.state).toMatchObject({ phase: 'Empty', members: [], offsets: { 'orders/0': 7 } })
  })
  test('who was removed must come back under another id', () => {
    stable()
    stops('b#1')
    group.does('SessionTimeoutExpires', 'b#1')
    silence()
    join('b#1')
    expect(group.sent('b')).toEqual([
      {
        kind: 'JoinGroupResponse',
        about: 'b#1',
        error: 'UNKNOWN_MEMBER_ID',
        member: 'b#1',
        generation: -1,
        protocol: 'range',
        leader: '',
        members: [],
      },
    ])
    join('b#2')
    expect(members()).toEqual(['a#1', 'b#2'])
  })
})

describe('the rebalance timeout', () => {
  test('drops those who have not joined, and the rest go on', () => {
    stable()
    join('c#1')
    join('a#1')
    silence()
    expect(group.can()).toEqual(['RebalanceTimeoutExpires'])
    expect(group.does('RebalanceTimeoutExpires', 1)).toMatchObject([
      { member: 'b', reason: 'it did not rejoin within max.poll.interval.ms' },
    ])
    expect(members()).toEqual(['a#1', 'c#1'])
    expect(group.state).toMatchObject({ phase: 'CompletingRebalance', generation: 2 })
    expect(group.sent('a')).toMatchObject([{ generation: 2 }])
    expect(group.sent('b')).toEqual([])
  })
  test('drops everybody when nobody has joined', () => {
    stable()
    group.does('ForceRebalance')
    expect(group.does('RebalanceTimeoutExpires')).toHaveLength(2)
    expect(group.state).toMatchObject({ phase: 'Empty', generation: 2 })
  })
  test('runs only while a rebalance is prepared, and not during the initial delay', () => {
    const reason = 'a rebalance is being prepared'
    expect(group.whyNot('RebalanceTimeoutExpires')).toBe(reason)
    join('a#1')
    expect(group.whyNot('RebalanceTimeoutExpires')).toBe(reason)
    group.does('InitialRebalanceDelay')
    expect(group.whyNot('RebalanceTimeoutExpires')).toBe(reason)
  })
  test('is max.poll.interval.ms, and counts from each rebalance', () => {
    const rule = ruleOf('RebalanceTimeoutExpires')
    expect(rule.takes(settings, null, undefined, 1)).toEqual([300_000, 300_000])
    stable()
    group.does('ForceRebalance')
    expect(group.whyNot('RebalanceTimeoutExpires', 1)).toBeNull()
    expect(group.whyNot('RebalanceTimeoutExpires', 2)).not.toBeNull()
  })
  test('search expects it only of slow or silent members', () => {
    const usual = ruleOf('RebalanceTimeoutExpires').usual as NonNullable<Rule['usual']>
    const at = (longestPollMs: number) =>
      usual(group.state, undefined, 1, {
        id: '',
        port: '',
        ports: [],
        settings: { ...settings, longestPollMs },
      })
    stable()
    join('c#1')
    expect([at(1000), at(300_000)]).toEqual([false, true])
    dies('c')
    expect(at(1000)).toBe(false)
    stops('b#1')
    expect(at(1000)).toBe(true)
  })
})

describe('a search lets a session run out', () => {
  const usual = ruleOf('SessionTimeoutExpires').usual as NonNullable<Rule['usual']>
  const me = { id: '', port: '', ports: [], settings }
  const expected = () => usual(group.state, undefined, 'b#1', me)
  const cut = () => group.hears('b', { kind: 'ConnectionClosed', cut: true } as never)
  test('of a process that died or pauses; of one whose line was cut for a pause only', () => {
    stable()
    cut()
    expect(group.whyNot('SessionTimeoutExpires', 'b#1')).toBeNull()
    expect(expected()).toBe(false)
    dies('b')
    expect(expected()).toBe(true)
    cut()
    expect(expected()).toBe(true)
  })
  test('of one that came back under another id', () => {
    stable()
    cut()
    join('b#2')
    expect(expected()).toBe(true)
  })
  test('and knows a rebalance that waits for the cut off from one that waits for the dead', () => {
    const rebalance = ruleOf('RebalanceTimeoutExpires').usual as NonNullable<Rule['usual']>
    stable()
    join('c#1')
    cut()
    expect(rebalance(group.state, undefined, 1, me)).toBe(false)
    stops('b#1')
    expect(rebalance(group.state, undefined, 1, me)).toBe(true)
  })
})

describe('LeaveGroup', () => {
  test('takes effect at once', () => {
    stable()
    expect(leaves('b#1', 'the consumer is being closed')).toBe('LeaveGroup')
    expect(group.seen).toMatchObject([
      { kind: 'memberRemoved', member: 'b', reason: 'the consumer is being closed' },
    ])
    expect(members()).toEqual(['a#1'])
    expect(errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
  })
  test('of the one all waited for completes the rebalance', () => {
    stable()
    join('c#1')
    join('a#1')
    silence()
    leaves('b#1')
    expect(group.sent('a')).toMatchObject([{ generation: 2 }])
  })
  test('of the last one empties the group', () => {
    stable()
    leaves('a#1')
    leaves('b#1')
    expect(group.state).toMatchObject({ phase: 'Empty', members: [], generation: 2 })
  })
  test('of a stranger changes nothing', () => {
    stable()
    expect(leaves('c#1')).toBe('IgnoreLeaveGroup')
    expect(members()).toEqual(['a#1', 'b#1'])
  })
})

describe('offsets', () => {
  test('a commit is stored, answered and seen', () => {
    stable()
    expect(commit('a#1', 3)).toBe('OffsetCommit')
    expect(group.seen).toEqual([
      {
        kind: 'committed',
        actor: 'payments-coordinator',
        group: 'payments',
        stream: 'orders',
        lane: 0,
        offset: 3,
        by: 'a',
      },
    ])
    expect(group.sent('a')).toEqual([{ kind: 'OffsetCommitResponse', correlation: 4 }])
  })
  test('may move backwards (K18)', () => {
    stable()
    commit('a#1', 10)
    commit('a#1', 4)
    expect(group.state.offsets).toEqual({ 'orders/0': 4 })
  })
  test.each([
    ['ILLEGAL_GENERATION', 'a#1', { generation: 0 }],
    ['UNKNOWN_MEMBER_ID', 'c#1', {}],
    ['UNKNOWN_MEMBER_ID', 'c#1', { generation: 0 }],
    ['UNKNOWN_MEMBER_ID', 'c#1', { generation: -1 }],
  ])('%s (K16): nothing is stored', (error, member, change) => {
    stable()
    commit(member, 3, { ...change, about: 'orders/0' })
    expect(group.seen).toEqual([
      {
        kind: 'commitRefused',
        actor: 'payments-coordinator',
        group: 'payments',
        by: portOf(member),
        reason: error,
      },
    ])
    expect(group.sent(portOf(member))).toEqual([
      { kind: 'OffsetCommitResponse', correlation: 4, about: 'orders/0', error },
    ])
    expect(group.state.offsets).toEqual({})
  })
  test('a commit after the session is UNKNOWN_MEMBER_ID, whatever the generation (K17)', () => {
    stable()
    stops('b#1')
    group.does('SessionTimeoutExpires', 'b#1')
    silence()
    commit('b#1', 3, { generation: 1 })
    expect(errors('b')).toEqual(['UNKNOWN_MEMBER_ID'])
  })
  test('while a rebalance is prepared a commit is taken, while it completes it is not', () => {
    stable()
    join('c#1')
    commit('a#1', 3)
    expect(group.state.offsets).toEqual({ 'orders/0': 3 })
    join('a#1')
    join('b#1')
    silence()
    commit('a#1', 4)
    expect(errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
  })
  test('are fetched; -1 where nothing was committed', () => {
    stable()
    commit('a#1', 3)
    group.sent('a')
    const partitions = [
      { topic: 'orders', partition: 0 },
      { topic: 'orders', partition: 1 },
    ]
    expect(group.hears('a', { kind: 'OffsetFetch', partitions } as never)).toBe('OffsetFetch')
    expect(group.sent('a')).toEqual([
      {
        kind: 'OffsetFetchResponse',
        offsets: [
          { topic: 'orders', partition: 0, offset: 3 },
          { topic: 'orders', partition: 1, offset: -1 },
        ],
      },
    ])
  })
})

describe('ForceRebalance', () => {
  test('calls a stable group together', () => {
    stable()
    expect(group.faults()).toEqual(['ForceRebalance'])
    group.does('ForceRebalance')
    expect(errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
    expect(group.whyNot('ForceRebalance')).toBe('the group is stable')
  })
  test('is no use to an empty group', () => {
    expect(group.whyNot('ForceRebalance')).toBe('the group is stable')
  })
})

describe('RewindOffset', () => {
  test('is refused while the group has members', () => {
    stable()
    commit('a#1', 3)
    expect(group.whyNot('RewindOffset', 0)).toBe('the group has no members')
  })
  test('moves every partition that is further back, and none forward', () => {
    const offsets = { 'orders/0': 5, 'orders/1': 2, 'orders/2': 3 }
    group.state = { ...group.state, offsets }
    expect(group.faults()).toEqual(['RewindOffset'])
    expect(group.does('RewindOffset', 2)).toEqual([
      {
        kind: 'rewound',
        actor: 'payments-coordinator',
        group: 'payments',
        stream: 'orders',
        lane: 0,
        offset: 2,
      },
      {
        kind: 'rewound',
        actor: 'payments-coordinator',
        group: 'payments',
        stream: 'orders',
        lane: 2,
        offset: 2,
      },
    ])
    expect(group.state.offsets).toEqual({ 'orders/0': 2, 'orders/1': 2, 'orders/2': 2 })
  })
  test('offers offsets from the beginning and back from the end, each once', () => {
    const offered = (furthest: number) => {
      group.state = { ...group.state, offsets: { 'orders/0': furthest } }
      const isOffered = (offset: number) => group.whyNot('RewindOffset', offset) === null
      return Array.from({ length: furthest + 1 }, (_, i) => i).filter(isOffered)
    }
    expect(offered(0)).toEqual([])
    expect(offered(3)).toEqual([0, 1, 2])
    expect(offered(40)).toEqual(Array.from({ length: 40 }, (_, i) => i))
    expect(offered(100)).toHaveLength(64)
    expect(offered(100).slice(-1)).toEqual([99])
  })
})
