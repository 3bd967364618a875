// Scenarios for tests: the shortest document there is, and one that sets every field.
import { parseScenario } from './parse.ts'
import type { Scenario } from './types.ts'

export const shortest = {
  version: 1,
  id: 'shortest',
  title: 'The shortest document',
  story: { streams: ['orders'], producers: [{ id: 'order-service', publishes: 'orders' }] },
  deployment: { topics: { orders: {} } },
}

export const full = {
  version: 1,
  id: 'full',
  title: 'Every field is set',
  summary: 'Watch all of it.',
  seed: 'seed 7',
  story: {
    streams: ['orders', 'refunds'],
    producers: [
      {
        id: 'order-service',
        title: 'order service',
        publishes: 'orders',
        count: 12,
        everyMs: [100, 200],
        keys: ['user-1', 'user-3'],
        eventTypes: ['OrderCreated', 'OrderShipped'],
        firstOrder: 100,
        keyChoice: 'none',
        resendsWithNewId: true,
        together: 4,
        startsAtMs: 250,
      },
    ],
    services: [
      {
        id: 'payments',
        title: 'card payments',
        listensTo: 'orders',
        instances: 2,
        effect: 'charge',
        sink: 'card-charges',
        handles: ['OrderShipped'],
        strategy: { kind: 'idempotency-key', scope: 'order', retentionMs: 1000 },
        ackPoint: 'before',
        workers: 3,
        commitOf: 'highest-finished',
        handlerMs: [10, 20],
        onFailure: 'skip',
        maxAttempts: 2,
        joinsAtMs: 500,
        replays: true,
      },
    ],
    sinks: [
      {
        id: 'card-charges',
        title: 'card charges',
        kind: 'external-api',
        answerMs: [1, 2],
        slow: true,
      },
    ],
  },
  deployment: {
    broker: 'kafka',
    version: '4.1',
    nodes: 1,
    topics: {
      orders: { partitions: 6, settings: { 'replication.factor': 1 } },
      refunds: { partitions: 1, settings: { 'replication.factor': 2 } },
    },
    brokerSettings: { 'group.initial.rebalance.delay.ms': 100 },
    producer: { 'enable.idempotence': false },
    consumer: { 'max.poll.records': 10 },
    producers: { 'order-service': { acks: '1' } },
    services: { payments: { 'session.timeout.ms': 6000 } },
    latencyMs: [1, 9],
  },
  faults: [
    {
      fault: 'crash',
      at: { actor: 'payments', stage: 'effect applied', message: 'some-event', nth: 2 },
      forMs: 3000,
    },
    { fault: 'add-partitions', at: { actor: 'controller', atMs: 900 }, arg: 8 },
    { fault: 'slow-link', at: { actor: 'order-service', atMs: 50 }, line: 'broker-0' },
  ],
  checks: ['no-loss', 'no-duplicate-effect'],
  expect: { 'no-duplicate-effect': 'broken', 'no-loss': 'holds' },
  moments: [{ title: 'The crash', text: 'See the card.', atMs: 7400 }],
}

export function scenarioOf(document: unknown): Scenario {
  const parsed = parseScenario(document)
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('\n'))
  return parsed.scenario
}
