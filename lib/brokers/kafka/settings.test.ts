import { describe, expect, test } from 'vitest'
import {
  assignorsOf,
  batchRecords,
  brokerConfig,
  consumerConfig,
  type Given,
  instanceIdOf,
  kafkaSettings,
  producerConfig,
  type SettingOwner,
  settingErrors,
  settingsOf,
  topicConfig,
} from './settings.ts'

describe('the table', () => {
  test.each(kafkaSettings.map((spec) => [`${spec.of} ${spec.name}`, spec] as const))(
    '%s is complete, and takes its own default',
    (_, spec) => {
      expect(settingErrors(spec.of, { [spec.name]: spec.default })).toEqual([])
      expect(spec.meaning.endsWith('.')).toBe(true)
      expect(spec.source).not.toBe('')
      expect(spec.kind === 'choice').toBe(spec.choices !== undefined)
      const isNumber = spec.kind === 'integer' || spec.kind === 'decimal'
      expect(isNumber).toBe(spec.min !== undefined)
      expect(isNumber || spec.kind === 'text').toBe(spec.max !== undefined)
    },
  )
  test('names no setting of one owner twice', () => {
    const names = kafkaSettings.map((spec) => `${spec.of} ${spec.name}`)
    expect(new Set(names).size).toBe(names.length)
  })
  test('holds the defaults of Kafka 4.1', () => {
    expect(producerConfig({})).toEqual({
      acks: 'all',
      'enable.idempotence': true,
      'max.in.flight.requests.per.connection': 5,
      retries: 2147483647,
      'retry.backoff.ms': 100,
      'retry.backoff.max.ms': 1000,
      'linger.ms': 5,
      'batch.size': 16384,
      'request.timeout.ms': 30000,
      'delivery.timeout.ms': 120000,
      'metadata.max.age.ms': 300000,
      'transactional.id': '',
      'transaction.timeout.ms': 60000,
    })
    expect(consumerConfig({})).toMatchObject({
      'max.poll.records': 500,
      'max.poll.interval.ms': 300000,
      'session.timeout.ms': 45000,
      'heartbeat.interval.ms': 3000,
      'enable.auto.commit': true,
      'auto.commit.interval.ms': 5000,
      'auto.offset.reset': 'latest',
      'isolation.level': 'read_uncommitted',
    })
    expect(brokerConfig({})).toMatchObject({
      'group.initial.rebalance.delay.ms': 3000,
      'transaction.max.timeout.ms': 900000,
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': 10000,
    })
    expect(consumerConfig({})).toMatchObject({
      'group.protocol': 'classic',
      'group.remote.assignor': '',
      'group.instance.id': '',
    })
    expect(brokerConfig({})).toMatchObject({
      'transaction.max.timeout.ms': 900_000,
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': 10_000,
      'group.consumer.session.timeout.ms': 45_000,
      'group.consumer.heartbeat.interval.ms': 5000,
      'group.initial.rebalance.delay.ms': 3000,
      'broker.session.timeout.ms': 9000,
      'replica.lag.time.max.ms': 30_000,
      'offsets.topic.replication.factor': 3,
      'log.retention.check.interval.ms': 300_000,
      'log.cleaner.backoff.ms': 15_000,
      'producer.id.expiration.ms': 86_400_000,
      'producer.id.expiration.check.interval.ms': 600_000,
    })
    expect(topicConfig({ partitions: 6 })).toMatchObject({
      partitions: 6,
      'replication.factor': 1,
      'min.insync.replicas': 1,
      'unclean.leader.election.enable': false,
      'cleanup.policy': 'delete',
      'retention.ms': 604_800_000,
      'retention.bytes': -1,
      'segment.ms': 604_800_000,
      'segment.bytes': 1_073_741_824,
      'min.compaction.lag.ms': 0,
      'min.cleanable.dirty.ratio': 0.5,
      'delete.retention.ms': 86_400_000,
    })
  })
})

function expected(owner: SettingOwner, given: Given): string[] {
  return settingErrors(owner, given).map((error) => `${error.name}: ${error.expected}`)
}

describe('one setting', () => {
  test.each([
    ['producer', { 'linger.ms': -1 }, 'linger.ms: a whole number from 0 to 86400000, in ms'],
    ['producer', { 'linger.ms': 1.5 }, 'linger.ms: a whole number from 0 to 86400000, in ms'],
    ['producer', { retries: '3' }, 'retries: a whole number from 0 to 2147483647'],
    ['producer', { acks: 'two' }, 'acks: one of all | 1 | 0'],
    ['producer', { 'transactional.id': 7 }, 'transactional.id: a text of at most 60 characters'],
    [
      'producer',
      { 'transactional.id': 'x'.repeat(61) },
      'transactional.id: a text of at most 60 characters',
    ],
    ['producer', { acks: 1 }, 'acks: one of all | 1 | 0'],
    ['producer', { 'enable.idempotence': 'yes' }, 'enable.idempotence: true or false'],
    ['consumer', { acks: 'all' }, 'acks: a consumer setting that the model knows'],
    ['consumer', { 'group.instance.id': 7 }, 'group.instance.id: a text of at most 249 characters'],
    ['topic', { partitions: 65 }, 'partitions: a whole number from 1 to 64, in partitions'],
  ] as const)('%s %o', (owner, given, message) => {
    expect(expected(owner, given)).toEqual([message])
  })
})

