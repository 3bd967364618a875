// What can happen to a broker's process and its network, and how it comes back.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import {
  CLOSED,
  clustered,
  clusterSettings,
  fetch,
  HOST,
  produce,
  replicaAnswer,
  replicaFetch,
  sentBy,
  state,
  told,
} from './cluster.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'

let node: Bench<NodeState>
beforeEach(() => {
  node = clustered()
})

const REGISTERED = {
  kind: 'BrokerRegistrationResponse',
  partitions: [
    state({ leader: 'broker-1', epoch: 1, isr: ['broker-1', 'broker-2'] }),
    state({ partition: 1, leader: 'broker-1' }),
  ],
} as never
const ALTERED = {
  kind: 'AlterPartitionResponse',
  topic: 'orders',
  partition: 0,
  leaderEpoch: 0,
  isr: [],
} as never
const LIST = { kind: 'ListOffsets', topic: 'orders', partition: 0, at: 'earliest' } as never
const STOP = { kind: 'ReplicaFetchesStop' } as never

/** Everything that can come from the cluster, by port. */
const OF_CLUSTER = [
  ['replica broker-1', replicaFetch(0)],
  ['replica broker-1', replicaFetch(0, { leaderEpoch: 1 })],
  ['replica broker-1', replicaFetch(3, { lastFetchedEpoch: 0 })],
  ['replica broker-1', STOP],
  ['broker-1', replicaAnswer(0, [0])],
  ['broker-1', replicaAnswer(0, [], { diverging: { epoch: 0, endOffset: 0 } })],
  ['broker-1', replicaAnswer(0, [], { error: 'UNKNOWN_LEADER_EPOCH' })],
  ['broker-1', replicaAnswer(5, [])],
  ['controller', told({ epoch: 1 })],
  ['controller', ALTERED],
] as const
const OF_CLIENTS = [
  ['shop', produce(0)],
  ['a', fetch(0)],
  ['a', LIST],
] as const
const takes = (rule: string) =>
  nodeKind.rules
    .find((each) => each.name === rule)
    ?.takes?.(clusterSettings(), node.state, undefined, undefined)

describe.each([
  ['KillNode', 'killed'],
  ['LoseNode', 'lost'],
] as const)('%s', (rule, life) => {
  test('the process is gone, with what it knew of others; its disk stays', () => {
    node.hears('shop', produce(0))
    sentBy(node)
    expect(node.does(rule)).toEqual([{ kind: 'crashed', actor: 'broker-0', holding: [] }])
    expect(node.state).toMatchObject({ life, isolated: false, slow: false })
    expect(node.state.replicas['orders/0']).toMatchObject({ leading: null, leader: '' })
    expect(node.state.replicas['orders/0']?.log.records.length).toBe(1)
    const closed = Object.values(sentBy(node)).flat()
    expect(closed).toHaveLength(8)
    expect(new Set(closed.map((each) => each.kind))).toEqual(new Set(['ConnectionClosed']))
  })
  test('nobody listens on its port; what comes from the cluster is dropped', () => {
    node.does(rule)
    sentBy(node)
    for (const [port, envelope] of OF_CLIENTS) {
      expect(node.hears(port, envelope)).toBe('ConnectionRefused')
      expect(sentBy(node)).toEqual({ [port]: [CLOSED] })
    }
    for (const [port, envelope] of OF_CLUSTER) {
      const fetches = envelope.kind === 'ReplicaFetch'
      expect(node.hears(port, envelope)).toBe(fetches ? 'ConnectionRefused' : 'ProcessGone')
    }
    for (const port of ['controller', 'broker-1', 'replica broker-1', HOST, 'shop']) {
      expect(node.hears(port, CLOSED)).toBe('ProcessGone')
    }
    expect(node.hears('controller', REGISTERED)).toBe('ProcessGone')
    expect(node.faults().filter((each) => each !== 'RestartNode')).toEqual([])
  })
})

describe('a restart', () => {
  test('a killed one comes back by itself, a lost one does not', () => {
    node.does('KillNode')
    expect(node.can()).toEqual(['Restart'])
    expect(takes('Restart')).toEqual([5000, 5000])
    expect(node.faults()).toEqual(['RestartNode'])
    node = clustered()
    node.does('LoseNode')
    expect(node.can()).toEqual([])
    expect(node.faults()).toEqual(['RestartNode'])
    node = clustered()
    expect(node.faults()).not.toContain('RestartNode')
  })
  test.each(['Restart', 'RestartNode'])(
    '%s: it registers, and asks again when the line breaks',
    (rule) => {
      node.does('KillNode')
      sentBy(node)
      expect(node.does(rule)).toEqual([{ kind: 'restarted', actor: 'broker-0', holding: [] }])
      expect(sentBy(node)).toEqual({ controller: [{ kind: 'BrokerRegistration' }] })
      expect([...node.can(), ...node.faults()]).toEqual([])
      expect(node.hears('shop', produce(0))).toBe('ConnectionRefused')
      expect(node.hears('shop', CLOSED)).toBe('ProcessGone')
      sentBy(node)
      expect(node.hears('controller', CLOSED)).toBe('RegisterAgain')
      expect(sentBy(node)).toEqual({ controller: [{ kind: 'BrokerRegistration' }] })
    },
  )
  test('registered, it follows whom it is told, hosts again, and listens', () => {
    node.does('KillNode')
    node.does('Restart')
    sentBy(node)
    expect(node.hears('controller', REGISTERED)).toBe('BrokerRegistrationResponse')
    expect(node.state.life).toBe('running')
    expect(sentBy(node)).toMatchObject({
      controller: [{ kind: 'MetadataFetch' }],
      'broker-1': [
        { kind: 'ReplicaFetch', partition: 0, leaderEpoch: 1 },
        { kind: 'ReplicaFetch', partition: 1 },
      ],
      [HOST]: [{ kind: 'NodeUp' }],
    })
    expect(node.wouldTake('controller', REGISTERED)).toEqual([])
  })
})

