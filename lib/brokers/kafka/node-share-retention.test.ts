// Share groups on a node whose records are deleted: they come to nobody any more.
import { beforeEach, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { message } from '../../clients/story.fixture.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'
import { shareGroupConfig } from './settings-share.ts'

const GROUP = { ...shareGroupConfig({ 'share.auto.offset.reset': 'earliest' }), longestWorkMs: 0 }
const PLACE = { topic: 'orders', partition: 0 }

let node: Bench<NodeState>
beforeEach(() => {
  const shareGroups = { billing: GROUP, audit: GROUP }
  const settings = { nodes: ['broker-0'], topics: {}, shareGroups }
  node = benchOf(nodeKind, 'broker-0', settings, { shop: 'connection', a: 'connection' })
})

function produce(n: number, partition = 0): void {
  const batch = { producerId: -1, epoch: -1, firstSequence: -1, messages: [message(n)] }
  const place = { ...PLACE, partition, correlation: 0 }
  node.hears('shop', { kind: 'Produce', ...place, acks: '0', batch } as never)
}

function deleteBefore(before: number, partition = 0) {
  node.hears('shop', { kind: 'DeleteRecords', ...PLACE, partition, before } as never)
}

/** A fetch of the member and, where there is something for it, the offsets that come. */
function take(partition = 0): readonly number[] {
  const partitions = [{ ...PLACE, partition }]
  const asked = { group: 'billing', member: 'a#0', maxRecords: 500, mode: 'batch_optimized' }
  const fetch = { kind: 'ShareFetch', ...asked, partitions, acknowledgements: [] }
  node.hears('a', fetch as never)
  return offsets()
}

function offsets(): readonly number[] {
  return node.sent('a').flatMap(({ records = [] }) => records.map(({ offset }: never) => offset))
}

function say(type: string, ...of: readonly number[]): void {
  const acknowledgements = of.map((offset) => ({ ...PLACE, offset, type }))
  const who = { group: 'billing', member: 'a#0', final: false, awaited: true }
  node.hears('a', { kind: 'ShareAcknowledge', ...who, acknowledgements } as never)
  expect(node.sent('a')).toMatchObject([{ errors: [] }])
}

test('what nobody has had yet does not come', () => {
  produce(0)
  expect(take()).toEqual([0])
  say('ACCEPT', 0)
  produce(1)
  produce(2)
  deleteBefore(2)
  expect(node.seen).toMatchObject([
    { kind: 'expired', start: 2 },
    { kind: 'committed', group: 'billing', offset: 2, by: 'broker-0' },
  ])
  expect(take()).toEqual([2])
})

test('a fetch that waits gets what comes behind the new start', () => {
  expect(take()).toEqual([])
  produce(0)
  deleteBefore(1)
  expect(node.can()).not.toContain('CompleteShareFetch')
  produce(1)
  node.does('CompleteShareFetch')
  expect(offsets()).toEqual([1])
})

test('what is given back below the start does not come again', () => {
  produce(0)
  produce(1)
  expect(take()).toEqual([0, 1])
  deleteBefore(1)
  say('RELEASE', 0, 1)
  expect(node.seen).toEqual([])
  expect(take()).toEqual([1])
  say('RELEASE', 1)
  deleteBefore(2)
  expect(take()).toEqual([])
})

test('other partitions are not concerned', () => {
  produce(0)
  produce(1, 1)
  take()
  expect(take(1)).toEqual([1].map(() => 0))
  deleteBefore(1, 1)
  say('RELEASE', 0)
  expect(take()).toEqual([0])
})
