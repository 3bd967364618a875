import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeSettings, NodeState } from './node-state.ts'
import type { Produce } from './protocol.ts'
import { topicConfig } from './settings.ts'

let node: Bench<NodeState>
beforeEach(() => {
  node = newNode({})
})

function newNode(topics: NodeSettings['topics']): Bench<NodeState> {
  const ports = {
    shop: 'connection',
    other: 'connection',
    reader: 'connection',
    transactions: 'connection',
    markers: 'connection',
  } as const
  return benchOf(nodeKind, 'broker-0', { nodes: ['broker-0', 'broker-1'], topics }, ports)
}

const produce = (n: number, change: Partial<Produce> = {}, version: 1 | 2 = 2): Produce => ({
  kind: 'Produce',
  topic: 'orders',
  partition: 0,
  correlation: n,
  acks: 'all',
  transaction: { id: 'shop', version },
  batch: { producerId: 7, epoch: 0, firstSequence: n, transactional: true, messages: [message(n)] },
  ...change,
})
const plain = (n: number) => ({
  ...produce(n, { batch: { ...produce(n).batch, producerId: -1, epoch: -1, firstSequence: -1 } }),
  transaction: undefined,
})
const unmarkedBatch = ({ batch: { transactional: _, ...batch }, ...rest }: Produce) =>
  ({ ...rest, batch }) as Produce
const allowed = (error?: string) =>
  node.hears('transactions', {
    kind: 'AddPartitionsToTxnResponse',
    ...(error ? { error } : {}),
  } as never)
const marker = (committed: boolean, change: object = {}) => {
  const who = { transactionalId: 'shop', producerId: 7, epoch: 1 }
  const asked = { kind: 'WriteTxnMarkers', ...who, committed, participants: ['orders/0'] }
  node.hears('markers', { ...asked, ...change } as never)
  return node.sent('markers')[0]
}
const fetch = (offset: number, isolation?: 'read_committed', maxRecords = 10) => {
  const asked = { kind: 'Fetch', topic: 'orders', partition: 0, offset, maxRecords }
  return node.hears('reader', { ...asked, ...(isolation ? { isolation } : {}) } as never)
}
const answers = () => node.sent('shop').map(({ error, baseOffset }) => error ?? baseOffset)
const read = () => node.sent('reader')[0]
const log = () => node.state.replicas['orders/0']?.log

