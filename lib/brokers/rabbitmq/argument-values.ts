// What the values of arguments have to be, and what is wrong with one that is not so, written as Erlang has it.
import type { Version } from './node-state.ts'
import type { Arguments, HeaderValue } from './protocol.ts'

type Fault = string | null
export type Check = (value: HeaderValue, given: Arguments, version: Version) => Fault

/** Where the broker itself fails. */
export const CRASH = 'crash'

const INTEGERS = [
  [2 ** 7, 'byte'],
  [2 ** 15, 'short'],
  [2 ** 31, 'signedint'],
] as const

/** As RabbitMQ calls it; numbers as amqplib sends them, in as few bytes as there need be. */
export function fieldType(value: HeaderValue): string {
  if (typeof value === 'string') return 'longstr'
  if (typeof value === 'boolean') return 'bool'
  if (!Number.isInteger(value)) return 'double'
  return INTEGERS.find(([end]) => value >= -end && value < end)?.[1] ?? 'long'
}

/** A text, as Erlang shows its bytes. */
export const binary = (text: string): string => (text === '' ? '<<>>' : `<<"${text}">>`)

const unacceptable = (value: HeaderValue): Fault => `{unacceptable_type,${fieldType(value)}}`

function integer(value: HeaderValue, check: (value: number) => Fault): Fault {
  if (typeof value === 'number' && Number.isInteger(value)) return check(value)
  return `"expected integer, got ${fieldType(value)}"`
}

const notNegative = (value: number): Fault => (value < 0 ? `{value_negative,${value}}` : null)
const whole: Check = (value) => integer(value, notNegative)

const TEN_YEARS_MS = 315_360_000_000
export const duration = (ms: number): Fault =>
  ms > TEN_YEARS_MS ? `{value_too_large,${ms}}` : notNegative(ms)

const MOST_PRIORITIES = 255
const priorities = (value: number): Fault =>
  value > MOST_PRIORITIES ? `{max_value_exceeded,${value}}` : notNegative(value)

function oneOf(known: readonly string[], fault: (value: string) => string): Check {
  return (value) => {
    if (typeof value !== 'string') return unacceptable(value)
    return known.includes(value) ? null : fault(value)
  }
}

const routingKey: Check = (value, given) => {
  if (typeof value !== 'string') return unacceptable(value)
  const isLone = given['x-dead-letter-exchange'] === undefined
  return isLone ? 'routing_key_but_no_dlx_defined' : null
}

/** "7D", "30m". 4.0 fails where there is no number at all. */
function age(text: string, version: Version): Fault {
  const [, number, unit] = /^(\d+)(.*)/.exec(text) ?? []
  if (number === undefined && version === '4.0') return CRASH
  const isOne = Number(number) > 0 && /^[YMDhms]$/.test(unit ?? '')
  return isOne ? null : 'invalid_max_age'
}

const OFFSETS = ['first', 'last', 'next']

/** A word, an interval back from now, or a number. */
const offset: Check = (value, _given, version) => {
  if (typeof value !== 'string' || OFFSETS.includes(value)) return null
  const fault = age(value, version)
  return fault === null || fault === CRASH
    ? fault
    : `{invalid_stream_offset_arg,{longstr,${binary(value)}}}`
}

/** In the order in which the broker looks at them. */
export const OF_A_QUEUE: Readonly<Record<string, Check>> = {
  'x-queue-type': oneOf(
    ['classic', 'quorum', 'stream'],
    (value) => `"unsupported queue type '${value}'"`,
  ),
  'x-expires': (value) => integer(value, (ms) => (ms === 0 ? '{value_zero,0}' : duration(ms))),
  'x-message-ttl': (value) => integer(value, duration),
  'x-dead-letter-routing-key': routingKey,
  'x-dead-letter-strategy': oneOf(['at-most-once', 'at-least-once'], () => 'invalid_dlx_strategy'),
  'x-max-length': whole,
  'x-max-length-bytes': whole,
  'x-max-priority': (value) => integer(value, priorities),
  'x-overflow': oneOf(
    ['drop-head', 'reject-publish', 'reject-publish-dlx'],
    () => 'invalid_overflow',
  ),
  'x-single-active-consumer': (value) => (typeof value === 'boolean' ? null : unacceptable(value)),
  'x-consumer-timeout': whole,
  'x-max-age': (value, _given, version) =>
    typeof value === 'string' ? age(value, version) : unacceptable(value),
  'x-stream-max-segment-size-bytes': whole,
}

export const OF_A_CONSUMER: Readonly<Record<string, Check>> = {
  'x-priority': (value) => integer(value, () => null),
  'x-consumer-timeout': whole,
  'x-stream-offset': offset,
}
