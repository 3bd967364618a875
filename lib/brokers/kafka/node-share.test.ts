// Share groups on a broker node: rules, their conditions, and what can be seen of them.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import type {
  Acknowledgement,
  AcknowledgeType,
  ShareAcknowledge,
  ShareFetch,
} from './protocol-share.ts'
import { shareGroupConfig } from './settings-share.ts'

const PORTS = { shop: 'connection', a: 'connection', b: 'connection' } as const

const GROUP = { ...shareGroupConfig({ 'share.auto.offset.reset': 'earliest' }), longestWorkMs: 0 }

function newNode(change: Partial<typeof GROUP> = {}): Bench<NodeState> {
  const shareGroups = { billing: { ...GROUP, ...change }, audit: { ...GROUP, ...change } }
  return benchOf(nodeKind, 'broker-0', { nodes: ['broker-0'], topics: {}, shareGroups }, PORTS)
}

let node: Bench<NodeState>
beforeEach(() => {
  node = newNode()
})

const produce = (n: number, partition = 0) =>
  ({
    kind: 'Produce',
    topic: 'orders',
    partition,
    correlation: 0,
    acks: '0',
    batch: { producerId: -1, epoch: -1, firstSequence: -1, messages: [message(n)] },
  }) as never

const fetch = (member: string, change: Partial<ShareFetch> = {}): ShareFetch => ({
  kind: 'ShareFetch',
  group: 'billing',
  member,
  partitions: [{ topic: 'orders', partition: 0 }],
  maxRecords: 500,
  mode: 'batch_optimized',
  acknowledgements: [],
  ...change,
})
const say = (type: AcknowledgeType, ...offsets: number[]): Acknowledgement[] =>
  offsets.map((offset) => ({ topic: 'orders', partition: 0, offset, type }))
const tell = (
  member: string,
  acknowledgements: readonly Acknowledgement[],
  change: Partial<ShareAcknowledge> = {},
): ShareAcknowledge => ({
  kind: 'ShareAcknowledge',
  group: 'billing',
  member,
  acknowledgements,
  final: false,
  awaited: true,
  ...change,
})

/** What came on a port: offsets with their delivery counts. */
const got = (port: string): readonly string[] =>
  node
    .sent(port)
    .filter(({ kind }) => kind === 'ShareFetchResponse')
    .flatMap(({ records }) =>
      records.map((each: { offset: number; deliveryCount: number }) => {
        return `${each.offset}#${each.deliveryCount}`
      }),
    )

const take = (port: string, member: string, change: Partial<ShareFetch> = {}) => {
  node.hears(port, fetch(member, change))
  return got(port)
}
const locks = () => node.can().filter((name) => name === 'RecordLockExpires')

