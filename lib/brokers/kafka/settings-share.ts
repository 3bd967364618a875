// What a share group is configured with: its own settings, which are kept on the brokers, and those of its
// consumers (KafkaShareConsumer).
import type { Given } from './settings.ts'
import { settingsOf } from './settings.ts'

/** Dynamic settings of the group (kafka-configs.sh --group); without one the broker's default holds. */
export interface ShareGroupConfig {
  readonly 'share.record.lock.duration.ms': number
  readonly 'share.delivery.count.limit': number
  readonly 'share.partition.max.record.locks': number
  readonly 'share.auto.offset.reset': 'latest' | 'earliest'
  readonly 'share.isolation.level': 'read_uncommitted' | 'read_committed'
  readonly 'share.session.timeout.ms': number
}

export interface ShareConsumerConfig {
  readonly 'share.acknowledgement.mode': 'implicit' | 'explicit'
  readonly 'share.acquire.mode': 'batch_optimized' | 'record_limit'
  readonly 'max.poll.records': number
  readonly 'max.poll.interval.ms': number
  readonly 'retry.backoff.ms': number
  readonly 'metadata.max.age.ms': number
}

/** The group's setting, else the broker's, else the default. */
export function shareGroupConfig(given: Given, broker: Given = {}): ShareGroupConfig {
  const entries = settingsOf('share group').map(({ name, default: byDefault }) => {
    return [name, given[name] ?? broker[`group.${name}`] ?? byDefault] as const
  })
  return Object.fromEntries(entries) as unknown as ShareGroupConfig
}

export function shareConsumerConfig(given: Given): ShareConsumerConfig {
  const entries = settingsOf('share consumer').map((spec) => [spec.name, spec.default])
  return { ...Object.fromEntries(entries), ...given }
}
