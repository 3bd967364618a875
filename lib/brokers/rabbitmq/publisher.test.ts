import { describe, expect, test } from 'vitest'
import { benchOf } from '../../clients/bench.fixture.ts'
import { workloadOf } from '../../clients/workload.ts'
import { type PublisherSettings, type PublisherState, publisherKind } from './publisher.ts'
import { publisherConfig } from './settings.ts'

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

function settingsWith(change: Partial<PublisherSettings> = {}): PublisherSettings {
  return {
    ...publisherConfig({ 'confirm.select': true, delivery_mode: 2 }),
    exchange: 'orders',
    workload,
    resendsWithNewId: false,
    restartMs: [1, 1],
    startsAtMs: 0,
    pauseMs: [2, 2],
    ...change,
  }
}

function opened(change: Partial<PublisherSettings> = {}) {
  const bench = benchOf<PublisherState>(publisherKind, 'shop', settingsWith(change), {
    broker: 'connection',
  })
  bench.does('Connect')
  bench.hears('broker', { kind: 'ChannelOpenOk', channel: 1 } as never)
  bench.sent('broker')
  return bench
}

const ack = (deliveryTag: number) => ({ kind: 'BasicAck', channel: 1, deliveryTag }) as never
const nack = (deliveryTag: number) => ({ kind: 'BasicNack', channel: 1, deliveryTag }) as never
const closed = { kind: 'ConnectionClosed' } as never

