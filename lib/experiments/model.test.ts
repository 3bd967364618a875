// What the model makes of an experiment, beyond what the experiments themselves show.
import { expect, it } from 'vitest'
import { threeNodes } from './_cluster.ts'
import { observe } from './_model/run.ts'
import { skeleton } from './_skeleton.ts'
import type { Experiment } from './types.ts'

const seen = (steps: Experiment['steps'], more: Partial<Experiment> = {}) =>
  observe({ ...skeleton, ...more, steps })

it('reads the settings of a broker beside a cluster too, and those of the cluster over them', () => {
  const asks = { do: 'initProducerId', as: 'asked', producer: 'p', transactionalId: 'p' } as const
  const limit = (ms: number) => ({ 'transaction.max.timeout.ms': ms })
  const cluster = threeNodes()
  const too = { asked: 'INVALID_TRANSACTION_TIMEOUT' }
  expect(seen([{ ...asks, timeoutMs: 6000 }], { broker: limit(5000), cluster })).toEqual(too)
  expect(seen([{ ...asks, timeoutMs: 900_001 }], { cluster })).toEqual(too)
  const own = { ...cluster, settings: { ...cluster.settings, ...limit(7000) } }
  expect(seen([{ ...asks, timeoutMs: 6000 }], { broker: limit(5000), cluster: own })).toEqual({
    asked: { epoch: 0 },
  })
})

it('gives a group of the new protocol the session of its broker, unless it has its own', () => {
  const beat = { do: 'consumerGroupHeartbeat', group: 'billing' } as const
  const steps: Experiment['steps'] = [
    { ...beat, member: 'ann', topics: ['orders'] },
    { do: 'wait', ms: 47_000 },
    { ...beat, as: 'late', member: 'ann' },
  ]
  const broker = { 'group.consumer.session.timeout.ms': 50_000 }
  expect(seen(steps)).toEqual({ late: 'UNKNOWN_MEMBER_ID' })
  expect(seen(steps, { broker })).toEqual({ late: { epoch: 2, assignment: null } })
  const groups = { billing: { 'consumer.session.timeout.ms': 46_000 } }
  expect(seen(steps, { broker, groups })).toEqual({ late: 'UNKNOWN_MEMBER_ID' })
})

it('tells every node that hears of an alteration, and one that was dead when it starts again', () => {
  const topics = { orders: { partitions: 1, settings: { 'cleanup.policy': 'compact' } } }
  const steps: Experiment['steps'] = [
    { do: 'killNode', node: 1 },
    { do: 'pauseNode', node: 2 },
    { do: 'alterTopic', as: 'altered', topic: 'orders', settings: { 'cleanup.policy': 'delete' } },
    { do: 'resumeNode', node: 2 },
    { do: 'restartNode', node: 1 },
    { do: 'awaitIsr', topic: 'orders', count: 3 },
    { do: 'killNode', node: 0 },
    { do: 'awaitLeader', as: 'next', topic: 'orders' },
    { do: 'produce', as: 'without a key', topic: 'orders', values: ['A'] },
    { do: 'deleteRecords', as: 'deleted', topic: 'orders', before: -1 },
  ]
  expect(seen(steps, { topics, cluster: threeNodes() })).toMatchObject({
    altered: 'ok',
    'without a key': 'ok@0',
    deleted: 1,
  })
})

it('keeps what is awaited apart from what else is asked and heard on the connection', () => {
  const steps: Experiment['steps'] = [
    { do: 'initProducerId', producer: 'p', transactionalId: 'p' },
    { do: 'addPartitionsToTxn', producer: 'p', lanes: ['orders/0'] },
    { do: 'endTxn', as: 'wrong', producer: 'p', result: 'commit', epoch: 9, later: true },
    { do: 'endTxn', as: 'right', producer: 'p', result: 'commit', later: true },
    { do: 'initProducerId', producer: 'q', transactionalId: 'q' },
    { do: 'joinGroup', as: 'joins', member: 'ann', group: 'g', topics: ['orders'], later: true },
    { do: 'await', as: 'joined', step: 'joins' },
    { do: 'await', as: 'of right', step: 'right' },
    { do: 'await', as: 'of wrong', step: 'wrong' },
    { do: 'await', as: 'once more', step: 'right' },
  ]
  expect(seen(steps)).toEqual({
    joined: { generation: 1, leads: true, members: 1 },
    'of right': 'ok',
    'of wrong': 'PRODUCER_FENCED',
    'once more': 'ok',
  })
})

it('takes the records that an earlier fetch waited for to be no answer to a later one', () => {
  const steps: Experiment['steps'] = [
    { do: 'fetch', as: 'nothing yet', topic: 'orders' },
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'fetch', as: 'at its end', topic: 'orders', offset: 1 },
    { do: 'fetch', as: 'all', topic: 'orders' },
  ]
  expect(seen(steps)).toEqual({ 'nothing yet': [], 'at its end': [], all: ['0:A'] })
})

it('takes any text for the name of a step, also one that every object has', () => {
  const steps: Experiment['steps'] = [
    { do: 'produce', as: 'constructor', topic: 'orders', values: ['A'] },
    { do: 'produce', as: 'hasOwnProperty', topic: 'orders', values: ['B'], later: true },
    { do: 'await', as: 'valueOf', step: 'hasOwnProperty' },
    { do: 'fetch', as: 'toString', topic: 'orders' },
  ]
  const told = { constructor: 'ok@0', valueOf: 'ok@1', toString: ['0:A', '1:B'] }
  expect(seen(steps)).toEqual(told)
})

it('says of acks=0 that it is sent, whatever comes of it, unless nobody listens', () => {
  const numbered = { do: 'produce', topic: 'orders', producer: 'p', values: ['A'] } as const
  const steps: Experiment['steps'] = [
    { do: 'initProducerId', producer: 'p' },
    { ...numbered },
    { ...numbered, as: 'gap', sequence: 2, acks: '0' },
    { ...numbered, as: 'elsewhere', sequence: 1, acks: '0', node: 1 },
    { do: 'killNode', node: 1 },
    { ...numbered, as: 'nowhere', sequence: 1, acks: '0', node: 1 },
  ]
  const said = { gap: 'sent', elsewhere: 'sent', nowhere: 'disconnected' }
  expect(seen(steps, { cluster: threeNodes() })).toEqual(said)
})