describe('ShareFetch', () => {
  test('acquires what there is, with its batch and its count, and parks where there is nothing', () => {
    expect(node.wouldTake('a', fetch('a#0'))).toEqual(['ParkShareFetch'])
    node.hears('shop', produce(0))
    expect(node.wouldTake('a', fetch('a#0'))).toEqual(['ShareFetch'])
    node.hears('a', fetch('a#0'))
    expect(node.sent('a')).toEqual([
      {
        kind: 'ShareFetchResponse',
        about: 'e0',
        records: [
          {
            topic: 'orders',
            partition: 0,
            offset: 0,
            message: message(0),
            deliveryCount: 1,
            batchEnd: 0,
          },
        ],
      },
    ])
    expect(node.hears('b', fetch('b#0'))).toBe('ParkShareFetch')
    expect(node.can()).not.toContain('CompleteShareFetch')
    node.hears('shop', produce(1))
    expect(node.can()).toContain('CompleteShareFetch')
    node.does('CompleteShareFetch')
    expect(got('b')).toEqual(['1#1'])
    expect(node.can()).not.toContain('CompleteShareFetch')
  })
  test('of two that wait either may come first; other groups have records of their own', () => {
    node.hears('a', fetch('a#0'))
    node.hears('b', fetch('b#0'))
    node.hears('shop', produce(0))
    expect(node.whyNot('CompleteShareFetch', 'a')).toBeNull()
    node.does('CompleteShareFetch', 'b')
    expect(got('b')).toEqual(['0#1'])
    expect(node.whyNot('CompleteShareFetch', 'a')).toBe('there is something to acquire')
    expect(take('shop', 's#0', { group: 'audit' })).toEqual(['0#1'])
  })
  test('what it gives back with the fetch does not come with it', () => {
    node.hears('shop', produce(0))
    take('a', 'a#0')
    node.hears('shop', produce(1))
    expect(take('a', 'a#0', { acknowledgements: say('RELEASE', 0) })).toEqual(['1#1'])
    expect(take('a', 'a#0', { acknowledgements: say('ACCEPT', 1) })).toEqual(['0#2'])
    expect(take('a', 'a#0', { acknowledgements: say('RELEASE', 0) })).toEqual([])
    node.does('CompleteShareFetch')
    expect(got('a')).toEqual(['0#3'])
  })
  test('several partitions are looked at in turn', () => {
    for (const [n, partition] of [
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ] as const) {
      node.hears('shop', produce(n, partition))
    }
    const both = {
      maxRecords: 1,
      partitions: [0, 1].map((partition) => ({ topic: 'orders', partition })),
    }
    const lanes = [1, 2, 3, 4].map(() => {
      node.hears('a', fetch('a#0', both))
      return node.sent('a').flatMap(({ records }) => records[0].partition)[0]
    })
    expect(lanes).toEqual([0, 1, 0, 1])
  })
  test('a new group begins where it is told to', () => {
    node = newNode({ 'share.auto.offset.reset': 'latest' })
    node.hears('shop', produce(0))
    expect(take('a', 'a#0')).toEqual([])
    node.hears('shop', produce(1))
    node.does('CompleteShareFetch')
    expect(got('a')).toEqual(['1#1'])
  })
  test('is refused where it does not lead', () => {
    const { nodes } = { nodes: ['broker-1', 'broker-0'] }
    const settings = { nodes, topics: {}, shareGroups: { billing: GROUP } }
    node = benchOf(nodeKind, 'broker-0', settings, PORTS)
    expect(node.wouldTake('a', fetch('a#0'))).toEqual(['RefuseShareFetch'])
    expect(node.hears('a', fetch('a#0'))).toBe('RefuseShareFetch')
    expect(node.sent('a')[0]).toMatchObject({ error: 'NOT_LEADER_OR_FOLLOWER', records: [] })
    expect(
      node.wouldTake('a', fetch('a#0', { partitions: [{ topic: 'orders', partition: 1 }] })),
    ).toEqual(['ParkShareFetch'])
  })
  test('is refused where it led before, whatever there is to acquire', () => {
    node.hears('shop', produce(0))
    const [name, replica] = Object.entries(node.state.replicas)[0]!
    node.state = { ...node.state, replicas: { [name]: { ...replica, leading: null } } }
    expect(node.wouldTake('a', fetch('a#0'))).toEqual(['RefuseShareFetch'])
  })
})

describe('records that no application is to see', () => {
  const put = (records: readonly unknown[], change: object = {}) => {
    node.hears('shop', produce(0))
    const [name, replica] = Object.entries(node.state.replicas)[0]!
    const tape = { length: records.length, depth: 0, root: [], tail: records }
    const log = { ...replica.log, records: tape, ...change }
    const grown = { ...replica, log, highWatermark: records.length }
    node.state = { ...node.state, replicas: { [name]: grown as typeof replica } }
  }
  const transactional = (n: number, producerId: number) => ({ message: message(n), producerId })

  test('control records and gaps are over at once', () => {
    put([null, { control: 'COMMIT', producerId: 7 }, message(2)])
    expect(take('a', 'a#0')).toEqual(['2#1'])
    node.hears('a', tell('a#0', say('ACCEPT', 2)))
    expect(node.seen).toMatchObject([{ kind: 'committed', offset: 3 }])
  })
  test('aborted and open transactions are shown, unless the group reads what is committed', () => {
    const records = [
      transactional(0, 7),
      { control: 'ABORT', producerId: 7 },
      transactional(2, 7),
      transactional(3, 8),
    ]
    const index = {
      aborted: [{ producerId: 7, firstOffset: 0, lastOffset: 1 }],
      open: [{ producerId: 8, firstOffset: 3 }],
    }
    put(records, index)
    expect(take('a', 'a#0')).toEqual(['0#1', '2#1', '3#1'])
    node = newNode({ 'share.isolation.level': 'read_committed' })
    put(records, index)
    expect(take('a', 'a#0')).toEqual(['2#1'])
  })
})

