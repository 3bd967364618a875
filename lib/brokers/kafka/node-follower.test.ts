// A follower: what it appends, cuts off and asks again.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Bench } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { tapeOf } from '../../engine/tape.ts'
import { CLOSED, clustered, replicaAnswer, sentBy, told } from './cluster.fixture.ts'
import { EMPTY_LOG, logEnd, messagesIn } from './log.ts'
import { nodeKind } from './node.ts'
import { truncated } from './node-follower.ts'
import type { NodeState } from './node-state.ts'

let node: Bench<NodeState>
beforeEach(() => {
  node = clustered()
})
const replica = () => node.state.replicas['orders/1']!
const from = (answer: ReturnType<typeof replicaAnswer>) => node.hears('broker-1', answer)

test('it appends what its leader has, and asks for what comes next', () => {
  expect(from(replicaAnswer(0, [0, 1], { highWatermark: 1 }))).toBe('ReplicaFetchResponse')
  expect(messagesIn(replica().log)).toEqual([message(0), message(1)])
  expect(replica().highWatermark).toBe(1)
  expect(sentBy(node)).toEqual({
    'broker-1': [expect.objectContaining({ kind: 'ReplicaFetch', offset: 2, leaderEpoch: 0 })],
  })
  // The watermark of a leader that has more, and of one that knows less.
  from(replicaAnswer(2, [], { highWatermark: 9 }))
  expect(replica().highWatermark).toBe(2)
  from(replicaAnswer(2, [], { highWatermark: 0 }))
  expect(replica().highWatermark).toBe(2)
})

test('where its own retention ran first, the start of its log does not go back', () => {
  const segments = [0, 1, 2].map((base) => ({ base, bytes: 1024, aged: false }))
  from(replicaAnswer(0, [0, 1, 2], { highWatermark: 3, segments, start: 1 }))
  expect(replica().log.start).toBe(1)
  const log = { ...replica().log, start: 2, segments: segments.slice(2) }
  node.state = { ...node.state, replicas: { 'orders/1': { ...replica(), log } } }
  from(replicaAnswer(3, [3], { highWatermark: 3, segments, start: 1 }))
  expect(replica().log).toMatchObject({ start: 2, segments: [{ base: 2 }] })
  from(replicaAnswer(4, [], { highWatermark: 4, segments, start: 3 }))
  expect(replica().log.start).toBe(3)
})

test('an answer to another question, or of another epoch, is passed over', () => {
  from(replicaAnswer(0, [0]))
  sentBy(node)
  expect(from(replicaAnswer(0, [0]))).toBe('IgnoreReplicaFetchResponse')
  expect(from(replicaAnswer(1, [1], { leaderEpoch: 1 }))).toBe('IgnoreReplicaFetchResponse')
  expect(from(replicaAnswer(0, [1], { partition: 0 }))).toBe('IgnoreReplicaFetchResponse')
  const diverging = { epoch: 0, endOffset: 0 }
  expect(from(replicaAnswer(0, [], { diverging }))).toBe('IgnoreReplicaFetchResponse')
  const error = 'UNKNOWN_LEADER_EPOCH' as const
  expect(from(replicaAnswer(0, [], { error }))).toBe('IgnoreReplicaFetchResponse')
  expect(sentBy(node)).toEqual({})
  expect(logEnd(replica().log)).toBe(1)
})

test('a leader that has yet to hear of its election is asked again; others are the controller’s matter', () => {
  const asked = replicaAnswer(0, [], { error: 'UNKNOWN_LEADER_EPOCH' })
  expect(from(asked)).toBe('ReplicaFetchRefused')
  const rule = nodeKind.rules.find((each) => each.name === 'ReplicaFetchRefused')
  expect(rule?.takes?.({}, node.state, undefined, undefined)).toEqual([1000, 1000])
  expect(sentBy(node)).toMatchObject({ 'broker-1': [{ kind: 'ReplicaFetch', offset: 0 }] })
  const fenced = replicaAnswer(0, [], { error: 'FENCED_LEADER_EPOCH' })
  expect(from(fenced)).toBe('IgnoreReplicaFetchResponse')
  expect(sentBy(node)).toEqual({})
})

