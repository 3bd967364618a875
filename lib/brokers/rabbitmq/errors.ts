// What the broker says when it closes a channel: code and text, word for word.
import type { NodeState, Queue, Version } from './node-state.ts'

export interface Refusal {
  readonly code: number
  readonly text: string
}

const notAllowed = (text: string): Refusal => ({ code: 403, text: `ACCESS_REFUSED - ${text}` })
export const failed = (text: string): Refusal => ({
  code: 406,
  text: `PRECONDITION_FAILED - ${text}`,
})

export const notFound = (what: string): Refusal => ({
  code: 404,
  text: `NOT_FOUND - no ${what} in vhost '/'`,
})
export const locked = (queue: string): Refusal => ({
  code: 405,
  text: `RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '${queue}' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.`,
})
export const unknownTag = (tag: number): Refusal => failed(`unknown delivery tag ${tag}`)
export const inUse = (queue: string): Refusal =>
  notAllowed(`queue '${queue}' in vhost '/' in exclusive use`)
export const defaultExchange: Refusal = notAllowed(
  'operation not permitted on the default exchange',
)
export const reservedName = (kind: 'exchange' | 'queue', name: string): Refusal =>
  notAllowed(`${kind} name '${name}' contains reserved prefix 'amq.*'`)
export const systemExchange = (name: string): Refusal =>
  notAllowed(`deletion of system exchange '${name}' in vhost '/' not allowed`)
export const exchangeInUse = (name: string): Refusal =>
  failed(`exchange '${name}' in vhost '/' in use`)
export const invalidType = (name: string, queue: string, type: string): Refusal =>
  failed(`invalid type '${type}' for arg '${name}' in queue '${queue}' in vhost '/'`)
export const invalidArgument = (name: string, queue: string, type: Queue['type']): Refusal =>
  failed(
    `invalid arg '${name}' for queue '${queue}' in vhost '/' of queue type rabbit_${type}_queue`,
  )
export const invalidValue = (name: string, queue: string, fault: string): Refusal =>
  failed(`invalid arg '${name}' for queue '${queue}' in vhost '/': ${fault}`)
export const internalError: Refusal = { code: 541, text: 'INTERNAL_ERROR' }
export const invalidProperty = (name: string, queue: string): Refusal =>
  failed(`invalid property '${name}' for queue '${queue}' in vhost '/'`)
export const inequivalent = (name: string, what: string, was: string, is: string): Refusal =>
  failed(
    `inequivalent arg '${name}' for ${what} in vhost '/': received ${is} but current is ${was}`,
  )
export const noStreamPrefetch = (queue: string): Refusal =>
  failed(`consumer prefetch count is not set for stream queue '${queue}' in vhost '/'`)
const notImplemented = (text: string): Refusal => ({ code: 540, text: `NOT_IMPLEMENTED - ${text}` })
export const noGlobalQos = (queue: string): Refusal =>
  notImplemented(`queue '${queue}' in vhost '/' does not support global qos`)
export const notOnAStream = (method: string, queue: string): Refusal =>
  notImplemented(`${method} not supported by stream queues queue '${queue}' in vhost '/'`)
export const noAutomaticAcks = (queue: string): Refusal =>
  notImplemented(`automatic acknowledgement not supported by stream queue '${queue}' in vhost '/'`)
export const tagInUse = (tag: string): Refusal => ({
  code: 530,
  text: `NOT_ALLOWED - attempt to reuse consumer tag '${tag}'`,
})
/** 4.3 writes the type as Erlang has it. */
export const noGetBesideActive = (queue: string, version: Version): Refusal => ({
  code: 405,
  text: `RESOURCE_LOCKED - cannot obtain access to locked queue '${queue}' in vhost '/'. basic.get operations are not supported by ${version === '4.3' ? '<<"quorum">>' : 'quorum'} queues with single active consumer`,
})
export const timedOut = (channel: number, ms: number): Refusal =>
  failed(
    `delivery acknowledgement on channel ${channel} timed out. Timeout value used: ${ms} ms. This timeout value can be configured, see consumers doc guide to learn more`,
  )

/** The queue a method names, unless it is not there or somebody else's. */
export function accessTo(s: NodeState, name: string, port: string): Queue | Refusal {
  const queue = s.queues[name]
  if (queue === undefined) return notFound(`queue '${name}'`)
  return queue.owner !== '' && queue.owner !== port ? locked(name) : queue
}

export const isRefusal = (found: object): found is Refusal => 'code' in found
