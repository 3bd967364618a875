// What a node makes of the controller's word: it leads, follows, and adopts an ISR.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Bench } from '../../clients/bench.fixture.ts'
import {
  bothFetch,
  CLOSED,
  clustered,
  fetch,
  produce,
  replicaFetch,
  sentBy,
  told,
} from './cluster.fixture.ts'
import { logEnd } from './log.ts'
import type { NodeState } from './node-state.ts'

let node: Bench<NodeState>
beforeEach(() => {
  node = clustered()
})
const replica = (partition = 0) => node.state.replicas[`orders/${partition}`]!
const altered = (change: object) =>
  ({
    kind: 'AlterPartitionResponse',
    topic: 'orders',
    partition: 0,
    leaderEpoch: 0,
    ...change,
  }) as never
const LESS = ['broker-0', 'broker-1']
const ALL = ['broker-0', 'broker-1', 'broker-2']

describe('elected', () => {
  test('it leads what it followed, from its log end on, and knows nothing of the others', () => {
    expect(node.hears('controller', told({ partition: 1, epoch: 3, isr: LESS }))).toBe(
      'MetadataFetchResponse',
    )
    const unknown = { end: -1, parked: false, told: -1 }
    expect(replica(1)).toMatchObject({
      leader: 'broker-0',
      epoch: 3,
      leading: {
        isr: LESS,
        asked: null,
        followers: [
          { id: 'broker-1', ...unknown },
          { id: 'broker-2', ...unknown },
        ],
      },
      log: { epochs: [{ epoch: 3, start: 0 }] },
    })
    expect(node.seen).toEqual([
      { kind: 'elected', actor: 'broker-0', stream: 'orders', lane: 1, offset: 0, epoch: 3 },
    ])
    expect(sentBy(node)).toEqual({ controller: [{ kind: 'MetadataFetch' }] })
  })
  test('alone in sync it shows all that it has', () => {
    node.hears('shop', produce(0))
    sentBy(node)
    node.hears('controller', told({ epoch: 2, isr: ['broker-0'] }))
    expect(replica()).toMatchObject({ highWatermark: 1 })
    // It led before: who waited for the followers is answered; an epoch that wrote nothing leaves no trace.
    expect(sentBy(node)).toMatchObject({ shop: [{ kind: 'ProduceResponse', baseOffset: 0 }] })
    node.hears('controller', told({ epoch: 4, isr: ['broker-0'] }))
    expect(replica().log.epochs).toEqual([
      { epoch: 0, start: 0 },
      { epoch: 4, start: 1 },
    ])
  })
  test('again, it goes on waiting for producers; consumers have to ask in the new epoch', () => {
    node.hears('shop', produce(0))
    node.hears('a', fetch(0))
    sentBy(node)
    node.hears('controller', told({ epoch: 2, isr: LESS }))
    expect(sentBy(node)).toMatchObject({
      a: [{ kind: 'FetchResponse', error: 'FENCED_LEADER_EPOCH', fetchOffset: 0, records: [] }],
    })
    expect(replica().leading?.delayed).toHaveLength(1)
    node.hears('replica broker-1', replicaFetch(1, { leaderEpoch: 2 }))
    expect(sentBy(node)).toMatchObject({ shop: [{ baseOffset: 0 }] })
  })
})

describe('deposed', () => {
  test('it tells who waits, and fetches from the one that leads now', () => {
    node.hears('shop', produce(0))
    node.hears('a', fetch(0))
    sentBy(node)
    node.hears('controller', told({ leader: 'broker-1', epoch: 1 }))
    expect(replica()).toMatchObject({ leader: 'broker-1', epoch: 1, leading: null })
    expect(logEnd(replica().log)).toBe(1)
    const error = 'NOT_LEADER_OR_FOLLOWER'
    expect(sentBy(node)).toMatchObject({
      shop: [{ kind: 'ProduceResponse', error, baseOffset: -1 }],
      a: [{ kind: 'FetchResponse', error, fetchOffset: 0 }],
      'broker-1': [{ kind: 'ReplicaFetch', offset: 1, leaderEpoch: 1 }],
    })
  })
  test('where nobody leads it asks nobody', () => {
    node.hears('controller', told({ leader: '', epoch: 1, isr: [] }))
    expect(sentBy(node)).toEqual({ controller: [{ kind: 'MetadataFetch' }] })
  })
})

