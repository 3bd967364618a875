// Who may read where, by leader epochs (KIP-320), and reading from a follower (KIP-392).
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import {
  clustered,
  clusterSettings,
  fetch,
  produce,
  replicaAnswer,
  replicaFetch,
  sentBy,
  told,
} from './cluster.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'

let node: Bench<NodeState>

test('the latest offset is not available until the followers have what the leader began with', () => {
  node = clustered()
  const asks = (at: string, more: object = {}) => {
    node.hears('a', { kind: 'ListOffsets', topic: 'orders', partition: 0, at, ...more } as never)
    return node.sent('a').map(({ error, offset }) => error ?? offset)
  }
  node.hears('shop', produce(0, { acks: '1' }))
  expect(asks('latest')).toEqual([0])
  node.hears('controller', told({ epoch: 1 }))
  expect(asks('latest')).toEqual(['OFFSET_NOT_AVAILABLE'])
  expect(asks('latest', { isolation: 'read_committed' })).toEqual(['OFFSET_NOT_AVAILABLE'])
  expect(asks('earliest')).toEqual([0])
  for (const follower of ['broker-1', 'broker-2'])
    node.hears(`replica ${follower}`, replicaFetch(1, { leaderEpoch: 1 }))
  expect(asks('latest')).toEqual([1])
  node.hears('shop', produce(1, { acks: '1' }))
  expect(asks('latest')).toEqual([1])
})

describe('of a leader in epoch 2, whose log has a record of epoch 0 and one of epoch 2', () => {
  beforeEach(() => {
    node = clustered()
    const alone = { epoch: 2, isr: ['broker-0'] }
    node.hears('shop', produce(0, { acks: '1' }))
    node.hears('controller', told(alone))
    node.hears('shop', produce(1, { acks: '1' }))
    node.hears('controller', told(alone))
    const replica = node.state.replicas['orders/0']!
    const replicas = { 'orders/0': { ...replica, highWatermark: 2 } }
    node.state = { ...node.state, replicas }
    sentBy(node)
  })
  const NOW = { leaderEpoch: 2 }
  test('a reader that knows the epoch gets records, with the epoch of the last', () => {
    expect(node.hears('a', fetch(0, NOW))).toBe('Fetch')
    expect(node.hears('a', fetch(0, { ...NOW, maxRecords: 1 }))).toBe('Fetch')
    expect(node.sent('a')).toMatchObject([{ epoch: 2 }, { epoch: 0 }])
    expect(node.hears('a', fetch(1, { ...NOW, lastFetchedEpoch: 0 }))).toBe('Fetch')
    expect(node.hears('a', fetch(2, { ...NOW, lastFetchedEpoch: 2 }))).toBe('ParkFetch')
    expect(node.hears('a', fetch(0, { leaderEpoch: -1 }))).toBe('Fetch')
    expect(node.hears('a', fetch(0, { ...NOW, lastFetchedEpoch: -1 }))).toBe('Fetch')
  })
  test.each([
    [1, 'FENCED_LEADER_EPOCH'],
    [undefined, 'FENCED_LEADER_EPOCH'],
    [3, 'UNKNOWN_LEADER_EPOCH'],
  ])('one that names epoch %s is refused at every offset: %s', (leaderEpoch, error) => {
    const named = leaderEpoch === undefined ? {} : { leaderEpoch }
    for (const offset of [0, 2, 9]) {
      expect(node.hears('a', fetch(offset, named))).toBe('RefuseFetchElsewhere')
      const diverging = fetch(offset, { ...named, lastFetchedEpoch: 1 })
      expect(node.hears('a', diverging)).toBe('RefuseFetchElsewhere')
    }
    expect(node.sent('a')[0]).toMatchObject({ error, records: [], highWatermark: -1 })
  })
  test('one that has read what is not here hears where both part', () => {
    expect(node.hears('a', fetch(2, { ...NOW, lastFetchedEpoch: 0 }))).toBe('FetchDiverging')
    expect(node.hears('a', fetch(2, { ...NOW, lastFetchedEpoch: 1 }))).toBe('FetchDiverging')
    expect(node.hears('a', fetch(1, { ...NOW, lastFetchedEpoch: 1 }))).toBe('FetchDiverging')
    expect(node.hears('a', fetch(9, { ...NOW, lastFetchedEpoch: 2 }))).toBe('FetchDiverging')
    expect(node.sent('a').map((each) => [each.diverging, each.records])).toEqual([
      [1, []],
      [1, []],
      [1, []],
      [2, []],
    ])
    expect(node.hears('a', fetch(9, NOW))).toBe('RefuseFetch')
  })
})

describe('of a follower', () => {
  const lane = { partition: 1 }
  beforeEach(() => {
    node = clustered()
    node.hears('broker-1', replicaAnswer(0, [0, 1], { highWatermark: 1 }))
    sentBy(node)
  })
  test('records up to the high watermark it has heard of, and then none, at once', () => {
    expect(node.hears('a', fetch(0, lane))).toBe('Fetch')
    expect(node.hears('a', fetch(1, lane))).toBe('FetchNothing')
    expect(node.hears('a', fetch(2, lane))).toBe('FetchNothing')
    expect(node.hears('a', fetch(3, lane))).toBe('RefuseFetch')
    const [some, none] = node.sent('a')
    expect(some).toMatchObject({ records: [{ offset: 0 }], highWatermark: 1 })
    expect(none).toMatchObject({ records: [], fetchOffset: 1 })
    expect(node.hears('a', fetch(1, { ...lane, leaderEpoch: 5 }))).toBe('RefuseFetchElsewhere')
    const other = { ...lane, lastFetchedEpoch: 0 }
    expect(node.hears('a', fetch(2, other))).toBe('FetchNothing')
    expect(node.hears('a', fetch(3, other))).toBe('FetchDiverging')
  })
  test('the log’s ends are the leader’s to tell', () => {
    node.hears('a', { kind: 'ListOffsets', topic: 'orders', partition: 1, at: 'earliest' } as never)
    expect(node.sent('a')).toMatchObject([{ offset: -1, error: 'NOT_LEADER_OR_FOLLOWER' }])
  })
})

test('a node without a replica answers no reader', () => {
  const settings = clusterSettings({ 'replication.factor': 1 })
  node = benchOf(nodeKind, 'broker-0', settings, { a: 'connection' })
  expect(node.hears('a', fetch(0, { partition: 1 }))).toBe('RefuseFetchElsewhere')
  expect(node.sent('a')).toMatchObject([{ error: 'NOT_LEADER_OR_FOLLOWER' }])
})
