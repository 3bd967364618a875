// A group's offsets at its coordinator: whose commits it takes, what it tells, and how they are rewound.
import { beforeEach, describe, expect, test } from 'vitest'
import { type ClassicGroup, classicGroup, portOf } from './coordinator.fixture.ts'

let group: ClassicGroup
beforeEach(() => {
  group = classicGroup()
})

describe('offsets', () => {
  test('a commit is stored, answered and seen', () => {
    group.stable()
    expect(group.commit('a#1', 3)).toBe('OffsetCommit')
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
    group.stable()
    group.commit('a#1', 10)
    group.commit('a#1', 4)
    expect(group.state.offsets).toEqual({ 'orders/0': 4 })
  })
  test.each([
    ['ILLEGAL_GENERATION', 'a#1', { generation: 0 }],
    ['UNKNOWN_MEMBER_ID', 'c#1', {}],
    ['UNKNOWN_MEMBER_ID', 'c#1', { generation: 0 }],
    ['UNKNOWN_MEMBER_ID', 'c#1', { generation: -1 }],
  ])('%s (K16): nothing is stored', (error, member, change) => {
    group.stable()
    group.commit(member, 3, { ...change, about: 'orders/0' })
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
    group.stable()
    group.stops('b#1')
    group.does('SessionTimeoutExpires', 'b#1')
    group.silence()
    group.commit('b#1', 3, { generation: 1 })
    expect(group.errors('b')).toEqual(['UNKNOWN_MEMBER_ID'])
  })
  test('while a rebalance is prepared a commit is taken, while it completes it is not', () => {
    group.stable()
    group.join('c#1')
    group.commit('a#1', 3)
    expect(group.state.offsets).toEqual({ 'orders/0': 3 })
    group.join('a#1')
    group.join('b#1')
    group.silence()
    group.commit('a#1', 4)
    expect(group.errors('a')).toEqual(['REBALANCE_IN_PROGRESS'])
  })
  test('are fetched; -1 where nothing was committed', () => {
    group.stable()
    group.commit('a#1', 3)
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

describe('RewindOffset', () => {
  test('is refused while the group has members', () => {
    group.stable()
    group.commit('a#1', 3)
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
