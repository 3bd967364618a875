// A group with group.protocol=consumer at its coordinator (KIP-848).
import { describe, expect, test } from 'vitest'
import type { Rule } from '../../engine/types.ts'
import { metadata } from './metadata.fixture.ts'
import { modernGroup, modernSettings, settled } from './modern.fixture.ts'
import { modernCoordinatorKind } from './modern-coordinator.ts'

const CLOSED = { kind: 'ConnectionClosed' } as const
const ruleOf = (name: string) =>
  modernCoordinatorKind.rules.find((rule) => rule.name === name) as Rule &
    Required<Pick<Rule, 'takes' | 'usual'>>

describe('joining', () => {
  test('the first one gets everything at once, in epoch 2', () => {
    const it = modernGroup()
    it.join('a#0')
    expect(it.told('a')).toEqual(['2 [0 1 2 3]'])
    expect(it.group.seen).toMatchObject([
      { kind: 'assigned', generation: 2, owners: { 'orders/0': 'a', 'orders/3': 'a' } },
    ])
  })
  test('a second one waits for what the first gives up; what that keeps it keeps', () => {
    const it = modernGroup()
    it.join('a#0')
    it.beat('a#0')
    it.told('a')
    it.join('b#0')
    expect(it.told('b')).toEqual(['3 []'])
    expect(it.told('a')).toEqual(['2 [0 1]'])
    expect(it.group.seen).toEqual([])
    it.beat('b#0')
    it.beat('a#0', { owned: [0, 1, 3] })
    expect([it.told('a'), it.told('b')]).toEqual([[], []])
    it.beat('a#0', { owned: [0, 1] })
    expect([it.told('a'), it.told('b')]).toEqual([['3'], ['3 [2 3]']])
    expect(it.group.seen).toMatchObject([{ owners: { 'orders/1': 'a', 'orders/2': 'b' } }])
  })
  test('says what it reads and owns nothing, and names an assignor that there is', () => {
    const it = modernGroup()
    it.join('a#0', { topics: undefined as never })
    it.join('a#0', { owned: [0] })
    it.join('a#0', { assignor: 'sticky' })
    it.beat('a#0', { epoch: 3 })
    it.beat('a#0', { epoch: -1 })
    expect(it.told('a')).toEqual([
      ...['INVALID_REQUEST', 'INVALID_REQUEST', 'UNSUPPORTED_ASSIGNOR'],
      ...['GROUP_ID_NOT_FOUND', 'GROUP_ID_NOT_FOUND'],
    ])
    expect(it.group.state.epoch).toBe(0)
  })
  test('once more, it is told all that it has', () => {
    const it = settled()
    it.join('b#0')
    expect(it.told('b')).toEqual(['3 [2 3]'])
    expect(it.told('a')).toEqual([])
  })
  test('follows the metadata of what is read, once', () => {
    const it = modernGroup()
    it.join('a#0')
    it.join('b#0')
    expect(it.group.sent('controller')).toMatchObject([
      { kind: 'Metadata', topic: 'orders', known: [] },
    ])
    it.join('b#0', { topics: ['orders', 'refunds'] })
    expect(it.group.sent('controller')).toMatchObject([{ topic: 'refunds' }])
    it.group.hears('controller', CLOSED)
    expect(it.group.sent('controller').map(({ topic }) => topic)).toEqual(['orders', 'refunds'])
  })
})

