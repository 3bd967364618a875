// Which arguments a queue and a consumer of each type take. What a value has to be is looked at first. Then an
// argument that no type knows is ignored, and one that another type knows is refused.
import {
  binary,
  type Check,
  CRASH,
  duration,
  fieldType,
  OF_A_CONSUMER,
  OF_A_QUEUE,
} from './argument-values.ts'
import {
  failed,
  inequivalent,
  internalError,
  invalidArgument,
  invalidProperty,
  invalidType,
  invalidValue,
  type Refusal,
} from './errors.ts'
import type { Queue, QueueType, Version } from './node-state.ts'
import type { Arguments, BasicConsume, HeaderValue, QueueDeclare } from './protocol.ts'
import { queueType } from './queue.ts'

const ALL = ['x-queue-type', 'x-expires', 'x-max-length', 'x-max-length-bytes', 'x-overflow']
const DEAD_LETTERS = ['x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-message-ttl']
const QUEUE: Readonly<Record<QueueType, readonly string[]>> = {
  classic: [...ALL, ...DEAD_LETTERS, 'x-max-priority', 'x-single-active-consumer'],
  quorum: [
    ...ALL,
    ...DEAD_LETTERS,
    'x-single-active-consumer',
    'x-delivery-limit',
    'x-dead-letter-strategy',
  ],
  stream: ['x-queue-type', 'x-max-length-bytes', 'x-max-age', 'x-stream-max-segment-size-bytes'],
}
const QUORUM_SINCE_4_3 = [
  'x-delayed-retry-type',
  'x-delayed-retry-min',
  'x-delayed-retry-max',
  'x-consumer-timeout',
]
const CONSUMER: Readonly<Record<QueueType, readonly string[]>> = {
  classic: ['x-priority'],
  quorum: ['x-priority'],
  stream: ['x-stream-offset'],
}
const CONSUMER_SINCE_4_3 = ['x-consumer-timeout']

type Known = Readonly<Record<QueueType, readonly string[]>>

function since(known: Known, version: Version, more: readonly string[]): Known {
  return version === '4.3' ? { ...known, quorum: [...known.quorum, ...more] } : known
}

function unsuitable(given: Arguments, type: QueueType, known: Known): string | null {
  const others = Object.values(known).flat()
  const found = Object.keys(given).find(
    (name) => others.includes(name) && !known[type].includes(name),
  )
  return found ?? null
}

function badValue(
  e: QueueDeclare | BasicConsume,
  checks: Readonly<Record<string, Check>>,
  known: readonly string[],
  version: Version,
): Refusal | null {
  for (const [name, check] of Object.entries(checks)) {
    const value = e.arguments[name]
    if (value === undefined || !known.includes(name)) continue
    const fault = check(value, e.arguments, version)
    if (fault === CRASH) return internalError
    if (fault !== null) return invalidValue(name, e.queue, fault)
  }
  return null
}

/** `expiration` is a number of milliseconds, written as text. */
export function badExpiration(text: string): Refusal | null {
  const [digits] = /^-?\d+/.exec(text) ?? []
  if (digits === undefined) return failed(`invalid expiration '${text}': no_integer`)
  const fault = duration(Number(digits))
  return fault === null ? null : failed(`invalid expiration '${text}': ${fault}`)
}

const MATCHES = ['all', 'any', 'all-with-x', 'any-with-x']

/** `x-match` of a binding to a headers exchange. */
export function badMatch(value: HeaderValue | undefined): Refusal | null {
  if (value === undefined || MATCHES.includes(String(value))) return null
  if (typeof value === 'string') {
    const expected = 'expected all, any, all-with-x, or any-with-x'
    return failed(`Invalid x-match field value ${binary(value)}; ${expected}`)
  }
  const type = fieldType(value)
  return failed(`Invalid x-match field type ${type} (value ${value}); expected longstr`)
}

export function badQueueArgument(e: QueueDeclare, version: Version): Refusal | null {
  const type = queueType(e.arguments)
  const known = since(QUEUE, version, QUORUM_SINCE_4_3)
  const exchange = e.arguments['x-dead-letter-exchange']
  if (exchange !== undefined && typeof exchange !== 'string') {
    return invalidType('x-dead-letter-exchange', e.queue, fieldType(exchange))
  }
  const bad = badValue(e, OF_A_QUEUE, known[type], version)
  if (bad !== null) return bad
  const name = unsuitable(e.arguments, type, known)
  if (name !== null) return invalidArgument(name, e.queue, type)
  if (type === 'classic') return null
  if (!e.durable) return invalidProperty('non-durable', e.queue)
  if (e.exclusive) return invalidProperty('exclusive-owner', e.queue)
  return e.autoDelete ? invalidProperty('auto-delete', e.queue) : null
}

export function badConsumerArgument(
  e: BasicConsume,
  type: QueueType,
  version: Version,
): Refusal | null {
  const known = since(CONSUMER, version, CONSUMER_SINCE_4_3)
  const bad = badValue(e, OF_A_CONSUMER, known[type], version)
  if (bad !== null) return bad
  const name = unsuitable(e.arguments, type, known)
  return name === null ? null : invalidArgument(name, e.queue, type)
}

const shown = (value: HeaderValue | undefined): string => {
  if (value === undefined) return 'none'
  return `'${value}'`
}

/** A queue is declared again: as it is, or not at all. */
export function otherThan(queue: Queue, e: QueueDeclare): Refusal | null {
  const properties = [
    ['durable', queue.durable, e.durable],
    ['auto_delete', queue.autoDelete, e.autoDelete],
  ] as const
  for (const [name, is, asked] of properties) {
    if (is !== asked) return inequivalent(name, `queue '${e.queue}'`, shown(is), shown(asked))
  }
  const names = [...new Set([...Object.keys(queue.arguments), ...Object.keys(e.arguments)])].sort()
  const other = names.find((name) => queue.arguments[name] !== e.arguments[name])
  if (other === undefined) return null
  return inequivalent(
    other,
    `queue '${e.queue}'`,
    shown(queue.arguments[other]),
    shown(e.arguments[other]),
  )
}