describe('the first batch of a transaction', () => {
  test('waits for the coordinator’s word; what follows it is taken at once', () => {
    expect(node.hears('shop', produce(0))).toBe('VerifyPartition')
    expect(node.sent('transactions')).toMatchObject([
      { transactionalId: 'shop', participants: ['orders/0'], verifyOnly: false, version: 2 },
    ])
    expect(node.sent('shop')).toEqual([])
    expect(allowed()).toBe('AddPartitionsToTxnResponse')
    expect(node.seen).toMatchObject([{ kind: 'stored', transactional: true }])
    expect(node.hears('shop', produce(1))).toBe('Produce')
    expect(answers()).toEqual([0, 1])
    expect(log()?.open).toEqual([{ producerId: 7, firstOffset: 0 }])
  })
  test('is only asked about where the client announces partitions itself', () => {
    node.hears('shop', produce(0, {}, 1))
    expect(node.sent('transactions')).toMatchObject([{ verifyOnly: true, version: 1 }])
  })
  test('of a raised epoch is asked about again', () => {
    node.hears('shop', produce(0))
    allowed()
    const later = produce(0, { batch: { ...produce(0).batch, epoch: 1 } })
    expect(node.wouldTake('shop', later)).toEqual(['VerifyPartition'])
  })
  test.each([
    ['PRODUCER_FENCED', 1, 'INVALID_PRODUCER_EPOCH'],
    ['INVALID_TXN_STATE', 1, 'INVALID_TXN_STATE'],
    ['CONCURRENT_TRANSACTIONS', 1, 'NOT_ENOUGH_REPLICAS'],
    ['CONCURRENT_TRANSACTIONS', 2, 'CONCURRENT_TRANSACTIONS'],
  ] as const)('%s in version %i is told as %s', (error, version, told) => {
    node.hears('shop', produce(0, {}, version))
    allowed(error)
    expect(answers()).toEqual([told])
    expect(log()?.records.length).toBe(0)
    expect(log()?.earliest).toEqual({ 7: { epoch: 0, sequence: 0 } })
  })
  test('with acks=0 is told to nobody when it is refused: its connection is closed', () => {
    node.hears('shop', produce(0, { acks: '0' }))
    allowed('INVALID_TXN_STATE')
    expect(node.sent('shop')).toEqual([{ kind: 'ConnectionClosed' }])
    expect(node.sent('shop')).toEqual([])
  })
  test('mutes its connection and no other', () => {
    node.hears('shop', produce(0))
    expect(node.wouldTake('shop', produce(1), true)).toEqual([])
    expect(node.wouldTake('shop', produce(1, { partition: 1 }))).toEqual([])
    expect(node.wouldTake('shop', unmarkedBatch(plain(1) as never))).toEqual([])
    expect(node.wouldTake('other', unmarkedBatch(plain(1) as never))).toEqual(['Produce'])
    expect(node.wouldTake('other', produce(1, { partition: 1 }))).toEqual(['RefuseProduce'])
  })
  test('is worked on and answered to nobody when its connection is gone', () => {
    node.hears('shop', produce(0))
    node.hears('other', { kind: 'ConnectionClosed' })
    expect(node.state.verifying[0]?.port).toBe('shop')
    expect(node.hears('shop', { kind: 'ConnectionClosed' })).toBe('ConnectionClosed')
    allowed()
    expect(node.sent('shop')).toEqual([])
    expect(log()?.open).toHaveLength(1)
  })
  test('is asked about again on a new connection to the coordinator', () => {
    node.hears('shop', produce(0))
    node.sent('transactions')
    const closed = node.hears('transactions', { kind: 'ConnectionClosed' })
    expect(closed).toBe('TransactionCoordinatorDisconnected')
    expect(node.sent('transactions')).toMatchObject([{ participants: ['orders/0'] }])
  })
  test('is refused where the leader has changed meanwhile', () => {
    node.hears('shop', produce(0))
    const verifying = [{ port: 'shop', produce: produce(0, { partition: 1 }) }]
    node.state = { ...node.state, verifying }
    allowed()
    expect(answers()).toEqual(['NOT_LEADER_OR_FOLLOWER'])
  })
  test('is none of this node’s where it does not lead', () => {
    expect(node.wouldTake('shop', produce(0, { partition: 1 }))).toEqual(['RefuseProduce'])
  })
})