describe('a heartbeat', () => {
  test('without news is kept; full ones are answered with all there is', () => {
    const it = settled()
    it.beat('a#0')
    expect(it.told('a')).toEqual([])
    it.beat('a#0', { topics: ['orders'], owned: [0, 1] })
    expect(it.told('a')).toEqual(['3 [0 1]'])
  })
  test('in a wrong epoch is fenced, and of one who is no member unknown', () => {
    const it = settled()
    it.beat('a#0', { epoch: 4 })
    it.beat('a#0', { epoch: 1, owned: [0] })
    it.beat('a#0', { epoch: 2 })
    it.beat('c#0', { epoch: 3 })
    expect(it.told('a')).toEqual(Array.from({ length: 3 }, () => 'FENCED_MEMBER_EPOCH'))
    expect(it.told('c')).toEqual(['UNKNOWN_MEMBER_ID'])
  })
  test('in the epoch before is forgiven, when it owns no more than it was assigned', () => {
    const it = modernGroup()
    it.join('a#0')
    it.join('b#0')
    it.beat('a#0')
    it.beat('a#0', { owned: [0, 1] })
    it.told('a')
    it.beat('a#0', { epoch: 2, owned: [0] })
    expect(it.told('a')).toEqual(['3'])
  })
  test('with other topics moves the group epoch', () => {
    const it = settled()
    it.beat('b#0', { topics: ['refunds', 'orders'] })
    expect(it.group.state.epoch).toBe(4)
    expect(it.told('b')).toEqual(['4 [2 3 refunds/0]'])
    it.beat('b#0', { topics: ['orders', 'refunds'] })
    expect(it.group.state.epoch).toBe(4)
  })
})

describe('a change while another is under way', () => {
  test('a member that is giving up gives up more, in the epoch it is in', () => {
    const it = modernGroup({ topics: { orders: { partitions: 6 } } as never })
    it.join('a#0')
    it.join('b#0')
    it.beat('a#0')
    it.told('a')
    it.join('c#0')
    it.beat('a#0', { owned: [0, 1, 2] })
    expect(it.told('a')).toEqual(['2 [0 1]'])
    it.beat('a#0', { owned: [0, 1] })
    expect(it.told('a')).toEqual(['4'])
    it.beat('b#0')
    it.beat('c#0')
    expect(it.told('b').at(-1)).toBe('4 [3 4]')
    expect(it.told('c').at(-1)).toBe('4 [2 5]')
  })
})

test('what a member is giving up it may have back once it has given it up', () => {
  const it = modernGroup()
  it.join('a#0')
  it.beat('a#0', { topics: ['refunds'], owned: [0, 1, 2, 3] })
  it.beat('a#0', { topics: ['orders'], owned: [0, 1, 2, 3] })
  expect(it.told('a')).toEqual(['2 [0 1 2 3]', '2 []', '2 []'])
  it.beat('a#0', { owned: [] })
  expect(it.told('a')).toEqual(['4 [0 1 2 3]'])
})

describe('leaving', () => {
  test('frees the partitions at once for those who beat', () => {
    const it = settled()
    it.beat('b#0', { epoch: -1 })
    expect(it.told('b')).toEqual(['-1'])
    expect(it.told('a')).toEqual(['4 [0 1 2 3]'])
    expect(it.group.seen).toMatchObject([
      { kind: 'memberRemoved', member: 'b', reason: 'it leaves' },
      { kind: 'assigned', generation: 4 },
    ])
    it.beat('b#0', { epoch: -1 })
    expect(it.told('b')).toEqual(['UNKNOWN_MEMBER_ID'])
  })
  test('for those who do not, targets are made by the next heartbeat', () => {
    const it = settled()
    it.group.hears('a', { kind: 'HeartbeatsStop', member: 'a#0' } as never)
    it.beat('b#0', { epoch: -1 })
    expect(it.group.state).toMatchObject({ epoch: 4, targetEpoch: 3 })
    it.beat('a#0')
    expect(it.told('a')).toEqual(['4 [0 1 2 3]'])
  })
  test('a dynamic member does not go away for a while', () => {
    const it = settled()
    it.beat('b#0', { epoch: -2 })
    it.beat('b#0', { epoch: -3, instance: 'till' })
    expect(it.told('b')).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST'])
  })
})

