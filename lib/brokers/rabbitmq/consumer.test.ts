import { describe, expect, test } from 'vitest'
import { benchOf } from '../../clients/bench.fixture.ts'
import { message, plainHandler } from '../../clients/story.fixture.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import { consumer } from './consumer.ts'
import type { ConsumerSettings, ConsumerState } from './consumer-state.ts'
import { consumerConfig } from './settings.ts'

type Change = Partial<Omit<ConsumerSettings, 'handler'>> & {
  readonly handler?: Partial<HandlerSettings>
}
const PORTS = { broker: 'connection', sink: 'calls', dedup: 'calls' } as const

function fresh({ handler, ...change }: Change = {}) {
  const settings = {
    ...consumerConfig({ prefetch_count: 3 }),
    service: 'payments',
    queue: 'Q',
    handler: { ...plainHandler, ...handler },
    joinsAtMs: 0,
    restartMs: [3000, 4000],
    pauseMs: [50_000, 60_000],
    stallMs: [400_000, 500_000],
    retryMs: [200, 300],
    callTimeoutMs: 1000,
    slowestAnswerMs: 50,
    mostReturns: 50,
    ...change,
  }
  return benchOf<ConsumerState>(consumer, 'payments-0', settings, PORTS)
}

function delivery(n: number, tag = n + 1, deaths?: unknown) {
  const content = { message: message(n), deaths }
  return {
    kind: 'BasicDeliver',
    queue: 'Q',
    deliveryTag: tag,
    redelivered: false,
    content,
  } as never
}
const closed = { kind: 'ConnectionClosed' } as never
const channelClose = { kind: 'ChannelClose', channel: 1 } as never
const cancel = { kind: 'BasicCancel', channel: 1, consumerTag: 'payments-0' } as never
const openOk = { kind: 'ChannelOpenOk', channel: 1 } as never
const cancelOk = { kind: 'MethodOk', channel: 1, of: 'BasicCancel' } as never

function consuming(change: Change = {}) {
  const bench = fresh(change)
  bench.does('Connect')
  bench.hears('broker', openOk)
  bench.sent('broker')
  return bench
}

/** With the effect of the first message under way; returns how to answer it. */
function atWork(change: Change = {}) {
  const bench = consuming(change)
  bench.hears('broker', delivery(0))
  bench.does('ApplyEffect')
  const answer = (result: string) => {
    const [request] = bench.sent('sink')
    return { kind: 'EffectAnswer', call: request?.call ?? message(0).id, result } as never
  }
  return { bench, answer }
}

describe('deliveries', () => {
  test('it consumes with its prefetch count, and is pushed messages', () => {
    const bench = fresh()
    expect(bench.can()).toEqual(['Connect'])
    bench.does('Connect')
    const sent = bench.sent('broker')
    expect(sent.map((each) => each.kind)).toEqual(['ChannelOpen', 'BasicQos', 'BasicConsume'])
    expect(sent[1]).toMatchObject({ prefetchCount: 3, global: false })
    expect(bench.whyNot('Connect')).toBe('it has no connection')
    bench.hears('broker', openOk)
    bench.hears('broker', delivery(0))
    bench.hears('broker', delivery(1))
    expect(bench.seen).toMatchObject([{ kind: 'delivered', group: 'payments' }])
    expect(bench.state.buffer).toHaveLength(1)
    expect(bench.can()).toEqual(['ApplyEffect'])
  })

  test('it acknowledges after the effect, by the tag of the delivery, and takes the next', () => {
    const { bench, answer } = atWork()
    bench.hears('broker', delivery(1))
    bench.hears('sink', answer('applied'))
    expect(bench.can()).toEqual(['BasicAck'])
    bench.does('BasicAck', 0)
    expect(bench.sent('broker')).toMatchObject([{ kind: 'BasicAck', deliveryTag: 1 }])
    expect(bench.can()).toEqual(['ApplyEffect'])
  })

  test('it acknowledges before the effect where told so, and not at all with no_ack', () => {
    const before = consuming({ handler: { ackPoint: 'before' } })
    before.hears('broker', delivery(0))
    expect(before.sent('broker')).toMatchObject([{ kind: 'BasicAck', deliveryTag: 1 }])
    const { bench, answer } = atWork({ no_ack: true })
    bench.hears('sink', answer('applied'))
    expect(bench.can()).toEqual([])
    expect(bench.sent('broker')).toEqual([])
  })

  test('what is none of its events is acknowledged unseen', () => {
    const bench = consuming({ handler: { handles: ['Nothing'] } })
    bench.hears('broker', delivery(0))
    expect(bench.sent('broker')).toMatchObject([{ kind: 'BasicAck', deliveryTag: 1 }])
    expect(bench.can()).toEqual([])
  })

  test('tags of a channel that is gone are not acknowledged on another one', () => {
    const { bench, answer } = atWork()
    bench.hears('broker', closed)
    expect(bench.state.buffer).toEqual([])
    bench.hears('sink', answer('applied'))
    bench.does('BasicAck', 0)
    expect(bench.sent('broker')).toEqual([])
    expect(bench.can()).toEqual(['Connect'])
  })
})

