// A consumer of a stream: where it begins, and where after its process has died.
import { describe, expect, test } from 'vitest'
import { benchOf } from '../../clients/bench.fixture.ts'
import { message, plainHandler } from '../../clients/story.fixture.ts'
import { consumer } from './consumer.ts'
import type { ConsumerState } from './consumer-state.ts'
import { consumerConfig, hasDeadLetterQueue, queueArguments } from './settings.ts'

const PORTS = { broker: 'connection', sink: 'calls', dedup: 'calls' } as const

function reader(given: Readonly<Record<string, string | number | boolean>>, handler = {}) {
  const settings = {
    ...consumerConfig({ prefetch_count: 3, ...given }),
    service: 'payments',
    queue: 'S',
    stream: true,
    handler: { ...plainHandler, ...handler },
    joinsAtMs: 0,
    restartMs: [3000, 4000],
    pauseMs: [50_000, 60_000],
    stallMs: [400_000, 500_000],
    retryMs: [200, 300],
    callTimeoutMs: 1000,
    slowestAnswerMs: 50,
  }
  return benchOf<ConsumerState>(consumer, 'payments-0', settings, PORTS)
}
type Reader = ReturnType<typeof reader>

const begins = (bench: Reader) => {
  bench.does('Connect')
  const consume = bench.sent('broker').find(({ kind }) => kind === 'BasicConsume')
  bench.hears('broker', { kind: 'ChannelOpenOk', channel: 1 } as never)
  return (consume as unknown as { readonly arguments: object }).arguments
}

function getsAndDoes(bench: Reader, offset: number) {
  const content = { message: message(offset), properties: {} }
  const headers = { 'x-stream-offset': offset }
  const told = { queue: 'S', deliveryTag: offset + 100, redelivered: false, content, headers }
  bench.hears('broker', { kind: 'BasicDeliver', ...told } as never)
  expect(bench.seen).toMatchObject([{ kind: 'delivered', place: { stream: 'S', lane: 0, offset } }])
  bench.does('ApplyEffect')
  const [{ call } = { call: '' }] = bench.sent('sink') as readonly { readonly call?: string }[]
  bench.hears('sink', { kind: 'EffectAnswer', call, result: 'applied' } as never)
  bench.does('BasicAck')
}

function diesAndComesBack(bench: Reader) {
  bench.does('Crash')
  bench.does('Restart')
}

describe('a stream', () => {
  test('begins where it is told, and is asked for nothing that streams do not know', () => {
    expect(begins(reader({}))).toEqual({ 'x-stream-offset': 'next' })
    expect(begins(reader({ 'x-stream-offset': 'first', 'x-priority': 3 }))).toEqual({
      'x-stream-offset': 'first',
    })
  })

  test('is read from there again by a process that stores nothing', () => {
    const bench = reader({ 'x-stream-offset': 'first' })
    begins(bench)
    getsAndDoes(bench, 0)
    expect(bench.state.position).toBe(1)
    diesAndComesBack(bench)
    expect(begins(bench)).toEqual({ 'x-stream-offset': 'first' })
  })

  test('goes on behind the last message that was settled where the offset is stored', () => {
    const bench = reader({ 'x-stream-offset': 'first', 'offset tracking': true })
    expect(begins(bench)).toEqual({ 'x-stream-offset': 'first' })
    getsAndDoes(bench, 0)
    getsAndDoes(bench, 1)
    diesAndComesBack(bench)
    expect(bench.state.position).toBe(2)
    expect(begins(bench)).toEqual({ 'x-stream-offset': 2 })
    getsAndDoes(bench, 1)
    expect(bench.state.position).toBe(2)
  })

  test('is passed over by what the handler leaves out, and before the effect where that is so', () => {
    const content = { message: message(0), properties: {} }
    const told = { queue: 'S', deliveryTag: 7, content, headers: { 'x-stream-offset': 4 } }
    for (const handler of [{ handles: ['Other'] }, { ackPoint: 'before' }]) {
      const bench = reader({}, handler)
      begins(bench)
      bench.hears('broker', { kind: 'BasicDeliver', redelivered: false, ...told } as never)
      expect(bench.state.position).toBe(5)
    }
  })

  test('has no dead letters and no argument of queues', () => {
    const given = { 'x-queue-type': 'stream', 'x-max-length': 3, 'x-delivery-limit': 2 }
    expect(queueArguments(given)).toEqual({ 'x-queue-type': 'stream' })
    expect(hasDeadLetterQueue(given)).toBe(false)
    expect(hasDeadLetterQueue({ 'x-queue-type': 'quorum' })).toBe(true)
  })
})
