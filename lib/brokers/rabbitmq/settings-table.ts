// The table behind settings.ts: names as RabbitMQ, AMQP 0-9-1 and its client libraries have them, real
// defaults. What is a choice of the application and no setting says so in `source`.
import type { SettingSpec } from './settings.ts'

const DOCS = 'https://www.rabbitmq.com/docs'
const INT = 2_147_483_647
const DAY = 86_400_000

const whole = { kind: 'integer', min: 0, max: INT } as const
const ms = { kind: 'integer', unit: 'ms', min: 0, max: DAY } as const
const yesOrNo = { kind: 'boolean', unit: '' } as const

const producer: readonly SettingSpec[] = [
  {
    of: 'producer',
    name: 'confirm.select',
    default: false,
    meaning: 'Publisher confirms: the broker answers each publish. Without, nobody knows.',
    source: `${DOCS}/confirms`,
    ...yesOrNo,
  },
  {
    of: 'producer',
    name: 'mandatory',
    default: false,
    meaning: 'What no queue takes is returned. Without, it is dropped and still confirmed.',
    source: `${DOCS}/publishers`,
    ...yesOrNo,
  },
  {
    of: 'producer',
    name: 'delivery_mode',
    default: 1,
    unit: '',
    meaning: '2: persistent, survives a restart in a durable classic queue. 1: transient.',
    kind: 'integer',
    min: 1,
    max: 2,
    source: `${DOCS}/persistence-conf`,
  },
  {
    of: 'producer',
    name: 'expiration',
    default: -1,
    unit: 'ms',
    meaning: 'How long each message may live in a queue; -1: for ever.',
    kind: 'integer',
    min: -1,
    max: DAY,
    source: `${DOCS}/ttl`,
  },
  {
    of: 'producer',
    name: 'reply_to',
    default: false,
    meaning:
      'RPC: it names a queue of its own for answers, and waits for one under its correlation_id.',
    source: `${DOCS}/tutorials: remote procedure call`,
    ...yesOrNo,
  },
  {
    of: 'producer',
    name: 'answer timeout',
    default: 5000,
    meaning: 'RPC. No setting: how long the application waits before it asks again.',
    source: 'ours: the application decides',
    ...ms,
  },
  {
    of: 'producer',
    name: 'publisher reference',
    default: false,
    meaning:
      'Stream protocol: it has a name and numbers its messages; a stream drops what it has had.',
    source: `${DOCS}/streams: deduplication`,
    ...yesOrNo,
  },
  {
    of: 'producer',
    name: 'networkRecoveryInterval',
    default: 5000,
    meaning: 'Wait before a lost connection is opened again (Java client).',
    source: `${DOCS}/api-guide: automatic recovery`,
    ...ms,
  },
  {
    of: 'producer',
    name: 'republish',
    default: true,
    meaning: 'No setting: whether the application publishes again what was not confirmed.',
    source: 'ours: the application decides; the client library does not republish',
    ...yesOrNo,
  },
]

const consumer: readonly SettingSpec[] = [
  {
    of: 'consumer',
    name: 'prefetch_count',
    default: 0,
    unit: 'messages',
    meaning: 'Most unacknowledged deliveries of one consumer; 0: no limit.',
    source: `${DOCS}/consumer-prefetch`,
    ...whole,
    max: 65_535,
  },
  {
    of: 'consumer',
    name: 'no_ack',
    default: false,
    meaning: 'Automatic acknowledgement: sent is settled, whatever becomes of it.',
    source: `${DOCS}/confirms`,
    ...yesOrNo,
  },
  {
    of: 'consumer',
    name: 'x-priority',
    default: 0,
    unit: '',
    meaning: 'Consumers of higher priority are served first while they have credit.',
    kind: 'integer',
    min: -128,
    max: 127,
    source: `${DOCS}/consumer-priority`,
  },
  {
    of: 'consumer',
    name: 'x-stream-offset',
    default: 'next',
    unit: '',
    meaning:
      'Where a consumer of a stream begins: at its first message, its last, or the next one.',
    kind: 'choice',
    choices: ['first', 'last', 'next'],
    source: `${DOCS}/streams: consuming`,
  },
  {
    of: 'consumer',
    name: 'offset tracking',
    default: false,
    meaning:
      'Streams. No setting: whether the application stores how far it is, and goes on from there.',
    source: `${DOCS}/streams: offset tracking; over AMQP 0-9-1 it is the application’s business`,
    ...yesOrNo,
  },
  {
    of: 'consumer',
    name: 'requeue',
    default: 'basic.nack',
    unit: '',
    meaning: 'No setting: how the application sends back what it failed to process.',
    kind: 'choice',
    choices: ['basic.nack', 'basic.reject'],
    source: 'ours: two methods; quorum queues of 4.3 count only a reject as a failure',
  },
  {
    of: 'consumer',
    name: 'deaths before giving up',
    default: 3,
    meaning: 'No setting: after so many rejections in x-death the application gives a message up.',
    source: 'ours: an application that reads x-death',
    unit: '',
    kind: 'integer',
    min: 1,
    max: 1000,
  },
  {
    of: 'consumer',
    name: 'networkRecoveryInterval',
    default: 5000,
    meaning: 'Wait before a lost connection is opened again (Java client).',
    source: `${DOCS}/api-guide: automatic recovery`,
    ...ms,
  },
]

