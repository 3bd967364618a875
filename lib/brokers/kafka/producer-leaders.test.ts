// A producer whose partition gets another leader: what it asks, and what becomes of batches that are on their way.
import { expect, test } from 'vitest'
import { metadata } from './metadata.fixture.ts'
import { type Producing, producing } from './producer.fixture.ts'

const NODES = ['broker-0', 'broker-1']
const CLOSED = { kind: 'ConnectionClosed' } as const
const FAST = { 'max.in.flight.requests.per.connection': 5 }
const begun = (kafka = {}): Producing => producing({ nodes: NODES, kafka: { ...FAST, ...kafka } })
/** The controller tells who leads the one partition; returns the rule that took it. */
const hear = (it: Producing, leader: number, epoch: number) =>
  it.hears('controller', { ...metadata(1, 2), leaders: [leader], epochs: [epoch] } as never)

test('nothing is stale in the beginning: news may take their time', () => {
  const it = begun()
  expect(hear(it, 1, 1)).toBe('MetadataResponse')
  expect(it.sent('controller')).toMatchObject([{ kind: 'Metadata', known: [1] }])
  it.publish(1)
  expect(it.batches('broker-1')).toHaveLength(1)
  expect(it.batches('broker-0')).toEqual([])
})

test.each(['NOT_LEADER_OR_FOLLOWER', 'UNKNOWN_TOPIC_OR_PARTITION'] as const)(
  'after %s it wants to hear of leaders at once',
  (error) => {
    const it = begun()
    it.publish(1)
    it.answer(error, 'broker-0')
    expect(it.state.stale).toBe(true)
    expect(hear(it, 1, 1)).toBe('MetadataRefreshed')
    expect(it.state.stale).toBe(false)
  },
)

test('other errors say nothing about leaders', () => {
  const it = begun()
  it.publish(1)
  it.answer('NOT_ENOUGH_REPLICAS', 'broker-0')
  expect(hear(it, 0, 0)).toBe('MetadataResponse')
})

test('one success does not make up for what another partition was refused', () => {
  const it = producing({ nodes: NODES, kafka: FAST }, 1)
  it.publish(2)
  it.answer('NOT_LEADER_OR_FOLLOWER', 'broker-0')
  it.answer('NOT_ENOUGH_REPLICAS', 'broker-0')
  expect(it.state.stale).toBe(true)
})

test('a broken connection is a reason, too; the batch goes to the leader of then', () => {
  const it = begun()
  it.publish(1)
  it.batches('broker-0')
  expect(it.hears('broker-0', CLOSED)).toBe('NodeDisconnected')
  expect(hear(it, 1, 1)).toBe('MetadataRefreshed')
  const [id] = it.state.lanes[0]!.queue.map((batch) => batch.id)
  it.does('RetryBackoffExpires', id)
  expect(it.batches('broker-1')).toEqual([id])
})

test('while nobody leads, batches wait, and any news is taken at once', () => {
  const it = begun()
  hear(it, -1, 1)
  it.publish(1)
  expect([...it.batches('broker-0'), ...it.batches('broker-1')]).toEqual([])
  expect(hear(it, 1, 2)).toBe('MetadataRefreshed')
  expect(it.batches('broker-1')).toHaveLength(1)
})

test('what is on its way to the old leader keeps later numbers of that partition in their order', () => {
  const it = begun()
  it.publish(2)
  hear(it, 1, 1)
  const [first, second] = it.batches('broker-0')
  it.publish(1)
  // A new batch goes at once to the new leader; one that is tried again waits for those before it.
  expect(it.batches('broker-1')).toHaveLength(1)
  it.answer('NOT_LEADER_OR_FOLLOWER', 'broker-0')
  it.does('RetryBackoffExpires', first)
  expect(it.batches('broker-1')).toEqual([first])
  it.answer('NOT_LEADER_OR_FOLLOWER', 'broker-0')
  it.does('RetryBackoffExpires', second)
  expect(it.batches('broker-1')).toEqual([])
  it.answer('OUT_OF_ORDER_SEQUENCE_NUMBER', 'broker-1')
  it.answer(0, 'broker-1')
  expect(it.batches('broker-1')).toEqual([second])
})

test('a request names how long the leader may wait for its followers', () => {
  const it = begun({ 'request.timeout.ms': 4000, 'delivery.timeout.ms': 9000 })
  it.publish(1)
  expect(it.requests('broker-0')).toMatchObject([{ acks: 'all', timeoutMs: 4000 }])
})

test('a batch queued once more that runs out of time leaves its number in doubt', () => {
  const it = begun()
  it.publish(2)
  const [first, second] = it.batches('broker-0')
  it.hears('broker-0', CLOSED)
  hear(it, -1, 1)
  it.does('RetryBackoffExpires', first)
  it.does('DeliveryTimeoutExpires', first)
  expect(it.state.lanes[0]).toMatchObject({ unresolved: true })
  hear(it, 1, 2)
  it.does('RetryBackoffExpires', second)
  it.answer('OUT_OF_ORDER_SEQUENCE_NUMBER', 'broker-1')
  expect(it.state.epoch).toBe(1)
})
