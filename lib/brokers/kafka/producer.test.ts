import { describe, expect, test } from 'vitest'
import { messageAt } from '../../clients/workload.ts'
import type { Envelope } from '../../engine/types.ts'
import { epochs, metadata } from './metadata.fixture.ts'
import { newProducing, plain, producing, ruleOf } from './producer.fixture.ts'
import { producerKind } from './producer.ts'

const closed: Envelope = { kind: 'ConnectionClosed' }
const rangeOf = (rule: string, settings: unknown, s?: unknown, x?: unknown) =>
  ruleOf(rule).takes?.(settings, s, undefined, x)

describe('the start', () => {
  test('asks for partitions and, if idempotent, for a producer id', () => {
    const it = newProducing()
    expect(it.can()).toEqual(['Start'])
    it.does('Start')
    expect(it.sent('controller')).toEqual([
      { kind: 'Metadata', about: 'orders', topic: 'orders', known: [] },
      { kind: 'InitProducerId' },
    ])
    expect(it.whyNot('Start')).toBe('it has not been started yet')
  })
  test('asks for no producer id otherwise', () => {
    const it = newProducing({ kafka: plain })
    it.does('Start')
    expect(it.sent('controller')).toMatchObject([{ kind: 'Metadata' }])
  })
  test('sends nothing before it knows the partitions', () => {
    const it = newProducing({ kafka: plain })
    it.does('Start')
    expect(it.whyNot('SendNext')).toBe('it knows the partitions of its topic')
    it.hears('controller', metadata(3))
    expect(it.whyNot('SendNext')).toBeNull()
  })
  test('keeps its records until it has a producer id', () => {
    const it = newProducing()
    it.does('Start')
    it.hears('controller', metadata(1))
    it.publish(2)
    expect(it.requests()).toEqual([])
    it.hears('controller', { kind: 'InitProducerIdResponse', producerId: 4, epoch: 0 } as Envelope)
    expect(it.requests().map((each) => each.batch.producerId)).toEqual([4])
  })
  test('asks again when the line to the controller was cut', () => {
    const it = newProducing()
    it.does('Start')
    it.sent('controller')
    expect(it.hears('controller', closed)).toBe('ControllerDisconnected')
    expect(it.sent('controller')).toMatchObject([
      { kind: 'Metadata', known: [] },
      { kind: 'InitProducerId' },
    ])
    it.hears('controller', { kind: 'InitProducerIdResponse', producerId: 4, epoch: 0 } as Envelope)
    it.hears('controller', closed)
    expect(it.sent('controller')).toMatchObject([{ kind: 'Metadata' }])
  })
})

describe('metadata', () => {
  test('is asked for again with what is known, and added partitions are used', () => {
    const it = newProducing({ kafka: plain, workload: { keys: ['k0'] } })
    it.does('Start')
    it.hears('controller', metadata(3))
    expect(it.sent('controller')[1]).toMatchObject({ kind: 'Metadata', known: epochs(3) })
    it.publish(1)
    it.hears('controller', metadata(4))
    it.publish(1)
    expect(it.requests().map((each) => each.partition)).toEqual([2, 1])
  })
  test('the first answer counts at once, a change within metadata.max.age.ms', () => {
    const it = newProducing()
    expect(rangeOf('MetadataResponse', it.settings, it.state)).toEqual([0, 0])
    const later = { ...it.state, partitions: 3 }
    expect(rangeOf('MetadataResponse', it.settings, later)).toEqual([0, 300_000])
  })
})

describe('SendNext', () => {
  test('hands over the next message of the workload, until there is none', () => {
    const it = producing({ kafka: plain, workload: { count: 2 } })
    expect(it.whyNot('SendNext', 0)).toBeNull()
    it.publish(1)
    expect(it.requests()).toEqual([
      {
        kind: 'Produce',
        about: 'order-1/Created',
        topic: 'orders',
        partition: 0,
        correlation: 0,
        acks: 'all',
        batch: {
          producerId: -1,
          epoch: -1,
          firstSequence: -1,
          messages: [messageAt(it.settings.workload, 0)],
        },
      },
    ])
    const message = messageAt(it.settings.workload, 0)
    expect(it.seen).toEqual([
      { kind: 'sent', actor: 'shop', message, stream: 'orders', lane: 0, attempt: 1 },
    ])
    it.publish(1)
    expect(it.whyNot('SendNext')).toBe('there is more to publish')
    expect(it.can()).toEqual(['RequestTimeoutExpires', 'DeliveryTimeoutExpires'])
  })
  test('takes as long as the story says', () => {
    expect(rangeOf('SendNext', producing().settings)).toEqual([500, 700])
  })
  test('waits for an explicit partition to exist', () => {
    const it = producing({ kafka: plain, workload: { keyChoice: 2 } }, 2)
    expect(it.whyNot('SendNext')).toBe('the partition it was told to use exists')
    it.hears('controller', metadata(3))
    it.publish(1)
    expect(it.requests().map((each) => each.partition)).toEqual([2])
  })
  test('without keys it stays on a partition until a batch was produced', () => {
    const kafka = { ...plain, 'batch.size': 2048, 'max.in.flight.requests.per.connection': 100 }
    const it = producing(
      { kafka: { ...kafka, 'linger.ms': 5 }, workload: { keyChoice: 'none' } },
      3,
    )
    it.publish(40)
    const lanes = it.requests().map((each) => each.partition)
    expect(lanes).toHaveLength(20)
    expect(new Set(lanes)).toEqual(new Set([0, 1, 2]))
  })
  test('each partition belongs to a node', () => {
    const it = producing({ kafka: plain, nodes: ['n0', 'n1'], workload: { keys: ['k0', 'k3'] } }, 3)
    it.publish(2)
    expect(it.requests('n0').map((each) => each.partition)).toEqual([2])
    expect(it.requests('n1').map((each) => each.partition)).toEqual([1])
  })
})

