// Every Kafka setting that the model reads: name verbatim, real default (4.1), unit, meaning, limits.
// The inspector shows this table, the document is checked against it, the actors read typed configurations.
import type { AssignorName } from './protocol.ts'
import { table } from './settings-table.ts'
import { logSettings } from './settings-table-log.ts'
import { shareTable } from './settings-table-share.ts'

export type SettingValue = string | number | boolean
export type Given = Readonly<Record<string, SettingValue>>
export type SettingOwner =
  | 'producer'
  | 'consumer'
  | 'topic'
  | 'broker'
  | 'share group'
  | 'share consumer'

export interface SettingSpec {
  readonly of: SettingOwner
  readonly name: string
  readonly default: SettingValue
  readonly unit:
    | ''
    | 'ms'
    | 'bytes'
    | 'records'
    | 'requests'
    | 'partitions'
    | 'replicas'
    | 'deliveries'
  readonly meaning: string
  /** text: any text, as long as `max` says. */
  readonly kind: 'boolean' | 'integer' | 'decimal' | 'choice' | 'text'
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** Where the name, the default and the limits were read. 'ours' marks what is no Kafka setting. */
  readonly source: string
}

export interface SettingError {
  readonly name: string
  readonly value: SettingValue | null
  readonly expected: string
  /** There is no setting of that name. */
  readonly isUnknown?: true
}

export const kafkaSettings: readonly SettingSpec[] = [...table, ...logSettings, ...shareTable]

export interface ProducerConfig {
  readonly acks: '0' | '1' | 'all'
  readonly retries: number
  readonly 'batch.size': number
  readonly 'linger.ms': number
  readonly 'max.in.flight.requests.per.connection': number
  readonly 'request.timeout.ms': number
  readonly 'delivery.timeout.ms': number
  readonly 'retry.backoff.ms': number
  readonly 'retry.backoff.max.ms': number
  readonly 'metadata.max.age.ms': number
  /** As it is in effect: a default of true is quietly off beside acks≠all or retries=0. */
  readonly 'enable.idempotence': boolean
  /** '' for a producer without transactions. */
  readonly 'transactional.id': string
  readonly 'transaction.timeout.ms': number
}

export interface ConsumerConfig {
  readonly 'max.poll.records': number
  readonly 'max.poll.interval.ms': number
  readonly 'session.timeout.ms': number
  readonly 'heartbeat.interval.ms': number
  readonly 'enable.auto.commit': boolean
  readonly 'auto.commit.interval.ms': number
  readonly 'auto.offset.reset': 'latest' | 'earliest' | 'none'
  readonly 'isolation.level': 'read_uncommitted' | 'read_committed'
  readonly 'partition.assignment.strategy': AssignmentStrategy
  readonly 'group.protocol': 'classic' | 'consumer'
  readonly 'group.remote.assignor': '' | 'uniform' | 'range'
  /** As it is given: see `instanceIdOf` for an instance's own. */
  readonly 'group.instance.id': string
  readonly 'retry.backoff.ms': number
  readonly 'metadata.max.age.ms': number
  readonly 'commit.api': 'commitSync' | 'commitAsync'
}
export type AssignmentStrategy =
  | 'RangeAssignor, CooperativeStickyAssignor'
  | 'RangeAssignor'
  | 'RoundRobinAssignor'
  | 'StickyAssignor'
  | 'CooperativeStickyAssignor'

export interface BrokerConfig {
  readonly 'group.initial.rebalance.delay.ms': number
  readonly 'transaction.max.timeout.ms': number
  readonly 'transaction.abort.timed.out.transaction.cleanup.interval.ms': number
  readonly 'group.consumer.session.timeout.ms': number
  readonly 'group.consumer.heartbeat.interval.ms': number
  readonly 'broker.session.timeout.ms': number
  readonly 'replica.lag.time.max.ms': number
  readonly 'offsets.topic.replication.factor': number
  readonly 'log.retention.check.interval.ms': number
  readonly 'log.cleaner.backoff.ms': number
  readonly 'producer.id.expiration.ms': number
  readonly 'producer.id.expiration.check.interval.ms': number
}

