// Settings of logs: segments, retention, compaction, and how long producers are remembered. Read in Kafka's
// manual (topic and broker configurations, 4.1) and in LogConfig, ServerLogConfigs, CleanerConfig.
import type { SettingSpec } from './settings.ts'

const BROKER = 'https://kafka.apache.org/41/configuration/broker-configs'
const TOPIC = 'https://kafka.apache.org/41/configuration/topic-configs'
const INT = 2147483647
const DAY = 86_400_000
const LONG = Number.MAX_SAFE_INTEGER

const topic: readonly SettingSpec[] = [
  {
    of: 'topic',
    name: 'cleanup.policy',
    default: 'delete',
    unit: '',
    meaning:
      'What becomes of old segments: deleted by age and size, or compacted to the latest record of each key.',
    kind: 'choice',
    choices: ['delete', 'compact', 'compact,delete', 'delete,compact'],
    source: TOPIC,
  },
  {
    of: 'topic',
    name: 'retention.ms',
    default: 7 * DAY,
    unit: 'ms',
    meaning: 'A segment goes when its newest record is older; -1: never. Read or not is no matter.',
    kind: 'integer',
    min: -1,
    max: LONG,
    source: TOPIC,
  },
  {
    of: 'topic',
    name: 'retention.bytes',
    default: -1,
    unit: 'bytes',
    meaning:
      'Old segments go while a partition is larger than this without them; -1: no limit. In the model every record has 1024 bytes.',
    kind: 'integer',
    min: -1,
    max: LONG,
    source: TOPIC,
  },
  {
    of: 'topic',
    name: 'segment.ms',
    default: 7 * DAY,
    unit: 'ms',
    meaning: 'A segment this old is closed by the next record. Open segments are never compacted.',
    kind: 'integer',
    min: 1,
    max: LONG,
    source: TOPIC,
  },
  {
    of: 'topic',
    name: 'segment.bytes',
    default: 1_073_741_824,
    unit: 'bytes',
    meaning: 'A segment this large is closed, and another begun.',
    kind: 'integer',
    min: 1_048_576,
    max: INT,
    source: `${TOPIC}; at least 1 MiB since 4.0 (KIP-1030)`,
  },
  {
    of: 'topic',
    name: 'min.compaction.lag.ms',
    default: 0,
    unit: 'ms',
    meaning: 'How long a record stays uncompacted at least.',
    kind: 'integer',
    min: 0,
    max: LONG,
    source: `${TOPIC}; KIP-58`,
  },
  {
    of: 'topic',
    name: 'min.cleanable.dirty.ratio',
    default: 0.5,
    unit: '',
    meaning: 'The cleaner waits until more than this part of what it could clean is new.',
    kind: 'decimal',
    min: 0,
    max: 1,
    source: TOPIC,
  },
  {
    of: 'topic',
    name: 'delete.retention.ms',
    default: DAY,
    unit: 'ms',
    meaning:
      'How long a tombstone stays after the first cleaning that met it; and the end of a transaction, after the first that met nothing else of it.',
    kind: 'integer',
    min: 0,
    max: LONG,
    source: `${TOPIC}; KIP-534`,
  },
]

const broker: readonly SettingSpec[] = [
  {
    of: 'broker',
    name: 'log.retention.check.interval.ms',
    default: 300_000,
    unit: 'ms',
    meaning: 'How often a broker looks for segments to delete.',
    kind: 'integer',
    min: 1,
    max: DAY,
    source: BROKER,
  },
  {
    of: 'broker',
    name: 'log.cleaner.backoff.ms',
    default: 15_000,
    unit: 'ms',
    meaning: 'How often the cleaner looks for a log to compact when it has found none.',
    kind: 'integer',
    min: 0,
    max: DAY,
    source: BROKER,
  },
  {
    of: 'broker',
    name: 'producer.id.expiration.ms',
    default: DAY,
    unit: 'ms',
    meaning:
      'How long a partition remembers a producer that writes nothing; a retry after that is no duplicate to it.',
    kind: 'integer',
    min: 1,
    max: INT,
    source: `${BROKER}; KIP-854`,
  },
  {
    of: 'broker',
    name: 'producer.id.expiration.check.interval.ms',
    default: 600_000,
    unit: 'ms',
    meaning: 'How often a broker looks for producers to forget.',
    kind: 'integer',
    min: 1,
    max: DAY,
    source: 'TransactionLogConfig: internal, in no manual page',
  },
]

export const logSettings: readonly SettingSpec[] = [...topic, ...broker]
