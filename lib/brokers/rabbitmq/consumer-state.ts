// What one RabbitMQ consumer knows: its process and connection, what the broker has pushed to it, and the work
// in its handler's hands.
import {
  type Item,
  isIn,
  noWork,
  stagesOfWork,
  type Work,
  withWorker,
} from '../../clients/handler.ts'
import type { HandlerConfig } from '../../clients/handler-rules.ts'
import type { Message, Place } from '../../clients/types.ts'
import { emptyTrie, type Trie } from '../../engine/trie.ts'
import type { Me, Range } from '../../engine/types.ts'
import type { Arguments } from './protocol.ts'
import type { ConsumerConfig } from './settings.ts'

export interface ConsumerSettings extends ConsumerConfig, HandlerConfig {
  readonly queue: string
  /** It is a stream: read from an offset on, and not emptied. */
  readonly stream?: boolean
  readonly joinsAtMs: number
  /** How often it sends something back without a success before the model cuts the loop. */
  readonly mostReturns: number
  readonly restartMs: Range
  readonly pauseMs: Range
  readonly stallMs: Range
}

export type Self = Me<ConsumerSettings>

/** Pushed by the broker, and not yet in a worker's hands. */
export interface Buffered extends Item {
  readonly tag: number
  readonly redelivered: boolean
  /** How often it has been rejected before, by its x-death. */
  readonly rejections: number
  /** Where its sender waits for an answer; '' for nowhere. */
  readonly replyTo: string
}

/** What a worker was at when its process died, for the picture. */
export interface Wreck {
  readonly worker: number
  readonly stage: string
  readonly message: Message
}

export interface ConsumerState {
  readonly process: 'running' | 'crashed' | 'left'
  /** closing: it has closed its channel, and what still comes on it is discarded. */
  readonly connection: 'closed' | 'opening' | 'open' | 'closing'
  readonly wasOpen: boolean
  readonly paused: boolean
  readonly stalled: boolean
  /** A deploy: it has asked to be cancelled, is cancelled, and leaves when it has done what it holds. */
  readonly leaving: 'no' | 'asked' | 'cancelled'
  /** Which process this is, modulo 8. */
  readonly life: number
  readonly buffer: readonly Buffered[]
  /** Per worker, the delivery tag of what it holds; 0: none, or one of a channel that is gone. */
  readonly tags: readonly number[]
  readonly rejections: readonly number[]
  readonly replyTo: readonly string[]
  readonly work: Work
  /** Streams: up to where it has come; what it has stored of it outlives its process. -1: nothing yet. */
  readonly position: number
  /** How often it has sent something back since it last had success. */
  readonly returns: number
  readonly seen: Trie<true>
  readonly wrecks: readonly Wreck[]
}

export const CHANNEL = 1

export function newProcess(me: Self, life: number, position = -1): ConsumerState {
  const { workers } = me.settings.handler
  return {
    process: 'running',
    connection: 'closed',
    wasOpen: life > 0,
    paused: false,
    stalled: false,
    leaving: 'no',
    life,
    buffer: [],
    tags: Array.from({ length: workers }, () => 0),
    rejections: Array.from({ length: workers }, () => 0),
    replyTo: Array.from({ length: workers }, () => ''),
    work: noWork(workers),
    position,
    returns: 0,
    seen: emptyTrie(),
    wrecks: [],
  }
}

/**
 * The handler's `Work` holds two places for each worker: what it holds, and what it held before (the stage at
 * which a fault can be anchored once a message is done).
 */
function placed(
  work: Work,
  worker: number,
  item: Item,
  mode: 'before' | 'each-after' | 'auto',
): Work {
  const held = work.batch?.items ?? []
  const count = 2 * work.workers.length
  const before = work.workers[worker]?.previous ?? -1
  const at = before === 2 * worker ? before + 1 : 2 * worker
  const items = Array.from({ length: count }, (_, i) => (i === at ? item : (held[i] ?? item)))
  const rest = { next: count, retry: false, dropped: false, passed: [], highest: [] }
  const batch = { items, mode, phase: 'handling', ...rest } as const
  const change = { phase: 'polled', item: at, failures: 0, late: 0 } as const
  return withWorker({ ...work, batch }, worker, change)
}

export function modeOf(settings: ConsumerSettings): 'before' | 'each-after' | 'auto' {
  if (settings.no_ack) return 'auto'
  return settings.handler.ackPoint === 'before' ? 'before' : 'each-after'
}

export function taken(s: ConsumerState, worker: number, next: Buffered, me: Self): ConsumerState {
  const { tag, place, message } = next
  const work = placed(s.work, worker, { place, message }, modeOf(me.settings))
  const rejections = s.rejections.with(worker, next.rejections)
  const replyTo = s.replyTo.with(worker, next.replyTo)
  return { ...s, work, tags: s.tags.with(worker, tag), rejections, replyTo }
}

/** The message is settled: of a stream, its reader has come past it. */
export function passed(s: ConsumerState, { offset }: Place, me: Self): ConsumerState {
  if (me.settings.stream !== true || offset < s.position) return s
  return { ...s, position: offset + 1 }
}

/** What a consumer of a stream keeps when its process is gone: its position, where it stores it. */
export function kept(s: ConsumerState, me: Self): number {
  return me.settings['offset tracking'] ? s.position : -1
}

/** Where in a stream it begins to read. */
export function startOf(s: ConsumerState, me: Self): Arguments {
  const { 'x-stream-offset': begin } = me.settings
  const own = kept(s, me)
  return { 'x-stream-offset': own < 0 ? begin : own }
}

/** The worker lets go of its message. */
export function idle(s: ConsumerState, worker: number): ConsumerState {
  const previous = s.work.workers[worker]?.item ?? -1
  const work = withWorker(s.work, worker, {
    phase: 'idle',
    item: -1,
    failures: 0,
    late: 0,
    previous,
  })
  return { ...s, work, tags: s.tags.with(worker, 0) }
}

/** Event ids of what a crash now would hit. */
export function holdingOf(s: ConsumerState): readonly string[] {
  const { batch, workers } = s.work
  const inHand = workers.flatMap((worker) => {
    const item = batch?.items[worker.item]
    return item === undefined ? [] : [item.message.id]
  })
  return [...inHand, ...s.buffer.map((each) => each.message.id)]
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

/** Why the application settles a message without its effect. */
export function whyPassed(s: ConsumerState, worker: number, hasEnough: boolean): string {
  if (hasEnough) return `its x-death counts rejected ${times(s.rejections[worker] ?? 0)}`
  return `its effect failed ${times(s.work.workers[worker]?.failures ?? 0)}`
}

/** What its workers were at, when their process dies. */
export function wrecksOf(s: ConsumerState): readonly Wreck[] {
  const stages = stagesOfWork(s.work)
  return s.work.workers.flatMap((held, worker) => {
    const item = s.work.batch?.items[isIn(s.work, worker, 'idle') ? held.previous : held.item]
    if (item === undefined) return []
    const { message } = item
    const stage = stages.findLast((each) => each.about === message.id)?.stage ?? 'committed'
    return [{ worker, stage, message }]
  })
}
