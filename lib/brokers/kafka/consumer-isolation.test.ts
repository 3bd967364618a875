import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { committed, stable, started, takes } from './consumer.fixture.ts'
import { readable } from './consumer-isolation.ts'
import type { FetchResponse } from './protocol.ts'

type Told = FetchResponse['records']
const plain = (offset: number) => ({ offset, message: message(offset) })
const of = (producerId: number, offset: number) => ({ ...plain(offset), producerId })
const end = (control: 'COMMIT' | 'ABORT', producerId: number, offset: number) =>
  ({ offset, control, producerId }) as const

const response = (records: Told, aborted?: FetchResponse['aborted']): FetchResponse => ({
  kind: 'FetchResponse',
  topic: 'orders',
  partition: 0,
  fetchOffset: 0,
  records,
  highWatermark: 99,
  ...(aborted === undefined ? {} : { aborted }),
})
const shown = (records: Told, aborted?: FetchResponse['aborted']) =>
  readable(response(records, aborted)).map(({ offset, message: each }) =>
    each === null ? `gap ${offset}` : offset,
  )

describe('what an application is shown', () => {
  test('plain records as they come', () => {
    const records = [plain(0), plain(1)]
    expect(readable(response(records))).toBe(records)
  })
  test('never the end of a transaction; one at the end leaves a gap', () => {
    expect(shown([of(7, 0), end('COMMIT', 7, 1), plain(2)])).toEqual([0, 2])
    expect(shown([of(7, 0), end('COMMIT', 7, 1)])).toEqual([0, 'gap 1'])
  })
  test('aborted records where the broker names none: that is read_uncommitted', () => {
    expect(shown([of(7, 0), end('ABORT', 7, 1)])).toEqual([0, 'gap 1'])
  })
  test('not those of a transaction that is named, and only until its end', () => {
    const records = [of(7, 0), of(8, 1), end('ABORT', 7, 2), of(7, 3), end('COMMIT', 7, 4)]
    expect(shown(records, [{ producerId: 7, firstOffset: 0 }])).toEqual([1, 3, 'gap 4'])
  })
  test('what a producer wrote before its aborted transaction', () => {
    const records = [of(7, 0), end('COMMIT', 7, 1), of(7, 2), end('ABORT', 7, 3)]
    expect(shown(records, [{ producerId: 7, firstOffset: 2 }])).toEqual([0, 'gap 3'])
  })
  test('one of two aborted ones ends, the other goes on', () => {
    const records = [of(7, 0), of(8, 1), end('ABORT', 7, 2), of(8, 3), plain(4)]
    const aborted = [
      { producerId: 7, firstOffset: 0 },
      { producerId: 8, firstOffset: 1 },
    ]
    expect(shown(records, aborted)).toEqual([4])
  })
})

describe('the position', () => {
  const aborted = [of(7, 0), end('ABORT', 7, 1)]
  test('moves past what nobody is shown, in a poll that returns nothing', () => {
    const it_ = stable({ 'isolation.level': 'read_committed' })
    it_.hears('broker-0', response(aborted, [{ producerId: 7, firstOffset: 0 }]))
    expect(it_.state.lanes[0]?.position).toBe(0)
    expect(it_.does('Poll')).toEqual([])
    expect(it_.state.lanes[0]?.position).toBe(2)
    expect(it_.sent('broker-0')).toMatchObject([{ offset: 2, isolation: 'read_committed' }])
  })
  test('moves past it only when the poll looks further', () => {
    const it_ = stable({ 'max.poll.records': 1 })
    it_.hears('broker-0', response([of(7, 0), end('COMMIT', 7, 1)]))
    it_.does('Poll')
    expect(it_.state.lanes[0]?.position).toBe(1)
  })
})

describe('an offset that a transaction has yet to decide about', () => {
  const unstable = () => {
    const it_ = started({ 'isolation.level': 'read_committed' })
    it_.does('JoinGroup')
    const joined = { kind: 'JoinGroupResponse', member: 'payments-0#0', protocol: 'range' }
    it_.hears('coordinator', { ...joined, generation: 1, leader: 'x', members: [] } as never)
    it_.hears('coordinator', { kind: 'SyncGroupResponse', assignment: { orders: [0] } } as never)
    it_.sent('coordinator')
    const told = { topic: 'orders', partition: 0, offset: -1, error: 'UNSTABLE_OFFSET_COMMIT' }
    it_.hears('coordinator', { kind: 'OffsetFetchResponse', offsets: [told] } as never)
    return it_
  }
  test('is asked for again after a while', () => {
    const it_ = unstable()
    expect(it_.sent('broker-0')).toEqual([])
    expect(takes(it_, 'RetryOffsetFetch')).toEqual([100, 100])
    it_.does('RetryOffsetFetch')
    expect(it_.sent('coordinator')).toEqual([
      { kind: 'OffsetFetch', partitions: [{ topic: 'orders', partition: 0 }], requireStable: true },
    ])
    expect(it_.can()).not.toContain('RetryOffsetFetch')
    it_.hears('coordinator', committed({ 'orders/0': 4 }))
    expect(it_.state.lanes[0]).toMatchObject({ state: 'ready', position: 4 })
  })
  test('the log is asked for its stable end where nothing is committed', () => {
    const it_ = unstable()
    it_.does('RetryOffsetFetch')
    it_.hears('coordinator', committed({ 'orders/0': -1 }))
    expect(it_.sent('broker-0')).toMatchObject([
      { kind: 'ListOffsets', isolation: 'read_committed' },
    ])
  })
})