describe('a static member', () => {
  const till = { instance: 'till' }
  function named() {
    const it = modernGroup()
    it.join('a#0')
    it.join('b#0', till)
    it.beat('a#0', { owned: [0, 1] })
    it.beat('a#0', { owned: [0, 1] })
    it.beat('b#0', till)
    it.beat('b#0', till)
    it.beat('a#0')
    for (const port of ['a', 'b', 'c']) it.told(port)
    return it
  }
  test('cannot be replaced while it is there, not even by itself', () => {
    const it = named()
    it.join('c#0', till)
    it.join('b#0', till)
    expect([it.told('c'), it.told('b')]).toEqual([
      ['UNRELEASED_INSTANCE_ID'],
      ['UNRELEASED_INSTANCE_ID'],
    ])
  })
  test('that goes away for a while keeps its partitions for its namesake', () => {
    const it = named()
    it.beat('b#0', { ...till, epoch: -2 })
    expect(it.told('b')).toEqual(['-2'])
    expect(it.told('a')).toEqual([])
    expect(it.group.can()).toEqual(['SessionTimeoutExpires'])
    it.join('c#0', till)
    expect(it.told('c')).toEqual(['3 [2 3]'])
    expect(it.told('a')).toEqual([])
    expect(it.group.seen).toMatchObject([{ owners: { 'orders/2': 'c', 'orders/3': 'c' } }])
    expect(it.member('b#0')).toBeUndefined()
    expect(it.group.can()).toEqual([])
  })
  test('that goes away for a while forgets since when it has had its partitions', () => {
    const it = modernGroup()
    it.join('a#0', { instance: 'one' })
    expect(it.member('a#0')?.assigned).toMatchObject({ 'orders/0': 2 })
    it.beat('a#0', { epoch: -2, instance: 'one' })
    it.join('a#1', { instance: 'one' })
    expect(it.member('a#1')).toMatchObject({ epoch: 2, assigned: { 'orders/0': 0, 'orders/3': 0 } })
  })
  test('is fenced by its namesake, and one that nobody knows is unknown', () => {
    const it = named()
    it.beat('b#0', { ...till, epoch: -2 })
    it.join('c#0', till)
    it.beat('b#0', { ...till, epoch: 3 })
    it.beat('b#0', { ...till, epoch: -1 })
    it.beat('b#0', { instance: 'other', epoch: 3 })
    expect(it.told('b').slice(1)).toEqual([
      ...['FENCED_INSTANCE_ID', 'FENCED_INSTANCE_ID', 'UNKNOWN_MEMBER_ID'],
    ])
    it.told('c')
    it.beat('c#0', till)
    it.beat('c#0', { ...till, epoch: 9 })
    expect(it.told('c')).toEqual(['FENCED_MEMBER_EPOCH'])
  })
  test('that leaves for good is gone', () => {
    const it = named()
    it.beat('b#0', { ...till, epoch: -1 })
    expect(it.told('a')).toEqual(['4 [0 1 2 3]'])
  })
})

describe('a session', () => {
  test('runs while no heartbeat comes, and then the others share anew', () => {
    const it = settled()
    expect(it.group.whyNot('SessionTimeoutExpires', 'b#0')).toBe('its heartbeats have ceased')
    it.group.hears('b', CLOSED)
    expect(it.group.can()).toEqual(['SessionTimeoutExpires'])
    expect(it.told('a')).toEqual([])
    it.group.does('SessionTimeoutExpires', 'b#0')
    expect(it.group.seen[0]).toMatchObject({ kind: 'memberRemoved', member: 'b' })
    expect(it.told('a')).toEqual(['4 [0 1 2 3]'])
    expect(it.told('b')).toEqual([])
  })
  test('of one that pauses and goes on stands', () => {
    const it = settled()
    it.group.hears('b', { kind: 'HeartbeatsStop', member: 'b#0' } as never)
    it.group.hears('b', { kind: 'HeartbeatsStop', member: 'nobody' } as never)
    expect(it.group.can()).toEqual(['SessionTimeoutExpires'])
    it.beat('b#0')
    expect(it.group.can()).toEqual([])
  })
  test('its length is the setting; searches fire it for a dead process only', () => {
    const { takes, usual } = ruleOf('SessionTimeoutExpires')
    expect(takes(modernSettings, null, undefined, 'b#0')).toEqual([45_000, 45_000])
    const it = settled()
    const isUsual = () => usual(it.group.state, undefined, 'b#0', {} as never)
    it.group.hears('b', { ...CLOSED, cut: true } as never)
    expect(it.member('b#0')?.silent).toBe('cut off')
    expect(isUsual()).toBe(false)
    it.group.hears('b', CLOSED)
    expect(isUsual()).toBe(true)
    it.group.hears('b', { ...CLOSED, cut: true } as never)
    expect(isUsual()).toBe(true)
    expect(it.member('a#0')?.silent).toBe(false)
  })
})

