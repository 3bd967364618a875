// Which arguments a queue and a consumer of each type take. An argument that no type knows is ignored; one
// that another type knows is refused.
import {
  failed,
  inequivalent,
  internalError,
  invalidArgument,
  invalidProperty,
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

/** Written as Erlang has it. */
type Fault = string | null
const notNegative = (value: number): Fault => (value < 0 ? `{value_negative,${value}}` : null)
const positive = (value: number): Fault => (value === 0 ? '{value_zero,0}' : notNegative(value))
const upTo255 = (value: number): Fault =>
  value > 255 ? `{max_value_exceeded,${value}}` : notNegative(value)

const NUMBERS: Readonly<Record<string, (value: number) => Fault>> = {
  'x-max-length': notNegative,
  'x-message-ttl': notNegative,
  'x-expires': positive,
  'x-max-priority': upTo255,
}
const OVERFLOWS = ['drop-head', 'reject-publish', 'reject-publish-dlx']

function faultOf(name: string, value: HeaderValue, given: Arguments): Fault {
  if (typeof value === 'number') return NUMBERS[name]?.(value) ?? null
  if (name === 'x-overflow' && !OVERFLOWS.includes(String(value))) return 'invalid_overflow'
  const isLone =
    name === 'x-dead-letter-routing-key' && given['x-dead-letter-exchange'] === undefined
  return isLone ? 'routing_key_but_no_dlx_defined' : null
}

function badValue(e: QueueDeclare): Refusal | null {
  for (const [name, value] of Object.entries(e.arguments)) {
    const fault = faultOf(name, value, e.arguments)
    if (fault !== null) return invalidValue(name, e.queue, fault)
  }
  return null
}

/** `expiration` is a number of milliseconds, written as text. */
export function badExpiration(text: string): Refusal | null {
  const [digits] = /^-?\d+/.exec(text) ?? []
  if (digits === undefined) return failed(`invalid expiration '${text}': no_integer`)
  const fault = notNegative(Number(digits))
  return fault === null ? null : failed(`invalid expiration '${text}': ${fault}`)
}

const OFFSETS = ['first', 'last', 'next']
/** An interval back from now: "7D", "30m". */
const INTERVAL = /^\d+[YMDhms]$/

/** 4.0 does not look before it fails. */
export function badOffset(e: BasicConsume, version: Version): Refusal | null {
  const given = e.arguments['x-stream-offset']
  if (typeof given !== 'string' || OFFSETS.includes(given) || INTERVAL.test(given)) return null
  const fault = `{invalid_stream_offset_arg,{longstr,<<"${given}">>}}`
  return version === '4.0' ? internalError : invalidValue('x-stream-offset', e.queue, fault)
}

export function badQueueArgument(e: QueueDeclare, version: Version): Refusal | null {
  const type = queueType(e.arguments)
  const known = since(QUEUE, version, QUORUM_SINCE_4_3)
  const name = unsuitable(e.arguments, type, known)
  if (name !== null) return invalidArgument(name, e.queue, type)
  const bad = badValue(e)
  if (bad !== null || type === 'classic') return bad
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
