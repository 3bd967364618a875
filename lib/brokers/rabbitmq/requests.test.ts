// RPC over queues, from both ends.
import { describe, expect, test } from 'vitest'
import { benchOf } from '../../clients/bench.fixture.ts'
import { message, plainHandler } from '../../clients/story.fixture.ts'
import { messageAt, workloadOf } from '../../clients/workload.ts'
import { consumer } from './consumer.ts'
import type { ConsumerState } from './consumer-state.ts'
import { type PublisherSettings, type PublisherState, publisherKind } from './publisher.ts'
import { consumerConfig, publisherConfig } from './settings.ts'

const workload = workloadOf({
  source: 'shop',
  count: 2,
  everyMs: [10, 20],
  keys: ['k'],
  eventTypes: ['A', 'B'],
  firstOrder: 1,
  firstN: 0,
  keyChoice: 'key',
})
const first = messageAt(workload, 0)
const openOk = { kind: 'ChannelOpenOk', channel: 1 } as never
const closed = { kind: 'ConnectionClosed' } as never

function asking(change: Partial<PublisherSettings> = {}) {
  const settings = {
    ...publisherConfig({ reply_to: true }),
    exchange: 'orders',
    workload,
    resendsWithNewId: false,
    restartMs: [1, 1],
    pauseMs: [2, 2],
    ...change,
  }
  const bench = benchOf<PublisherState>(publisherKind, 'shop', settings, { broker: 'connection' })
  bench.does('Connect')
  const sent = bench.sent('broker')
  bench.hears('broker', openOk)
  return { bench, sent }
}

const answer = (id: string) =>
  ({
    kind: 'BasicDeliver',
    channel: 1,
    content: { message: first, properties: { correlation_id: id } },
  }) as never

describe('whoever asks', () => {
  test('has an exclusive queue of its own for answers, which it need not acknowledge', () => {
    const { sent } = asking()
    expect(sent.map(({ kind }) => kind)).toEqual(['ChannelOpen', 'QueueDeclare', 'BasicConsume'])
    const queue = 'orders.shop.answers'
    expect(sent[1]).toMatchObject({ queue, exclusive: true })
    expect(sent[2]).toMatchObject({ queue, noAck: true })
    expect(asking({ reply_to: false }).sent.map(({ kind }) => kind)).toEqual(['ChannelOpen'])
  })

  test('names it in each request, and waits until the answer to that very request comes', () => {
    const { bench } = asking()
    bench.does('Publish')
    const [request] = bench.sent('broker') as readonly { readonly properties?: object }[]
    const named = { reply_to: 'orders.shop.answers', correlation_id: first.id }
    expect(request?.properties).toMatchObject(named)
    expect(bench.hears('broker', answer('another'))).toBe('IgnoreAnswer')
    expect(bench.state.waiting).toEqual([first])
    expect(bench.hears('broker', answer(first.id))).toBe('Answered')
    expect(bench.seen).toMatchObject([{ kind: 'answered', message: first }])
    expect(bench.state.waiting).toEqual([])
    expect(bench.hears('broker', answer(first.id))).toBe('IgnoreAnswer')
  })

  test('asks again when none has come in time, under the same id or a new one', () => {
    for (const [resendsWithNewId, id] of [
      [false, first.id],
      [true, `${first.id}~2`],
    ] as const) {
      const { bench } = asking({ resendsWithNewId })
      bench.does('Publish')
      bench.does('AnswerTimeoutExpires')
      expect(bench.state).toMatchObject({ waiting: [], outbox: [{ id }] })
      bench.does('PublishAgain')
      expect(bench.state.waiting).toMatchObject([{ id }])
    }
  })

  test('asks once more for what was not confirmed, and once only', () => {
    const { bench } = asking({ 'confirm.select': true })
    bench.does('Publish')
    bench.hears('broker', closed)
    expect(bench.state).toMatchObject({ waiting: [], outbox: [first] })
    const { bench: given } = asking({ 'confirm.select': true, republish: false })
    given.does('Publish')
    given.hears('broker', closed)
    expect(given.state).toMatchObject({ waiting: [first], outbox: [] })
  })

  test('does not wait where it wants no answer', () => {
    const { bench } = asking({ reply_to: false })
    bench.does('Publish')
    expect(bench.state.waiting).toEqual([])
  })
})

function atWork(ackPoint: 'before' | 'after', reply_to: string | undefined) {
  const settings = {
    ...consumerConfig({ prefetch_count: 3 }),
    service: 'payments',
    queue: 'Q',
    handler: { ...plainHandler, ackPoint },
    joinsAtMs: 0,
    restartMs: [3000, 4000],
    pauseMs: [50_000, 60_000],
    stallMs: [400_000, 500_000],
    retryMs: [200, 300],
    callTimeoutMs: 1000,
    slowestAnswerMs: 50,
  }
  const ports = { broker: 'connection', sink: 'calls', dedup: 'calls' } as const
  const bench = benchOf<ConsumerState>(consumer, 'payments-0', settings, ports)
  bench.does('Connect')
  bench.hears('broker', openOk)
  const content = { message: message(0), properties: { reply_to } }
  const told = { queue: 'Q', deliveryTag: 7, redelivered: false, content, headers: {} }
  bench.hears('broker', { kind: 'BasicDeliver', ...told } as never)
  bench.does('ApplyEffect')
  const [{ call } = { call: '' }] = bench.sent('sink') as readonly { readonly call?: string }[]
  bench.sent('broker')
  const done = () => bench.hears('sink', { kind: 'EffectAnswer', call, result: 'applied' } as never)
  return { bench, done }
}

describe('whoever is asked', () => {
  test('answers when it is done, before it acknowledges', () => {
    const { bench, done } = atWork('after', 'answers')
    done()
    bench.does('BasicAck')
    const sent = bench.sent('broker')
    expect(sent.map(({ kind }) => kind)).toEqual(['BasicPublish', 'BasicAck'])
    expect(sent[0]).toMatchObject({
      exchange: '',
      routingKey: 'answers',
      properties: { correlation_id: message(0).id },
      message: { id: `${message(0).id}/answer` },
    })
  })

  test('answers what it acknowledged before, too', () => {
    const { bench, done } = atWork('before', 'answers')
    done()
    expect(bench.sent('broker').map(({ kind }) => kind)).toEqual(['BasicPublish'])
  })

  test('answers nobody who did not ask, and not by a line that is gone', () => {
    const plain = atWork('after', undefined)
    plain.done()
    plain.bench.does('BasicAck')
    expect(plain.bench.sent('broker').map(({ kind }) => kind)).toEqual(['BasicAck'])
    const cut = atWork('after', 'answers')
    cut.bench.hears('broker', closed)
    cut.done()
    cut.bench.does('BasicAck')
    expect(cut.bench.sent('broker')).toEqual([])
  })
})
