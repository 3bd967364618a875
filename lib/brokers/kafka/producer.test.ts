// A producer from its start to the answer: what it asks for, how it batches, when it sends, what it reports.
import { describe, expect, test } from 'vitest'
import { messageAt } from '../../clients/workload.ts'
import type { Envelope } from '../../engine/types.ts'
import { epochs, metadata } from './metadata.fixture.ts'
import { newProducing, plain, producing } from './producer.fixture.ts'
import { producerKind } from './producer.ts'
import { closed, rangeOf } from './producer-rules.fixture.ts'

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
        timeoutMs: 30_000,
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
