import { describe, expect, test } from 'vitest'
import type { Envelope } from '../../engine/types.ts'
import { consume, method, numbersIn, opened, publish, queue } from './node.fixture.ts'

const ack = (deliveryTag: number, multiple = false) => method('BasicAck', { deliveryTag, multiple })
const closes = (bench: ReturnType<typeof opened>) =>
  bench.sent('a').flatMap((each) => (each.kind === 'ChannelClose' ? [each] : []))

function transactional(queues = [queue('Q')]) {
  const bench = opened({ queues })
  bench.hears('a', method('TxSelect'))
  bench.sent('a')
  return bench
}

describe('a transaction', () => {
  test('settles nothing before it is committed; a rollback takes it back', () => {
    const bench = transactional()
    bench.hears('a', consume)
    bench.hears('a', publish(0))
    bench.hears('a', method('TxCommit'))
    bench.hears('a', ack(1))
    expect(bench.state.queues['Q']?.held).toBe(1)
    bench.hears('a', method('TxRollback'))
    bench.hears('a', ack(1))
    bench.hears('a', method('TxCommit'))
    expect(bench.state.queues['Q']?.held).toBe(0)
    expect(closes(bench)).toEqual([])
  })

  test('does not take the same tag twice', () => {
    const bench = transactional()
    bench.hears('a', consume)
    bench.hears('a', publish(0))
    bench.hears('a', method('TxCommit'))
    bench.hears('a', ack(0, true))
    bench.hears('a', ack(1))
    expect(closes(bench)).toMatchObject([{ replyCode: 406 }])
    expect(numbersIn(bench.state)).toEqual([0])
  })

  test('routes a message when it is published', () => {
    const bench = transactional()
    bench.hears('a', publish(0, { routingKey: 'R' }))
    const shape = { passive: false, durable: true, exclusive: false, autoDelete: false }
    bench.hears('a', method('QueueDeclare', { queue: 'R', ...shape, arguments: {} }))
    bench.hears('a', method('TxCommit'))
    expect(numbersIn(bench.state, 'R')).toEqual([])
    bench.hears('a', publish(1, { exchange: 'missing' }))
    expect(closes(bench)).toMatchObject([{ replyCode: 404 }])
  })

  test('delivers to no queue that was deleted meanwhile', () => {
    const bench = transactional()
    bench.hears('a', publish(0))
    bench.hears('a', method('QueueDelete', { queue: 'Q' }))
    bench.hears('a', method('TxCommit'))
    expect(bench.state.queues).toEqual({})
  })

  test('closes the channel when a queue refuses a part of it, and keeps the other', () => {
    const full = { 'x-max-length': 1, 'x-overflow': 'reject-publish' }
    const bench = transactional([queue('Q', full)])
    bench.hears('a', publish(0))
    bench.hears('a', publish(1))
    bench.hears('a', method('TxCommit'))
    expect(closes(bench)).toMatchObject([{ replyCode: 406 }])
    expect(numbersIn(bench.state)).toEqual([0])
  })

  test('excludes confirms, and has to be begun', () => {
    for (const [first, then] of [
      ['TxSelect', 'ConfirmSelect'],
      ['ConfirmSelect', 'TxSelect'],
      ['ConfirmSelect', 'TxCommit'],
      ['ConfirmSelect', 'TxRollback'],
    ] as const) {
      const bench = opened()
      bench.hears('a', method(first))
      bench.hears('a', method(then))
      expect(closes(bench)).toMatchObject([{ replyCode: 406 }])
    }
    const again = transactional()
    again.hears('a', publish(0))
    again.hears('a', method('TxSelect'))
    again.hears('a', method('TxCommit'))
    expect(numbersIn(again.state)).toEqual([0])
  })

  test('ends with its channel: what was settled comes back', () => {
    const bench = transactional()
    bench.hears('a', consume)
    bench.hears('a', publish(0))
    bench.hears('a', method('TxCommit'))
    bench.hears('a', ack(1))
    bench.hears('a', publish(1))
    bench.hears('a', { kind: 'ConnectionClosed' } as Envelope)
    expect(numbersIn(bench.state)).toEqual([0])
  })
})