describe('TruncateLog', () => {
  beforeEach(() => {
    from(replicaAnswer(0, [0, 1, 2], { highWatermark: 2 }))
    sentBy(node)
  })
  test('back to where both logs agree; what it had more is told', () => {
    const diverging = { epoch: 0, endOffset: 1 }
    expect(from(replicaAnswer(3, [], { diverging }))).toBe('TruncateLog')
    expect(node.seen).toEqual([
      {
        kind: 'truncated',
        actor: 'broker-0',
        stream: 'orders',
        lane: 1,
        offset: 1,
        messages: [message(1), message(2)],
      },
    ])
    expect(replica().highWatermark).toBe(1)
    expect(sentBy(node)).toMatchObject({ 'broker-1': [{ kind: 'ReplicaFetch', offset: 1 }] })
  })
  test('to its own end of that epoch where that comes first', () => {
    const log = {
      ...replica().log,
      epochs: [
        { epoch: 0, start: 0 },
        { epoch: 1, start: 2 },
      ],
    }
    const replicas = { 'orders/1': { ...replica(), log } }
    node.state = { ...node.state, replicas }
    from(replicaAnswer(3, [], { diverging: { epoch: 0, endOffset: 3 } }))
    expect(logEnd(replica().log)).toBe(2)
    expect(replica().log.epochs).toEqual([{ epoch: 0, start: 0 }])
  })
  test('nothing is told where nothing goes', () => {
    from(replicaAnswer(3, [], { diverging: { epoch: 0, endOffset: 3 } }))
    expect(node.seen).toEqual([])
  })
  test('of an epoch that wrote nothing in an empty log nothing is left, or it would never end', () => {
    const empty = { ...EMPTY_LOG, epochs: [{ epoch: 1, start: 0 }] }
    expect(truncated(empty, 0).epochs).toEqual([{ epoch: 0, start: 0 }])
    const one = { ...empty, records: tapeOf([message(0)]) }
    expect(truncated(one, 1).epochs).toEqual([{ epoch: 1, start: 0 }])
  })
  test('who produced what is gone is forgotten with it, and so are its transactions', () => {
    const batch = (offset: number) => ({ first: 0, last: 0, offset })
    const log = truncated(
      {
        ...EMPTY_LOG,
        records: tapeOf([message(0), message(1), message(2)]),
        producers: {
          7: { epoch: 0, batches: [batch(0), batch(2)] },
          8: { epoch: 0, batches: [batch(1)] },
        },
        open: [
          { producerId: 7, firstOffset: 0 },
          { producerId: 8, firstOffset: 1 },
        ],
        aborted: [{ producerId: 7, firstOffset: 0, lastOffset: 1 }],
      },
      1,
    )
    expect(log).toMatchObject({
      producers: { 7: { epoch: 0, batches: [batch(0)] } },
      open: [{ producerId: 7, firstOffset: 0 }],
      aborted: [],
    })
    expect(Object.keys(log.producers)).toEqual(['7'])
  })
})

test('a producer of whom a control record is left is known, and no other', () => {
  const control = (producerId: number) => ({ control: 'COMMIT', producerId }) as const
  const known = { epoch: 1, batches: [] }
  const records = tapeOf([control(7), message(0), control(8)])
  const log = truncated({ ...EMPTY_LOG, records, producers: { 7: known, 8: known } }, 2)
  expect(log.producers).toEqual({ 7: known })
})

describe('fetchers that hang', () => {
  test('take nothing from the leader until they go on, and then ask it anew', () => {
    expect(node.faults()).toContain('SlowFollower')
    node.does('SlowFollower')
    expect(sentBy(node)).toMatchObject({
      'broker-1': [{ kind: 'ReplicaFetchesStop' }],
      'broker-2': [{ kind: 'ReplicaFetchesStop' }],
    })
    expect(node.faults()).not.toContain('SlowFollower')
    const wanted = replicaAnswer(0, [0])
    for (const change of [
      {},
      { offset: 7 },
      { diverging: { epoch: 0, endOffset: 0 } },
      { error: 'UNKNOWN_LEADER_EPOCH' as const },
    ]) {
      expect(node.wouldTake('broker-1', { ...wanted, ...change })).toEqual([])
    }
    expect(node.can()).toEqual(['FetchersGoOn'])
    node.does('FetchersGoOn')
    expect(node.can()).toEqual([])
    expect(sentBy(node)).toMatchObject({
      'broker-1': [{ kind: 'ReplicaFetch', partition: 1 }],
      'broker-2': [{ kind: 'ReplicaFetch', partition: 2 }],
    })
  })
})

test('when a leader’s line closes, it is asked again', () => {
  expect(node.hears('broker-1', CLOSED)).toBe('LeaderDisconnected')
  expect(sentBy(node)).toMatchObject({ 'broker-1': [{ kind: 'ReplicaFetch', partition: 1 }] })
  // One that leads nothing that it follows is asked nothing.
  node.hears('controller', told({ partition: 1, leader: '', epoch: 1, isr: [] }))
  sentBy(node)
  node.hears('broker-1', CLOSED)
  expect(sentBy(node)).toEqual({})
})
