// What a node does not do, and whom it counts as a consumer.
import { describe, expect, test } from 'vitest'
import { consume, method, opened, publish, queue } from './node.fixture.ts'

const single = { 'x-single-active-consumer': true }
const quorum = { 'x-queue-type': 'quorum' }
const stream = { 'x-queue-type': 'stream' }
const OTHER = { queue: 'Q', noAck: false, exclusive: false, arguments: {} }
const get = method('BasicGet', { queue: 'Q', noAck: false })
const ask = method('QueueDeclare', { queue: 'Q', passive: true })

/** The codes with which it closes channel or connection. */
function refusals(given: object, ...methods: readonly ReturnType<typeof method>[]) {
  const bench = opened({ queues: [queue('Q', given)] })
  for (const each of methods) bench.hears('a', each)
  const errors = bench.sent('a') as readonly { kind: string; replyCode?: number }[]
  return errors.flatMap(({ replyCode }) => (replyCode === undefined ? [] : [replyCode]))
}

describe('refused', () => {
  test('an exclusive consumer where one of several is active, of a classic queue', () => {
    const exclusive = method('BasicConsume', { ...OTHER, consumerTag: 'c', exclusive: true })
    expect(refusals(single, exclusive)).toEqual([403])
    expect(
      refusals(single, consume, method('BasicConsume', { ...OTHER, consumerTag: 'd' })),
    ).toEqual([])
    expect(refusals({ ...single, ...quorum }, exclusive)).toEqual([])
  })

  test('basic.get beside a single active consumer, of a quorum queue', () => {
    expect(refusals({ ...single, ...quorum }, get)).toEqual([405])
    expect(refusals(single, get)).toEqual([])
    expect(refusals(quorum, get)).toEqual([])
  })

  test('what a stream has not', () => {
    const noAck = method('BasicConsume', { ...OTHER, consumerTag: 'c', noAck: true })
    expect(refusals(stream, get)).toEqual([540])
    expect(refusals(stream, method('QueuePurge', { queue: 'Q' }))).toEqual([540])
    expect(refusals(stream, noAck)).toEqual([540])
    expect(refusals({}, get, method('QueuePurge', { queue: 'Q' }), noAck)).toEqual([])
    expect(refusals(stream, method('QueueDelete', { queue: 'Q' }))).toEqual([])
  })

  test('a consumer tag that is in use on the channel', () => {
    expect(refusals({}, consume, consume)).toEqual([530])
    expect(refusals({}, consume, method('BasicCancel', { consumerTag: 'c' }), consume)).toEqual([])
  })

  test('an exchange that is another, and a weight that is none', () => {
    const exchange = (type: string) =>
      method('ExchangeDeclare', { exchange: 'X', type, durable: true, arguments: {} })
    expect(refusals({}, exchange('fanout'), exchange('topic'))).toEqual([406])
    expect(refusals({}, exchange('fanout'), exchange('fanout'))).toEqual([])
    for (const [routingKey, codes] of [
      ['1', []],
      ['0', [406]],
      ['-1', [406]],
      ['x', [406]],
    ] as const) {
      const bind = method('QueueBind', { queue: 'Q', exchange: 'X', routingKey, arguments: {} })
      expect(refusals({}, exchange('x-consistent-hash'), bind)).toEqual(codes)
      expect(refusals({}, exchange('direct'), bind)).toEqual([])
    }
  })
})

describe('consumers of a queue', () => {
  function counted(given: object, ...methods: readonly ReturnType<typeof method>[]) {
    const bench = opened({ queues: [queue('Q', given)] })
    for (const each of methods) bench.hears('a', each)
    bench.sent('a')
    bench.hears('a', ask)
    const [answer] = bench.sent('a') as readonly { consumerCount?: number }[]
    return answer?.consumerCount
  }
  const second = method('BasicConsume', { ...OTHER, consumerTag: 'd' })

  test('who holds a fetched message is one of a quorum queue', () => {
    expect(counted(quorum, publish(0), get)).toBe(1)
    expect(counted({}, publish(0), get)).toBe(0)
  })

  test('who waits to be the active one is none of a quorum queue', () => {
    expect(counted({ ...single, ...quorum }, consume, second)).toBe(1)
    expect(counted(single, consume, second)).toBe(2)
    expect(counted(quorum, consume, second)).toBe(2)
  })

  test('one that was cancelled and comes back to a quorum queue has the credit it had', () => {
    for (const [given, unacked] of [
      [quorum, 1],
      [{}, 2],
    ] as const) {
      const bench = opened({ queues: [queue('Q', given)] })
      bench.hears('a', method('BasicQos', { prefetchCount: 1, global: false }))
      bench.hears('a', consume)
      bench.hears('a', publish(0))
      bench.hears('a', publish(1))
      bench.hears('a', method('BasicCancel', { consumerTag: 'c' }))
      bench.hears('a', consume)
      expect(bench.state.connections['a']?.channels[1]?.unacked.count).toBe(unacked)
      expect(bench.state.queues['Q']?.consumers).toHaveLength(1)
    }
  })
})
