// Rows on Kafka: settings of producers, topics and consumers that teach something beside one another.
import type { Change, Entry, Rows } from './base.ts'
import { handlers, KEY } from './handlers.ts'
import type { Plain } from './types.ts'

const UNIDEMPOTENT: Plain = { 'enable.idempotence': false }
const ONE_IN_FLIGHT: Plain = { 'max.in.flight.requests.per.connection': 1 }
const IN_TRANSACTIONS: Plain = { 'transactional.id': 'order-service' }

const producers: readonly Entry[] = [
  {
    id: 'acks-0',
    title: 'acks=0',
    note: 'sends and does not ask',
    change: { producer: { acks: '0', ...UNIDEMPOTENT } },
  },
  {
    id: 'acks-1-retries',
    title: 'acks=1, retries',
    note: 'five in flight, no idempotence',
    change: { producer: { acks: '1', ...UNIDEMPOTENT } },
  },
  {
    id: 'no-retries',
    title: 'retries=0',
    note: 'no idempotence, tells the application of every failure',
    change: { producer: { retries: 0, ...UNIDEMPOTENT } },
  },
  {
    id: 'five-in-flight',
    title: 'acks=all, retries',
    note: 'five in flight, no idempotence',
    change: { producer: UNIDEMPOTENT },
  },
  {
    id: 'one-in-flight',
    title: 'acks=all, one in flight',
    note: 'no idempotence',
    change: { producer: { ...UNIDEMPOTENT, ...ONE_IN_FLIGHT } },
  },
  {
    id: 'idempotent-producer',
    title: 'Idempotent producer',
    note: 'five in flight, the default',
    change: {},
  },
  {
    id: 'idempotent-one-in-flight',
    title: 'Idempotent producer, one in flight',
    note: 'max.in.flight.requests.per.connection=1',
    change: { producer: ONE_IN_FLIGHT },
  },
  {
    id: 'resends-with-new-id',
    title: 'Application sends again',
    note: 'idempotent producer, a new event id for the same fact',
    change: { publisher: { resendsWithNewId: true } },
  },
  {
    id: 'resends-behind-order-key',
    title: 'Application sends again, key by order',
    note: 'an idempotency key that names the order',
    change: {
      publisher: { resendsWithNewId: true },
      service: { strategy: { ...KEY, scope: 'order' } },
    },
  },
  {
    id: 'read-committed',
    title: 'Transactions, read_committed',
    note: 'one transaction for each event',
    change: { producer: IN_TRANSACTIONS, consumer: { 'isolation.level': 'read_committed' } },
  },
]

/** One partition on so many nodes, each with a replica. */
const replicated = (nodes: number, settings: Plain = {}): Plain => ({
  nodes,
  topics: { orders: { partitions: 1, settings: { 'replication.factor': nodes, ...settings } } },
})
const ACKS_1: Plain = { acks: '1', ...UNIDEMPOTENT }
const BOTH_IN_SYNC: Plain = { 'min.insync.replicas': 2 }
const UNCLEAN: Plain = { 'unclean.leader.election.enable': true }

const replicas: readonly Entry[] = [
  {
    id: 'acks-1-replicated',
    title: 'acks=1',
    note: 'two replicas, confirmed by the leader alone',
    change: { producer: ACKS_1, deployment: replicated(2) },
  },
  {
    id: 'acks-1-min-insync',
    title: 'acks=1, min.insync.replicas=2',
    note: 'two replicas; the setting is for acks=all',
    change: { producer: ACKS_1, deployment: replicated(2, BOTH_IN_SYNC) },
  },
  {
    id: 'acks-all-replicated',
    title: 'acks=all',
    note: 'two replicas, confirmed by those in sync',
    change: { deployment: replicated(2) },
  },
  {
    id: 'acks-all-min-insync',
    title: 'acks=all, min.insync.replicas=2',
    note: 'two replicas, confirmed by both or by none',
    change: { deployment: replicated(2, BOTH_IN_SYNC) },
  },
  {
    id: 'unclean-election',
    title: 'acks=all, unclean election',
    note: 'two replicas; whoever is left may lead',
    change: { deployment: replicated(2, UNCLEAN) },
  },
  {
    id: 'three-replicas',
    title: 'acks=all, three replicas',
    note: 'min.insync.replicas=2',
    change: { deployment: replicated(3, BOTH_IN_SYNC) },
  },
]

