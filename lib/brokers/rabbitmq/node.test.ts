import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import type { Envelope } from '../../engine/types.ts'
import { consume, fresh, method, opened, publish, queue, readyIn } from './node.fixture.ts'

const METHODS = [
  'ChannelClose',
  'ConfirmSelect',
  'TxSelect',
  'ExchangeDeclare',
  'ExchangeDelete',
  'ExchangeBind',
  'QueueDeclare',
  'QueueBind',
  'QueueDelete',
  'BasicPublish',
  'BasicQos',
  'BasicConsume',
  'BasicCancel',
  'BasicGet',
  'BasicAck',
  'BasicRecover',
]
/** One rule for all that settles. */
const ruleOf = (kind: string) => (kind === 'BasicAck' ? 'BasicSettle' : kind)

describe.each(METHODS)('%s', (kind) => {
  test('is discarded on a channel that is not open, and done on one that is', () => {
    expect(fresh().wouldTake('a', method(kind))).toEqual(['DiscardMethod'])
    expect(opened().wouldTake('a', method(kind))).toEqual([ruleOf(kind)])
    expect(opened().wouldTake('b', method(kind))).toEqual(['DiscardMethod'])
  })
})

describe('channels', () => {
  test('one closed by the broker waits for the answer and discards everything else', () => {
    const bench = opened()
    bench.hears('a', method('BasicAck', { deliveryTag: 7, multiple: false }))
    expect(bench.sent('a')).toMatchObject([{ kind: 'ChannelClose', replyCode: 406 }])
    expect(bench.wouldTake('a', publish(0))).toEqual(['DiscardMethod'])
    expect(bench.hears('a', method('ChannelCloseOk'))).toBe('ChannelCloseOk')
    expect(bench.wouldTake('a', method('ChannelCloseOk'))).toEqual(['DiscardCloseOk'])
    expect(bench.state.connections['a']?.channels).toEqual({})
  })

  test('a transaction puts off until it is committed, or forgets', () => {
    const bench = opened()
    bench.hears('a', method('TxSelect'))
    expect(bench.wouldTake('a', publish(0))).toEqual(['TxPutOff'])
    expect(bench.wouldTake('a', method('BasicAck'))).toEqual(['TxPutOff'])
    bench.hears('a', publish(0))
    bench.hears('a', method('TxRollback'))
    bench.hears('a', publish(1))
    bench.hears('a', method('TxCommit'))
    const ready = bench.state.queues['Q']?.lanes[0]?.ready.chunks.flat() ?? []
    expect(ready.map((entry) => entry.content.message.id)).toEqual([message(1).id])
  })

  test('confirms are numbered on the channel', () => {
    const bench = opened()
    bench.hears('a', method('ConfirmSelect'))
    bench.sent('a')
    bench.hears('a', publish(0))
    bench.hears('a', publish(1))
    expect(bench.sent('a')).toMatchObject([
      { kind: 'BasicAck', deliveryTag: 1 },
      { kind: 'BasicAck', deliveryTag: 2 },
    ])
  })
})