describe('IsolateNode', () => {
  test('the rest of the cluster is out of reach; clients are not', () => {
    node.hears('shop', produce(0))
    node.hears('replica broker-1', replicaFetch(1))
    sentBy(node)
    expect(node.faults()).toContain('IsolateNode')
    node.does('IsolateNode')
    expect(node.faults()).not.toContain('IsolateNode')
    expect(Object.keys(sentBy(node)).sort()).toEqual([
      'broker-1',
      'broker-2',
      'controller',
      HOST,
      'replica broker-1',
      'replica broker-2',
    ])
    const { leading } = node.state.replicas['orders/0']!
    expect(leading?.followers.map((each) => each.parked)).toEqual([false, false])
    for (const [port, envelope] of OF_CLUSTER) {
      expect(node.hears(port, envelope)).toBe('Unreachable')
    }
    for (const port of ['controller', 'broker-1', HOST]) {
      expect(node.hears(port, CLOSED)).toBe('UnreachableCloses')
    }
    expect(node.hears('replica broker-1', CLOSED)).toBe('FollowerDisconnected')
    expect(sentBy(node)).toEqual({})
    expect(node.hears('a', CLOSED)).toBe('ConnectionClosed')
    expect(node.hears('a', fetch(0))).toBe('ParkFetch')
  })
  test('healed, it has new connections, and asks for what it has missed and what it had asked', () => {
    node.hears('shop', produce(0))
    node.does('ReplicaLagTimeMaxExpires', 'broker-2 of orders/0 from 0')
    node.does('IsolateNode')
    sentBy(node)
    expect(node.can()).toContain('NetworkHeals')
    expect(takes('NetworkHeals')).toEqual([20_000, 20_000])
    node.does('NetworkHeals')
    expect(node.can()).not.toContain('NetworkHeals')
    const sent = sentBy(node)
    expect(sent.controller?.map((each) => each.kind)).toEqual([
      'ConnectionClosed',
      'MetadataFetch',
      'AlterPartition',
    ])
    expect(sent).toMatchObject({
      'broker-1': [CLOSED, { kind: 'ReplicaFetch' }],
      [HOST]: [CLOSED, { kind: 'NodeUp' }],
    })
  })
})

describe('Pause', () => {
  test('it stands still: no beat, no fetch, and coordinators see it go; connections stay open', () => {
    expect(node.does('Pause')).toEqual([{ kind: 'paused', actor: 'broker-0', holding: [] }])
    expect(sentBy(node)).toEqual({
      controller: [{ kind: 'BrokerHeartbeatsStop' }],
      'broker-1': [{ kind: 'ReplicaFetchesStop' }],
      'broker-2': [{ kind: 'ReplicaFetchesStop' }],
      [HOST]: [CLOSED],
    })
    expect(node.can()).toEqual(['Resume'])
    expect(node.faults()).toEqual([])
    for (const [port, envelope] of [...OF_CLIENTS, ...OF_CLUSTER]) {
      expect(node.wouldTake(port, envelope, true)).toEqual([])
      expect(node.wouldTake(port, envelope)).toEqual([])
    }
    expect(node.wouldTake('controller', CLOSED)).toEqual([])
    expect(takes('Resume')).toEqual([12_000, 12_000])
    expect(node.does('Resume')).toEqual([{ kind: 'resumed', actor: 'broker-0', holding: [] }])
    expect(node.can()).toEqual([])
    expect(sentBy(node)).toMatchObject({
      controller: [{ kind: 'MetadataFetch' }],
      'broker-1': [{ kind: 'ReplicaFetch' }],
      'broker-2': [{ kind: 'ReplicaFetch' }],
      [HOST]: [{ kind: 'NodeUp' }],
    })
  })
  test('one that is cut off can tell nobody to whom it does not speak', () => {
    node.does('IsolateNode')
    sentBy(node)
    node.does('Pause')
    expect(sentBy(node)).not.toHaveProperty('broker-1')
  })
})

test('a coordinator whose line to it breaks hears at once that it is there', () => {
  expect(node.hears(HOST, CLOSED)).toBe('HostedDisconnected')
  expect(sentBy(node)).toEqual({ [HOST]: [{ kind: 'NodeUp' }] })
})

test('the fetchers’ time is a setting', () => {
  expect(takes('FetchersGoOn')).toEqual([40_000, 40_000])
})

test('where partitions have one replica each, no node speaks to another and none dies', () => {
  const settings = { nodes: ['broker-0'], topics: {} }
  const alone = benchOf(nodeKind, 'broker-0', settings, {
    controller: 'connection',
    shop: 'connection',
  })
  alone.hears('shop', produce(0))
  expect(alone.sent('shop')).toMatchObject([{ baseOffset: 0 }])
  expect(alone.can()).toEqual([])
  expect(alone.faults()).toEqual(['LowerRetention'])
  expect(alone.wouldTake('controller', CLOSED)).toEqual([])
})
