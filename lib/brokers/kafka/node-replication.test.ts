// A leader and its followers: fetches, the high watermark, the ISR that it asks for.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Bench } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import {
  bothFetch,
  CLOSED,
  clustered,
  clusterSettings,
  produce,
  replicaFetch,
  sentBy,
  told,
} from './cluster.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import type { Leading } from './replica.ts'

let node: Bench<NodeState>
beforeEach(() => {
  node = clustered()
})

const ONE = 'replica broker-1'
const TWO = 'replica broker-2'
const replica = () => node.state.replicas['orders/0']!
const leading = () => replica().leading as Leading
const take = (rule: string) => nodeKind.rules.find((each) => each.name === rule)?.takes
const lag = (id: string, from: number) => `${id} of orders/0 from ${from}`

describe('ReplicaFetch', () => {
  test('followers wait at the leader from the start, and get what it appends', () => {
    node.hears('shop', produce(0, { acks: '1' }))
    const sent = sentBy(node)
    expect(Object.keys(sent)).toEqual([ONE, TWO, 'shop'])
    expect(sent[ONE]).toEqual([
      expect.objectContaining({
        kind: 'ReplicaFetchResponse',
        offset: 0,
        records: [message(0)],
        highWatermark: 0,
        leaderEpoch: 0,
      }),
    ])
    expect(sent[TWO]).toEqual(sent[ONE])
  })
  test('with acks=all the answer waits until all in sync have it; consumers see it then', () => {
    node.hears('a', {
      kind: 'Fetch',
      topic: 'orders',
      partition: 0,
      offset: 0,
      maxRecords: 9,
    } as never)
    node.hears('shop', produce(0))
    sentBy(node)
    expect(node.hears(ONE, replicaFetch(1))).toBe('ReplicaFetch')
    expect(replica().highWatermark).toBe(0)
    expect(sentBy(node)).toEqual({})
    node.hears(TWO, replicaFetch(1))
    expect(replica().highWatermark).toBe(1)
    expect(sentBy(node)).toMatchObject({
      shop: [{ kind: 'ProduceResponse', baseOffset: 0 }],
      a: [{ kind: 'FetchResponse', records: [{ offset: 0 }], highWatermark: 1 }],
    })
    expect(leading()).toMatchObject({ delayed: [], parked: [] })
  })
  test('one that is behind is answered at once', () => {
    node.hears('shop', produce(0, { acks: '1' }))
    bothFetch(node, 1)
    node.hears(ONE, CLOSED)
    sentBy(node)
    node.hears(ONE, replicaFetch(0))
    expect(sentBy(node)).toMatchObject({ [ONE]: [{ offset: 0, records: [message(0)] }] })
  })
  test('of another epoch than the leader’s it is refused', () => {
    expect(node.hears(ONE, replicaFetch(0, { leaderEpoch: 1 }))).toBe('RefuseReplicaFetch')
    node.hears('controller', told({ epoch: 2 }))
    sentBy(node)
    expect(node.hears(ONE, replicaFetch(0, { leaderEpoch: 1 }))).toBe('RefuseReplicaFetch')
    expect(sentBy(node)).toMatchObject({
      [ONE]: [{ error: 'FENCED_LEADER_EPOCH', records: [], leaderEpoch: 1, offset: 0 }],
    })
    node.hears(ONE, replicaFetch(0, { leaderEpoch: 3 }))
    expect(sentBy(node)).toMatchObject({ [ONE]: [{ error: 'UNKNOWN_LEADER_EPOCH' }] })
  })
  test('where it leads no partition it is refused too', () => {
    expect(node.hears(ONE, replicaFetch(0, { partition: 1 }))).toBe('RefuseReplicaFetch')
    expect(sentBy(node)).toMatchObject({ [ONE]: [{ error: 'NOT_LEADER_OR_FOLLOWER' }] })
  })
  test('a follower with another history hears where both part', () => {
    node.hears('shop', produce(0, { acks: '1' }))
    node.hears('controller', told({ epoch: 2 }))
    node.hears('shop', produce(1, { acks: '1' }))
    sentBy(node)
    const other = replicaFetch(3, { leaderEpoch: 2, lastFetchedEpoch: 1 })
    expect(node.hears(ONE, other)).toBe('DivergingEpoch')
    expect(sentBy(node)).toMatchObject({
      [ONE]: [{ diverging: { epoch: 0, endOffset: 1 }, records: [], offset: 3 }],
    })
    const longer = replicaFetch(3, { leaderEpoch: 2, lastFetchedEpoch: 2 })
    expect(node.hears(ONE, longer)).toBe('DivergingEpoch')
    expect(sentBy(node)).toMatchObject({ [ONE]: [{ diverging: { epoch: 2, endOffset: 2 } }] })
    expect(node.hears(ONE, replicaFetch(3, { lastFetchedEpoch: 2 }))).toBe('RefuseReplicaFetch')
    const same = replicaFetch(1, { leaderEpoch: 2, lastFetchedEpoch: 0 })
    expect(node.hears(ONE, same)).toBe('ReplicaFetch')
  })
})