describe('what fails', () => {
  const failing = (change: Change) => {
    const { bench, answer } = atWork(change)
    bench.hears('sink', answer('failed'))
    return bench
  }
  const once = { maxAttempts: 1 } as const

  test('is tried again first', () => {
    const bench = failing({ handler: { maxAttempts: 2 } })
    expect(bench.can()).toEqual(['RetryCall'])
    bench.does('RetryCall', 0)
    expect(bench.sent('sink')).toHaveLength(1)
  })
  test('is sent back by the method that is chosen', () => {
    const handler = { ...once, onFailure: 'retry-in-place' } as const
    expect(failing({ handler }).sent('broker')).toMatchObject([
      { kind: 'BasicNack', deliveryTag: 1, requeue: true, multiple: false },
    ])
    expect(failing({ handler, requeue: 'basic.reject' }).sent('broker')).toMatchObject([
      { kind: 'BasicReject', requeue: true },
    ])
  })
  test('is rejected into the dead letters, until it has been there often enough', () => {
    const handler = { ...once, onFailure: 'dead-letter-topic' } as const
    expect(failing({ handler }).sent('broker')).toMatchObject([
      { kind: 'BasicReject', requeue: false },
    ])
    const bench = consuming({ handler })
    bench.hears('broker', delivery(0, 1, [{ reason: 'rejected', count: 3 }]))
    bench.does('ApplyEffect')
    const [request] = bench.sent('sink')
    const failed = { kind: 'EffectAnswer', call: request.call, result: 'failed' } as never
    expect(bench.takes('EffectFailed', 'sink', failed)).toMatchObject([{ kind: 'skipped' }])
    expect(bench.sent('broker')).toMatchObject([{ kind: 'BasicAck' }])
  })
  test('is passed over', () => {
    const bench = failing({ handler: { ...once, onFailure: 'skip' } })
    expect(bench.seen).toMatchObject([{ kind: 'skipped' }])
    expect(bench.sent('broker')).toMatchObject([{ kind: 'BasicAck' }])
  })
  test('and a loop without end is cut', () => {
    const { bench, answer } = atWork({ handler: { ...once, onFailure: 'retry-in-place' } })
    bench.state = { ...bench.state, returns: 50 }
    bench.hears('sink', answer('failed'))
    expect(bench.sent('broker')).toEqual([])
    expect(bench.state.work.workers[0]?.phase).toBe('blocked')
  })
})