describe('the end of a transaction', () => {
  beforeEach(() => {
    node.hears('shop', produce(0))
    allowed()
    node.hears('other', unmarkedBatch(plain(5) as never))
  })
  test('takes an offset, and says what becomes of each record', () => {
    expect(marker(true)).toMatchObject({ participants: ['orders/0'], refused: [], epoch: 1 })
    expect(node.seen).toEqual([
      {
        kind: 'settled',
        actor: 'broker-0',
        message: message(0),
        place: { stream: 'orders', lane: 0, offset: 0 },
        outcome: 'committed',
      },
    ])
    expect(log()?.records.length).toBe(3)
    expect(log()?.open).toEqual([])
    expect(log()?.producers[7]).toEqual({ epoch: 1, batches: [] })
  })
  test('leaves an abort in the index', () => {
    marker(false)
    expect(log()?.aborted).toEqual([{ producerId: 7, firstOffset: 0, lastOffset: 2 }])
    expect(node.seen).toMatchObject([{ outcome: 'aborted' }])
  })
  test('of one that wrote nothing here leaves only the record', () => {
    marker(true, { producerId: 8, participants: ['orders/0', 'orders/1'] })
    expect(node.seen).toEqual([])
    expect(log()?.open).toHaveLength(1)
  })
  test('is refused where it does not lead', () => {
    const told = marker(true, { participants: ['orders/1', 'orders/0'] })
    expect(told).toMatchObject({ participants: ['orders/0'], refused: ['orders/1'] })
  })
  test('wakes readers of both levels, each with what it may read', () => {
    fetch(0, 'read_committed')
    expect(read()).toBeUndefined()
    marker(false)
    expect(read()).toMatchObject({
      records: [
        { offset: 0, producerId: 7 },
        { offset: 1 },
        { offset: 2, control: 'ABORT', producerId: 7 },
      ],
      aborted: [{ producerId: 7, firstOffset: 0 }],
    })
    fetch(3)
    node.hears('other', unmarkedBatch(plain(6) as never))
    expect(read()).toMatchObject({ fetchOffset: 3, records: [{ offset: 3 }] })
    expect(node.state.replicas['orders/0']?.leading?.parked).toEqual([])
  })
  test('a plain record wakes nobody who waits for a transaction', () => {
    fetch(0, 'read_committed')
    node.hears('other', unmarkedBatch(plain(6) as never))
    expect(read()).toBeUndefined()
    expect(node.state.replicas['orders/0']?.leading?.parked).toEqual([
      { port: 'reader', offset: 0, maxRecords: 10, isolation: 'read_committed' },
    ])
  })
  test('read_uncommitted reads what is open, and no list of the aborted', () => {
    fetch(0)
    expect(read().records).toHaveLength(2)
    marker(false)
    fetch(0)
    expect(read()).not.toHaveProperty('aborted')
  })
  test('the latest offset is the stable one for who asks for committed records', () => {
    const latest = (isolation?: string) => {
      const asked = { kind: 'ListOffsets', topic: 'orders', partition: 0, at: 'latest' }
      node.hears('reader', { ...asked, ...(isolation ? { isolation } : {}) } as never)
      return read().offset
    }
    expect([latest(), latest('read_committed')]).toEqual([2, 0])
    marker(true)
    expect([latest(), latest('read_committed')]).toEqual([3, 3])
  })
})

describe('beside retention', () => {
  const bases = () => log()?.segments.map(({ base, bytes }) => [base, bytes])
  const deleteBefore = (before: number) =>
    node.hears('other', { kind: 'DeleteRecords', topic: 'orders', partition: 0, before } as never)
  const latest = () => {
    const place = { topic: 'orders', partition: 0, at: 'latest', isolation: 'read_committed' }
    node.hears('reader', { kind: 'ListOffsets', ...place } as never)
    return read().offset
  }

  test('a control record begins a segment where the one before is full or old', () => {
    node = newNode({ orders: topicConfig({ 'segment.bytes': 1_048_576 }) })
    const batch = { ...produce(0).batch, bytes: 1_048_500 }
    node.hears('shop', produce(0, { batch }))
    allowed()
    marker(true)
    expect(bases()).toEqual([
      [0, 1_048_500],
      [1, 78],
    ])
    marker(true, { epoch: 2 })
    expect(bases()?.at(-1)).toEqual([1, 156])
    marker(true, { epoch: 1 })
    expect(bases()?.at(-1)).toEqual([1, 156])
  })
  test('the stable offset is in the log, where the beginning of a transaction is not', () => {
    node.hears('shop', produce(0))
    allowed()
    for (const n of [1, 2]) node.hears('other', unmarkedBatch(plain(n) as never))
    expect(latest()).toBe(0)
    deleteBefore(2)
    expect(latest()).toBe(2)
    marker(true)
    expect(latest()).toBe(4)
  })
  test('who waits for the end of a transaction is told that what it waits for is gone', () => {
    node.hears('shop', produce(0))
    allowed()
    fetch(0, 'read_committed')
    deleteBefore(1)
    expect(read()).toMatchObject({ error: 'OFFSET_OUT_OF_RANGE', fetchOffset: 0, records: [] })
    fetch(1, 'read_committed')
    marker(true)
    expect(read()).toMatchObject({ fetchOffset: 1, records: [{ control: 'COMMIT' }] })
  })
})
