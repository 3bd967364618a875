import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import type { Fetch, Produce } from './protocol.ts'

let node: Bench<NodeState>

beforeEach(() => {
  const ports = { shop: 'connection', a: 'connection', b: 'connection' } as const
  node = benchOf(nodeKind, 'broker-0', { nodes: ['broker-0'], topics: {} }, ports)
})

const produce = (ns: number[], change: Partial<Produce> = {}): Produce => ({
  kind: 'Produce',
  about: ns.map((n) => `e${n}`).join(' '),
  topic: 'orders',
  partition: 1,
  correlation: 5,
  acks: 'all',
  batch: { producerId: -1, epoch: -1, firstSequence: -1, messages: ns.map((n) => message(n)) },
  ...change,
})
const fetch = (offset: number, maxRecords = 10, partition = 1): Fetch => ({
  kind: 'Fetch',
  topic: 'orders',
  partition,
  offset,
  maxRecords,
})
const offsets = (response: { records: readonly { offset: number }[] }) =>
  response.records.map((record) => record.offset)

describe('Produce', () => {
  test('appends, answers with the first offset and says where each message stands', () => {
    expect(node.hears('shop', produce([0]))).toBe('Produce')
    node.hears('shop', produce([1, 2]))
    expect(node.seen).toEqual([
      {
        kind: 'stored',
        actor: 'broker-0',
        message: message(1),
        place: { stream: 'orders', lane: 1, offset: 1 },
      },
      {
        kind: 'stored',
        actor: 'broker-0',
        message: message(2),
        place: { stream: 'orders', lane: 1, offset: 2 },
      },
    ])
    expect(node.sent('shop')).toEqual([
      {
        kind: 'ProduceResponse',
        about: 'e0',
        topic: 'orders',
        partition: 1,
        correlation: 5,
        baseOffset: 0,
      },
      {
        kind: 'ProduceResponse',
        about: 'e1 e2',
        topic: 'orders',
        partition: 1,
        correlation: 5,
        baseOffset: 1,
      },
    ])
  })
  test('partitions have offsets of their own', () => {
    node.hears('shop', produce([0]))
    node.hears('shop', produce([1], { partition: 2 }))
    expect(node.sent('shop').map((each) => each.baseOffset)).toEqual([0, 0])
  })
  test('acks=0 is not answered', () => {
    node.hears('shop', produce([0], { acks: '0' }))
    expect(node.sent('shop')).toEqual([])
    expect(node.seen).toHaveLength(1)
  })
  test('a batch that is known already is answered with its offset and stored no second time', () => {
    const batch = { producerId: 3, epoch: 0, firstSequence: 0, messages: [message(0)] }
    node.hears('shop', produce([0], { batch }))
    node.hears('shop', produce([0], { batch }))
    expect(node.seen).toEqual([])
    expect(node.sent('shop').map((each) => each.baseOffset)).toEqual([0, 0])
  })
  test('a gap in the numbers is refused', () => {
    const batch = (firstSequence: number) => ({
      batch: { producerId: 3, epoch: 0, firstSequence, messages: [message(firstSequence)] },
    })
    node.hears('shop', produce([0], batch(0)))
    node.hears('shop', produce([2], batch(2)))
    expect(node.sent('shop')[1]).toMatchObject({
      error: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
      baseOffset: -1,
    })
  })
})

describe('RefuseBatch', () => {
  test('answers as a node does whose leadership is moving, and appends nothing', () => {
    expect(node.wouldTake('shop', produce([0]), true)).toEqual(['RefuseBatch'])
    expect(node.takes('RefuseBatch', 'shop', produce([0]))).toEqual([])
    expect(node.sent('shop')).toEqual([
      expect.objectContaining({ error: 'NOT_LEADER_OR_FOLLOWER', baseOffset: -1, about: 'e0' }),
    ])
    expect(node.state.replicas).toEqual({})
  })
  test('a producer that waits for no answer cannot be refused', () => {
    expect(node.wouldTake('shop', produce([0], { acks: '0' }), true)).toEqual([])
  })
})

