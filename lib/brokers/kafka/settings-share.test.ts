import { expect, test } from 'vitest'
import { settingErrors } from './settings.ts'
import { shareConsumerConfig, shareGroupConfig } from './settings-share.ts'

test('holds the defaults of Kafka 4.3', () => {
  expect(shareGroupConfig({})).toEqual({
    'share.record.lock.duration.ms': 30_000,
    'share.delivery.count.limit': 5,
    'share.partition.max.record.locks': 2000,
    'share.auto.offset.reset': 'latest',
    'share.isolation.level': 'read_uncommitted',
    'share.session.timeout.ms': 45_000,
  })
  expect(shareConsumerConfig({})).toEqual({
    'share.acknowledgement.mode': 'implicit',
    'share.acquire.mode': 'batch_optimized',
    'max.poll.records': 500,
    'max.poll.interval.ms': 300_000,
    'retry.backoff.ms': 100,
    'metadata.max.age.ms': 300_000,
  })
})

test('the group’s own setting comes before the broker’s', () => {
  const broker = {
    'group.share.delivery.count.limit': 7,
    'group.share.record.lock.duration.ms': 20_000,
  }
  const config = shareGroupConfig({ 'share.delivery.count.limit': 3 }, broker)
  expect(config['share.delivery.count.limit']).toBe(3)
  expect(config['share.record.lock.duration.ms']).toBe(20_000)
})

test('settings of a group and of its consumers are told apart', () => {
  const count = { 'share.delivery.count.limit': 1 }
  expect(settingErrors('share group', count)[0]?.expected).toMatch(/from 2 to 25/)
  expect(settingErrors('share consumer', count)[0]?.expected).toMatch(/a share consumer setting/)
  expect(settingErrors('share consumer', { 'enable.auto.commit': true })).toHaveLength(1)
})
