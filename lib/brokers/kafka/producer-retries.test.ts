// What a producer sends again and what it gives up: refusals, connections that are gone, and its two timeouts.
import { describe, expect, test } from 'vitest'
import { plain, producing, ruleOf } from './producer.fixture.ts'
import { closed, rangeOf } from './producer-rules.fixture.ts'

describe('a retriable refusal', () => {
  test('sends the batch again after a while', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    it.requests()
    it.answer('NOT_LEADER_OR_FOLLOWER')
    expect(it.seen).toMatchObject([
      { kind: 'refused', reason: 'NOT_LEADER_OR_FOLLOWER', final: false },
    ])
    expect(it.requests()).toEqual([])
    expect(it.whyNot('LingerExpires', 'order-1/Created')).toBe('the batch waits for more records')
    it.does('RetryBackoffExpires', 'order-1/Created')
    expect(it.batches()).toEqual(['order-1/Created'])
    expect(it.seen).toMatchObject([{ kind: 'sent', attempt: 2 }])
    expect(it.whyNot('RetryBackoffExpires')).not.toBeNull()
  })
  test('a batch that fills is not backing off', () => {
    const it = producing({ kafka: { ...plain, 'linger.ms': 5 } })
    it.publish(1)
    expect(it.whyNot('RetryBackoffExpires', 'order-1/Created')).toBe(
      'the batch waits to be sent again',
    )
  })
  test('waits twice as long each time, up to a limit, give or take a fifth (KIP-580)', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    const waits = [1, 2, 3, 4, 5].map(() => {
      it.answer('NOT_LEADER_OR_FOLLOWER')
      const range = rangeOf('RetryBackoffExpires', it.settings, it.state, 'order-1/Created')
      it.does('RetryBackoffExpires')
      return range
    })
    expect(waits).toEqual([
      [80, 120],
      [160, 240],
      [320, 480],
      [640, 960],
      [800, 1200],
    ])
  })
  test('a backoff of 0 is no wait, and the retries are counted all the same', () => {
    const none = { ...plain, 'retry.backoff.ms': 0, 'retry.backoff.max.ms': 0 }
    const it = producing({ kafka: none })
    it.publish(1)
    for (let i = 0; i < 3; i++) {
      it.answer('NOT_LEADER_OR_FOLLOWER')
      const range = rangeOf('RetryBackoffExpires', it.settings, it.state, 'order-1/Created')
      expect(range).toEqual([0, 0])
      it.does('RetryBackoffExpires')
      expect(it.seen).toMatchObject([{ kind: 'sent', attempt: 2 }])
    }
    expect(JSON.stringify(it.state.inFlight)).not.toContain('null')
  })
  test('later batches in flight land first: the log is reordered (K22)', () => {
    const it = producing({ kafka: plain })
    it.publish(2)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.answer(0)
    it.does('RetryBackoffExpires')
    expect(it.batches()).toEqual(['order-1/Created', 'order-1/Paid', 'order-1/Created'])
  })
  test('what has not been sent yet waits behind the batch that backs off', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.publish(1)
    expect(it.batches()).toEqual(['order-1/Created'])
    it.does('RetryBackoffExpires')
    expect(it.batches()).toEqual(['order-1/Created', 'order-1/Paid'])
  })
  test('is final after so many retries', () => {
    const it = producing({ kafka: { ...plain, retries: 1 } })
    it.publish(1)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    it.does('RetryBackoffExpires')
    it.answer('NOT_LEADER_OR_FOLLOWER')
    expect(it.seen).toMatchObject([{ kind: 'refused', final: true }])
    expect(it.can()).toEqual(['SendNext'])
  })
  test('an error that does not pass is final at once', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    it.answer('INVALID_PRODUCER_EPOCH')
    expect(it.seen).toMatchObject([{ reason: 'INVALID_PRODUCER_EPOCH', final: true }])
  })
})