describe('batches', () => {
  test('linger: a batch waits, and takes in what comes meanwhile', () => {
    const it = producing({ kafka: { ...plain, 'linger.ms': 5 } })
    it.publish(2)
    expect(it.requests()).toEqual([])
    expect(it.can()).toContain('LingerExpires')
    it.does('LingerExpires', 'order-1/Created')
    expect(it.batches()).toEqual(['order-1/Created order-1/Paid'])
    expect(it.can()).not.toContain('LingerExpires')
  })
  test('linger.ms is how long', () => {
    const { settings } = producing({ kafka: { 'linger.ms': 20 } })
    expect(rangeOf('LingerExpires', settings)).toEqual([20, 20])
  })
  test('a full batch waits for nothing', () => {
    const it = producing({ kafka: { ...plain, 'linger.ms': 5, 'batch.size': 2048 } })
    it.publish(3)
    expect(it.batches()).toEqual(['order-1/Created order-1/Paid'])
    expect(it.whyNot('LingerExpires', 'order-1/Shipped')).toBeNull()
  })
  test('about names every message of the batch', () => {
    const it = producing({ kafka: { ...plain, 'linger.ms': 5 } })
    it.publish(2)
    it.does('LingerExpires')
    expect(it.requests()[0]?.about).toBe('order-1/Created order-1/Paid')
  })
  test('no more are in flight than allowed; what waits is filled up', () => {
    const kafka = { ...plain, 'max.in.flight.requests.per.connection': 2 }
    const it = producing({ kafka })
    it.publish(4)
    expect(it.batches()).toEqual(['order-1/Created', 'order-1/Paid'])
    it.answer(0)
    expect(it.batches()).toEqual(['order-1/Shipped order-2/Created'])
  })
  test('of several partitions the oldest record goes first', () => {
    const kafka = { ...plain, 'max.in.flight.requests.per.connection': 1 }
    const it = producing({ kafka, workload: { keys: ['k0', 'k3', 'k2'], eventTypes: ['E'] } }, 3)
    it.publish(3)
    it.answer(0)
    it.answer(0)
    expect(it.requests().map((each) => each.partition)).toEqual([2, 1, 0])
  })
})

describe('an answer', () => {
  test('acknowledges every message, with its place', () => {
    const it = producing({ kafka: { ...plain, 'linger.ms': 5 } })
    it.publish(2)
    it.does('LingerExpires')
    it.answer(8)
    const at = (offset: number) => ({ stream: 'orders', lane: 0, offset })
    expect(it.seen).toEqual([
      {
        kind: 'acknowledged',
        actor: 'shop',
        message: messageAt(it.settings.workload, 0),
        place: at(8),
      },
      {
        kind: 'acknowledged',
        actor: 'shop',
        message: messageAt(it.settings.workload, 1),
        place: at(9),
      },
    ])
    expect(it.can()).toEqual(['SendNext'])
  })
  test('is for the oldest request of that connection', () => {
    const it = producing({ kafka: plain })
    it.publish(2)
    it.answer(0)
    expect(it.seen.map((each) => each['message'].id)).toEqual(['order-1/Created'])
    it.answer(1)
    expect(it.seen.map((each) => each['message'].id)).toEqual(['order-1/Paid'])
    it.answer(2)
    expect(it.seen).toEqual([])
  })
  test('acks=0 waits for none: written is as good as acknowledged', () => {
    const it = producing({ kafka: { acks: '0' } })
    it.publish(1)
    expect(it.requests()).toMatchObject([{ acks: '0' }])
    expect(it.seen).toMatchObject([{ kind: 'sent' }, { kind: 'acknowledged', place: null }])
    it.hears('node', closed)
    expect(it.seen).toEqual([])
    expect(it.can()).toEqual(['SendNext'])
  })
})

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

