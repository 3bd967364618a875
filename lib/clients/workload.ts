// The story's messages: which event a producer sends as its i-th. Pure and O(1), so that nothing needs to
// be kept: the i-th message is the same whenever and however often it is asked for.
import type { Range } from '../engine/types.ts'
import type { Message } from './types.ts'

/** What of a story's producer decides its messages. */
export interface Workload {
  readonly source: string
  readonly count: number
  readonly everyMs: Range
  readonly keys: readonly string[]
  readonly eventTypes: readonly string[]
  readonly firstOrder: number
  /** Its first message's `n`: producers of one story number their messages one after another. */
  readonly firstN: number
  readonly keyChoice: 'key' | 'none' | number
  /** Event types that have no data: they say that what their key names is gone. */
  readonly removes?: readonly string[]
  /**
   * One cycle: every key lives through one order. Packed as keyIndex * eventTypes.length + typeIndex;
   * made by `workloadOf`.
   */
  readonly cycle: readonly number[]
}

export type WorkloadShape = Omit<Workload, 'cycle'>

export function workloadOf(shape: WorkloadShape): Workload {
  return { ...shape, cycle: cycleOf(shape.keys.length, shape.eventTypes.length) }
}

/**
 * Orders overlap as they do in a shop: the next key's order begins while the last one's is under way. A
 * key starts one beat after the key before it, and its events are two beats apart.
 */
function cycleOf(keys: number, types: number): readonly number[] {
  const events = Array.from({ length: keys * types }, (_, index) => index)
  const beat = (event: number) => Math.floor(event / types) + 2 * (event % types)
  return events.sort((a, b) => beat(a) - beat(b) || a - b)
}

/** The i-th message, from 0. */
export function messageAt(workload: Workload, i: number): Message {
  const { keys, eventTypes, cycle } = workload
  const round = Math.floor(i / cycle.length)
  const event = cycle[i - round * cycle.length] as number
  const keyIndex = Math.floor(event / eventTypes.length)
  const typeIndex = event - keyIndex * eventTypes.length
  const subject = keys[keyIndex] as string
  const type = eventTypes[typeIndex] as string
  const order = workload.firstOrder + round * keys.length + keyIndex
  const message: Message = {
    id: `order-${order}/${type}`,
    n: workload.firstN + i,
    source: workload.source,
    type,
    subject,
    key: workload.keyChoice === 'none' ? null : subject,
    seq: round * eventTypes.length + typeIndex + 1,
    order,
  }
  return workload.removes?.includes(type) === true ? { ...message, gone: true } : message
}

/** The same fact under a new event id: what an application makes that sends it again by itself. */
export function resent(message: Message): Message {
  const at = message.id.lastIndexOf('~')
  const times = at < 0 ? 1 : Number(message.id.slice(at + 1))
  const base = at < 0 ? message.id : message.id.slice(0, at)
  return { ...message, id: `${base}~${times + 1}` }
}