describe('a connection that is gone', () => {
  test('takes with it what was in flight: without idempotence the retry is a duplicate', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    it.requests()
    expect(it.hears('node', closed)).toBe('NodeDisconnected')
    expect(it.seen).toMatchObject([{ kind: 'refused', reason: 'NETWORK_EXCEPTION', final: false }])
    it.does('RetryBackoffExpires')
    expect(it.batches()).toEqual(['order-1/Created'])
  })
  test('several come back in the opposite order', () => {
    const it = producing({ kafka: plain })
    it.publish(3)
    it.requests()
    it.hears('node', closed)
    for (const id of ['order-1/Created', 'order-1/Paid', 'order-1/Shipped']) {
      it.does('RetryBackoffExpires', id)
    }
    expect(it.batches()).toEqual(['order-1/Shipped', 'order-1/Paid', 'order-1/Created'])
  })
  test('concerns that node only', () => {
    const it = producing({ kafka: plain, nodes: ['n0', 'n1'], workload: { keys: ['k0', 'k3'] } }, 3)
    it.publish(2)
    it.hears('n1', closed)
    expect(it.seen).toHaveLength(1)
    it.answer(0, 'n0')
    expect(it.seen).toMatchObject([{ kind: 'acknowledged' }])
  })
  test('with retries=0 everything in flight has failed', () => {
    const it = producing({ kafka: { retries: 0 } })
    it.publish(2)
    it.hears('node', closed)
    expect(it.seen.map((each) => each['final'])).toEqual([true, true])
    expect(it.can()).toEqual(['SendNext'])
  })
})

describe('request.timeout.ms', () => {
  test('gives up the connection, not the one request', () => {
    const it = producing({ kafka: plain })
    it.publish(2)
    it.requests()
    expect(it.whyNot('RequestTimeoutExpires', 'order-1/Paid')).toContain('on offer')
    it.does('RequestTimeoutExpires', 'order-1/Created')
    expect(it.seen.map((each) => each['reason'])).toEqual([
      'NETWORK_EXCEPTION',
      'NETWORK_EXCEPTION',
    ])
    expect(it.sent('node')).toEqual([{ kind: 'ConnectionClosed' }])
    expect(it.can()).not.toContain('RequestTimeoutExpires')
  })
  test('has its length, and is never expected of a live broker', () => {
    const { settings } = producing()
    expect(rangeOf('RequestTimeoutExpires', settings)).toEqual([30_000, 30_000])
    const rule = ruleOf('RequestTimeoutExpires')
    expect(rule.usual?.(undefined, undefined, undefined, undefined as never)).toBe(false)
  })
})

describe('delivery.timeout.ms', () => {
  test('fails a batch that waits', () => {
    const it = producing({ kafka: { ...plain, 'linger.ms': 5 } })
    it.publish(1)
    it.does('DeliveryTimeoutExpires', 'order-1/Created')
    expect(it.seen).toMatchObject([{ kind: 'refused', reason: 'TimeoutException', final: true }])
    expect(it.can()).toEqual(['SendNext'])
  })
  test('fails a batch in flight, whose answer is ignored when it comes', () => {
    const it = producing({ kafka: plain })
    it.publish(2)
    it.does('DeliveryTimeoutExpires', 'order-1/Created')
    expect(it.seen).toMatchObject([{ reason: 'TimeoutException', final: true }])
    expect(it.can()).toContain('RequestTimeoutExpires')
    it.answer(0)
    expect(it.seen).toEqual([])
    it.answer(1)
    expect(it.seen).toMatchObject([{ kind: 'acknowledged', message: { id: 'order-1/Paid' } }])
  })
  test('the connection gone, a batch that was given up is not sent again', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    it.does('DeliveryTimeoutExpires')
    it.hears('node', closed)
    expect(it.seen).toEqual([])
    expect(it.can()).toEqual(['SendNext'])
  })
  test('has its length, and is never expected of a live broker', () => {
    const { settings } = producing()
    expect(rangeOf('DeliveryTimeoutExpires', settings)).toEqual([120_000, 120_000])
    const rule = ruleOf('DeliveryTimeoutExpires')
    const it = producing()
    it.publish(1)
    const usual = () => rule.usual?.(it.state, undefined, 'order-1/Created', undefined as never)
    expect(usual()).toBe(false)
  })
})
