// Settings of the cluster: those of a topic (its logs apart: settings-table-log.ts), and those of the brokers.
import type { SettingSpec } from './settings.ts'

const BROKER = 'https://kafka.apache.org/41/configuration/broker-configs'
const TOPIC = 'https://kafka.apache.org/41/configuration/topic-configs'
const INT = 2147483647
const DAY = 86_400_000

const topic: readonly SettingSpec[] = [
  {
    of: 'topic',
    name: 'partitions',
    default: 3,
    unit: 'partitions',
    meaning: 'Lanes of the topic. Adding some moves keys to other lanes.',
    kind: 'integer',
    min: 1,
    max: 64,
    source: `${TOPIC}; given when the topic is made; the limit is the model's`,
  },
  {
    of: 'topic',
    name: 'replication.factor',
    default: 1,
    unit: 'replicas',
    meaning: 'On how many nodes each partition stands; never more than there are nodes.',
    kind: 'integer',
    min: 1,
    max: 5,
    source: 'kafka-topics.sh --create --replication-factor; default.replication.factor=1',
  },
  {
    of: 'topic',
    name: 'min.insync.replicas',
    default: 1,
    unit: 'replicas',
    meaning:
      'With fewer replicas in sync, acks=all is refused and what is appended stays invisible.',
    kind: 'integer',
    min: 1,
    max: INT,
    source: `${TOPIC}; in effect never more than there are replicas; KIP-966`,
  },
  {
    of: 'topic',
    name: 'unclean.leader.election.enable',
    default: false,
    unit: '',
    meaning: 'Whether a replica that is not in sync may lead when no other can; it loses records.',
    kind: 'boolean',
    source: TOPIC,
  },
]

const broker: readonly SettingSpec[] = [
  {
    of: 'broker',
    name: 'group.initial.rebalance.delay.ms',
    default: 3000,
    unit: 'ms',
    meaning: 'How long an empty group waits for more members before its first rebalance.',
    kind: 'integer',
    min: 0,
    max: DAY,
    source: `${BROKER}; KIP-134`,
  },
  {
    of: 'broker',
    name: 'transaction.max.timeout.ms',
    default: 900_000,
    unit: 'ms',
    meaning: 'The longest transaction.timeout.ms that a producer may ask for.',
    kind: 'integer',
    min: 1,
    max: INT,
    source: BROKER,
  },
  {
    of: 'broker',
    name: 'transaction.abort.timed.out.transaction.cleanup.interval.ms',
    default: 10_000,
    unit: 'ms',
    meaning: 'How often the coordinator looks for transactions that are open for too long.',
    kind: 'integer',
    min: 1,
    max: INT,
    source: BROKER,
  },
  {
    of: 'broker',
    name: 'group.consumer.session.timeout.ms',
    default: 45_000,
    unit: 'ms',
    meaning:
      'With group.protocol=consumer, a member without a heartbeat for so long is removed from its group.',
    kind: 'integer',
    min: 45_000,
    max: 60_000,
    source: `${BROKER}; KIP-848; limits: group.consumer.min/max.session.timeout.ms`,
  },
  {
    of: 'broker',
    name: 'group.consumer.heartbeat.interval.ms',
    default: 5000,
    unit: 'ms',
    meaning:
      'With group.protocol=consumer, how often a member says that it is alive, and hears what it is to have. In the model it hears at once.',
    kind: 'integer',
    min: 5000,
    max: 15_000,
    source: `${BROKER}; KIP-848; limits: group.consumer.min/max.heartbeat.interval.ms`,
  },
  {
    of: 'broker',
    name: 'broker.session.timeout.ms',
    default: 9000,
    unit: 'ms',
    meaning: 'How long a node may be silent before its partitions get other leaders.',
    kind: 'integer',
    min: 1,
    max: DAY,
    source: BROKER,
  },
  {
    of: 'broker',
    name: 'replica.lag.time.max.ms',
    default: 30_000,
    unit: 'ms',
    meaning: 'A follower that has not caught up for so long is out of sync.',
    kind: 'integer',
    min: 1,
    max: DAY,
    source: BROKER,
  },
  {
    of: 'broker',
    name: 'offsets.topic.replication.factor',
    default: 3,
    unit: 'replicas',
    meaning: 'On how many nodes committed offsets stand: which may take over a coordinator.',
    kind: 'integer',
    min: 1,
    max: 5,
    source: BROKER,
  },
]

export const brokerTable: readonly SettingSpec[] = [...topic, ...broker]
