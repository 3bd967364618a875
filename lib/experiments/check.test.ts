// What is refused before it is run: where it stands, what was found, what was expected.
import { describe, expect, it, test } from 'vitest'
import { mistakesIn } from './_check.ts'
import { threeNodes } from './_cluster.ts'
import type { Experiment } from './types.ts'

type Steps = Experiment['steps']

const plain: Experiment = {
  version: 1,
  id: 'tried',
  title: 'Tried',
  source: 'nowhere',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [{ do: 'wait', ms: 1 }],
}
const wrong = (more: Partial<Experiment>) => mistakesIn({ ...plain, ...more })
const inSteps = (steps: Steps, more: Partial<Experiment> = {}) => wrong({ ...more, steps })

const consumer = (more: object = {}) => ({
  group: 'billing',
  topic: 'orders',
  settings: {},
  ...more,
})

describe('what a step names', () => {
  it('has to be in the experiment', () => {
    const settings = { 'auto.offset.reset': 'sometimes' }
    const steps: Steps = [
      { do: 'produce', as: 'a', topic: 'returns', values: ['A'] },
      { do: 'produce', as: 'a', topic: 'orders', values: ['A'] },
      { do: 'produce', topic: 'orders', values: ['A'], later: true },
      { do: 'await', step: 'b' },
      { do: 'fetchOffsets', group: 'billing', lane: 'refunds/0' },
      { do: 'joinGroup', member: 'eve', group: 'billing', topics: ['orders', 'refunds'] },
      { do: 'start', who: 'bob' },
      { do: 'send', producer: 'shop', value: 'A' },
      { do: 'poll', consumer: 'cid', count: 1 },
      { do: 'join', consumers: ['ann', 'dan'] },
      { do: 'commit', consumer: 'ann', api: 'commitAsync' },
      { do: 'commit', consumer: 'ann' },
    ]
    const more = { class: 'set', consumers: { ann: consumer({ settings }) } } as const
    const [topic, what] = ['expected a topic of this experiment, one of: orders', 'expected a']
    expect(inSteps(steps, more)).toEqual([
      `/steps/0/topic: found "returns", ${topic}`,
      '/steps/3/step: found "b", expected what goes on `later` by a step before this one',
      `/steps/4/lane: found "refunds", ${topic}`,
      `/steps/5/topics/1: found "refunds", ${topic}`,
      `/steps/6/who: found "bob", ${what} producer or consumer of this experiment, one of: ann`,
      `/steps/7/producer: found "shop", ${what} producer of this experiment, of which there is none`,
      `/steps/8/consumer: found "cid", ${what} consumer of this experiment, one of: ann`,
      `/steps/9/consumers/1: found "dan", ${what} consumer of this experiment, one of: ann`,
      '/steps/2: a step that goes on `later` needs an `as`, by which it is awaited',
      '/steps/1/as: found "a" again, expected a name of its own',
      '/consumers/ann/settings/auto.offset.reset: found "sometimes", expected one of latest | earliest | none',
      '/steps/11/api: found commitSync, expected commitAsync as at /steps/10: ann commits with one of the two',
      '/never: found nothing, expected a wrong outcome that the set must exclude',
    ])
  })
  it('of offsets, lanes and assignments, too', () => {
    const steps: Steps = [
      { do: 'initProducerId', producer: 'p', transactionalId: 'p' },
      { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'] },
      { do: 'commitOffsets', group: 'billing', offsets: { 'orders/0': 1, 'refunds/0': 1 } },
      { do: 'addPartitionsToTxn', producer: 'p', lanes: ['refunds/0'] },
      { do: 'txnOffsetCommit', producer: 'p', group: 'billing', offsets: { 'orders/4': 1 } },
      { do: 'syncGroup', member: 'ann', assign: { ann: ['orders/1'], bob: [] } },
      { do: 'processed', group: 'billing' },
      { do: 'disconnect', client: 'other' },
    ]
    expect(inSteps(steps).map((says) => says.split(', expected')[0])).toEqual([
      '/steps/2/offsets/refunds~10: found "refunds"',
      '/steps/3/lanes/0: found "refunds"',
      '/steps/4/offsets/orders~14: found "orders/4"',
      '/steps/5/assign/bob: found "bob"',
      '/steps/5/assign/ann/0: found "orders/1"',
      '/steps/6/group: found "billing"',
      '/steps/7/client: found "other"',
    ])
  })
  it('has to be there by then, where an earlier step brings it about', () => {
    const known = 'expected a producer that got an id'
    const before = 'by a step before this one'
    expect(
      inSteps([
        { do: 'produce', topic: 'orders', values: ['A'], producer: 'p' },
        { do: 'initProducerId', producer: 'p' },
        { do: 'produce', topic: 'orders', values: ['A'], producer: 'p' },
        { do: 'endTxn', producer: 'p', result: 'commit' },
        { do: 'heartbeat', member: 'ann' },
        { do: 'initTransactions', producer: 'p' },
      ]),
    ).toEqual([
      `/steps/0/producer: found "p", ${known} ${before}`,
      `/steps/3/producer: found "p", ${known} for its transactional.id ${before}`,
      `/steps/4/member: found "ann", expected a member that joined a group ${before}`,
      '/steps/5/producer: found "p", expected a producer of this experiment, of which there is none',
    ])
  })
  it('outside of steps, too', () => {
    const found = wrong({
      producers: {
        shop: { topic: 'refunds', keys: 'none', settings: {} },
        desk: { topic: 'orders', keys: 3, settings: {} },
      },
      consumers: { ann: consumer({ also: ['orders', 'refunds'] }) },
      shareConsumers: { bob: consumer({ group: 'shared', topic: 'refunds' }) },
      cluster: { ...threeNodes(), topics: { refunds: {} } },
    })
    expect(found.map((says) => says.split(', expected')[0])).toEqual([
      '/producers/shop/topic: found "refunds"',
      '/producers/desk/keys: found 3',
      '/consumers/ann/also/1: found "refunds"',
      '/shareConsumers/bob/topic: found "refunds"',
      '/cluster/topics/refunds: found "refunds"',
    ])
  })
})

describe('partitions', () => {
  test('that are never there are refused, and those that a later step adds are not', () => {
    const seven = { do: 'produce', topic: 'orders', partition: 7, values: ['A'] } as const
    const says = (last: number) =>
      `/steps/0/partition: found 7, expected a partition that orders has, from 0 to ${last}`
    expect(inSteps([seven])).toEqual([says(0)])
    expect(inSteps([seven, { do: 'addPartitions', topic: 'orders', partitions: 7 }])).toEqual([
      says(6),
    ])
    expect(inSteps([seven, { do: 'addPartitions', topic: 'orders', partitions: 8 }])).toEqual([])
  })
  test('that are looked at have to be there by then', () => {
    const steps: Steps = [
      { do: 'awaitIsr', topic: 'orders', partition: 1, count: 3 },
      { do: 'addPartitions', topic: 'orders', partitions: 2 },
      { do: 'awaitIsr', topic: 'orders', partition: 1, count: 3 },
      { do: 'killNode', node: { leaderOf: 'orders/2' } },
      { do: 'fetch', topic: 'orders', node: { followerOf: 'orders/1', nth: 3 } },
      { do: 'fetch', topic: 'orders', node: { followerOf: 'orders/1', nth: 2 } },
    ]
    expect(inSteps(steps, { cluster: threeNodes() })).toEqual([
      '/steps/0/partition: found 1, expected a partition that orders has, from 0 to 0',
      '/steps/3/node/leaderOf: found "orders/2", expected a partition that is there by then',
      '/steps/4/node/nth: found 3, expected one of 2 replicas that do not lead',
    ])
  })
})

describe('nodes', () => {
  test('are there, and in a state that fits', () => {
    const steps: Steps = [
      { do: 'killNode', node: 1 },
      { do: 'killNode', node: 1 },
      { do: 'resumeNode', node: 2 },
      { do: 'restartNode', node: 1 },
      { do: 'killNode', node: 3 },
      { do: 'killNode', node: { leaderOf: 'orders/0' } },
      { do: 'killNode', node: 1 },
    ]
    expect(inSteps(steps, { cluster: threeNodes() })).toEqual([
      '/steps/4/node: found 3, expected one of 3 nodes, counted from 0',
      '/steps/1/node: found 1, which is killed, expected running',
      '/steps/2/node: found 2, which is running, expected paused',
    ])
    expect(inSteps([{ do: 'killNode', node: 0 }])).toEqual([
      '/steps/0/do: found "killNode", expected a cluster whose nodes can be told apart',
    ])
    expect(inSteps([{ do: 'fetch', topic: 'orders', node: 0 }])).toHaveLength(1)
  })
  test('host the coordinators of the classic protocol only', () => {
    const steps: Steps = [
      { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'] },
      { do: 'consumerGroupHeartbeat', member: 'bob', group: 'email' },
      { do: 'killNode', node: { coordinatorOf: 'billing' } },
      { do: 'killNode', node: { coordinatorOf: 'email' } },
    ]
    expect(inSteps(steps, { cluster: threeNodes() })).toEqual([
      '/steps/3/node/coordinatorOf: found "email", expected a consumer group with group.protocol=classic, one of: billing',
    ])
  })
})

test('records and keys are as many, and a wait waits for something', () => {
  const steps: Steps = [
    { do: 'produce', topic: 'orders', keys: ['a'], values: ['A', null] },
    { do: 'waitUntil', topic: 'orders' },
  ]
  expect(inSteps(steps)).toEqual([
    '/steps/0/keys: found 1 for 2 values, expected one for each',
    '/steps/1: it waits for nothing: say where the log `starts`, or what the `log` is',
  ])
})

describe('what is said of outcomes', () => {
  const steps: Steps = [
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'produce', as: 'sent', topic: 'orders', values: ['A'], later: true },
    { do: 'await', as: 'heard', step: 'sent' },
  ]
  const called =
    'found what no step is called, expected the `as` of a step, or of the one that awaits it'
  test('is about labels that are observed', () => {
    expect(inSteps(steps, { expect: { log: [], heard: 'ok@0' } })).toEqual([])
    expect(inSteps(steps, { expect: { sent: 'ok@0' } })).toEqual([`/expect/sent: ${called}`])
    const never = { observed: { zzz: 1 }, because: 'why not' }
    expect(inSteps(steps, { class: 'set', never })).toEqual([`/never/observed/zzz: ${called}`])
  })
  test('is compared by its class', () => {
    const never = { observed: { log: [] }, because: 'why not' }
    expect(inSteps(steps, { never })).toHaveLength(1)
    expect(inSteps(steps, { class: 'set', never, expect: { log: [] } })).toHaveLength(1)
    expect(inSteps(steps, { class: 'unspecified', expect: { log: [] } })).toHaveLength(1)
  })
})

describe('settings', () => {
  test('are those that the model knows, with values that Kafka takes', () => {
    const topics = { orders: { partitions: 1, settings: { 'retention.ms': 'long' } } }
    expect(wrong({ topics, broker: { 'log.cleaner.backoff.ms': -1 } })).toEqual([
      '/topics/orders/settings/retention.ms: found "long", expected a whole number from -1 to 9007199254740991, in ms',
      '/broker/log.cleaner.backoff.ms: found -1, expected a whole number from 0 to 86400000, in ms',
    ])
  })
  test('of a group are those of its members, or what the broker keeps for it', () => {
    const groups = {
      billing: { 'session.timeout.ms': 'abc', 'heartbeat.interval.ms': 1 },
      email: { 'session.timeout.ms': 2000, 'consumer.session.timeout.ms': 2000 },
      audit: { 'max.poll.interval.ms': 0, 'consumer.session.timeout.ms': 70_000 },
    }
    expect(wrong({ groups }).map((says) => says.split(',')[0])).toEqual([
      '/groups/billing/session.timeout.ms: found "abc"',
      '/groups/billing/heartbeat.interval.ms: found 1',
      '/groups/audit/max.poll.interval.ms: found 0',
      '/groups/audit/consumer.session.timeout.ms: found 70000',
    ])
  })
  test('say how many replicas, as many as there are nodes, and nothing of partitions', () => {
    const settings = { partitions: 3, 'replication.factor': 2 }
    expect(wrong({ topics: { orders: { partitions: 1, settings } } })).toEqual([
      '/topics/orders/settings/partitions: found 3, expected nothing: how many there are is said beside the settings of /topics',
      '/topics/orders/settings/replication.factor: found 2, expected at most 1, as there is one node',
    ])
    const cluster = {
      nodes: 3,
      settings: { 'offsets.topic.replication.factor': 4 },
      topics: { orders: { 'replication.factor': 4 } },
    }
    expect(wrong({ cluster }).map((says) => says.split(',')[0])).toEqual([
      '/cluster/settings/offsets.topic.replication.factor: found 4',
      '/cluster/topics/orders/replication.factor: found 4',
    ])
  })
  test('that are altered are known by name; what a value is worth, the broker says', () => {
    const settings = { 'retention.ms': 'long', colour: 'red' }
    const steps: Steps = [{ do: 'alterTopic', topic: 'orders', settings }]
    expect(inSteps(steps)).toEqual([
      '/steps/0/settings/colour: found "red", expected a topic setting that the model knows',
    ])
    const unclean = { 'unclean.leader.election.enable': true }
    const elects: Steps = [{ do: 'alterTopic', topic: 'orders', settings: unclean }]
    expect(inSteps(elects)).toEqual([])
    expect(inSteps(elects, { cluster: threeNodes() })).toHaveLength(1)
  })
})

describe('groups and processes', () => {
  test('a group has one protocol', () => {
    const steps: Steps = [
      { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'] },
      { do: 'consumerGroupHeartbeat', member: 'bob', group: 'billing' },
      { do: 'consumerGroupHeartbeat', member: 'cid', group: 'email' },
    ]
    expect(inSteps(steps)).toEqual([
      '/steps/1/group: found billing with group.protocol=consumer, expected classic as at /steps/0/group: a group has one protocol',
    ])
    expect(wrong({ consumers: { ann: consumer() }, shareConsumers: { bob: consumer() } })).toEqual([
      '/shareGroups: found billing, which is a consumer group too, expected one or the other',
    ])
  })
  test('each process has a name of its own', () => {
    const found = wrong({
      producers: { ann: { topic: 'orders', keys: 'none', settings: {} } },
      consumers: { ann: consumer(), controller: consumer() },
      shareConsumers: { ann: consumer({ group: 'shared' }) },
    })
    expect(found).toEqual([
      '/consumers/ann: found ann, the name of /producers/ann too, expected a name of its own',
      '/consumers/controller: found controller, which the model calls something else, expected a name of its own',
      '/shareConsumers/ann: found ann, the name of /producers/ann too, expected a name of its own',
    ])
  })
})
