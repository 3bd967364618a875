// Leaving the group in good order, and being ended by an exception.
import { describe, expect, test } from 'vitest'
import {
  applied,
  committed,
  fetchError,
  joinResponse,
  polled,
  records,
  stable,
  started,
  syncResponse,
} from './consumer.fixture.ts'

describe('closing', () => {
  test('waits for the records in hand, leaves the group and comes back as a new member', () => {
    const it = polled(1)
    expect(it.whyNot('Close')).toBe('it is being closed')
    it.does('LeaveAndRejoin')
    expect(it.whyNot('LeaveAndRejoin')).toBe('it is not being closed')
    expect(it.whyNot('Close')).toBe('the handler has finished its records')
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', { kind: 'OffsetCommitResponse', correlation: 0 } as never)
    it.hears('broker-0', records(1, 2))
    expect(it.whyNot('Poll')).toBe('its thread is free to poll')
    it.sent('coordinator')
    it.does('Close')
    expect(it.sent('coordinator').map((e) => e.kind)).toEqual(['ConnectionClosed', 'LeaveGroup'])
    expect(it.can()).toEqual(['Restart'])
    it.does('Restart')
    expect(it.state.group.member).toBe('payments-0#1')
  })

  test('commits what automatic commits owe', () => {
    const it = polled(1, { 'enable.auto.commit': true })
    applied(it)
    it.does('LeaveAndRejoin')
    it.does('Close')
    expect(it.sent('coordinator').map((e) => e.kind)).toEqual([
      'ConnectionClosed',
      'OffsetCommit',
      'LeaveGroup',
    ])
  })

  test('a hanging handler is not closed, one outside the group has none to leave', () => {
    const it = stable()
    it.does('StallHandler')
    it.does('LeaveAndRejoin')
    expect(it.whyNot('Close')).toBe('the handler has finished its records')
    const outside = started()
    outside.does('LeaveAndRejoin')
    expect(outside.whyNot('JoinGroup')).toBe('its thread is free to poll')
    outside.does('Close')
    expect(outside.sent('coordinator').map((e) => e.kind)).toEqual(['ConnectionClosed'])
  })
})

test('an exception that leaves poll stops the consumer for good', () => {
  const it = stable({ 'auto.offset.reset': 'none' })
  it.hears('broker-0', fetchError('OFFSET_OUT_OF_RANGE'))
  expect(it.state.process).toBe('stopped')
  expect(it.state.said).toBe('OffsetOutOfRangeException: orders-0 at 0')
  expect(it.sent('coordinator').map((e) => e.kind)).toEqual(['ConnectionClosed', 'LeaveGroup'])
  expect(it.can()).toEqual([])
  const fresh = started({ 'auto.offset.reset': 'none' })
  fresh.does('JoinGroup')
  fresh.hears('coordinator', joinResponse(1))
  fresh.hears('coordinator', syncResponse({ orders: [0] }))
  fresh.hears('coordinator', committed({ 'orders/0': -1 }))
  expect(fresh.state.said).toBe('NoOffsetForPartitionException: orders-0')
})