describe('a crash', () => {
  const crashed = (resends: boolean) => {
    const it = producing({
      kafka: { ...plain, 'max.in.flight.requests.per.connection': 1 },
      resends,
    })
    it.publish(3)
    it.requests()
    expect(it.faults()).toEqual(['Crash', 'Pause'])
    it.does('Crash')
    return it
  }
  test('loses what was queued and in flight; what was sent still arrives', () => {
    const it = crashed(false)
    expect(it.seen).toEqual([
      {
        kind: 'crashed',
        actor: 'shop',
        holding: ['order-1/Created', 'order-1/Paid', 'order-1/Shipped'],
      },
    ])
    expect(it.sent('node')).toEqual([closed])
    expect(it.can()).toEqual(['Restart'])
    expect(it.faults()).toEqual([])
  })
  test('what comes for the dead process is dropped', () => {
    const it = crashed(false)
    const before = it.state
    for (const kind of ['ConnectionClosed', 'ProduceResponse', 'MetadataResponse']) {
      expect(it.hears('node', { kind })).toBe('ProcessGone')
    }
    expect(it.hears('controller', { kind: 'InitProducerIdResponse' })).toBe('ProcessGone')
    expect(it.state).toBe(before)
    it.does('Restart')
    expect(it.wouldTake('node', closed)).toEqual(['NodeDisconnected'])
  })
  test('the next process goes on where the application is, under a new producer id', () => {
    const it = crashed(false)
    for (const port of ['node', 'controller']) it.sent(port)
    it.does('Restart')
    expect(it.seen).toEqual([{ kind: 'restarted', actor: 'shop', holding: [] }])
    expect(it.whyNot('Restart')).toBe('it has crashed')
    expect(it.sent('controller')).toMatchObject([{ kind: 'Metadata', known: [] }])
    it.hears('controller', metadata(1))
    expect(it.can()).toEqual(['SendNext'])
    it.publish(1)
    expect(it.batches()).toEqual(['order-2/Created'])
  })
  test('an idempotent producer asks for a new id', () => {
    const it = producing()
    it.does('Crash')
    it.sent('controller')
    it.does('Restart')
    expect(it.sent('controller')).toMatchObject([{ kind: 'Metadata' }, { kind: 'InitProducerId' }])
  })
  test('an application that keeps an outbox sends what is unconfirmed again, under new ids', () => {
    const it = crashed(true)
    it.sent('node')
    expect(it.can()).toEqual(['Restart'])
    it.does('Restart')
    expect(it.whyNot('ResendUnconfirmed')).toBe('it knows the partitions of its topic')
    it.hears('controller', metadata(1))
    expect(it.whyNot('ResendUnconfirmed', 'order-1/Created~2')).toBeNull()
    it.does('ResendUnconfirmed')
    it.does('ResendUnconfirmed')
    expect(it.batches()).toEqual(['order-1/Created~2'])
    it.answer(4)
    expect(it.seen[0]).toMatchObject({
      kind: 'acknowledged',
      message: { n: 0, id: 'order-1/Created~2' },
    })
    expect(it.batches()).toEqual(['order-1/Paid~2'])
    it.does('ResendUnconfirmed')
    expect(it.whyNot('ResendUnconfirmed')).toContain('something')
  })
  test('a resend, too, waits for its partition to exist', () => {
    const it = producing({ kafka: plain, workload: { keyChoice: 1 }, resends: true }, 2)
    it.publish(1)
    it.does('Crash')
    it.does('Restart')
    it.hears('controller', metadata(1))
    expect(it.whyNot('ResendUnconfirmed')).toBe('the partition it was told to use exists')
  })
  test('a final failure goes to the outbox, too', () => {
    const it = producing({ kafka: { ...plain, retries: 0 }, resends: true })
    it.publish(1)
    it.answer('NOT_LEADER_OR_FOLLOWER')
    expect(it.state.outbox.map((message) => message.id)).toEqual(['order-1/Created~2'])
  })
  test('a restart takes as long as the settings say', () => {
    expect(rangeOf('Restart', producing().settings)).toEqual([2000, 3000])
  })
})

describe('a pause', () => {
  test('stops everything; the connections stay open', () => {
    const it = producing({ kafka: plain })
    it.publish(1)
    it.requests()
    it.does('Pause')
    expect(it.seen).toEqual([{ kind: 'paused', actor: 'shop', holding: [] }])
    expect(it.sent('node')).toEqual([])
    expect(it.can()).toEqual(['Resume'])
    expect(it.whyNot('SendNext')).toBe('it is running')
    expect(it.wouldTake('node', closed)).toEqual([])
    it.does('Resume')
    expect(it.seen).toEqual([{ kind: 'resumed', actor: 'shop', holding: [] }])
    expect(it.whyNot('Resume')).toBe('it is paused')
    it.answer(0)
    expect(it.seen).toMatchObject([{ kind: 'acknowledged' }])
  })
  test('takes as long as the settings say', () => {
    expect(rangeOf('Resume', producing().settings)).toEqual([9000, 9500])
  })
})

test('its stages, where a fault can be anchored', () => {
  const it = producing({ kafka: { ...plain, 'max.in.flight.requests.per.connection': 1 } })
  const stages = () => producerKind.stages?.(it.state)
  expect(stages()).toEqual([])
  it.publish(2)
  expect(stages()).toEqual([
    { stage: 'sending', about: 'order-1/Paid' },
    { stage: 'sent', about: 'order-1/Created' },
  ])
  it.answer('NOT_LEADER_OR_FOLLOWER')
  expect(stages()).toEqual([
    { stage: 'retrying', about: 'order-1/Created' },
    { stage: 'sending', about: 'order-1/Paid' },
  ])
})
