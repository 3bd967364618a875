// Share groups where leaders change: what is written, what the next leader makes of it, who is sent away.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { bothFetch, CLOSED, clusterSettings, NODES, told } from './cluster.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import { shareGroupConfig } from './settings-share.ts'
import { acquiredOffsets, inFlightAt } from './share-partition.ts'

const GROUP = { ...shareGroupConfig({ 'share.auto.offset.reset': 'earliest' }), longestWorkMs: 0 }
const PLACE = { topic: 'orders', partition: 0 }
const ALONE = ['broker-0']

let node: Bench<NodeState>
beforeEach(() => {
  const settings = { ...clusterSettings(), shareGroups: { billing: GROUP } }
  const ports = ['controller', 'broker-1', 'broker-2', 'replica broker-1', 'replica broker-2']
  const all = [...ports, 'shop', 'a', 'b'].map((port) => [port, 'connection'] as const)
  node = benchOf(nodeKind, 'broker-0', settings, Object.fromEntries(all))
  const batch = { producerId: -1, epoch: -1, firstSequence: -1 }
  for (const n of [0, 1, 2]) {
    const one = { ...batch, messages: [message(n)] }
    node.hears('shop', {
      kind: 'Produce',
      ...PLACE,
      correlation: n,
      acks: '1',
      batch: one,
    } as never)
  }
  bothFetch(node, 3)
})

const ask = { group: 'billing', partitions: [PLACE], maxRecords: 500, mode: 'batch_optimized' }
const fetchOf = (port: string, acknowledgements: readonly object[] = []) =>
  ({ kind: 'ShareFetch', ...ask, member: `${port}#0`, acknowledgements }) as never
const acks = (type: string, ...of: readonly number[]) =>
  of.map((offset) => ({ ...PLACE, offset, type }))
const tell = (type: string, ...of: readonly number[]) => {
  const who = { group: 'billing', member: 'a#0', final: false, awaited: true }
  return { kind: 'ShareAcknowledge', ...who, acknowledgements: acks(type, ...of) } as never
}
function take(port = 'a'): readonly string[] {
  node.hears(port, fetchOf(port))
  return node.sent(port).flatMap(({ records = [] }) =>
    records.map((each: { offset: number; deliveryCount: number }) => {
      return `${each.offset}#${each.deliveryCount}`
    }),
  )
}
const writes = () => node.sent('controller').filter(({ kind }) => kind === 'WriteShareGroupState')
const elected = (shares: unknown, epoch = 1) =>
  node.hears('controller', told({ epoch, isr: NODES, shares } as never))
const state = () => node.state.share?.partitions[0]?.state

/** 0 accepted, 1 given back, 2 still held: what of that is written. */
function settledSome() {
  take()
  node.hears('a', tell('ACCEPT', 0))
  node.hears('a', tell('RELEASE', 1))
  return writes().at(-1)
}

describe('a leader writes', () => {
  test('nothing when it gives out records, and what becomes of them before it answers', () => {
    expect(take()).toEqual(['0#1', '1#1', '2#1'])
    expect(writes()).toEqual([])
    const last = settledSome()
    expect(last).toMatchObject({ ...PLACE, leaderEpoch: 0 })
    const free = { member: '', renewed: false }
    expect(last.shares).toEqual([
      {
        group: 'billing',
        state: {
          start: 1,
          persisted: true,
          batches: [
            {
              first: 1,
              records: [{ ...free, state: 'AVAILABLE', deliveryCount: 1 }],
              tracked: false,
            },
          ],
        },
      },
    ])
  })
  test('again on a new connection, and nothing while it is cut off', () => {
    settledSome()
    node.hears('controller', CLOSED)
    expect(writes()).toHaveLength(1)
    node.does('IsolateNode')
    expect(node.wouldTake('a', tell('ACCEPT', 2))).toEqual([])
    expect(node.wouldTake('a', fetchOf('a', acks('ACCEPT', 2)))).toEqual([])
    node.hears('a', CLOSED)
    expect(writes()).toEqual([])
    node.does('NetworkHeals')
    expect(writes()).toHaveLength(1)
  })
})

describe('the next leader', () => {
  test('goes on with what was written; what was held comes again', () => {
    const { shares } = settledSome()
    node.state = { ...node.state, share: null }
    elected(shares)
    expect(take('b')).toEqual(['1#2', '2#1'])
  })
  test('knows of no lock of the one before, also where that was itself', () => {
    take()
    node.hears('a', tell('RELEASE', 0))
    take()
    const { shares } = writes().at(-1)
    elected(shares)
    expect([state() && acquiredOffsets(state()!), inFlightAt(state()!, 0)?.deliveryCount]).toEqual([
      [],
      1,
    ])
    node.hears('a', tell('ACCEPT', 0))
    expect(node.sent('a').at(-1)).toMatchObject({ errors: [{ error: 'INVALID_RECORD_STATE' }] })
  })
  test('begins no earlier than its log', () => {
    const { shares } = settledSome()
    node.hears('shop', { kind: 'DeleteRecords', ...PLACE, before: 2 } as never)
    elected(shares)
    expect(state()?.start).toBe(2)
  })
  test('of a group that has written nothing begins where the group does', () => {
    take()
    elected(undefined)
    expect(node.state.share?.partitions).toEqual([])
    expect(take('b')).toEqual(['0#1', '1#1', '2#1'])
  })
})

test('a former leader sends everybody away', () => {
  take()
  node.hears('b', fetchOf('b'))
  node.sent('a')
  node.hears('controller', told({ leader: 'broker-1', epoch: 1, isr: ALONE }))
  expect(node.sent('b')).toMatchObject([{ error: 'NOT_LEADER_OR_FOLLOWER', records: [] }])
  expect(node.state.share).toMatchObject({ partitions: [], sessions: [{}, { parked: null }] })
  node.hears('a', tell('ACCEPT', 0))
  const error = 'NOT_LEADER_OR_FOLLOWER'
  expect(node.sent('a')).toMatchObject([{ errors: [{ ...PLACE, error }] }])
  expect(node.can()).not.toContain('RecordLockExpires')
})