describe('connections', () => {
  test('a closed one gives back what it held; a silent one only after its heartbeat timeout', () => {
    const bench = opened()
    bench.hears('a', consume)
    bench.hears('a', publish(0))
    expect(bench.state.queues['Q']?.held).toBe(1)
    bench.hears('a', { kind: 'HeartbeatsStop' } as Envelope)
    expect(bench.can()).toEqual(['HeartbeatTimeoutExpires'])
    bench.hears('a', { kind: 'HeartbeatsResume' } as Envelope)
    expect(bench.can()).toEqual([])
    bench.hears('a', { kind: 'HeartbeatsStop' } as Envelope)
    bench.does('HeartbeatTimeoutExpires', 'a')
    expect(bench.state.queues['Q']).toMatchObject({ held: 0, consumers: [] })
    expect(bench.wouldTake('a', { kind: 'HeartbeatsStop' } as Envelope)).toEqual([
      'DiscardHeartbeatsStop',
    ])
    const other = opened()
    other.hears('a', consume)
    other.hears('a', publish(0))
    other.hears('a', { kind: 'ConnectionClosed' } as Envelope)
    expect(other.state.connections).toEqual({})
  })

  test('a node that is down refuses connections and hears nothing', () => {
    const bench = opened()
    bench.hears('a', publish(0))
    bench.hears('a', publish(1, { properties: { delivery_mode: 1 } }))
    expect(bench.whyNot('NodeStarts')).toBe('the node is down')
    expect(bench.wouldTake('a', method('ChannelOpen'))).toEqual(['ChannelOpen'])
    expect(bench.does('RestartNode').map((each) => each.kind)).toContain('crashed')
    expect(bench.can()).toEqual(['NodeStarts'])
    expect(bench.faults()).toEqual([])
    expect(bench.wouldTake('a', publish(2))).toEqual(['NodeGone'])
    bench.sent('a')
    expect(bench.hears('b', method('ChannelOpen'))).toBe('RefuseConnection')
    bench.does('NodeStarts')
    const ready = bench.state.queues['Q']?.lanes[0]?.ready.chunks.flat() ?? []
    expect(ready.map((entry) => entry.content.message.id)).toEqual([message(0).id])
  })
})

describe('at-least-once dead letters', () => {
  test('are kept while no queue takes them, and tried again', () => {
    const given = {
      'x-queue-type': 'quorum',
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'DLQ',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    }
    const bench = opened({ queues: [queue('Q', given)] })
    bench.hears('a', publish(0))
    bench.hears('a', method('BasicGet', { queue: 'Q', noAck: false }))
    bench.hears('a', method('BasicReject', { deliveryTag: 1, requeue: false }))
    expect(bench.state.queues['Q']?.stranded.count).toBe(1)
    const shape = { passive: false, durable: true, exclusive: false, autoDelete: false }
    bench.hears('a', method('QueueDeclare', { queue: 'DLQ', ...shape, arguments: {} }))
    bench.does('RetryDeadLetter', 'Q')
    expect(bench.state.queues['Q']?.stranded.count).toBe(0)
    const [taken] = readyIn(bench.state, 'DLQ')
    expect(taken?.content.deaths).toMatchObject([{ reason: 'rejected', count: 1 }])
  })

  test('keep the reason for which they left their queue', () => {
    const given = {
      'x-queue-type': 'quorum',
      'x-message-ttl': 100,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'DLQ',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    }
    const bench = opened({ queues: [queue('Q', given)] })
    bench.hears('a', publish(0))
    bench.does('MessageTtlExpires', bench.state.ttls[0] as never)
    const shape = { passive: false, durable: true, exclusive: false, autoDelete: false }
    bench.hears('a', method('QueueDeclare', { queue: 'DLQ', ...shape, arguments: {} }))
    bench.does('RetryDeadLetter', 'Q')
    const [taken] = readyIn(bench.state, 'DLQ')
    expect(taken?.content.deaths).toMatchObject([{ reason: 'expired', count: 1 }])
  })
})

describe('streams', () => {
  const stream = queue('Q', { 'x-queue-type': 'stream' })
  test('deduplicate by publisher and id: what is not higher is confirmed and not stored', () => {
    const bench = opened({ queues: [stream] })
    bench.hears('a', method('ConfirmSelect'))
    bench.sent('a')
    for (const publishingId of [1, 2, 2, 10, 4]) {
      bench.hears('a', publish(publishingId, { publisher: { reference: 'P', publishingId } }))
    }
    bench.hears('a', publish(7))
    bench.hears('a', publish(7))
    expect(bench.sent('a').filter((each) => each.kind === 'BasicAck')).toHaveLength(7)
    const tail = bench.state.queues['Q']?.log.tail ?? []
    expect(tail.map((content) => content.message.n)).toEqual([1, 2, 10, 7, 7])
  })
})