describe('Fetch', () => {
  test('returns what is there, as much as was asked for', () => {
    node.hears('shop', produce([0, 1, 2]))
    expect(node.wouldTake('a', fetch(0))).toEqual(['Fetch'])
    node.hears('a', fetch(1))
    node.hears('a', fetch(0, 2))
    const [rest, two] = node.sent('a')
    expect(rest).toEqual({
      kind: 'FetchResponse',
      about: 'orders/1',
      topic: 'orders',
      partition: 1,
      fetchOffset: 1,
      records: [
        { offset: 1, message: message(1) },
        { offset: 2, message: message(2) },
      ],
      highWatermark: 3,
    })
    expect(offsets(two)).toEqual([0, 1])
  })
  test('at the end of the log it waits for the next record', () => {
    expect(node.hears('a', fetch(0, 1))).toBe('ParkFetch')
    expect(node.hears('b', fetch(0))).toBe('ParkFetch')
    expect(node.hears('b', fetch(0, 10, 2))).toBe('ParkFetch')
    expect([...node.sent('a'), ...node.sent('b')]).toEqual([])
    node.hears('shop', produce([0, 1]))
    expect(node.sent('a').map(offsets)).toEqual([[0]])
    expect(node.sent('b').map(offsets)).toEqual([[0, 1]])
    node.hears('shop', produce([2]))
    expect([...node.sent('a'), ...node.sent('b')]).toEqual([])
  })
  test('a node that does not lead the partition answers neither producers nor consumers', () => {
    const ports = { shop: 'connection', a: 'connection' } as const
    const nodes = ['broker-0', 'broker-1']
    node = benchOf(nodeKind, 'broker-0', { nodes, topics: {} }, ports)
    expect(node.hears('shop', produce([0]))).toBe('RefuseProduce')
    expect(node.hears('shop', produce([0], { acks: '0' }))).toBe('RefuseProduce')
    expect(node.hears('a', fetch(0))).toBe('RefuseFetchElsewhere')
    expect(node.wouldTake('a', fetch(2))).toEqual(['RefuseFetchElsewhere'])
    const refused = { error: 'NOT_LEADER_OR_FOLLOWER', partition: 1 }
    // Who waits for no answer sees the connection close instead.
    expect(node.sent('shop')).toEqual([
      expect.objectContaining({ ...refused, baseOffset: -1 }),
      { kind: 'ConnectionClosed' },
    ])
    expect(node.sent('a')).toEqual([expect.objectContaining({ ...refused, records: [] })])
    expect(node.hears('a', fetch(0, 10, 0))).toBe('ParkFetch')
    expect(node.hears('a', fetch(9))).toBe('RefuseFetchElsewhere')
  })
  test('a node that leads no more serves readers as a follower does (KIP-392)', () => {
    node.hears('shop', produce([0]))
    const [lane, replica] = Object.entries(node.state.replicas)[0]!
    node.state = { ...node.state, replicas: { [lane]: { ...replica, leading: null } } }
    expect(node.hears('a', fetch(0))).toBe('Fetch')
  })
  test('asked twice by one client, it answers once', () => {
    node.hears('a', fetch(0))
    node.hears('a', fetch(0))
    node.hears('shop', produce([0]))
    expect(node.sent('a')).toHaveLength(1)
  })
  test('beyond the end of the log the offset is out of range', () => {
    node.hears('shop', produce([0]))
    expect(node.hears('a', fetch(2))).toBe('RefuseFetch')
    expect(node.sent('a')).toEqual([
      {
        kind: 'FetchResponse',
        about: 'orders/1',
        topic: 'orders',
        partition: 1,
        fetchOffset: 2,
        error: 'OFFSET_OUT_OF_RANGE',
        records: [],
        highWatermark: 1,
      },
    ])
  })
  test('whoever hung up is answered no more, the others are', () => {
    node.hears('a', fetch(0))
    node.hears('b', fetch(0))
    expect(node.hears('a', { kind: 'ConnectionClosed' })).toBe('ConnectionClosed')
    node.hears('shop', produce([0]))
    expect(node.sent('a')).toEqual([])
    expect(node.sent('b')).toHaveLength(1)
  })
  test('a client that waited for nothing hangs up without a trace', () => {
    node.hears('b', fetch(0))
    const before = node.state
    node.hears('a', { kind: 'ConnectionClosed' })
    expect(node.state).toBe(before)
  })
})

test('ListOffsets: the beginning, or the end', () => {
  node.hears('shop', produce([0, 1]))
  const ask = { kind: 'ListOffsets', topic: 'orders', partition: 1 } as const
  node.hears('a', { ...ask, at: 'earliest' } as never)
  node.hears('a', { ...ask, at: 'latest' } as never)
  const answer = { kind: 'ListOffsetsResponse', about: 'orders/1', topic: 'orders', partition: 1 }
  expect(node.sent('a')).toEqual([
    { ...answer, offset: 0 },
    { ...answer, offset: 2 },
  ])
})
