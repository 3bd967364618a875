// Producing where partitions have several replicas: what acks=all asks for, and what it waits for.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Bench } from '../../clients/bench.fixture.ts'
import { bothFetch, CLOSED, clustered, fetch, produce, sentBy, told } from './cluster.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'

let node: Bench<NodeState>
beforeEach(() => {
  node = clustered({ 'min.insync.replicas': 2 })
})
const delayed = () => node.state.replicas['orders/0']?.leading?.delayed ?? []

describe('NotEnoughReplicas', () => {
  beforeEach(() => {
    node.hears('controller', told({ isr: ['broker-0'] }))
    sentBy(node)
  })
  test('acks=all is refused below min.insync.replicas, before anything is appended', () => {
    expect(node.hears('shop', produce(0))).toBe('NotEnoughReplicas')
    expect(sentBy(node)).toEqual({
      shop: [expect.objectContaining({ error: 'NOT_ENOUGH_REPLICAS', baseOffset: -1 })],
    })
    expect(node.state.replicas['orders/0']?.log.records.length).toBe(0)
  })
  test('other acks do not ask how many there are; the high watermark stands still', () => {
    expect(node.hears('shop', produce(0, { acks: '1' }))).toBe('Produce')
    expect(node.state.replicas['orders/0']?.highWatermark).toBe(0)
  })
  test('who leads nothing has other reasons', () => {
    expect(node.hears('shop', produce(0, { partition: 1 }))).toBe('RefuseProduce')
  })
})

describe('a produce that waits for followers', () => {
  beforeEach(() => {
    node.hears('shop', produce(0, { timeoutMs: 7000 }))
    sentBy(node)
  })
  test('keeps the next request of that connection waiting, and no other', () => {
    const next = [produce(1), produce(1, { acks: '1' }), produce(1, { partition: 1 })]
    for (const each of next) {
      expect(node.wouldTake('shop', each)).toEqual([])
      expect(node.wouldTake('shop', each, true)).toEqual([])
    }
    expect(node.hears('a', produce(1))).toBe('Produce')
    bothFetch(node, 2)
    expect(sentBy(node)).toMatchObject({ shop: [{ baseOffset: 0 }], a: [{ baseOffset: 1 }] })
    expect(node.hears('shop', produce(2))).toBe('Produce')
  })
  test('also one that would be refused', () => {
    node.hears('controller', told({ isr: ['broker-0'] }))
    expect(node.wouldTake('shop', produce(1))).toEqual([])
    node.does('DelayedProduceExpires', delayed()[0]?.id)
    expect(node.wouldTake('shop', produce(1))).toEqual(['NotEnoughReplicas'])
  })
  test('is told when request.timeout.ms is over; what was appended stays', () => {
    const id = delayed()[0]?.id
    const rule = nodeKind.rules.find((each) => each.name === 'DelayedProduceExpires')
    expect(rule?.takes?.({}, node.state, undefined, id)).toEqual([7000, 7000])
    expect(node.can()).toContain('DelayedProduceExpires')
    node.does('DelayedProduceExpires', id)
    expect(sentBy(node)).toEqual({
      shop: [expect.objectContaining({ error: 'REQUEST_TIMED_OUT', baseOffset: -1, about: 'e0' })],
    })
    expect(delayed()).toEqual([])
    expect(node.state.replicas['orders/0']?.log.records.length).toBe(1)
  })
  test('waits 30 s for a client that does not say', () => {
    node.hears('a', produce(1))
    expect(delayed().map((each) => each.timeoutMs)).toEqual([7000, 30_000])
  })
  test('is forgotten with whoever hangs up', () => {
    node.hears('a', fetch(0))
    expect(node.hears('shop', CLOSED)).toBe('ConnectionClosed')
    expect(delayed()).toEqual([])
    bothFetch(node, 1)
    expect(Object.keys(sentBy(node))).toEqual(['a'])
  })
})

test('a batch that comes again waits like the first time', () => {
  const batch = { ...produce(0).batch, producerId: 3, epoch: 0, firstSequence: 0 }
  node.hears('shop', produce(0, { batch }))
  node.hears('a', produce(0, { batch }))
  expect(delayed()).toHaveLength(2)
  bothFetch(node, 1)
  expect(sentBy(node)).toMatchObject({ shop: [{ baseOffset: 0 }], a: [{ baseOffset: 0 }] })
})
