import { describe, expect, test } from 'vitest'
import {
  answer,
  applied,
  commitResponse,
  fetchError,
  heartbeatResponse,
  joinResponse,
  polled,
  records,
  stable,
  stagesOf,
  started,
  syncResponse,
  takes,
} from './consumer.fixture.ts'
import { epochs } from './metadata.fixture.ts'

const CLOSED = { kind: 'ConnectionClosed' } as const
const auto = { 'enable.auto.commit': true } as const

describe('a cut connection to a node', () => {
  test('costs the answer: what is waited for is asked again, of that node only', () => {
    const it = stable({}, [0, 1, 2])
    it.hears('broker-0', records(0, 1, 2))
    expect(it.hears('broker-0', CLOSED)).toBe('ReconnectToNode')
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Fetch', partition: 0, offset: 0 }])
    expect(it.sent('broker-1')).toEqual([])
    it.hears('broker-1', CLOSED)
    expect(it.sent('broker-1')).toMatchObject([{ kind: 'Fetch', partition: 1 }])
    expect(takes(it, 'ReconnectToNode')).toEqual([100, 100])
  })

  test('asks again where the log begins', () => {
    const it = stable()
    it.hears('broker-0', fetchError('OFFSET_OUT_OF_RANGE'))
    it.sent('broker-0')
    it.hears('broker-0', CLOSED)
    expect(it.sent('broker-0').map((e) => e.kind)).toEqual(['ListOffsets'])
  })

  test('writes a dead letter again, which may be the second time', () => {
    const it = polled(1, { handler: { maxAttempts: 1, onFailure: 'dead-letter-topic' } })
    it.does('ApplyEffect')
    answer(it, 'failed')
    it.sent('broker-0')
    it.hears('broker-1', CLOSED)
    expect(it.sent('broker-0')).toEqual([])
    it.hears('broker-0', CLOSED)
    expect(it.sent('broker-0').map((e) => e.kind)).toEqual(['Fetch', 'Produce'])
    expect(stagesOf(it)).toEqual(['parking e0'])
  })
})

describe('a cut connection to the coordinator', () => {
  const kinds = (it: ReturnType<typeof stable>) => it.sent('coordinator').map((e) => e.kind)

  test('keeps the membership: it beats again', () => {
    const it = stable()
    expect(it.hears('coordinator', CLOSED)).toBe('ReconnectToCoordinator')
    expect(it.sent('coordinator')).toMatchObject([{ kind: 'Heartbeat', generation: 1 }])
    expect(takes(it, 'ReconnectToCoordinator')).toEqual([100, 100])
  })

  test('while joining it joins again, while syncing too', () => {
    const it = started()
    it.hears('coordinator', CLOSED)
    expect(kinds(it)).toEqual([])
    it.does('JoinGroup')
    kinds(it)
    it.hears('coordinator', CLOSED)
    expect(kinds(it)).toEqual(['JoinGroup'])
    it.hears('coordinator', joinResponse(1))
    kinds(it)
    it.hears('coordinator', CLOSED)
    expect(kinds(it)).toEqual([])
    expect(it.can()).toEqual(['JoinGroup'])
  })

  test('asks again for committed offsets', () => {
    const it = started()
    it.does('JoinGroup')
    it.hears('coordinator', joinResponse(1))
    it.hears('coordinator', syncResponse({ orders: [0] }))
    kinds(it)
    it.hears('coordinator', CLOSED)
    expect(kinds(it)).toEqual(['Heartbeat', 'OffsetFetch'])
  })

  test('beats again while an assignment waits for the poll', () => {
    const it = stable({ 'partition.assignment.strategy': 'CooperativeStickyAssignor' })
    it.hears('coordinator', heartbeatResponse('REBALANCE_IN_PROGRESS'))
    it.does('JoinGroup')
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    it.hears('coordinator', joinResponse(2))
    it.hears('coordinator', syncResponse({ orders: [0] }))
    kinds(it)
    it.hears('coordinator', CLOSED)
    expect(kinds(it)).toEqual(['Heartbeat'])
  })

  test('a commitSync is sent again', () => {
    const it = polled(1)
    applied(it)
    it.does('OffsetCommit')
    kinds(it)
    it.hears('coordinator', CLOSED)
    expect(kinds(it)).toEqual(['Heartbeat'])
    it.does('OffsetCommit')
    expect(kinds(it)).toEqual(['OffsetCommit'])
    it.hears('coordinator', commitResponse(0))
    expect(stagesOf(it)).toEqual(['committed e0'])
  })

  test('so is that of a worker', () => {
    const it = polled(2, { handler: { workers: 2 } })
    it.does('ApplyEffect', 1)
    answer(it)
    it.does('OffsetCommit', 2)
    it.hears('coordinator', CLOSED)
    expect(it.whyNot('OffsetCommit', 2)).toBeNull()
  })

  test('an automatic commit is not, but the next interval names the position again', () => {
    const it = polled(1, auto)
    applied(it)
    it.does('AutoCommitIntervalPasses')
    it.does('Poll')
    kinds(it)
    expect(it.whyNot('AutoCommitIntervalPasses')).toBe('a position has moved since the last')
    it.hears('coordinator', CLOSED)
    expect(kinds(it)).toEqual(['Heartbeat'])
    expect(it.whyNot('AutoCommitIntervalPasses')).toBeNull()
    const manual = stable()
    const { lanes } = manual.state
    manual.hears('coordinator', CLOSED)
    expect(manual.state.lanes).toBe(lanes)
  })
})

test('a cut connection to the controller: its topics are asked for again', () => {
  const it = stable({ handler: { onFailure: 'retry-topic' } })
  expect(it.hears('controller', CLOSED)).toBe('ReconnectToController')
  expect(it.sent('controller')).toMatchObject([
    { topic: 'orders', known: epochs(3) },
    { topic: 'orders-retry', known: epochs(1) },
  ])
  expect(takes(it, 'ReconnectToController')).toEqual([100, 100])
})