describe('ShareAcknowledge', () => {
  beforeEach(() => {
    node.hears('shop', produce(0))
    node.hears('shop', produce(1))
    take('a', 'a#0')
  })
  test('moves the start past what is over, and says what was archived', () => {
    node.hears('a', tell('a#0', say('ACCEPT', 0), { about: 'e0' }))
    expect(node.sent('a')).toEqual([
      { kind: 'ShareAcknowledgeResponse', about: 'e0', awaited: true, errors: [] },
    ])
    expect(node.seen).toEqual([
      {
        kind: 'committed',
        actor: 'broker-0',
        group: 'billing',
        stream: 'orders',
        lane: 0,
        offset: 1,
        by: 'a',
      },
    ])
    node.hears('a', tell('a#0', say('REJECT', 1)))
    expect(node.seen).toMatchObject([
      {
        kind: 'archived',
        group: 'billing',
        message: message(1),
        place: { offset: 1 },
        reason: 'rejected',
      },
      { kind: 'committed', offset: 2 },
    ])
  })
  test('is refused for records that the member does not hold, partition by partition', () => {
    expect(node.wouldTake('b', tell('b#0', say('ACCEPT', 0)))).toEqual(['ShareAcknowledge'])
    node.hears('b', tell('b#0', say('ACCEPT', 0)))
    expect(node.sent('b')[0].errors).toEqual([
      { topic: 'orders', partition: 0, error: 'INVALID_RECORD_STATE' },
    ])
    expect(node.seen).toEqual([])
    node.hears('a', tell('a#0', say('ACCEPT', 0), { group: 'audit' }))
    expect(node.sent('a')[0].errors).toEqual([])
    expect(node.seen).toEqual([])
  })
  test('gives back up to the limit', () => {
    node = newNode({ 'share.delivery.count.limit': 2 })
    node.hears('shop', produce(0))
    for (const count of [1, 2]) {
      expect(take('a', 'a#0')).toEqual([`0#${count}`])
      node.hears('a', tell('a#0', say('RELEASE', 0)))
      node.sent('a')
    }
    expect(node.seen).toMatchObject([
      { kind: 'archived', reason: 'share.delivery.count.limit' },
      { kind: 'committed', offset: 1, by: 'a' },
    ])
    expect(take('a', 'a#0')).toEqual([])
  })
})