describe('an ISR', () => {
  test('that the controller has changed counts from then on', () => {
    node.hears('shop', produce(0))
    node.hears('replica broker-1', replicaFetch(1))
    sentBy(node)
    node.hears('controller', told({ isr: LESS }))
    expect(sentBy(node)).toMatchObject({ shop: [{ baseOffset: 0 }] })
    // Told that a fenced node is none any more, it asks for it again if it has everything.
    node.hears('replica broker-2', replicaFetch(1))
    node.hears('controller', altered({ isr: LESS }))
    expect(replica().leading).toMatchObject({ isr: LESS, asked: null })
    sentBy(node)
    node.hears('controller', told({ isr: LESS }))
    expect(sentBy(node)).toMatchObject({ controller: [{}, { kind: 'AlterPartition', isr: ALL }] })
  })
  test('heard once more while another is asked for: what is asked stays asked', () => {
    node.hears('controller', told({ isr: LESS }))
    expect(replica().leading).toMatchObject({ isr: LESS, asked: ALL })
    sentBy(node)
    node.hears('controller', told({ isr: LESS }))
    expect(replica().leading?.asked).toEqual(ALL)
    expect(sentBy(node)).toEqual({ controller: [{ kind: 'MetadataFetch' }] })
    node.hears('controller', told({ isr: ['broker-0'] }))
    expect(replica().leading?.isr).toEqual(['broker-0'])
  })
  test('of a partition that another leads is none of its business', () => {
    const before = node.state
    node.hears('controller', told({ partition: 1, leader: 'broker-1', isr: LESS }))
    expect(node.state).toBe(before)
  })
})

describe('AlterPartitionResponse', () => {
  beforeEach(() => {
    node.hears('controller', told({ isr: LESS }))
    bothFetch(node, 0)
    sentBy(node)
  })
  test('as it was asked', () => {
    expect(node.hears('controller', altered({ isr: ALL }))).toBe('AlterPartitionResponse')
    expect(replica().leading).toMatchObject({ isr: ALL, asked: null })
  })
  test('of another epoch, or with the news that there is one, it changes nothing', () => {
    const before = node.state
    node.hears('controller', altered({ leaderEpoch: 1, isr: ALL }))
    node.hears('controller', altered({ error: 'FENCED_LEADER_EPOCH', isr: ['broker-1'] }))
    node.hears('controller', altered({ partition: 1, isr: ALL }))
    expect(node.state).toBe(before)
  })
  test('refused: the ISR that is so counts; a refusal of what was asked before that means nothing', () => {
    const error = 'INVALID_UPDATE_VERSION'
    const before = node.state
    node.hears('controller', altered({ error, isr: LESS }))
    expect(node.state).toBe(before)
    node.hears('controller', altered({ error, isr: ['broker-0'] }))
    expect(replica().leading?.isr).toEqual(['broker-0'])
    expect(sentBy(node)).toMatchObject({ controller: [{ before: ['broker-0'], isr: LESS }] })
  })
})

test('when the controller’s line breaks, it beats again, and asks again for what it had asked', () => {
  expect(node.hears('controller', CLOSED)).toBe('ControllerDisconnected')
  expect(sentBy(node)).toEqual({ controller: [{ kind: 'MetadataFetch' }] })
  node.hears('controller', told({ isr: LESS }))
  sentBy(node)
  node.hears('controller', CLOSED)
  expect(sentBy(node)).toMatchObject({
    controller: [{ kind: 'MetadataFetch' }, { kind: 'AlterPartition', before: LESS, isr: ALL }],
  })
  expect(replica().leading?.asked).toEqual(ALL)
})