describe('calls', () => {
  test('are postponed while the sink cannot say, and broken with their line', () => {
    const { bench, answer } = atWork()
    const unavailable = answer('unavailable')
    expect(bench.wouldTake('sink', unavailable)).toEqual(['EffectPostponed'])
    expect(
      bench.wouldTake('sink', { ...(unavailable as object), result: 'failed' } as never),
    ).toEqual(['EffectFailed'])
    expect(
      bench.wouldTake('sink', { ...(unavailable as object), result: 'applied' } as never),
    ).toEqual(['EffectAnswer'])
    for (const result of ['applied', 'failed', 'unavailable']) {
      const late = { kind: 'EffectAnswer', call: 'another', result } as never
      expect(bench.wouldTake('sink', late)).toEqual(['IgnoreLateAnswer'])
    }
    const broken = { kind: 'ConnectionClosed', about: message(0).id } as never
    expect(bench.whyNot('RetryCall')).toBe('a call is to be made again')
    expect(bench.hears('sink', broken)).toBe('CallBroken')
    expect(bench.can()).toEqual(['RetryCall'])
    bench.does('StallHandler')
    expect(bench.whyNot('RetryCall')).toBe('the handler does not hang')
  })

  test('time out only where the sink may be slower than the caller waits', () => {
    expect(atWork().bench.whyNot('CallTimesOut')).toBe(
      'the sink may take longer than the caller waits',
    )
    const { bench } = atWork({ slowestAnswerMs: 5000 })
    bench.does('CallTimesOut', 0)
    expect(bench.can()).toEqual(['RetryCall'])
  })

  test('a dedup table is asked, and marked after the effect', () => {
    const strategy = { kind: 'dedup-table', marks: 'after' } as const
    const bench = consuming({ handler: { strategy } })
    bench.hears('broker', delivery(0))
    expect(bench.can()).toEqual(['CheckSeen'])
    bench.does('CheckSeen', 0)
    const [check] = bench.sent('dedup')
    const other = { kind: 'SeenAnswer', call: 'another', seen: false } as never
    expect(bench.wouldTake('dedup', other)).toEqual(['IgnoreLateAnswer'])
    bench.hears('dedup', { kind: 'SeenAnswer', call: check.call, seen: false } as never)
    bench.does('ApplyEffect')
    const [request] = bench.sent('sink')
    bench.hears('sink', { kind: 'EffectAnswer', call: request.call, result: 'applied' } as never)
    expect(bench.can()).toEqual(['MarkSeen'])
    bench.does('StallHandler')
    expect(bench.whyNot('MarkSeen')).toBe('the handler does not hang')
    bench.does('HandlerGoesOn')
    bench.does('MarkSeen', 0)
    const [mark] = bench.sent('dedup')
    expect(bench.wouldTake('dedup', { kind: 'MarkAnswer', call: 'x', ok: true } as never)).toEqual([
      'IgnoreLateAnswer',
    ])
    bench.hears('dedup', { kind: 'MarkAnswer', call: mark.call, ok: true } as never)
    expect(bench.can()).toEqual(['BasicAck'])
  })

  test('what a dedup table or memory has seen is skipped', () => {
    const table = { kind: 'dedup-table', marks: 'before' } as const
    const bench = consuming({ handler: { strategy: table } })
    bench.hears('broker', delivery(0))
    bench.does('StallHandler')
    expect(bench.whyNot('CheckSeen')).toBe('the handler does not hang')
    bench.does('HandlerGoesOn')
    bench.does('CheckSeen', 0)
    const [check] = bench.sent('dedup')
    bench.hears('dedup', { kind: 'SeenAnswer', call: check.call, seen: true } as never)
    expect(bench.seen).toMatchObject([{ kind: 'effectSkipped', reason: 'dedup table' }])
    const memory = consuming({ handler: { strategy: { kind: 'in-memory-set' } } })
    memory.hears('broker', delivery(0))
    expect(memory.can()).toEqual(['CheckSeenInMemory'])
    memory.does('StallHandler')
    expect(memory.whyNot('CheckSeenInMemory')).toBe('the handler does not hang')
    memory.does('HandlerGoesOn')
    memory.does('CheckSeenInMemory', 0)
    expect(memory.can()).toEqual(['ApplyEffect'])
    expect(memory.whyNot('CheckSeen')).toBe('it has a dedup table')
    expect(memory.whyNot('MarkSeen')).toBe('it has a dedup table')
    expect(bench.whyNot('CheckSeenInMemory')).toBe('it keeps a set in memory')
  })
})