describe('the end of a session', () => {
  const last = tell('a#0', say('ACCEPT', 0), { final: true, awaited: false })
  beforeEach(() => {
    node.hears('shop', produce(0))
    node.hears('shop', produce(1))
    take('a', 'a#0')
    take('b', 'b#0')
  })
  test('what is acknowledged with it stands, what is not is given back and goes to who waits', () => {
    expect(node.wouldTake('a', last)).toEqual(['FinalShareAcknowledge'])
    node.hears('a', last)
    expect(node.sent('a')).toEqual([])
    expect(node.seen).toMatchObject([{ kind: 'committed', offset: 1 }])
    node.does('CompleteShareFetch')
    expect(got('b')).toEqual(['1#2'])
    expect(node.wouldTake('a', last)).toEqual(['IgnoreFinalShareAcknowledge'])
    node.hears('a', last)
  })
  test('a closed connection ends it at once; the delivery counts', () => {
    const closed = { kind: 'ConnectionClosed' } as never
    expect(node.wouldTake('a', closed)).toEqual(['ShareSessionCloses'])
    node.hears('a', closed)
    expect(locks()).toEqual([])
    node.does('CompleteShareFetch')
    expect(got('b')).toEqual(['0#2', '1#2'])
    expect(node.wouldTake('a', closed)).toEqual(['ConnectionClosed'])
    node.hears('a', closed)
    expect(locks()).not.toEqual([])
  })
  test('what was on its last delivery is archived', () => {
    node = newNode({ 'share.delivery.count.limit': 2 })
    node.hears('shop', produce(0))
    take('a', 'a#0')
    node.hears('a', { kind: 'ConnectionClosed' } as never)
    expect(node.seen).toEqual([])
    expect(take('b', 'b#0')).toEqual(['0#2'])
    node.hears('b', { kind: 'ConnectionClosed' } as never)
    expect(node.seen).toMatchObject([{ kind: 'archived' }, { kind: 'committed', by: 'b' }])
  })
  test('a group of which nothing was written down is forgotten with its last session', () => {
    node = newNode({ 'share.auto.offset.reset': 'latest' })
    take('a', 'a#0')
    take('b', 'b#0')
    take('shop', 's#0', { group: 'audit' })
    node.hears('a', { kind: 'ConnectionClosed' } as never)
    expect(node.state.share?.partitions.map(({ group }) => group)).toEqual(['billing', 'audit'])
    node.hears('b', { kind: 'ConnectionClosed' } as never)
    expect(node.state.share?.partitions.map(({ group }) => group)).toEqual(['audit'])
  })
  test('a process that comes under a new id has a session of its own', () => {
    node.hears('a', fetch('a#1'))
    expect(node.state.share?.sessions.find(({ port }) => port === 'a')?.member).toBe('a#1')
  })
})

describe('RecordLockExpires', () => {
  test('makes the record available; each delivery and each renewal has a lock of its own', () => {
    node.hears('shop', produce(0))
    expect(locks()).toEqual([])
    take('a', 'a#0')
    const lock = {
      group: 'billing',
      topic: 'orders',
      partition: 0,
      offset: 0,
      deliveryCount: 1,
      renewed: false,
    }
    expect(node.whyNot('RecordLockExpires', lock)).toBeNull()
    node.hears('a', tell('a#0', say('RENEW', 0)))
    expect(node.whyNot('RecordLockExpires', lock)).not.toBeNull()
    node.does('RecordLockExpires', { ...lock, renewed: true })
    expect(node.seen).toEqual([])
    node.sent('a')
    expect(take('b', 'b#0')).toEqual(['0#2'])
  })
  test('on the last delivery it archives', () => {
    node = newNode({ 'share.delivery.count.limit': 2 })
    node.hears('shop', produce(0))
    take('a', 'a#0')
    node.does('RecordLockExpires')
    take('a', 'a#0')
    node.does('RecordLockExpires')
    expect(node.seen).toMatchObject([
      { kind: 'archived', reason: 'share.delivery.count.limit' },
      { kind: 'committed', offset: 1, by: 'broker-0' },
    ])
  })
  test('takes its group’s time, and is usual where a member may work as long', () => {
    const rule = nodeKind.rules.find(({ name }) => name === 'RecordLockExpires')!
    const settings = { shareGroups: { billing: { ...GROUP, longestWorkMs: 30_000 }, audit: GROUP } }
    const of = (group: string) => ({ group }) as never
    expect(rule.takes?.(settings, node.state, undefined as never, of('billing'))).toEqual([
      30_000, 30_000,
    ])
    const me = { settings } as never
    expect(rule.usual?.(node.state, undefined as never, of('billing'), me)).toBe(true)
    expect(rule.usual?.(node.state, undefined as never, of('audit'), me)).toBe(false)
  })
})
