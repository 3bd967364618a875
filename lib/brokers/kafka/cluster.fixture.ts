// broker-0 of three on the test bench: it leads orders/0, and follows broker-1 in orders/1 and broker-2 in orders/2.

import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { EMPTY_LOG } from './log.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import type { Fetch, Produce } from './protocol.ts'
import type { PartitionState, ReplicaFetch, ReplicaFetchResponse } from './protocol-cluster.ts'
import { type Given, topicConfig } from './settings.ts'

export const NODES = ['broker-0', 'broker-1', 'broker-2'] as const
export const HOST = 'payments-coordinator'
const PORTS = {
  controller: 'connection',
  'broker-1': 'connection',
  'broker-2': 'connection',
  'replica broker-1': 'connection',
  'replica broker-2': 'connection',
  [HOST]: 'connection',
  shop: 'connection',
  a: 'connection',
} as const

export function clusterSettings(topic: Given = {}) {
  return {
    nodes: NODES,
    topics: { orders: topicConfig({ partitions: 3, 'replication.factor': 3, ...topic }) },
    cluster: {
      'replica.lag.time.max.ms': 30_000,
      hosts: [HOST],
      restartMs: [5000, 5000],
      pauseMs: [12_000, 12_000],
      isolatedMs: [20_000, 20_000],
      slowMs: [40_000, 40_000],
    },
  } as const
}

export function clustered(topic: Given = {}): Bench<NodeState> {
  return benchOf(nodeKind, 'broker-0', clusterSettings(topic), PORTS)
}

/** What has been sent on every port since the last call, by port; silent ports are left out. */
export function sentBy(node: Bench<NodeState>) {
  const sent = Object.keys(PORTS).map((port) => [port, node.sent(port)] as const)
  return Object.fromEntries(sent.filter(([, envelopes]) => envelopes.length > 0))
}

export const produce = (n: number, change: Partial<Produce> = {}): Produce => ({
  kind: 'Produce',
  about: `e${n}`,
  topic: 'orders',
  partition: 0,
  correlation: n,
  acks: 'all',
  batch: { producerId: -1, epoch: -1, firstSequence: -1, messages: [message(n)] },
  ...change,
})

export const fetch = (offset: number, change: Partial<Fetch> = {}): Fetch => ({
  kind: 'Fetch',
  topic: 'orders',
  partition: 0,
  offset,
  maxRecords: 10,
  ...change,
})

export const replicaFetch = (offset: number, change: Partial<ReplicaFetch> = {}): ReplicaFetch => ({
  kind: 'ReplicaFetch',
  topic: 'orders',
  partition: 0,
  offset,
  lastFetchedEpoch: 0,
  leaderEpoch: 0,
  ...change,
})

/** From the leader of orders/1, to a follower whose log ends at `offset`. */
export const replicaAnswer = (
  offset: number,
  ns: readonly number[],
  change: Partial<ReplicaFetchResponse> = {},
): ReplicaFetchResponse => ({
  kind: 'ReplicaFetchResponse',
  topic: 'orders',
  partition: 1,
  leaderEpoch: 0,
  offset,
  records: ns.map((n) => message(n)),
  start: 0,
  epochs: [{ epoch: 0, start: 0 }],
  producers: {},
  open: [],
  aborted: [],
  segments: EMPTY_LOG.segments,
  wide: EMPTY_LOG.wide,
  highWatermark: 0,
  ...change,
})

export const state = (change: Partial<PartitionState>): PartitionState => ({
  topic: 'orders',
  partition: 0,
  leader: 'broker-0',
  epoch: 0,
  isr: NODES,
  ...change,
})

export const told = (...partitions: readonly Partial<PartitionState>[]) =>
  ({ kind: 'MetadataFetchResponse', partitions: partitions.map(state) }) as never

export const CLOSED = { kind: 'ConnectionClosed' } as const

/** Both followers have everything up to `end`. */
export function bothFetch(node: Bench<NodeState>, end: number): void {
  node.hears('replica broker-1', replicaFetch(end))
  node.hears('replica broker-2', replicaFetch(end))
}
