// A static member (KIP-345) and the memory of a StickyAssignor, at the consumer.
import { describe, expect, test } from 'vitest'
import {
  applied,
  type Change,
  commitResponse,
  heartbeatResponse,
  joinResponse,
  polled,
  stable,
  started,
  syncResponse,
} from './consumer.fixture.ts'

const STATIC: Change = { 'group.instance.id': 'till-$HOSTNAME' }
const INSTANCE = 'till-payments-0'

describe('a static member', () => {
  test('gives its name in all that it asks', () => {
    const it = started(STATIC)
    it.does('JoinGroup')
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'JoinGroup', instance: INSTANCE }])
    it.hears('coordinator', joinResponse(1))
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'SyncGroup', instance: INSTANCE }])
    it.hears('coordinator', syncResponse({ orders: [0] }))
    expect(it.sent('coordinator')[0]).toMatchObject({ kind: 'Heartbeat', instance: INSTANCE })
    const working = polled(1, STATIC)
    applied(working)
    working.does('OffsetCommit')
    const commits = working.sent('coordinator').filter(({ kind }) => kind === 'OffsetCommit')
    expect(commits).toMatchObject([{ instance: INSTANCE }])
  })
  test('a dynamic one has none', () => {
    const it = started()
    it.does('JoinGroup')
    expect(it.sent('coordinator')[0].instance).toBeUndefined()
  })
  test('closes without leaving: its place waits for it', () => {
    const it = polled(1, { ...STATIC, 'enable.auto.commit': true })
    applied(it)
    it.does('LeaveAndRejoin')
    it.does('Close')
    const sent = it.sent('coordinator').map(({ kind }) => kind)
    expect(sent).toEqual(['ConnectionClosed', 'OffsetCommit'])
  })
  test('that does not poll in time ceases to beat, and joins anew under a new id', () => {
    const it = polled(1, STATIC)
    it.does('PollIntervalExceeded')
    expect(it.sent('coordinator').map(({ kind }) => kind)).toEqual(['HeartbeatsStop'])
    expect(it.state.group).toMatchObject({ phase: 'unjoined', lost: true, member: 'payments-0#1' })
  })
  test('that leads and comes back does not assign', () => {
    const it = started(STATIC)
    it.does('JoinGroup')
    it.sent('coordinator')
    const answer = joinResponse(3, 'payments-0#0', [{ member: 'payments-0#0' }]) as object
    it.hears('coordinator', { ...answer, skipAssignment: true } as never)
    expect(it.state.group).toMatchObject({ leader: true, generation: 3 })
    expect(it.sent('coordinator')[0].assignments).toBeUndefined()
  })
})

describe('a member fenced by a namesake', () => {
  const FENCED = heartbeatResponse('FENCED_INSTANCE_ID')
  test('is ended by an exception in its next poll, and leaves without a word', () => {
    const it = stable(STATIC)
    expect(it.whyNot('FencedInstanceIdException')).toBe('another process has its group.instance.id')
    expect(it.hears('coordinator', FENCED)).toBe('HeartbeatRefused')
    expect(it.can()).toEqual(['FencedInstanceIdException'])
    it.does('FencedInstanceIdException')
    expect(it.state).toMatchObject({
      process: 'stopped',
      said: 'FencedInstanceIdException: payments',
    })
    expect(it.sent('coordinator').map(({ kind }) => kind)).toEqual(['ConnectionClosed'])
  })
  test('does not hear of it while its handler works; its commit fails', () => {
    const it = polled(1, STATIC)
    it.hears('coordinator', FENCED)
    expect(it.whyNot('FencedInstanceIdException')).toBe('its thread is free to poll')
    expect(it.whyNot('PollIntervalExceeded')).toBe('it is a member')
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', commitResponse(0, 'FENCED_INSTANCE_ID'))
    expect(it.can()).toEqual(['FencedInstanceIdException'])
  })
  test.each(['joining', 'syncing'] as const)('while %s', (phase) => {
    const it = started(STATIC)
    it.does('JoinGroup')
    if (phase === 'syncing') it.hears('coordinator', joinResponse(1))
    const answer = phase === 'joining' ? joinResponse(-1) : syncResponse({})
    it.hears('coordinator', { ...(answer as object), error: 'FENCED_INSTANCE_ID' } as never)
    expect(it.can()).toEqual(['FencedInstanceIdException'])
  })
  test('a commit that is refused tells it as well', () => {
    const it = polled(1, STATIC)
    applied(it)
    it.does('OffsetCommit')
    const refused = commitResponse(0, 'FENCED_INSTANCE_ID')
    expect(it.hears('coordinator', refused)).toBe('CommitFailedException')
    expect(it.state.group).toMatchObject({ fatal: 'FencedInstanceIdException', generation: 1 })
  })
})

describe('the memory of a StickyAssignor', () => {
  const STICKY: Change = { 'partition.assignment.strategy': 'StickyAssignor' }
  test('tells the leader what its member was given last, although it has given all up', () => {
    const it = stable(STICKY, [1, 2])
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    expect(it.state.lanes).toEqual([])
    expect(it.sent('coordinator')).toMatchObject([
      { owned: {}, userData: { assignment: { orders: [1, 2] }, generation: 1 } },
    ])
  })
  test('goes with the process; other assignors have none', () => {
    const it = stable(STICKY)
    it.does('Crash')
    expect(it.state.sticky).toBeNull()
    expect(stable().state.sticky).toBeNull()
  })
})