const BATCH: Plain = { 'max.poll.records': 3 }

const failing: readonly Entry[] = [
  {
    id: 'commit-before',
    title: 'Commit before the effect',
    note: 'at most once',
    change: { service: { ackPoint: 'before' } },
  },
  {
    id: 'commit-before-key',
    title: 'Commit before, idempotency key',
    note: 'the key cannot bring back what was skipped',
    change: { service: { ackPoint: 'before', strategy: KEY } },
  },
  {
    id: 'auto-commit',
    title: 'enable.auto.commit=true',
    note: 'the position goes with the next poll',
    change: { consumer: { 'enable.auto.commit': true } },
  },
  {
    id: 'workers-highest',
    title: 'Two workers, highest finished',
    note: 'idempotency key, commits the highest offset',
    change: {
      consumer: BATCH,
      service: { workers: 2, commitOf: 'highest-finished', strategy: KEY },
    },
  },
  {
    id: 'workers-lowest',
    title: 'Two workers, lowest contiguous',
    note: 'idempotency key, commits what nothing below is missing from',
    change: { consumer: BATCH, service: { workers: 2, strategy: KEY } },
  },
  {
    id: 'dedup-window',
    title: 'Dedup table of one',
    note: 'marked after the effect, three records a poll; only the last mark is kept',
    change: {
      consumer: BATCH,
      service: { strategy: { kind: 'dedup-table', marks: 'after', keeps: 1 } },
    },
  },
  {
    id: 'lapsed-key',
    title: 'Idempotency key that lapses',
    note: 'the API keeps it for ten seconds',
    change: { service: { strategy: { ...KEY, retentionMs: 10_000 } } },
  },
  {
    id: 'static-member',
    title: 'Static members',
    note: 'idempotency key, group.instance.id',
    change: { consumer: { 'group.instance.id': 'payments' }, service: { strategy: KEY } },
  },
  {
    id: 'new-protocol',
    title: 'group.protocol=consumer',
    note: 'idempotency key',
    change: { consumer: { 'group.protocol': 'consumer' }, service: { strategy: KEY } },
  },
  {
    id: 'counts',
    title: 'Plain counters',
    note: 'nothing to tell one event from another by',
    change: { sink: { kind: 'counts' }, service: { effect: 'count' } },
  },
  {
    id: 'share-group',
    title: 'Share group, idempotency key',
    note: 'records are locked one by one',
    change: {
      service: { strategy: KEY },
      deployment: {
        shareGroups: { payments: { 'share.auto.offset.reset': 'earliest' } },
        services: { payments: { 'share.acknowledgement.mode': 'explicit', 'max.poll.records': 1 } },
      },
    },
  },
]

export const kafkaRows: readonly Rows[] = [
  { family: 'producers', prefix: '', entries: producers },
  { family: 'replicas', prefix: '', entries: replicas },
  { family: 'sinks', prefix: 'sink-', entries: handlers },
  { family: 'consumers', prefix: '', entries: [...handlers, ...failing] },
]

const CONSUMER: Plain = {
  'enable.auto.commit': false,
  'auto.offset.reset': 'earliest',
  'max.poll.records': 1,
}

/** One topic of one partition on one node, and little else than defaults. */
export function kafkaDeployment({ producer, consumer, deployment }: Change): Plain {
  const share = deployment?.['shareGroups'] !== undefined
  return {
    nodes: 1,
    topics: { orders: { partitions: 1 } },
    producer: { 'linger.ms': 0, ...producer },
    ...(share ? {} : { consumer: { ...CONSUMER, ...consumer } }),
    ...deployment,
  }
}