export interface TopicConfig {
  readonly partitions: number
  readonly 'replication.factor': number
  readonly 'min.insync.replicas': number
  readonly 'unclean.leader.election.enable': boolean
  readonly 'cleanup.policy': 'delete' | 'compact' | 'compact,delete' | 'delete,compact'
  readonly 'retention.ms': number
  readonly 'retention.bytes': number
  readonly 'segment.ms': number
  readonly 'segment.bytes': number
  readonly 'min.compaction.lag.ms': number
  readonly 'min.cleanable.dirty.ratio': number
  readonly 'delete.retention.ms': number
}

export function settingsOf(owner: SettingOwner): readonly SettingSpec[] {
  return kafkaSettings.filter((spec) => spec.of === owner)
}

function defaults(owner: SettingOwner): Given {
  return Object.fromEntries(settingsOf(owner).map((spec) => [spec.name, spec.default]))
}

function expectation(spec: SettingSpec): string {
  if (spec.kind === 'boolean') return 'true or false'
  if (spec.kind === 'choice') return `one of ${(spec.choices ?? []).join(' | ')}`
  if (spec.kind === 'text') return `a text of at most ${spec.max} characters`
  const unit = spec.unit === '' ? '' : `, in ${spec.unit}`
  if (spec.kind === 'decimal') return `a number from ${spec.min} to ${spec.max}${unit}`
  return `a whole number from ${spec.min} to ${spec.max}${unit}`
}

function fits(spec: SettingSpec, value: SettingValue): boolean {
  if (spec.kind === 'boolean') return typeof value === 'boolean'
  if (spec.kind === 'choice') return typeof value === 'string' && !!spec.choices?.includes(value)
  if (spec.kind === 'text') return typeof value === 'string' && value.length <= (spec.max as number)
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  if (spec.kind === 'integer' && !Number.isSafeInteger(value)) return false
  return value >= (spec.min as number) && value <= (spec.max as number)
}

/** What is wrong with these settings, one by one and then together; empty when Kafka would take them. */
export function settingErrors(owner: SettingOwner, given: Given): readonly SettingError[] {
  const specs = settingsOf(owner)
  const single = Object.entries(given).flatMap(([name, value]): SettingError[] => {
    const spec = specs.find((each) => each.name === name)
    if (spec === undefined) {
      const expected = `a ${owner} setting that the model knows`
      return [{ name, value, expected, isUnknown: true }]
    }
    return fits(spec, value) ? [] : [{ name, value, expected: expectation(spec) }]
  })
  if (single.length > 0) return single
  if (owner === 'producer') return producerConflicts(given)
  return owner === 'consumer' ? consumerConflicts(given) : []
}

/** ProducerConfig.postProcessAndValidateIdempotenceConfigs and KafkaProducer.configureDeliveryTimeout. */
function producerConflicts(given: Given): readonly SettingError[] {
  const all = { ...defaults('producer'), ...given } as unknown as ProducerConfig
  const errors: SettingError[] = []
  const explicit = given['enable.idempotence'] === true
  if (explicit && all.retries === 0) {
    const expected = 'more than 0 with enable.idempotence=true (ConfigException)'
    errors.push({ name: 'retries', value: 0, expected })
  }
  if (explicit && all.acks !== 'all') {
    const expected = 'all with enable.idempotence=true (ConfigException)'
    errors.push({ name: 'acks', value: all.acks, expected })
  }
  const name = 'max.in.flight.requests.per.connection'
  if (all['enable.idempotence'] && all[name] > 5) {
    const expected = 'at most 5 unless enable.idempotence=false (ConfigException since 4.0)'
    errors.push({ name, value: all[name], expected })
  }
  const least = all['linger.ms'] + all['request.timeout.ms']
  const value = given['delivery.timeout.ms']
  if (value !== undefined && all['delivery.timeout.ms'] < least) {
    const expected = `at least linger.ms + request.timeout.ms = ${least} (ConfigException)`
    errors.push({ name: 'delivery.timeout.ms', value, expected })
  }
  return [...errors, ...transactionConflicts(given, all)]
}

