import { describe, expect, test } from 'vitest'
import type { Envelope } from '../../engine/types.ts'
import { type Change, type Producing, producing } from './producer.fixture.ts'
import { inSequence, precedes } from './producer-sequences.ts'
import type { PendingBatch } from './producer-state.ts'

const OUT_OF_ORDER = 'OUT_OF_ORDER_SEQUENCE_NUMBER'
const closed: Envelope = { kind: 'ConnectionClosed' }

/** Epoch and first number of each batch sent since the last call. */
const numbers = (it: Producing) =>
  it.requests().map(({ batch }) => `${batch.epoch}:${batch.firstSequence}`)
const ids = ['order-1/Created', 'order-1/Paid', 'order-1/Shipped', 'order-2/Created'] as const

function idempotent(count: number, change: Change = {}): Producing {
  const it = producing(change)
  it.publish(count)
  return it
}

describe('numbers', () => {
  test('run per partition and count records', () => {
    const it = idempotent(0, { kafka: { 'linger.ms': 5, 'batch.size': 2048 } })
    it.publish(4)
    expect(numbers(it)).toEqual(['0:0', '0:2'])
  })
  test('each partition has its own', () => {
    const it = producing({ workload: { keys: ['k0', 'k3'], eventTypes: ['E'] } }, 3)
    it.publish(4)
    expect(it.requests().map((each) => `${each.partition}:${each.batch.firstSequence}`)).toEqual([
      '2:0',
      '1:0',
      '2:1',
      '1:1',
    ])
  })
  test('a retry keeps its number', () => {
    const it = idempotent(1)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.does('RetryBackoffExpires')
    expect(numbers(it)).toEqual(['0:0', '0:0'])
  })
})

describe('a refused batch with others in flight', () => {
  test('those behind it are refused until it lands; the order is kept', () => {
    const it = idempotent(2)
    numbers(it)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.answer(OUT_OF_ORDER)
    expect(it.seen).toMatchObject([{ reason: OUT_OF_ORDER, final: false }])
    it.does('RetryBackoffExpires', ids[1])
    expect(numbers(it)).toEqual([])
    it.does('RetryBackoffExpires', ids[0])
    expect(numbers(it)).toEqual(['0:0'])
    it.answer(0)
    expect(numbers(it)).toEqual(['0:1'])
    it.answer(1)
    expect(it.state.epoch).toBe(0)
  })
  test('a retried one waits while one with a lower number is unanswered', () => {
    const it = idempotent(2)
    numbers(it)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.does('RetryBackoffExpires', ids[0])
    expect(numbers(it)).toEqual(['0:0'])
    it.answer(OUT_OF_ORDER)
    it.does('RetryBackoffExpires', ids[1])
    expect(numbers(it)).toEqual([])
    it.answer(0)
    expect(numbers(it)).toEqual(['0:1'])
  })
  test('new batches may follow behind', () => {
    const it = idempotent(2)
    it.answer(0)
    numbers(it)
    it.publish(1)
    expect(numbers(it)).toEqual(['0:2'])
  })
})

describe('a connection that is gone', () => {
  test('what was in flight comes back in the order of its numbers, one at a time', () => {
    const it = idempotent(3)
    numbers(it)
    it.hears('node', closed)
    for (const id of [ids[2], ids[1], ids[0]]) it.does('RetryBackoffExpires', id)
    expect(numbers(it)).toEqual(['0:0'])
    it.answer(0)
    expect(numbers(it)).toEqual(['0:1'])
    it.answer(1)
    expect(numbers(it)).toEqual(['0:2'])
  })
})

