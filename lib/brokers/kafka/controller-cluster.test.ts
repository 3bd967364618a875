// The controller and its nodes: sessions, registrations, elections, changes of the ISR, and who hears of them.
import { beforeEach, describe, expect, test } from 'vitest'
import { type Bench, benchOf } from '../../clients/bench.fixture.ts'
import { type ControllerState, controllerKind } from './controller.ts'
import { type Given, topicConfig } from './settings.ts'

const NODES = ['broker-0', 'broker-1', 'broker-2'] as const
const CLOSED = { kind: 'ConnectionClosed' } as const
const FETCH = { kind: 'MetadataFetch' } as const
const REGISTER = { kind: 'BrokerRegistration' } as const
const STOP = { kind: 'BrokerHeartbeatsStop' } as const
const PORTS = ['broker-0', 'broker-1', 'broker-2', 'shop'] as const

let controller: Bench<ControllerState>
const settingsWith = (topic: Given = {}) => ({
  nodes: NODES,
  topics: { orders: topicConfig({ partitions: 2, 'replication.factor': 3, ...topic }) },
  'broker.session.timeout.ms': 9000,
})
function begin(topic: Given = {}): void {
  const ports = Object.fromEntries(PORTS.map((port) => [port, 'connection'] as const))
  controller = benchOf(controllerKind, 'controller', settingsWith(topic), ports)
}
beforeEach(() => begin())

const partition = (at = 0) => controller.state.partitions.orders![at]!
const broker = (at: number) => controller.state.brokers[at]!
function sent() {
  const all = PORTS.map((port) => [port, controller.sent(port)] as const)
  return Object.fromEntries(all.filter(([, envelopes]) => envelopes.length > 0))
}
/** A node falls silent and its session runs out. */
function fence(node: number): void {
  controller.hears(`broker-${node}`, CLOSED)
  controller.does('BrokerSessionTimeoutExpires', node)
}
const alter = (change: object) =>
  ({
    kind: 'AlterPartition',
    topic: 'orders',
    partition: 0,
    leaderEpoch: 0,
    before: NODES,
    isr: ['broker-0', 'broker-2'],
    ...change,
  }) as never

describe('a session', () => {
  test('of a node that beats does not run out', () => {
    expect(controller.can()).toEqual([])
    const rule = controllerKind.rules.find((each) => each.name === 'BrokerSessionTimeoutExpires')
    expect(rule?.takes?.(settingsWith(), controller.state, undefined, 0)).toEqual([9000, 9000])
  })
  test.each([
    ['NodeDisconnected', CLOSED],
    ['BrokerHeartbeatsStop', STOP],
  ] as const)('%s: it begins to run, and beats end that', (rule, envelope) => {
    expect(controller.hears('broker-1', envelope)).toBe(rule)
    expect(controller.can()).toEqual(['BrokerSessionTimeoutExpires'])
    expect(controller.whyNot('BrokerSessionTimeoutExpires', 0)).not.toBeNull()
    expect(partition().isr).toEqual([0, 1, 2])
    controller.hears('broker-1', FETCH)
    expect(controller.can()).toEqual([])
  })
  test('when it is over others lead, and nodes and clients hear of it', () => {
    controller.hears('shop', { kind: 'Metadata', topic: 'orders', known: [0, 0] } as never)
    fence(0)
    expect(controller.seen).toEqual([
      expect.objectContaining({
        kind: 'inSync',
        lane: 0,
        leader: 'broker-1',
        nodes: ['broker-1', 'broker-2'],
      }),
      expect.objectContaining({ kind: 'inSync', lane: 1, leader: 'broker-1' }),
    ])
    expect(partition()).toMatchObject({ leader: 1, epoch: 1, isr: [1, 2] })
    expect(controller.can()).toEqual([])
    const isr = ['broker-1', 'broker-2']
    const first = { topic: 'orders', partition: 0, leader: 'broker-1', epoch: 1, isr }
    // The second change waits until they ask again.
    expect(sent()).toMatchObject({
      'broker-1': [{ kind: 'MetadataFetchResponse', partitions: [first] }],
      'broker-2': [{ kind: 'MetadataFetchResponse', partitions: [first] }],
      shop: [{ kind: 'MetadataResponse', leaders: [1, 1], epochs: [1, 0] }],
    })
    controller.hears('broker-1', FETCH)
    expect(sent()).toMatchObject({
      'broker-1': [{ partitions: [{ partition: 1, epoch: 0, isr }] }],
    })
    controller.hears('broker-1', FETCH)
    expect(sent()).toEqual({})
    expect(broker(1).listening).toBe(true)
  })
  test('what changes twice before a node asks is told once', () => {
    fence(0)
    fence(1)
    expect(broker(2).stale).toEqual(['orders/1', 'orders/0'])
  })
})

describe('registration', () => {
  test('a new process waits for the end of the session of the old one', () => {
    expect(controller.hears('broker-1', REGISTER)).toBe('ParkRegistration')
    controller.hears('broker-1', CLOSED)
    expect(broker(1).registering).toBe(false)
    controller.hears('broker-1', REGISTER)
    expect(sent()).toEqual({})
    controller.does('BrokerSessionTimeoutExpires', 1)
    const told = sent()['broker-1']!
    expect(told.map((each) => each.kind)).toEqual(['BrokerRegistrationResponse'])
    expect(told[0].partitions).toMatchObject([
      { partition: 0, leader: 'broker-0', isr: ['broker-0', 'broker-2'] },
      { partition: 1, leader: 'broker-2', epoch: 1 },
    ])
    expect(broker(1)).toEqual({
      fenced: false,
      silent: false,
      registering: false,
      listening: false,
      stale: [],
    })
  })
  test('after it, a fenced node registers at once, and leads what has no leader', () => {
    for (const node of [0, 1, 2]) fence(node)
    expect(partition()).toMatchObject({ leader: -1, lastKnownLeader: 2 })
    sent()
    expect(controller.hears('broker-0', REGISTER)).toBe('BrokerRegistration')
    expect(partition()).toMatchObject({ leader: -1 })
    controller.hears('broker-2', REGISTER)
    expect(partition()).toMatchObject({ leader: 2, isr: [2] })
  })
  test('an unclean end takes away eligibility', () => {
    begin({ 'min.insync.replicas': 2 })
    fence(1)
    fence(2)
    expect(partition()).toMatchObject({ isr: [0], elr: [2] })
    controller.hears('broker-2', REGISTER)
    expect(partition()).toMatchObject({ isr: [0], elr: [] })
  })
})

