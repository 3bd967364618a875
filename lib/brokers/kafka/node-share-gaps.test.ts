// What a share group acquires where there are no records: gaps of compaction, ends of transactions, aborted records.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { tapeOf } from '../../engine/tape.ts'
import { EMPTY_LOG, type Log, type LogRecord } from './log.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import type { ShareFetch } from './protocol-share.ts'
import { firstReplica } from './replica.ts'
import { topicConfig } from './settings.ts'
import { shareGroupConfig } from './settings-share.ts'

const GROUP = {
  ...shareGroupConfig({
    'share.auto.offset.reset': 'earliest',
    'share.isolation.level': 'read_committed',
  }),
  longestWorkMs: 0,
}

let node: Bench<NodeState>
beforeEach(() => {
  const settings = { nodes: ['broker-0'], topics: {}, shareGroups: { billing: GROUP } }
  node = benchOf(nodeKind, 'broker-0', settings, { a: 'connection' })
})

const abort = { control: 'ABORT', producerId: 7 } as const
const mine = (n: number) => ({ message: message(n), producerId: 7 })

function put(partition: number, records: readonly LogRecord[], change: Partial<Log> = {}): void {
  const log = { ...EMPTY_LOG, records: tapeOf(records), ...change }
  const first = firstReplica('broker-0', ['broker-0'], partition, topicConfig({}))
  const replica = { ...first, log, highWatermark: records.length }
  const replicas = { ...node.state.replicas, [`orders/${partition}`]: replica }
  node.state = { ...node.state, replicas }
}

/** What a fetch brings: its records, 'gaps' where it is nothing but those, or nothing at all. */
function take(maxRecords: number, change: Partial<ShareFetch> = {}): readonly string[] | 'gaps' {
  const asked = { kind: 'ShareFetch', group: 'billing', member: 'a#0', maxRecords } as const
  const partitions = [{ topic: 'orders', partition: 0 }]
  const limited = { mode: 'record_limit', partitions, acknowledgements: [] } as const
  node.hears('a', { ...asked, ...limited, ...change } as never)
  const [{ records, onlyGaps }] = node.sent('a')
  if (onlyGaps === true) return 'gaps'
  return records.map((each: { partition: number; offset: number }) => {
    return `${each.partition}@${each.offset}`
  })
}
const times = (n: number, maxRecords = 1) => Array.from({ length: n }, () => take(maxRecords))

describe('a fetch over gaps', () => {
  test('acquires what is missing inside a batch, and the end of a transaction', () => {
    const wide = tapeOf([{ first: 0, last: 1 }])
    const end = { control: 'COMMIT', producerId: 7 } as const
    put(0, [null, message(1), end, message(3)], { wide })
    expect(times(4)).toEqual(['gaps', ['0@1'], 'gaps', ['0@3']])
  })
  test('acquires nothing of a batch that is gone where it begins, and what is gone behind', () => {
    put(0, [null, null, message(2), null, message(4)])
    expect(times(2)).toEqual([['0@2'], ['0@4']])
    put(1, [null, message(1), null, message(3)])
    const one = { partitions: [{ topic: 'orders', partition: 1 }] }
    expect(take(2, one)).toEqual(['1@1'])
    expect(take(2, one)).toEqual(['1@3'])
  })
  test('goes over what is gone where it begins with what was given back', () => {
    put(0, [message(0), null, message(2)])
    expect(take(1)).toEqual(['0@0'])
    const released = { topic: 'orders', partition: 0, offset: 0, type: 'RELEASE' } as const
    const tell = { kind: 'ShareAcknowledge', group: 'billing', member: 'a#0', awaited: true }
    node.hears('a', { ...tell, acknowledgements: [released], final: false } as never)
    node.sent('a')
    expect(take(2)).toEqual(['0@0'])
    expect(take(2)).toEqual(['0@2'])
  })
  test('of several partitions counts gaps as records', () => {
    put(0, [null, message(1)], { wide: tapeOf([{ first: 0, last: 1 }]) })
    put(1, [message(10)])
    const partitions = [0, 1].map((partition) => ({ topic: 'orders', partition }))
    expect(take(1, { partitions })).toBe('gaps')
    expect(take(9, { partitions })).toEqual(['1@0', '0@1'])
  })
})

describe('aborted records', () => {
  const aborted = [{ producerId: 7, firstOffset: 0, lastOffset: 1 }]

  test('are archived by the broker: a fetch that meets nothing else brings nothing', () => {
    put(0, [mine(0), abort, message(2)], { aborted })
    expect(times(3)).toEqual([[], 'gaps', ['0@2']])
  })
  test('also of which compaction has left a header only', () => {
    const cleaning = { ...EMPTY_LOG.cleaning, hollow: [{ first: 0, last: 0, producerId: 7 }] }
    put(0, [null, abort, message(2)], { aborted, cleaning })
    expect(times(3)).toEqual([[], 'gaps', ['0@2']])
  })
})

test('a fetch reads from one segment', () => {
  const segments = [0, 2].map((base) => ({ base, bytes: 2048, aged: true }))
  put(0, [message(0), message(1), message(2), message(3)], { segments })
  const all = { mode: 'batch_optimized' } as const
  expect(take(9, all)).toEqual(['0@0', '0@1'])
  expect(take(9, all)).toEqual(['0@2', '0@3'])
})
