import { describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { nodeKind } from './node.ts'
import { isQuiet } from './node-log.ts'
import type { NodeSettings, NodeState } from './node-state.ts'
import type { Produce } from './protocol.ts'
import type { Replica } from './replica.ts'
import { brokerConfig, type Given, topicConfig } from './settings.ts'

const LANE = 'orders/0'

function nodeWith(topic: Given, broker: Given = {}): Bench<NodeState> {
  const settings: NodeSettings = {
    nodes: ['broker-0'],
    topics: { orders: topicConfig(topic) },
    broker: brokerConfig(broker),
  }
  return benchOf(nodeKind, 'broker-0', settings, { shop: 'connection', admin: 'connection' })
}

const produce = (ns: number[], batch: Partial<Produce['batch']> = {}): Produce => ({
  kind: 'Produce',
  topic: 'orders',
  partition: 0,
  correlation: 0,
  acks: 'all',
  batch: {
    producerId: -1,
    epoch: -1,
    firstSequence: -1,
    messages: ns.map((n) => message(n)),
    ...batch,
  },
})

const replica = (node: Bench<NodeState>): Replica => node.state.replicas[LANE] as Replica
const starts = (node: Bench<NodeState>): number => replica(node).log.start

/** How long a rule takes, by the settings of this node. */
function takes(node: Bench<NodeState>, name: string, settings: NodeSettings, arg: unknown) {
  const rule = nodeKind.rules.find((each) => each.name === name)
  return rule?.takes?.(settings, node.state, undefined, arg)
}

test('with the defaults a node has nothing to do by itself', () => {
  const node = nodeWith({})
  node.hears('shop', produce([0, 1], { producerId: 3, epoch: 0, firstSequence: 0 }))
  expect(node.can()).toEqual([])
})

describe('retention.ms', () => {
  const config = { 'retention.ms': 4000, 'segment.ms': 1000 }
  const expires = (at: number) => ({ lane: LANE, at, ms: 4000 })

  test('each segment expires by its last record; those before it go along', () => {
    const node = nodeWith(config)
    node.hears('shop', produce([0, 1]))
    expect(node.can()).toEqual(['SegmentAges', 'DeleteRetentionMsBreachedSegments'])
    node.does('SegmentAges', { lane: LANE, at: 0, ms: 1000 })
    expect(node.can()).toEqual(['DeleteRetentionMsBreachedSegments'])
    node.hears('shop', produce([2]))
    expect(replica(node).log.segments.map(({ base }) => base)).toEqual([0, 2])
    expect(node.whyNot('DeleteRetentionMsBreachedSegments', expires(1))).not.toBeNull()
    const seen = node.does('DeleteRetentionMsBreachedSegments', expires(2))
    expect(seen).toEqual([
      { kind: 'expired', actor: 'broker-0', stream: 'orders', lane: 0, start: 2 },
    ])
    expect(starts(node)).toBe(2)
  })
  test('the active segment goes too, and another is rolled; offsets go on', () => {
    const node = nodeWith(config)
    node.hears('shop', produce([0, 1]))
    node.does('DeleteRetentionMsBreachedSegments', expires(2))
    expect(node.can()).toEqual([])
    node.hears('shop', produce([2]))
    expect(node.sent('shop').at(-1)).toMatchObject({ baseOffset: 2 })
  })
  test('what is not replicated is not deleted', () => {
    const node = nodeWith(config)
    node.hears('shop', produce([0, 1]))
    const behind = { ...replica(node), highWatermark: 1 }
    node.state = { ...node.state, replicas: { [LANE]: behind } }
    expect(node.whyNot('DeleteRetentionMsBreachedSegments', expires(2))).toBe(
      'every replica in sync has all of the segment',
    )
  })
  test('takes until the next check after its time; compacted topics keep theirs', () => {
    const settings: NodeSettings = { nodes: ['broker-0'], topics: {} }
    const node = nodeWith({ ...config, 'cleanup.policy': 'compact' })
    const rule = 'DeleteRetentionMsBreachedSegments'
    expect(takes(node, rule, settings, expires(2))).toEqual([4000, 304_000])
    node.hears('shop', produce([0]))
    expect(node.can()).toEqual(['SegmentAges'])
  })
  test('-1 and what is longer than any run is never armed', () => {
    for (const ms of [-1, 3_600_000]) {
      const node = nodeWith({ 'retention.ms': ms, 'segment.ms': 3_600_000 })
      node.hears('shop', produce([0]))
      expect(node.can()).toEqual([])
    }
  })
})

test('retention.bytes: whole segments above it go at the next check', () => {
  const node = nodeWith({ 'retention.bytes': 1_000_000, 'segment.bytes': 1_048_576 })
  node.hears('shop', produce([0], { bytes: 600_000 }))
  node.hears('shop', produce([1], { bytes: 600_000 }))
  expect(node.can()).toEqual([])
  node.hears('shop', produce([2], { bytes: 600_000 }))
  expect(node.can()).toEqual(['DeleteRetentionSizeBreachedSegments'])
  node.does('DeleteRetentionSizeBreachedSegments')
  expect(starts(node)).toBe(1)
  const settings: NodeSettings = { nodes: [], topics: {} }
  expect(takes(node, 'DeleteRetentionSizeBreachedSegments', settings, null)).toEqual([0, 300_000])
})

describe('a compacted topic', () => {
  const config = {
    'cleanup.policy': 'compact',
    'segment.ms': 1000,
    'min.cleanable.dirty.ratio': 0,
    'delete.retention.ms': 2000,
  }
  const ages = (at: number) => ({ lane: LANE, at, ms: 1000 })

  function closed(more: Given = {}, gone = false): Bench<NodeState> {
    const node = nodeWith({ ...config, ...more })
    const last = gone ? message(3, { gone: true }) : message(3)
    node.hears('shop', produce([], { messages: [message(0), message(1), last] }))
    node.does('SegmentAges', ages(0))
    node.hears('shop', produce([4]))
    return node
  }

  test('is cleaned once a segment is closed, and says what is gone', () => {
    const node = closed()
    expect(node.can()).toEqual(['SegmentAges', 'CleanLog'])
    expect(node.does('CleanLog')).toEqual([
      { kind: 'compacted', actor: 'broker-0', stream: 'orders', lane: 0, offsets: [0] },
    ])
    expect(node.can()).toEqual(['SegmentAges'])
    const settings: NodeSettings = { nodes: [], topics: {} }
    expect(takes(node, 'CleanLog', settings, null)).toEqual([0, 15_000])
  })
  test('a cleaning that finds nothing is seen by nobody', () => {
    const node = nodeWith(config)
    node.hears('shop', produce([0, 1]))
    node.does('SegmentAges', ages(0))
    node.hears('shop', produce([2]))
    expect(node.does('CleanLog')).toEqual([])
    expect(replica(node).log.cleaning.firstDirty).toBe(2)
  })
  test('waits for min.compaction.lag.ms of each closed segment', () => {
    const node = closed({ 'min.compaction.lag.ms': 5000 })
    expect(node.can()).toEqual(['SegmentAges', 'CompactionLagPasses'])
    const arg = { lane: LANE, at: 3, ms: 5000 }
    expect(takes(node, 'CompactionLagPasses', { nodes: [], topics: {} }, arg)).toEqual([5000, 5000])
    node.does('CompactionLagPasses', arg)
    expect(node.can()).toContain('CleanLog')
  })
  test('a lag longer than any run never passes', () => {
    expect(closed({ 'min.compaction.lag.ms': 3_600_000 }).can()).toEqual(['SegmentAges'])
  })
  test('lets a tombstone go after its horizon, in the next cleaning', () => {
    const node = closed({}, true)
    node.does('CleanLog')
    expect(node.can()).toEqual(['SegmentAges', 'DeleteHorizonPasses'])
    const horizon = { lane: LANE, at: 3, ms: 2000 }
    expect(takes(node, 'DeleteHorizonPasses', { nodes: [], topics: {} }, horizon)).toEqual([
      2000, 2000,
    ])
    node.does('DeleteHorizonPasses', horizon)
    node.does('SegmentAges', ages(3))
    node.hears('shop', produce([5]))
    expect(node.does('CleanLog')).toMatchObject([{ offsets: [1, 2] }])
  })
  test('the end of a transaction of which nothing is left has a horizon of its own', () => {
    const node = closed({ 'delete.retention.ms': 2000 }, true)
    node.does('CleanLog')
    const [name, known] = Object.entries(node.state.replicas)[0]!
    const cleaning = { ...known.log.cleaning, horizons: [], markers: [2] }
    const log = { ...known.log, cleaning }
    node.state = { ...node.state, replicas: { [name]: { ...known, log } } }
    const horizon = { lane: LANE, at: 2, ms: 2000, isMarker: true }
    expect(node.whyNot('DeleteHorizonPasses', horizon)).toBeNull()
    node.does('DeleteHorizonPasses', horizon)
    expect(replica(node).log.cleaning).toMatchObject({ markers: [], passed: [{ from: 2, to: 3 }] })
  })
  test('a horizon longer than any run never passes', () => {
    const node = closed({ 'delete.retention.ms': 3_600_000 }, true)
    node.does('CleanLog')
    expect(node.can()).toEqual(['SegmentAges'])
  })
  test('takes no record without a key, whoever waits for the answer', () => {
    const node = nodeWith(config)
    const keyless = produce([], { messages: [message(0), message(1, { key: null })] })
    expect(node.hears('shop', keyless)).toBe('RefuseRecordWithoutKey')
    expect(node.hears('shop', { ...keyless, acks: '0' } as Produce)).toBe('RefuseRecordWithoutKey')
    // Who waits for no answer sees the connection close instead.
    expect(node.sent('shop')).toMatchObject([
      { error: 'INVALID_RECORD', baseOffset: -1 },
      { kind: 'ConnectionClosed' },
    ])
    expect(nodeWith({}).hears('shop', keyless)).toBe('Produce')
  })
  test('a node that does not lead refuses such a record as it refuses any', () => {
    const topics = { orders: topicConfig(config) }
    const settings: NodeSettings = { nodes: ['broker-1', 'broker-0'], topics }
    const node = benchOf(nodeKind, 'broker-0', settings, { shop: 'connection' })
    const keyless = produce([], { messages: [message(1, { key: null })] })
    expect(node.hears('shop', keyless)).toBe('RefuseProduce')
  })
})

describe('producers', () => {
  const short = { 'producer.id.expiration.ms': 2000 }
  const numbered = (first: number) => ({ producerId: 3, epoch: 0, firstSequence: first })
  const idle = (last: number) => ({ lane: LANE, at: 3, ms: 2000, last })

  test('are forgotten when they write nothing for long: their retry is a new batch', () => {
    const node = nodeWith({}, short)
    node.hears('shop', produce([0], numbered(0)))
    node.hears('shop', produce([1], numbered(1)))
    expect(node.whyNot('RemoveExpiredProducer', idle(0))).not.toBeNull()
    node.does('RemoveExpiredProducer', idle(1))
    expect(replica(node).log.producers).toEqual({})
    node.hears('shop', produce([1], numbered(1)))
    expect(node.sent('shop').at(-1)).toMatchObject({ baseOffset: 2 })
  })
  test('are not while a transaction of theirs is open', () => {
    const node = nodeWith({}, short)
    node.hears('shop', produce([0], numbered(0)))
    const open = (producerId: number) => {
      const log = { ...replica(node).log, open: [{ producerId, firstOffset: 0 }] }
      node.state = { ...node.state, replicas: { [LANE]: { ...replica(node), log } } }
      return node.whyNot('RemoveExpiredProducer', idle(0))
    }
    expect(open(3)).toBe('it has no open transaction')
    expect(open(4)).toBeNull()
  })
  test('expire at the next check after their time', () => {
    const node = nodeWith({}, short)
    const arg = idle(0)
    expect(takes(node, 'RemoveExpiredProducer', { nodes: [], topics: {} }, arg)).toEqual([
      2000, 602_000,
    ])
  })
})

describe('an administrator', () => {
  const remove = (before: number) => ({
    kind: 'DeleteRecords',
    topic: 'orders',
    partition: 0,
    before,
  })
  const said = (node: Bench<NodeState>, before: number) => {
    node.hears('admin', remove(before))
    const { start, error } = node.sent('admin').at(-1)
    return error ?? start
  }

  test('deletes records up to the high watermark, never back, never of a compacted topic', () => {
    const node = nodeWith({})
    expect(said(node, 0)).toBe(0)
    expect(said(node, 1)).toBe('OFFSET_OUT_OF_RANGE')
    node.hears('shop', produce([0, 1, 2]))
    expect(said(node, 2)).toBe(2)
    expect(node.seen).toMatchObject([{ kind: 'expired', start: 2 }])
    expect(said(node, 1)).toBe(2)
    expect(said(node, 4)).toBe('OFFSET_OUT_OF_RANGE')
    expect(said(node, -1)).toBe(3)
    expect(starts(node)).toBe(3)
    expect(said(nodeWith({ 'cleanup.policy': 'compact' }), 0)).toBe('POLICY_VIOLATION')
  })
  test('alters settings of a topic, and what grows old by them begins anew', () => {
    const node = nodeWith({ partitions: 1 })
    node.hears('shop', produce([0]))
    const alter = (settings: Given) => {
      node.hears('admin', { kind: 'IncrementalAlterConfigs', topic: 'orders', settings } as never)
      return node.sent('admin').at(-1).error ?? 'ok'
    }
    expect(alter({ 'segment.bytes': 1000 })).toBe('INVALID_CONFIG')
    expect(alter({ nonsense: 1 })).toBe('INVALID_CONFIG')
    expect(alter({ 'replication.factor': 1 })).toBe('INVALID_CONFIG')
    expect(alter({ partitions: 2 })).toBe('INVALID_CONFIG')
    expect(node.can()).toEqual([])
    expect(alter({ 'retention.ms': 1000 })).toBe('ok')
    expect(alter({ 'segment.ms': ' 500 ' })).toBe('ok')
    expect(node.state.configs?.orders?.['segment.ms']).toBe(500)
    expect(alter({ 'segment.ms': 'soon', 'retention.ms': 1 })).toBe('INVALID_CONFIG')
    expect(alter({ 'segment.ms': true })).toBe('INVALID_CONFIG')
    expect(alter({ 'segment.ms': 1.5 })).toBe('INVALID_CONFIG')
    expect(alter({ 'min.cleanable.dirty.ratio': '0.7' })).toBe('ok')
    expect(alter({ 'min.cleanable.dirty.ratio': '' })).toBe('INVALID_CONFIG')
    expect(alter({ 'unclean.leader.election.enable': 'TRUE' })).toBe('ok')
    expect(node.state.configs?.orders).toMatchObject({
      ...{ 'segment.ms': 500, 'retention.ms': 1000 },
      ...{ 'min.cleanable.dirty.ratio': 0.7, 'unclean.leader.election.enable': true },
    })
    expect(node.can()).toEqual(['SegmentAges', 'DeleteRetentionMsBreachedSegments'])
    expect(node.whyNot('DeleteRetentionMsBreachedSegments', { lane: LANE, at: 1, ms: 1000 })).toBe(
      null,
    )
  })
  test('lowers the retention where there is something to win', () => {
    const node = nodeWith({})
    const reason = 'it keeps records for longer than a second'
    expect(node.whyNot('LowerRetention')).toBe(reason)
    node.hears('shop', produce([0]))
    node.does('LowerRetention')
    expect(node.state.configs?.orders).toEqual(topicConfig({ 'retention.ms': 1000 }))
    expect(node.whyNot('LowerRetention')).toBe(reason)
    node.does('DeleteRetentionMsBreachedSegments')
    expect(starts(node)).toBe(1)
    for (const [topic, why] of [
      [{ 'retention.ms': -1 }, null],
      [{ 'cleanup.policy': 'compact', 'retention.ms': -1 }, reason],
    ] as const) {
      const other = nodeWith(topic)
      other.hears('shop', produce([0]))
      expect(other.whyNot('LowerRetention')).toBe(why)
    }
  })
})

test('a fetch: over a gap, and below the start', () => {
  const node = nodeWith({})
  node.hears('shop', produce([0, 1, 2, 3]))
  const { log } = replica(node)
  const records = { ...log.records, tail: log.records.tail.with(2, null) }
  const changed = { ...replica(node), log: { ...log, records, start: 1 } }
  node.state = { ...node.state, replicas: { [LANE]: changed } }
  const fetch = (offset: number) => ({
    kind: 'Fetch',
    topic: 'orders',
    partition: 0,
    offset,
    maxRecords: 2,
  })
  expect(node.hears('admin', fetch(0))).toBe('RefuseFetch')
  expect(node.hears('admin', fetch(1))).toBe('Fetch')
  const [refused, read] = node.sent('admin')
  expect(refused.error).toBe('OFFSET_OUT_OF_RANGE')
  expect(read.records.map(({ offset }: { offset: number }) => offset)).toEqual([1, 3])
})

test('time overtakes a reader, or a retry, only when it may lie behind for so long', () => {
  const usual = (name: string, ms: number, settings: Partial<NodeSettings>) => {
    const me = { settings: { nodes: [], topics: {}, ...settings } }
    const rule = nodeKind.rules.find((each) => each.name === name)
    return rule?.usual?.(null, null, { lane: LANE, at: 0, ms }, me as never)
  }
  for (const name of ['SegmentAges', 'DeleteRetentionMsBreachedSegments']) {
    expect(usual(name, 2000, { longestLagMs: 1999 })).toBe(false)
    expect(usual(name, 2000, { longestLagMs: 2000 })).toBe(true)
    expect(usual(name, 2000, {})).toBe(true)
  }
  expect(usual('RemoveExpiredProducer', 2000, { longestRetryMs: 1999 })).toBe(false)
  expect(usual('RemoveExpiredProducer', 2000, { longestRetryMs: 2000 })).toBe(true)
  expect(usual('RemoveExpiredProducer', 2000, {})).toBe(true)
})

test('a node is quiet when no setting lets anything grow old', () => {
  const cluster = (topic: Given, broker: Given = {}): NodeSettings => ({
    nodes: ['broker-0'],
    topics: { other: topicConfig({}), orders: topicConfig(topic) },
    broker: brokerConfig(broker),
  })
  expect(isQuiet(cluster({}))).toBe(true)
  expect(isQuiet({ nodes: [], topics: {} })).toBe(true)
  for (const topic of [
    { 'retention.ms': 1000 },
    { 'retention.bytes': 0 },
    { 'segment.ms': 1000 },
    { 'cleanup.policy': 'compact' },
  ]) {
    expect(isQuiet(cluster(topic))).toBe(false)
  }
  expect(isQuiet(cluster({}, { 'producer.id.expiration.ms': 1000 }))).toBe(false)
  const settings = { ...cluster({}), quiet: true }
  const node = benchOf(nodeKind, 'broker-0', settings, { shop: 'connection', admin: 'connection' })
  node.hears('shop', produce([0]))
  expect(node.can()).toEqual([])
  const alter = { kind: 'IncrementalAlterConfigs', topic: 'orders' }
  node.hears('admin', { ...alter, settings: { 'retention.ms': 1000 } } as never)
  expect(node.can()).toEqual(['DeleteRetentionMsBreachedSegments'])
})