describe('channels and processes', () => {
  test('a hanging handler does nothing but its heartbeats', () => {
    const { bench, answer } = atWork()
    expect(bench.whyNot('HandlerGoesOn')).toBe('the handler hangs')
    bench.hears('sink', answer('applied'))
    bench.does('StallHandler')
    expect(bench.whyNot('StallHandler')).toBe('the handler does not hang')
    expect(bench.whyNot('BasicAck')).toBe('the handler does not hang')
    const idle = consuming()
    idle.hears('broker', delivery(0))
    idle.does('StallHandler')
    expect(idle.whyNot('ApplyEffect')).toBe('the handler does not hang')
    expect(consuming().whyNot('ApplyEffect')).toBe('a message is ready for its effect')
  })

  test('a channel that it closes hears nothing more until that is answered', () => {
    const bench = consuming()
    bench.hears('broker', delivery(0))
    bench.does('CloseChannel')
    expect(bench.sent('broker')).toMatchObject([{ kind: 'ChannelClose' }])
    expect(bench.whyNot('CloseChannel')).toBe('its channel is open')
    expect(bench.whyNot('CancelConsumer')).toBe('its channel is open')
    for (const each of [delivery(1), openOk, cancel, channelClose]) {
      expect(bench.wouldTake('broker', each)).toEqual(['DiscardWhileClosing'])
    }
    bench.hears('broker', openOk)
    expect(bench.hears('broker', { kind: 'ChannelCloseOk', channel: 1 } as never)).toBe(
      'ChannelCloseOk',
    )
    expect(bench.can()).toEqual(['ApplyEffect', 'Connect'])
    const open = consuming()
    for (const each of [delivery(1), openOk, cancel, channelClose]) {
      expect(open.wouldTake('broker', each)).not.toContain('DiscardWhileClosing')
    }
  })

  test('a channel closed by the broker is answered; a cancelled consumer begins anew', () => {
    const bench = consuming()
    expect(bench.hears('broker', channelClose)).toBe('ChannelClosed')
    expect(bench.sent('broker')).toMatchObject([{ kind: 'ChannelCloseOk' }])
    const other = consuming()
    expect(other.hears('broker', cancel)).toBe('ConsumerCancelled')
    expect(other.can()).toEqual(['Connect'])
  })

  test('a deploy cancels, finishes what it holds, leaves and comes back', () => {
    const { bench, answer } = atWork()
    expect(bench.whyNot('Leave')).toBe('it is leaving')
    bench.does('CancelConsumer')
    expect(bench.sent('broker')).toMatchObject([{ kind: 'BasicCancel' }])
    expect(bench.whyNot('CancelConsumer')).toBe('it is not leaving already')
    expect(bench.whyNot('Leave')).toBe('no more can be pushed to it')
    expect(bench.hears('broker', cancelOk)).toBe('BasicCancelOk')
    expect(bench.whyNot('Leave')).toBe('it holds nothing more')
    bench.hears('sink', answer('applied'))
    bench.does('BasicAck', 0)
    bench.does('Leave')
    expect(bench.can()).toEqual(['Restart'])
    bench.does('Restart')
    expect(bench.can()).toEqual(['Connect'])
  })

  test('a deploy sees through what was pushed before its cancellation was answered', () => {
    const bench = consuming()
    bench.does('CancelConsumer')
    expect(bench.hears('broker', delivery(1))).toBe('BasicDeliver')
    bench.hears('broker', cancelOk)
    expect(bench.whyNot('Leave')).toBe('it holds nothing more')
  })

  test('a channel that is being closed hears no more of a cancellation', () => {
    const bench = consuming()
    bench.does('CancelConsumer')
    bench.does('CloseChannel')
    expect(bench.wouldTake('broker', cancelOk)).toEqual(['DiscardWhileClosing'])
  })

  test('a deploy whose connection is lost does not connect again', () => {
    const bench = consuming()
    bench.does('CancelConsumer')
    bench.hears('broker', closed)
    expect(bench.whyNot('Connect')).toBe('it is not leaving')
    expect(bench.can()).toEqual(['Leave'])
  })

  test('a crash forgets what it holds; what comes for the dead is dropped', () => {
    const { bench } = atWork()
    expect(bench.whyNot('Restart')).toBe('its process is gone')
    expect(bench.wouldTake('broker', closed)).toEqual(['Disconnected'])
    expect(bench.does('Crash')).toMatchObject([{ kind: 'crashed', holding: [message(0).id] }])
    expect(bench.state.wrecks).toMatchObject([{ worker: 0, stage: 'effect sent' }])
    expect(bench.wouldTake('broker', delivery(1))).toEqual(['ProcessGone'])
    expect(bench.faults()).toEqual([])
    bench.does('Restart')
    expect(bench.state.work.batch).toBeNull()
  })

  test('a paused process is silent until it goes on', () => {
    const bench = consuming()
    expect(bench.whyNot('Resume')).toBe('it is paused')
    bench.does('Pause')
    expect(bench.sent('broker')).toEqual([{ kind: 'HeartbeatsStop' }])
    expect(bench.can()).toEqual(['Resume'])
    expect(bench.wouldTake('broker', delivery(1))).toEqual([])
    bench.does('Resume')
    expect(bench.sent('broker')).toEqual([{ kind: 'HeartbeatsResume' }])
  })

  test('a broken call is none of the broker’s connection', () => {
    const { bench } = atWork()
    const broken = { kind: 'ConnectionClosed', about: 'another' } as never
    expect(bench.wouldTake('sink', broken)).toEqual(['CallBroken'])
    expect(bench.wouldTake('broker', closed)).toEqual(['Disconnected'])
  })
})