/** ProducerConfig.postProcessAndValidateIdempotenceConfigs: transactions need idempotence. */
function transactionConflicts(given: Given, all: ProducerConfig): readonly SettingError[] {
  if (all['transactional.id'] === '') return []
  const because = 'with a transactional.id (ConfigException)'
  const errors: SettingError[] = []
  const name = 'enable.idempotence'
  if (given[name] === false) errors.push({ name, value: false, expected: `true ${because}` })
  if (all.acks !== 'all') {
    errors.push({ name: 'acks', value: all.acks, expected: `all ${because}` })
  }
  if (all.retries === 0) {
    errors.push({ name: 'retries', value: 0, expected: `more than 0 ${because}` })
  }
  return errors
}

function consumerConflicts(given: Given): readonly SettingError[] {
  const all = { ...defaults('consumer'), ...given } as unknown as ConsumerConfig
  const others = protocolConflicts(given, all['group.protocol'])
  const value = all['heartbeat.interval.ms']
  if (others.length > 0 || value < all['session.timeout.ms']) return others
  const expected = `less than session.timeout.ms = ${all['session.timeout.ms']}`
  return [{ name: 'heartbeat.interval.ms', value, expected }]
}

/** Which settings belong to the other of the two protocols (ConsumerConfig.checkUnsupportedConfigs). */
const NOT_WITH = {
  consumer: ['partition.assignment.strategy', 'session.timeout.ms', 'heartbeat.interval.ms'],
  classic: ['group.remote.assignor'],
} as const

function protocolConflicts(
  given: Given,
  protocol: 'classic' | 'consumer',
): readonly SettingError[] {
  return NOT_WITH[protocol].flatMap((name): SettingError[] => {
    const value = given[name]
    if (value === undefined || value === '') return []
    return [
      { name, value, expected: `not to be set with group.protocol=${protocol} (ConfigException)` },
    ]
  })
}

/** The configuration in effect. Give it settings without errors. */
export function producerConfig(given: Given): ProducerConfig {
  const all = { ...defaults('producer'), ...given } as unknown as ProducerConfig
  const least = all['linger.ms'] + all['request.timeout.ms']
  return {
    ...all,
    'enable.idempotence': all['enable.idempotence'] && all.acks === 'all' && all.retries > 0,
    'delivery.timeout.ms': Math.max(all['delivery.timeout.ms'], least),
  }
}

export function consumerConfig(given: Given): ConsumerConfig {
  return { ...defaults('consumer'), ...given } as unknown as ConsumerConfig
}

export function brokerConfig(given: Given): BrokerConfig {
  return { ...defaults('broker'), ...given } as unknown as BrokerConfig
}

export function topicConfig(given: Given): TopicConfig {
  return { ...defaults('topic'), ...given } as unknown as TopicConfig
}

/** Which assignors a consumer offers, in order of preference. */
export function assignorsOf(strategy: AssignmentStrategy): readonly AssignorName[] {
  return strategy.split(', ').map((name) => ASSIGNOR_NAMES[name as keyof typeof ASSIGNOR_NAMES])
}

/** What each class calls itself in the protocol (ConsumerPartitionAssignor.name). */
const ASSIGNOR_NAMES = {
  RangeAssignor: 'range',
  RoundRobinAssignor: 'roundrobin',
  StickyAssignor: 'sticky',
  CooperativeStickyAssignor: 'cooperative-sticky',
} as const satisfies Record<string, AssignorName>

/** How a deployment writes "each process its own": the name that its container or pod has. */
export const HOSTNAME = '$HOSTNAME'

/** The group.instance.id of one process; '' for a dynamic member. */
export function instanceIdOf(
  config: Pick<ConsumerConfig, 'group.instance.id'>,
  id: string,
): string {
  return config['group.instance.id'].replaceAll(HOSTNAME, id)
}

/** The model gives every record one size, so that `batch.size` can be told in records. */
export const RECORD_BYTES = 1024

export function batchRecords(config: ProducerConfig): number {
  return Math.max(1, Math.floor(config['batch.size'] / RECORD_BYTES))
}
