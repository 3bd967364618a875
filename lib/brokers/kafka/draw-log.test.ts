// What a log holds besides plain messages, and up to where it is settled, as slots and pennants.
import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { tapeOf } from '../../engine/tape.ts'
import type { Look } from '../../picture/look.ts'
import type { PointerPart, Slot, TapePart } from '../../picture/types.ts'
import { drawLane, slotsOf } from './draw-log.ts'
import { EMPTY_LOG, type Log, type LogRecord } from './log.ts'
import type { Replica } from './replica.ts'

const look = { keys: [], storedMs: () => null } as unknown as Look
const of = (n: number, producerId: number) => ({ message: message(n), producerId })

function replicaWith(records: readonly LogRecord[], log: Partial<Log> = {}, end?: number): Replica {
  const whole = { ...EMPTY_LOG, records: tapeOf(records), ...log }
  const highWatermark = end ?? records.length
  return { log: whole, highWatermark, leader: 'broker-0', epoch: 0, leading: null }
}
const slotsIn = (replica: Replica): readonly Slot[] => slotsOf('orders/0', replica, look).slots
const drawn = (replica: Replica, hasLeader = true) =>
  drawLane({ topic: 'orders', partition: 0, replica, hasLeader, committed: [], locks: [] }, look)
const flags = (replica: Replica) =>
  drawn(replica).flatMap((part): [PointerPart['flag'], number][] =>
    part.kind === 'pointer' ? [[part.flag, part.at]] : [],
  )

describe('a plain log', () => {
  test('has stored slots, one pennant and no word about anything else', () => {
    const replica = replicaWith([message(0), message(1)])
    for (const slot of slotsIn(replica))
      expect(Object.keys(slot).sort()).toEqual(['offset', 'status', 'token'])
    const [tape] = drawn(replica)
    expect(tape).toMatchObject({ first: 0, end: 2, badge: '' })
    expect(tape).not.toHaveProperty('start')
    expect(flags(replica)).toEqual([['HW', 2]])
  })
  test('that nobody leads says so', () => {
    expect((drawn(replicaWith([]), false)[0] as TapePart).badge).toBe('no leader')
  })
})

test('what lies above the high watermark is pending', () => {
  const replica = replicaWith([message(0), message(1), message(2)], {}, 1)
  expect(slotsIn(replica).map(({ status }) => status)).toEqual(['stored', 'pending', 'pending'])
})

describe('transactions', () => {
  const records = [
    of(0, 7),
    of(1, 8),
    { control: 'ABORT', producerId: 7 } as const,
    of(2, 7),
    { control: 'COMMIT', producerId: 7 } as const,
    of(3, 8),
    message(4),
  ]
  const replica = replicaWith(records, {
    open: [{ producerId: 8, firstOffset: 1 }],
    aborted: [{ producerId: 7, firstOffset: 0, lastOffset: 2 }],
  })

  test('open and aborted ones are told apart; committed records are plain again', () => {
    expect(slotsIn(replica).map(({ transaction }) => transaction)).toEqual([
      'aborted',
      'open',
      undefined,
      undefined,
      undefined,
      'open',
      undefined,
    ])
  })
  test('control records are no messages', () => {
    expect(slotsIn(replica).map(({ control }) => control)).toEqual([
      undefined,
      undefined,
      'abort',
      undefined,
      'commit',
      undefined,
      undefined,
    ])
    expect(slotsIn(replica).map(({ token }) => token?.message ?? '')).toEqual([
      message(0).id,
      message(1).id,
      '',
      message(2).id,
      '',
      message(3).id,
      message(4).id,
    ])
  })
  test('a later transaction of the same producer is not the aborted one', () => {
    const again = replicaWith(records, {
      aborted: [{ producerId: 7, firstOffset: 0, lastOffset: 2 }],
    })
    expect(slotsIn(again)[3]).not.toHaveProperty('transaction')
    const earlier = replicaWith([of(0, 8), of(1, 8)], { open: [{ producerId: 8, firstOffset: 1 }] })
    expect(slotsIn(earlier).map(({ transaction }) => transaction)).toEqual([undefined, 'open'])
  })
  test('the last stable offset has its pennant while it lies below the watermark', () => {
    expect(flags(replica)).toEqual([
      ['HW', 7],
      ['LSO', 1],
    ])
    expect(flags(replicaWith(records, {}))).toEqual([['HW', 7]])
    expect(flags(replicaWith(records, { open: [{ producerId: 8, firstOffset: 5 }] }, 5))).toEqual([
      ['HW', 5],
    ])
  })
})

test('what compaction took leaves its place', () => {
  const slots = slotsIn(replicaWith([null, message(1)]))
  expect(slots[0]).toEqual({ offset: 0, token: null, status: 'stored', gone: true })
  expect(slots[1]).not.toHaveProperty('gone')
})

test('what retention deleted is not listed, and the tape says where it begins', () => {
  const replica = replicaWith([null, null, message(2), message(3)], { start: 2 })
  const [tape] = drawn(replica)
  expect(tape).toMatchObject({ first: 2, start: 2, end: 4 })
  expect(slotsIn(replica).map(({ offset }) => offset)).toEqual([2, 3])
})