describe('the ISR', () => {
  beforeEach(() => {
    node.hears('shop', produce(0))
    sentBy(node)
  })
  test('who has not come back for records is put out of it, on the controller’s word', () => {
    expect(node.can()).toEqual(['DelayedProduceExpires', 'ReplicaLagTimeMaxExpires'])
    expect(
      take('ReplicaLagTimeMaxExpires')?.(clusterSettings(), node.state, undefined, ''),
    ).toEqual([30_000, 45_000])
    node.hears(ONE, replicaFetch(1))
    expect(node.whyNot('ReplicaLagTimeMaxExpires', lag('broker-1', 0))).not.toBeNull()
    node.does('ReplicaLagTimeMaxExpires', lag('broker-2', 0))
    expect(sentBy(node)).toMatchObject({
      controller: [
        {
          kind: 'AlterPartition',
          before: ['broker-0', 'broker-1', 'broker-2'],
          isr: ['broker-0', 'broker-1'],
        },
      ],
    })
    // Until the controller has said so, the old ISR counts; and one change is asked for at a time.
    expect(replica().highWatermark).toBe(0)
    expect(node.can()).not.toContain('ReplicaLagTimeMaxExpires')
    const isr = ['broker-0', 'broker-1']
    const answer = { kind: 'AlterPartitionResponse', topic: 'orders', partition: 0, leaderEpoch: 0 }
    expect(node.hears('controller', { ...answer, isr } as never)).toBe('AlterPartitionResponse')
    expect(leading()).toMatchObject({ isr, asked: null })
    expect(sentBy(node)).toMatchObject({ shop: [{ baseOffset: 0 }] })
    // Back with everything, it is asked for again; until the answer comes it counts already.
    node.hears(TWO, replicaFetch(1))
    expect(sentBy(node)).toMatchObject({
      controller: [{ before: isr, isr: ['broker-0', 'broker-1', 'broker-2'], leaderEpoch: 0 }],
    })
    node.hears('shop', produce(1))
    node.hears(ONE, replicaFetch(2))
    expect(replica().highWatermark).toBe(1)
  })
  test('a follower that is behind what this leader found is not asked for', () => {
    node.hears('controller', told({ epoch: 2, isr: ['broker-0'] }))
    sentBy(node)
    node.hears(ONE, replicaFetch(0, { leaderEpoch: 2 }))
    expect(sentBy(node)).not.toHaveProperty('controller')
  })
  test('a line that closes, or fetches that stop, leave it as it is, for the time being', () => {
    bothFetch(node, 1)
    expect(node.hears(ONE, CLOSED)).toBe('FollowerDisconnected')
    expect(leading().followers.map((each) => each.parked)).toEqual([false, true])
    expect(node.hears(TWO, { kind: 'ReplicaFetchesStop' })).toBe('ReplicaFetchesStop')
    expect(leading().followers.map((each) => each.parked)).toEqual([false, false])
    expect(leading().isr).toHaveLength(3)
    expect(node.can()).toEqual([])
  })
})

describe('ReplicaFetchWaitExpires', () => {
  test('followers whose fetch waits hear of the high watermark, once', () => {
    expect(node.can()).toEqual([])
    node.hears('shop', produce(0))
    node.hears(ONE, replicaFetch(1))
    expect(node.can()).not.toContain('ReplicaFetchWaitExpires')
    node.hears(TWO, replicaFetch(1))
    sentBy(node)
    expect(node.can()).toEqual(['ReplicaFetchWaitExpires'])
    expect(take('ReplicaFetchWaitExpires')?.({} as never, node.state, undefined, '')).toEqual([
      500, 500,
    ])
    node.does('ReplicaFetchWaitExpires', 'orders/0')
    expect(sentBy(node)).toMatchObject({
      [ONE]: [{ offset: 1, records: [], highWatermark: 1 }],
      [TWO]: [{ offset: 1, records: [], highWatermark: 1 }],
    })
    bothFetch(node, 1)
    expect(node.can()).toEqual([])
  })
})

test('a leader that is cut off puts nobody out of its ISR', () => {
  node.hears('shop', produce(0))
  node.does('IsolateNode')
  expect(node.can()).toEqual(['DelayedProduceExpires', 'NetworkHeals'])
})

describe('an administrator', () => {
  const remove = (before: number) =>
    ({ kind: 'DeleteRecords', topic: 'orders', partition: 0, before }) as never
  const alter = (settings: object) =>
    ({ kind: 'IncrementalAlterConfigs', topic: 'orders', settings }) as never

  test('deletes records on the leader, and the followers hear where the log begins', () => {
    node.hears('shop', produce(0))
    bothFetch(node, 1)
    sentBy(node)
    node.hears('a', remove(1))
    const hears = [expect.objectContaining({ kind: 'ReplicaFetchResponse', start: 1, records: [] })]
    expect(sentBy(node)).toMatchObject({ [ONE]: hears, [TWO]: hears, a: [{ start: 1 }] })
    node.hears('controller', told({ leader: 'broker-1', epoch: 1 }))
    sentBy(node)
    node.hears('a', remove(1))
    expect(sentBy(node)).toMatchObject({ a: [{ error: 'NOT_LEADER_OR_FOLLOWER', start: -1 }] })
  })
  test('alters min.insync.replicas, in effect with the next batch', () => {
    node.hears('controller', told({ isr: ['broker-0', 'broker-1'] }))
    node.hears('a', alter({ 'min.insync.replicas': 2 }))
    expect(node.hears('shop', produce(0))).toBe('Produce')
    bothFetch(node, 1)
    node.hears('a', alter({ 'min.insync.replicas': 3 }))
    expect(node.hears('shop', produce(1))).toBe('NotEnoughReplicas')
  })
})