describe('MetadataFetch', () => {
  test('of a fenced node that beats again: its leaders hear that they may ask for it', () => {
    fence(2)
    for (const node of ['broker-0', 'broker-1']) {
      controller.hears(node, FETCH)
      controller.hears(node, FETCH)
    }
    sent()
    expect(controller.hears('broker-2', FETCH)).toBe('MetadataFetch')
    expect(broker(2)).toMatchObject({ fenced: false, silent: false })
    expect(sent()).toMatchObject({
      'broker-0': [{ partitions: [{ partition: 0, isr: ['broker-0', 'broker-1'] }] }],
      'broker-1': [{ partitions: [{ partition: 1 }] }],
      'broker-2': [{ partitions: [{ partition: 0 }, { partition: 1 }] }],
    })
  })
  test('of one that never was, nobody hears', () => {
    controller.hears('broker-2', STOP)
    controller.hears('broker-2', FETCH)
    expect(sent()).toEqual({})
  })
  test('on a new connection a node is told all that it holds', () => {
    begin({ 'replication.factor': 2 })
    controller.hears('broker-2', CLOSED)
    controller.hears('broker-2', FETCH)
    expect(sent()).toMatchObject({ 'broker-2': [{ partitions: [{ partition: 1 }] }] })
    expect(controller.seen).toEqual([])
  })
})

describe('AlterPartition', () => {
  test('the leader’s ISR is taken over, and it alone is answered', () => {
    expect(controller.hears('broker-0', alter({}))).toBe('AlterPartition')
    const isr = ['broker-0', 'broker-2']
    expect(controller.seen).toMatchObject([{ kind: 'inSync', leader: 'broker-0', nodes: isr }])
    expect(sent()).toEqual({
      'broker-0': [
        {
          kind: 'AlterPartitionResponse',
          about: 'orders/0',
          topic: 'orders',
          partition: 0,
          leaderEpoch: 0,
          isr,
        },
      ],
    })
    expect(partition()).toMatchObject({ isr: [0, 2], epoch: 0 })
  })
  test('a fenced node is not let in', () => {
    fence(1)
    const before = ['broker-0', 'broker-2']
    controller.hears('broker-0', alter({ before, isr: NODES }))
    expect(partition().isr).toEqual([0, 2])
  })
  test.each([
    ['of another epoch', 'broker-0', { leaderEpoch: 1 }, 'FENCED_LEADER_EPOCH'],
    ['of a node that does not lead', 'broker-1', {}, 'FENCED_LEADER_EPOCH'],
    ['from another ISR', 'broker-0', { before: ['broker-0'] }, 'INVALID_UPDATE_VERSION'],
  ])('%s it is refused', (_what, port, change, error) => {
    expect(controller.hears(port, alter(change))).toBe('RefuseAlterPartition')
    expect(sent()).toMatchObject({ [port]: [{ error, isr: NODES }] })
    expect(partition().isr).toEqual([0, 1, 2])
  })
})

test('partitions that are added are led by nodes that are not fenced, and those hear of it', () => {
  fence(2)
  for (const node of ['broker-0', 'broker-1']) {
    controller.hears(node, FETCH)
    controller.hears(node, FETCH)
  }
  sent()
  controller.does('AddPartitions', 3)
  expect(controller.seen).toMatchObject([{ kind: 'lanesAdded' }, { kind: 'inSync', lane: 2 }])
  expect(partition(2)).toMatchObject({ leader: 0, isr: [0, 1] })
  expect(sent()).toMatchObject({
    'broker-0': [{ partitions: [{ partition: 2, leader: 'broker-0' }] }],
    'broker-1': [{ partitions: [{ partition: 2, leader: 'broker-0' }] }],
  })
  begin()
  controller.does('AddPartitions', 3)
  expect(sent()).toEqual({})
})

test('a client that hangs up is no node', () => {
  expect(controller.hears('shop', CLOSED)).toBe('ConnectionClosed')
  expect(controller.can()).toEqual([])
})

describe('WriteShareGroupState', () => {
  const shares = [{ group: 'billing', state: { start: 1, batches: [], persisted: true } }]
  const write = (leaderEpoch: number) =>
    ({ kind: 'WriteShareGroupState', topic: 'orders', partition: 0, leaderEpoch, shares }) as never

  test('is handed over with leadership', () => {
    expect(controller.hears('broker-0', write(0))).toBe('WriteShareGroupState')
    controller.hears('broker-1', FETCH)
    fence(0)
    const [answer] = controller.sent('broker-1')
    expect(answer.partitions[0]).toMatchObject({ leader: 'broker-1', epoch: 1, shares })
  })
  test('of one that does not lead is passed over', () => {
    expect(controller.hears('broker-1', write(0))).toBe('FenceShareGroupState')
    fence(0)
    expect(controller.hears('broker-1', write(0))).toBe('FenceShareGroupState')
    expect(controller.state.shares).toBeUndefined()
  })
})