describe('a member that does not give up what it is to give up', () => {
  function waited() {
    const it = modernGroup()
    it.join('a#0')
    it.join('b#0')
    it.beat('a#0')
    it.beat('a#0')
    for (const port of ['a', 'b']) it.told(port)
    return it
  }
  test('is removed after max.poll.interval.ms, and told so', () => {
    const it = waited()
    it.beat('b#0')
    expect(it.group.can()).toEqual(['RebalanceTimeoutExpires'])
    it.group.does('RebalanceTimeoutExpires', { id: 'a#0', epoch: 2 })
    expect(it.told('a')).toEqual(['UNKNOWN_MEMBER_ID'])
    expect(it.told('b')).toEqual(['4 [0 1 2 3]'])
    expect(it.group.seen[0]).toMatchObject({
      kind: 'memberRemoved',
      reason: 'it did not give up its partitions within max.poll.interval.ms',
    })
  })
  test('the timeout is the setting; searches fire it where the durations allow it', () => {
    const { takes, usual } = ruleOf('RebalanceTimeoutExpires')
    const told = { b: { 'max.poll.interval.ms': 9000 } }
    const msOf = (id: string) => takes({ ...modernSettings, told }, null, undefined, { id })
    expect([msOf('a#0'), msOf('b#0')]).toEqual([
      [300_000, 300_000],
      [9000, 9000],
    ])
    const it = waited()
    const isUsual = (longestPollMs: number) => {
      const me = { settings: { ...modernSettings, longestPollMs } }
      return usual(it.group.state, undefined, { id: 'a#0' }, me as never)
    }
    expect([isUsual(1000), isUsual(300_000)]).toEqual([false, true])
    it.group.hears('a', CLOSED)
    expect(isUsual(1000)).toBe(true)
  })
})

describe('metadata', () => {
  test('of more partitions moves the group epoch, and whoever beats gets them', () => {
    const it = settled()
    it.group.hears('controller', metadata(6))
    expect(it.group.state.epoch).toBe(4)
    expect([it.told('a'), it.told('b')]).toEqual([['4 [0 1 4]'], ['4 [2 3 5]']])
    expect(it.group.sent('controller')).toMatchObject([
      { topic: 'orders', known: [0, 0, 0, 0, 0, 0] },
    ])
  })
  test('that says nothing new, or of what nobody reads, moves nothing', () => {
    const it = settled()
    it.group.hears('controller', metadata(4))
    it.group.hears('controller', metadata(3, 1, 'refunds'))
    expect(it.group.state).toMatchObject({ epoch: 3, partitions: { orders: 4, refunds: 3 } })
  })
})

describe('offsets', () => {
  const commit = (it: ReturnType<typeof settled>, member: string, generation: number, p: number) =>
    it.group.hears('b', {
      ...{ kind: 'OffsetCommit', member, generation, correlation: 0 },
      offsets: [{ topic: 'orders', partition: p, offset: 7 }],
    } as never)
  test('are committed by the member epoch, and told', () => {
    const it = settled()
    commit(it, 'b#0', 3, 2)
    commit(it, 'b#0', 2, 2)
    const errors = it.group.sent('b').map(({ error }) => error)
    expect(errors).toEqual([undefined, 'STALE_MEMBER_EPOCH'])
    expect(it.group.seen).toMatchObject([{ kind: 'commitRefused', reason: 'STALE_MEMBER_EPOCH' }])
    const partitions = [{ topic: 'orders', partition: 2 }]
    it.group.hears('b', { kind: 'OffsetFetch', partitions } as never)
    expect(it.group.sent('b')).toMatchObject([{ offsets: [{ partition: 2, offset: 7 }] }])
  })
  test('are set back by an administrator only while nobody is there', () => {
    const it = settled()
    commit(it, 'b#0', 3, 2)
    expect(it.group.whyNot('RewindOffset', 0)).toBe('the group has no members')
    it.beat('a#0', { epoch: -1 })
    it.beat('b#0', { epoch: -1 })
    it.group.does('RewindOffset', 0)
    expect(it.group.state.offsets).toEqual({ 'orders/2': 0 })
  })
})
