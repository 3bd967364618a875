// Every RabbitMQ setting that the model reads: name verbatim, real default, unit, meaning, limits.
import type { Arguments } from './protocol.ts'
import { table } from './settings-table.ts'

export type SettingValue = string | number | boolean
export type Given = Readonly<Record<string, SettingValue>>
export type SettingOwner = 'producer' | 'consumer' | 'queue' | 'broker'

export interface SettingSpec {
  readonly of: SettingOwner
  readonly name: string
  readonly default: SettingValue
  readonly unit: '' | 'ms' | 's' | 'messages'
  readonly meaning: string
  readonly kind: 'boolean' | 'integer' | 'choice'
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly source: string
}

export interface SettingError {
  readonly name: string
  readonly value: SettingValue | null
  readonly expected: string
}

export const rabbitmqSettings: readonly SettingSpec[] = table

export interface PublisherConfig {
  readonly 'confirm.select': boolean
  readonly mandatory: boolean
  readonly delivery_mode: 1 | 2
  readonly expiration: number
  readonly reply_to: boolean
  readonly 'answer timeout': number
  readonly 'publisher reference': boolean
  readonly networkRecoveryInterval: number
  readonly republish: boolean
}
export interface ConsumerConfig {
  readonly prefetch_count: number
  readonly no_ack: boolean
  readonly 'x-priority': number
  readonly 'deaths before giving up': number
  readonly 'x-stream-offset': 'first' | 'last' | 'next'
  readonly 'offset tracking': boolean
  readonly requeue: 'basic.nack' | 'basic.reject'
  readonly networkRecoveryInterval: number
}
export interface BrokerConfig {
  readonly consumer_timeout: number
  readonly heartbeat: number
}

export function settingsOf(owner: SettingOwner): readonly SettingSpec[] {
  return rabbitmqSettings.filter((spec) => spec.of === owner)
}

function withDefaults(owner: SettingOwner, given: Given): Given {
  const defaults = settingsOf(owner).map((spec) => [spec.name, spec.default] as const)
  return { ...Object.fromEntries(defaults), ...given }
}

function expectation(spec: SettingSpec): string {
  if (spec.kind === 'boolean') return 'true or false'
  if (spec.kind === 'choice') return `one of ${(spec.choices ?? []).join(' | ')}`
  return `a whole number from ${spec.min} to ${spec.max}${spec.unit === '' ? '' : `, in ${spec.unit}`}`
}

function fits(spec: SettingSpec, value: SettingValue): boolean {
  if (spec.kind === 'boolean') return typeof value === 'boolean'
  if (spec.kind === 'choice') return spec.choices?.includes(String(value)) === true
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return false
  return value >= (spec.min as number) && value <= (spec.max as number)
}

/** What is wrong with these settings; empty when RabbitMQ would take them. */
export function settingErrors(owner: SettingOwner, given: Given): readonly SettingError[] {
  const specs = settingsOf(owner)
  return Object.entries(given).flatMap(([name, value]): SettingError[] => {
    const spec = specs.find((each) => each.name === name)
    if (spec === undefined)
      return [{ name, value, expected: `a ${owner} setting that the model knows` }]
    return fits(spec, value) ? [] : [{ name, value, expected: expectation(spec) }]
  })
}

export function publisherConfig(given: Given): PublisherConfig {
  return withDefaults('producer', given) as unknown as PublisherConfig
}
export function consumerConfig(given: Given): ConsumerConfig {
  return withDefaults('consumer', given) as unknown as ConsumerConfig
}
export function brokerConfig(given: Given): BrokerConfig {
  return withDefaults('broker', given) as unknown as BrokerConfig
}

/** Arguments of quorum queues alone. */
const QUORUM_ONLY = ['x-delivery-limit']

/** What a queue is declared with: only what is given, and only what its type takes. */
export function queueArguments(given: Given): Arguments {
  const type = given['x-queue-type'] ?? 'classic'
  if (type === 'stream') return { 'x-queue-type': type }
  const kept = Object.entries(given).filter(([name, value]) => {
    if (name === 'dead-letter-queue' || name === 'retry after') return false
    if (name !== 'x-delivery-limit' && value === -1) return false
    return type === 'quorum' || !QUORUM_ONLY.includes(name)
  })
  return { 'x-queue-type': type, ...Object.fromEntries(kept) }
}

/** A loop of returns without a success is cut after so many, but not before a delivery limit can end it. */
const ENDLESS = 50
const MOST_RETURNS = 1000

/** How many returns without a success a consumer of this queue makes before the model cuts the loop. */
export function mostReturns(given: Given): number {
  const limit = Number(withDefaults('queue', given)['x-delivery-limit'])
  return Math.min(Math.max(ENDLESS, limit + 1), MOST_RETURNS)
}

export const isStream = (given: Given): boolean => given['x-queue-type'] === 'stream'

interface Unheeded {
  readonly of: SettingOwner
  readonly names: readonly string[]
  readonly where: (queue: Given) => boolean
  readonly because: string
}

const isQuorum = (given: Given): boolean => given['x-queue-type'] === 'quorum'

/** Where a setting would be refused by the broker, or be nothing to it. */
const UNHEEDED: readonly Unheeded[] = [
  {
    of: 'queue',
    names: ['x-delivery-limit'],
    where: (queue) => !isQuorum(queue),
    because: 'only a quorum queue has a limit',
  },
  {
    of: 'queue',
    names: [
      'x-max-length',
      'x-overflow',
      'x-message-ttl',
      'x-single-active-consumer',
      'retry after',
    ],
    where: isStream,
    because: 'a stream has no such argument here',
  },
  {
    of: 'queue',
    names: ['retry after'],
    where: (queue) => !hasDeadLetterQueue(queue),
    because: 'there is no queue of dead letters',
  },
  {
    of: 'consumer',
    names: ['x-priority'],
    where: isStream,
    because: 'each consumer reads all of a stream',
  },
  {
    of: 'consumer',
    names: ['x-stream-offset', 'offset tracking'],
    where: (queue) => !isStream(queue),
    because: 'only a stream is read from an offset',
  },
]

/** What is given of `owner`, other than by default, that means nothing with such a queue. */
export function unheeded(owner: SettingOwner, given: Given, queue: Given): readonly SettingError[] {
  const found = new Map<string, SettingError>()
  for (const { of, names, where, because } of UNHEEDED) {
    if (of !== owner || !where(queue)) continue
    for (const { name, default: usual } of settingsOf(owner)) {
      const value = given[name] ?? usual
      if (!names.includes(name) || value === usual || found.has(name)) continue
      found.set(name, { name, value, expected: `${usual}, as by default: ${because}` })
    }
  }
  return [...found.values()]
}

/** What the broker says of a consumer of a stream before it takes it. */
export function streamConsumerErrors(given: Given): readonly SettingError[] {
  const { prefetch_count, no_ack } = consumerConfig(given)
  return [
    ...(prefetch_count > 0
      ? []
      : [{ name: 'prefetch_count', value: 0, expected: 'a prefetch count for a stream, from 1' }]),
    ...(no_ack ? [{ name: 'no_ack', value: true, expected: 'false for a stream' }] : []),
  ]
}

/** How long a dead letter waits before it goes back; -1: for ever. */
export function retryAfterMs(given: Given): number {
  return Number(withDefaults('queue', given)['retry after'])
}

/** A stream has no dead letters: nothing of it is ever rejected. */
export function hasDeadLetterQueue(given: Given): boolean {
  if (isStream(given)) return false
  return withDefaults('queue', given)['dead-letter-queue'] === true
}