describe('settings that do not go together', () => {
  const idempotent = { 'enable.idempotence': true }
  test.each([
    [{ ...idempotent, acks: '1' }, 'acks'],
    [{ ...idempotent, retries: 0 }, 'retries'],
    [{ 'max.in.flight.requests.per.connection': 6 }, 'max.in.flight.requests.per.connection'],
    [{ 'delivery.timeout.ms': 30_004 }, 'delivery.timeout.ms'],
  ])('%o is a ConfigException', (given, name) => {
    expect(settingErrors('producer', given).map((error) => error.name)).toEqual([name])
  })
  test.each([
    { acks: '1' },
    { acks: '1', 'enable.idempotence': false, 'max.in.flight.requests.per.connection': 50 },
    { retries: 0 },
    { 'delivery.timeout.ms': 30_005 },
    { 'request.timeout.ms': 200_000 },
    { 'max.in.flight.requests.per.connection': 5 },
  ])('%o is taken', (given: Given) => {
    expect(settingErrors('producer', given)).toEqual([])
  })
  test('the heartbeat interval must be below the session timeout', () => {
    expect(expected('consumer', { 'heartbeat.interval.ms': 45_000 })).toEqual([
      'heartbeat.interval.ms: less than session.timeout.ms = 45000',
    ])
    expect(expected('consumer', { 'heartbeat.interval.ms': 44_999 })).toEqual([])
  })
})

describe('settings of the two group protocols', () => {
  test.each([
    [{ 'group.protocol': 'consumer', 'session.timeout.ms': 45_000 }, 'session.timeout.ms'],
    [{ 'group.protocol': 'consumer', 'heartbeat.interval.ms': 3000 }, 'heartbeat.interval.ms'],
    [
      { 'group.protocol': 'consumer', 'partition.assignment.strategy': 'RangeAssignor' },
      'partition.assignment.strategy',
    ],
    [{ 'group.remote.assignor': 'range' }, 'group.remote.assignor'],
  ])('%o is a ConfigException', (given, name) => {
    expect(settingErrors('consumer', given).map((error) => error.name)).toEqual([name])
  })
  test.each([
    { 'group.protocol': 'consumer', 'group.remote.assignor': 'range', 'group.instance.id': 'a' },
    { 'group.remote.assignor': '', 'session.timeout.ms': 6000 },
  ])('%o is taken', (given: Given) => {
    expect(settingErrors('consumer', given)).toEqual([])
  })
  test('an instance has its own group.instance.id where the name of its host stands in it', () => {
    const of = (id: string) => instanceIdOf({ 'group.instance.id': id }, 'payments-1')
    expect([of('till-$HOSTNAME'), of('till'), of('')]).toEqual(['till-payments-1', 'till', ''])
  })
})

describe('the configuration in effect', () => {
  test('idempotence is quietly off beside acks≠all or retries=0', () => {
    const on = (given: Given) => producerConfig(given)['enable.idempotence']
    expect([on({}), on({ acks: '1' }), on({ acks: '0' }), on({ retries: 0 })]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(on({ 'enable.idempotence': false })).toBe(false)
  })
  test('the delivery timeout grows with the request timeout when nobody set it', () => {
    expect(producerConfig({ 'request.timeout.ms': 200_000 })['delivery.timeout.ms']).toBe(200_005)
  })
  test('a batch holds batch.size in records of 1024 bytes, at least one', () => {
    const records = (bytes: number) => batchRecords(producerConfig({ 'batch.size': bytes }))
    expect([16384, 2047, 1024, 0].map(records)).toEqual([16, 1, 1, 1])
  })
  test('assignors in order of preference', () => {
    const [spec] = settingsOf('consumer').filter(
      (each) => each.name === 'partition.assignment.strategy',
    )
    expect(spec?.choices?.map((choice) => assignorsOf(choice as never))).toEqual([
      ['range', 'cooperative-sticky'],
      ['range'],
      ['roundrobin'],
      ['sticky'],
      ['cooperative-sticky'],
    ])
  })
})

test('a ratio is any number in its range, whole or not', () => {
  const ratio = (value: number) => expected('topic', { 'min.cleanable.dirty.ratio': value })
  expect([0, 0.25, 1].flatMap(ratio)).toEqual([])
  expect([-0.1, 1.1, Number.NaN].flatMap(ratio)).toEqual(
    Array(3).fill('min.cleanable.dirty.ratio: a number from 0 to 1'),
  )
  expect(expected('topic', { 'retention.ms': 0.5 })).toHaveLength(1)
})