const queue: readonly SettingSpec[] = [
  {
    of: 'queue',
    name: 'x-queue-type',
    default: 'classic',
    unit: '',
    meaning:
      'classic: keeps the order of publication. quorum: replicated, counts failures. stream: a log, read from an offset.',
    kind: 'choice',
    choices: ['classic', 'quorum', 'stream'],
    source: `${DOCS}/queues`,
  },
  {
    of: 'queue',
    name: 'x-max-length',
    default: -1,
    unit: 'messages',
    meaning: 'Most ready messages; -1: no limit.',
    kind: 'integer',
    min: -1,
    max: INT,
    source: `${DOCS}/maxlength`,
  },
  {
    of: 'queue',
    name: 'x-overflow',
    default: 'drop-head',
    unit: '',
    meaning: 'What a full queue does: drops its oldest message, or refuses the new one.',
    kind: 'choice',
    choices: ['drop-head', 'reject-publish', 'reject-publish-dlx'],
    source: `${DOCS}/maxlength`,
  },
  {
    of: 'queue',
    name: 'x-message-ttl',
    default: -1,
    unit: 'ms',
    meaning: 'How long a message may wait; -1: for ever.',
    kind: 'integer',
    min: -1,
    max: DAY,
    source: `${DOCS}/ttl`,
  },
  {
    of: 'queue',
    name: 'x-delivery-limit',
    default: 20,
    unit: '',
    meaning: 'Quorum queues: failed deliveries before a message is dead-lettered; -1: none.',
    kind: 'integer',
    min: -1,
    max: INT,
    source: `${DOCS}/quorum-queues`,
  },
  {
    of: 'queue',
    name: 'x-single-active-consumer',
    default: false,
    meaning: 'Only one consumer is served at a time.',
    source: `${DOCS}/consumers`,
    ...yesOrNo,
  },
  {
    of: 'queue',
    name: 'dead-letter-queue',
    default: true,
    meaning: 'No setting: whether x-dead-letter-exchange names a queue of dead letters.',
    source: 'ours: for x-dead-letter-exchange and x-dead-letter-routing-key',
    ...yesOrNo,
  },
]

const ring: readonly SettingSpec[] = [
  {
    of: 'queue',
    name: 'retry after',
    default: -1,
    unit: 'ms',
    meaning:
      'No setting: x-message-ttl of the dead-letter queue, which leads back; -1: it does not.',
    kind: 'integer',
    min: -1,
    max: DAY,
    source: 'ours: a retry ring of two queues',
  },
]

const broker: readonly SettingSpec[] = [
  {
    of: 'broker',
    name: 'consumer_timeout',
    default: 1_800_000,
    unit: 'ms',
    meaning: 'How long a delivery may stay unacknowledged; from half an hour on, for ever.',
    kind: 'integer',
    min: 1000,
    max: DAY,
    source: `${DOCS}/consumers: delivery acknowledgement timeout`,
  },
  {
    of: 'broker',
    name: 'heartbeat',
    default: 60,
    unit: 's',
    meaning: 'A connection without a sign counts as dead after two to three times so long.',
    kind: 'integer',
    min: 1,
    max: 3600,
    source: `${DOCS}/heartbeats`,
  },
]

export const table: readonly SettingSpec[] = [
  ...producer,
  ...consumer,
  ...queue,
  ...ring,
  ...broker,
]