describe('the publisher', () => {
  test('with a reference numbers its events, and sends again first what it knows nothing of', () => {
    const bench = opened({ 'publisher reference': true })
    const published = () => bench.sent('broker')[0]?.['publisher' as never]
    bench.does('Publish')
    expect(published()).toEqual({ reference: 'shop', publishingId: 0 })
    bench.hears('broker', closed)
    bench.does('Connect')
    bench.hears('broker', { kind: 'ChannelOpenOk', channel: 1 } as never)
    bench.sent('broker')
    expect(bench.can()).toEqual(['PublishAgain'])
    expect(bench.whyNot('Publish')).toBe('what it numbers goes out in order')
    bench.does('PublishAgain')
    expect(published()).toEqual({ reference: 'shop', publishingId: 0 })
    bench.does('Publish')
    expect(published()).toEqual({ reference: 'shop', publishingId: 1 })
  })

  test('opens a channel, asks for confirms where it is to have them, and publishes only then', () => {
    const bench = benchOf<PublisherState>(publisherKind, 'shop', settingsWith(), {
      broker: 'connection',
    })
    expect(bench.can()).toEqual(['Connect'])
    bench.does('Connect')
    expect(bench.sent('broker').map((each) => each.kind)).toEqual(['ChannelOpen', 'ConfirmSelect'])
    expect(bench.whyNot('Publish')).toBe('its channel is open')
    expect(bench.whyNot('PublishAgain')).toBe('its channel is open')
    expect(bench.whyNot('Connect')).toBe('it has no connection')
    expect(bench.hears('broker', { kind: 'MethodOk', channel: 1 } as never)).toBe('ConfirmSelectOk')
    bench.hears('broker', { kind: 'ChannelOpenOk', channel: 1 } as never)
    expect(bench.can()).toEqual(['Publish'])
  })

  test('publishes its workload to its exchange and stops at its end', () => {
    const bench = opened()
    const first = bench.does('Publish')
    bench.does('Publish')
    expect(first.map((each) => each.kind)).toEqual(['sent'])
    expect(bench.whyNot('Publish')).toBe('there is more to publish')
    const [one] = bench.sent('broker')
    expect(one).toMatchObject({ exchange: 'orders', routingKey: 'A', mandatory: false })
    expect(one.properties).toEqual({ delivery_mode: 2, message_id: 'order-1/A' })
  })

  test('a confirm says that it is safe, once, and a late one says nothing', () => {
    const bench = opened()
    bench.does('Publish')
    expect(bench.wouldTake('broker', ack(2))).toEqual([])
    expect(bench.wouldTake('broker', nack(2))).toEqual([])
    expect(bench.takes('Confirmed', 'broker', ack(1))).toMatchObject([{ kind: 'acknowledged' }])
    expect(bench.state.unconfirmed).toEqual([])
  })

  test('what is refused is published again, or given up where the application does not', () => {
    const again = opened()
    again.does('Publish')
    expect(again.takes('Refused', 'broker', nack(1))).toMatchObject([
      { kind: 'refused', final: false },
    ])
    again.sent('broker')
    again.does('PublishAgain')
    expect(again.sent('broker')[0].message.id).toBe('order-1/A')
    const given = opened({ republish: false })
    given.does('Publish')
    expect(given.takes('Refused', 'broker', nack(1))).toMatchObject([{ final: true }])
    expect(given.can()).not.toContain('PublishAgain')
  })

  test('a lost connection makes it publish again what was not confirmed, under a new id if it does so', () => {
    const bench = opened({ resendsWithNewId: true })
    bench.does('Publish')
    expect(bench.hears('broker', closed)).toBe('Disconnected')
    expect(bench.state.outbox.map((each) => each.id)).toEqual(['order-1/A~2'])
    expect(bench.can()).toEqual(['Connect'])
  })

  test('without confirms it takes for safe what it has written', () => {
    const bench = opened({ 'confirm.select': false })
    expect(bench.does('Publish').map((each) => each.kind)).toEqual(['sent', 'acknowledged'])
    expect(bench.state.unconfirmed).toEqual([])
  })

  test('expiration and mandatory go along; what is returned is refused for good', () => {
    const bench = opened({ expiration: 500, mandatory: true })
    bench.does('Publish')
    const [one] = bench.sent('broker')
    expect(one).toMatchObject({ mandatory: true, properties: { expiration: '500' } })
    const back = {
      kind: 'BasicReturn',
      replyCode: 312,
      replyText: 'NO_ROUTE',
      message: one.message,
    }
    expect(bench.takes('Returned', 'broker', back as never)).toMatchObject([
      { kind: 'refused', reason: '312 NO_ROUTE', final: true },
    ])
    expect(bench.takes('Confirmed', 'broker', ack(1))).toEqual([])
    expect(bench.state.unconfirmed).toEqual([])
  })

  test('what was returned is not published again when the connection is lost before its confirm', () => {
    const bench = opened({ mandatory: true })
    bench.does('Publish')
    const [{ message }] = bench.sent('broker')
    const back = { kind: 'BasicReturn', replyCode: 312, replyText: 'NO_ROUTE', message }
    bench.hears('broker', back as never)
    bench.does('Publish')
    bench.hears('broker', closed)
    expect(bench.state.outbox.map(({ id }) => id)).toEqual(['order-1/B'])
  })

  test('a channel that the broker closes is answered and opened again', () => {
    const bench = opened()
    bench.hears('broker', { kind: 'ChannelClose', channel: 1 } as never)
    expect(bench.sent('broker')).toMatchObject([{ kind: 'ChannelCloseOk', channel: 1 }])
    expect(bench.can()).toEqual(['Connect'])
  })

  test('a crash keeps what the application will send again; a dead process hears nothing', () => {
    const bench = opened()
    bench.does('Publish')
    expect(bench.whyNot('Restart')).toBe('it has crashed')
    expect(bench.wouldTake('broker', closed)).toEqual(['Disconnected'])
    expect(bench.does('Crash')).toMatchObject([{ kind: 'crashed', holding: ['order-1/A'] }])
    expect(bench.faults()).toEqual([])
    expect(bench.can()).toEqual(['Restart'])
    expect(bench.wouldTake('broker', closed)).toEqual(['ProcessGone'])
    bench.does('Restart')
    expect(bench.can()).toEqual(['Connect'])
    expect(bench.state.outbox).toHaveLength(1)
  })

  test('a paused process sends no heartbeats until it goes on', () => {
    const bench = opened()
    expect(bench.whyNot('Resume')).toBe('it is paused')
    bench.does('Pause')
    expect(bench.sent('broker')).toEqual([{ kind: 'HeartbeatsStop' }])
    expect(bench.can()).toEqual(['Resume'])
    bench.does('Resume')
    expect(bench.sent('broker')).toEqual([{ kind: 'HeartbeatsResume' }])
    expect(bench.can()).toEqual(['Publish'])
  })
})