describe('a gap that waiting does not close', () => {
  test('raises the epoch and numbers what is unanswered from 0 (KIP-360)', () => {
    const it = idempotent(3)
    it.answer(0)
    numbers(it)
    it.answer(OUT_OF_ORDER)
    expect(it.state.epoch).toBe(1)
    it.does('RetryBackoffExpires', ids[1])
    expect(numbers(it)).toEqual(['1:0'])
    it.answer(OUT_OF_ORDER)
    it.does('RetryBackoffExpires', ids[2])
    expect(it.state.epoch).toBe(1)
    it.answer(1)
    expect(numbers(it)).toEqual(['1:1'])
  })
  test('other partitions follow when nothing of theirs is unanswered', () => {
    const it = producing({ workload: { keys: ['k0', 'k3'], eventTypes: ['E'] } }, 3)
    it.publish(2)
    it.answer(OUT_OF_ORDER)
    expect(it.state.epoch).toBe(1)
    numbers(it)
    it.publish(2)
    expect(it.requests().map((each) => each.partition)).toEqual([])
    it.answer(0)
    expect(
      it
        .requests()
        .map((each) => `${each.partition}:${each.batch.epoch}:${each.batch.firstSequence}`),
    ).toEqual(['1:1:0'])
  })
  test('when retries are used up it is final, and the next batch starts anew', () => {
    const it = idempotent(1, { kafka: { retries: 1 } })
    it.answer(0)
    it.publish(1)
    numbers(it)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.does('RetryBackoffExpires')
    it.answer(OUT_OF_ORDER)
    expect(it.seen).toMatchObject([{ reason: OUT_OF_ORDER, final: true }])
    numbers(it)
    it.publish(1)
    expect(numbers(it)).toEqual(['1:0'])
  })
  test('an error that does not pass raises the epoch, too: its numbers were never used', () => {
    const it = idempotent(2)
    numbers(it)
    it.answer('INVALID_PRODUCER_EPOCH')
    expect(it.seen).toMatchObject([{ final: true }])
    expect(it.state.epoch).toBe(1)
    it.answer(0)
    it.publish(1)
    expect(numbers(it)).toEqual(['1:1'])
  })
  test('a retriable error that used up its retries does not: the next 45 will', () => {
    const it = idempotent(1, { kafka: { retries: 1 } })
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.does('RetryBackoffExpires')
    it.answer('NOT_LEADER_OR_FOLLOWER')
    expect(it.seen).toMatchObject([{ final: true }])
    expect(it.state.epoch).toBe(0)
  })
})

describe('a retried batch whose time is over', () => {
  const doubtful = () => {
    const it = idempotent(2)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.does('DeliveryTimeoutExpires', ids[0])
    numbers(it)
    return it
  }
  test('leaves its numbers in doubt: nothing new is sent until the rest is answered', () => {
    const it = doubtful()
    it.publish(1)
    expect(numbers(it)).toEqual([])
    it.answer(1)
    expect(it.state.epoch).toBe(0)
    expect(numbers(it)).toEqual(['0:2'])
  })
  test('raises the epoch when the rest is lost as well', () => {
    const it = doubtful()
    it.answer(OUT_OF_ORDER)
    it.does('DeliveryTimeoutExpires', ids[1])
    expect(it.state.epoch).toBeGreaterThan(0)
    it.publish(1)
    expect(numbers(it)).toEqual([`${it.state.epoch}:0`])
  })
  test('with nothing else unanswered the epoch is raised at once', () => {
    const it = idempotent(1)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.does('DeliveryTimeoutExpires')
    expect(it.state.epoch).toBe(1)
    numbers(it)
    it.publish(1)
    expect(numbers(it)).toEqual(['1:0'])
  })
  test('one that was never retried leaves no doubt', () => {
    const it = idempotent(1)
    it.does('DeliveryTimeoutExpires')
    expect(it.state.epoch).toBe(0)
    numbers(it)
    it.publish(1)
    expect(numbers(it)).toEqual(['0:1'])
  })
})

test('one number comes before another across the wrap', () => {
  expect([precedes(1, 2), precedes(2, 1), precedes(2, 2)]).toEqual([true, false, false])
  expect(precedes(2147483647, 0)).toBe(true)
  expect(precedes(0, 2147483647)).toBe(false)
})

test('a batch goes back to where its number belongs, before those that have none', () => {
  const batch = (firstSequence: number) => ({ firstSequence }) as PendingBatch
  const at = (queue: number[], added: number) =>
    inSequence(queue.map(batch), batch(added)).map((each) => each.firstSequence)
  expect(at([], 3)).toEqual([3])
  expect(at([1, 5], 3)).toEqual([1, 3, 5])
  expect(at([1, -1], 3)).toEqual([1, 3, -1])
  expect(at([1, 2], 3)).toEqual([1, 2, 3])
})
