// The work of a handler on the records it was handed: workers, their stages, what is finished. No broker
// word and no envelope here; a broker's consumer holds a `Work` and moves it with these functions.
import type { Stage } from '../engine/types.ts'
import type { HandlerSettings, Message, Place } from './types.ts'

export interface Item {
  readonly place: Place
  readonly message: Message
}

/**
 * idle · polled (nothing done yet) · checking, deduped (looked up, not seen) · marking, marked · sent (the
 * effect's request is under way) · unmarked, applied (its answer was taken) · committing · unpublished, publishing (what follows is being
 * written to another stream) · parking (being written to a
 * retry or dead-letter stream) · blocked (retried in place for ever). `…Again`: waits before a retry.
 */
export type WorkerPhase =
  | 'idle'
  | 'polled'
  | 'checking'
  | 'checkAgain'
  | 'deduped'
  | 'marking'
  | 'markAgain'
  | 'marked'
  | 'sent'
  | 'sendAgain'
  | 'unmarked'
  | 'applied'
  | 'committing'
  | 'commitAgain'
  | 'unpublished'
  | 'publishing'
  | 'publishAgain'
  | 'parking'
  | 'parkAgain'
  | 'blocked'

export interface Worker {
  readonly phase: WorkerPhase
  /** Index in the batch; -1 when idle. */
  readonly item: number
  /** How often the effect of this item has failed. */
  readonly failures: number
  /** How often its call has timed out, modulo 8: tells a late answer from the one waited for. */
  readonly late: number
  /** Index of the item this worker finished last, -1 for none. */
  readonly previous: number
}

/**
 * before / before-sent: its end is committed before its effects · handling · after / after-sent: all is done,
 * the commit follows · ended: all is done, nothing is to be committed here · committed.
 */
export type BatchPhase =
  | 'before'
  | 'before-sent'
  | 'handling'
  | 'after'
  | 'after-sent'
  | 'ended'
  | 'committed'

export interface Batch {
  readonly items: readonly Item[]
  /** Index of the next item to be taken by a worker. */
  readonly next: number
  readonly mode: CommitMode
  readonly phase: BatchPhase
  /** The last commit met a passing error: wait before the next. */
  readonly retry: boolean
  /** A commit was refused for good: workers finish what they hold and take nothing more. */
  readonly dropped: boolean
  /** Per lane, the place of the last record passed over: its event type is none of the handler's. */
  readonly passed: readonly Place[]
  /** Per lane, the place of the highest finished item; kept for several workers only. */
  readonly highest: readonly Place[]
}

export interface Work {
  readonly batch: Batch | null
  readonly workers: readonly Worker[]
}

/** When positions are committed: inside poll by the client itself, or by the application. */
export type CommitMode = 'auto' | 'before' | 'batch-after' | 'each-after'

export function commitMode(handler: HandlerSettings, auto: boolean): CommitMode {
  if (auto) return 'auto'
  if (handler.ackPoint === 'before') return 'before'
  return handler.workers === 1 ? 'batch-after' : 'each-after'
}

const IDLE: Worker = { phase: 'idle', item: -1, failures: 0, late: 0, previous: -1 }

export function noWork(workers: number): Work {
  return { batch: null, workers: Array.from({ length: workers }, () => IDLE) }
}

/** Whether the handler is busy with records, so that its thread does not come back to poll. */
export function inHand(work: Work): boolean {
  const { batch } = work
  return batch !== null && batch.phase !== 'ended' && batch.phase !== 'committed'
}

export function itemOf(work: Work, worker: number): Item {
  const item = work.batch?.items[(work.workers[worker] as Worker).item]
  if (item === undefined) throw new Error(`worker ${worker} holds nothing`)
  return item
}

export function isIn(work: Work, worker: number, phase: WorkerPhase): boolean {
  return work.workers[worker]?.phase === phase
}

const NO_WORKERS: readonly number[] = []
const FIRST: readonly number[] = [0]

/** Indices of the workers in this phase. Allocates nothing for the common cases. */
export function workersIn(work: Work, phase: WorkerPhase): readonly number[] {
  const { workers } = work
  if (workers.length === 1) return (workers[0] as Worker).phase === phase ? FIRST : NO_WORKERS
  return someIn(work, phase)
    ? workers.flatMap((worker, index) => (worker.phase === phase ? [index] : []))
    : NO_WORKERS
}

export function someIn(work: Work, phase: WorkerPhase): boolean {
  for (const worker of work.workers) if (worker.phase === phase) return true
  return false
}

export function withWorker(work: Work, index: number, change: Partial<Worker>): Work {
  const changed = { ...(work.workers[index] as Worker), ...change }
  if (work.workers.length === 1) return { batch: work.batch, workers: [changed] }
  return { batch: work.batch, workers: work.workers.with(index, changed) }
}

export function isHandled(handles: readonly string[], message: Message): boolean {
  return handles.length === 0 || handles.includes(message.type)
}

/** Records handed over by poll: given to the workers, unless a commit comes first. */
export function handOver(
  records: readonly Item[],
  handler: Pick<HandlerSettings, 'workers' | 'handles'>,
  mode: CommitMode,
): Work {
  const { handles, workers } = handler
  const items =
    handles.length === 0 ? records : records.filter((each) => isHandled(handles, each.message))
  const passed =
    items.length === records.length
      ? NO_PLACES
      : lastPlaces(records.filter((each) => !isHandled(handles, each.message)))
  const batch: Batch = {
    items,
    next: 0,
    mode,
    phase: mode === 'before' ? 'before' : 'handling',
    retry: false,
    dropped: false,
    passed,
    highest: passed,
  }
  const work = { batch, workers: noWork(workers).workers }
  return mode === 'before' ? work : giveOut(work)
}

/** One item to each worker, in order. A batch in which nothing is to be done ends at once. */
export function giveOut(work: Work): Work {
  const batch = work.batch as Batch
  if (batch.items.length === 0) return { ...work, batch: { ...batch, phase: endOf(batch.mode) } }
  const workers = work.workers.map((worker, index) =>
    index < batch.items.length ? { ...worker, phase: 'polled' as const, item: index } : worker,
  )
  const next = Math.min(workers.length, batch.items.length)
  return { batch: { ...batch, phase: 'handling', next }, workers }
}

/** The worker's item has had its effect, or is not to have it: nothing more is to be done but to commit. */
export function finishItem(work: Work, worker: number): Work {
  const batch = work.batch as Batch
  if (batch.mode !== 'each-after' || batch.dropped) return takeNext(work, worker)
  const { place } = itemOf(work, worker)
  const highest = raise(batch.highest, place)
  return withWorker({ ...work, batch: { ...batch, highest } }, worker, { phase: 'applied' })
}

/** The worker lets go of its item and takes the next; the last one to do so ends the batch. */
export function takeNext(work: Work, worker: number): Work {
  const batch = work.batch as Batch
  const held = work.workers[worker] as Worker
  const previous = held.item
  if (batch.next < batch.items.length && !batch.dropped) {
    const moved = { phase: 'polled', item: batch.next, failures: 0, late: 0, previous } as const
    return withWorker({ ...work, batch: { ...batch, next: batch.next + 1 } }, worker, moved)
  }
  const idle = withWorker(work, worker, { ...IDLE, previous })
  if (idle.workers.some((each) => each.phase !== 'idle')) return idle
  if (batch.dropped) return { batch: null, workers: noWork(idle.workers.length).workers }
  return { batch: { ...batch, phase: endOf(batch.mode) }, workers: idle.workers }
}

function endOf(mode: CommitMode): BatchPhase {
  if (mode === 'batch-after') return 'after'
  return mode === 'each-after' ? 'committed' : 'ended'
}

/** A commit was refused for good: what is not begun is dropped, what is under way is seen through. */
export function dropBatch(work: Work, committing: number): Work {
  const none = { batch: null, workers: noWork(work.workers.length).workers }
  if (work.batch === null || committing < 0) return none
  const dropped = { ...work, batch: { ...work.batch, dropped: true } }
  return takeNext(dropped, committing)
}

function raise(highest: readonly Place[], place: Place): readonly Place[] {
  const same = highest.findIndex((each) => sameLane(each, place))
  if (same < 0) return [...highest, place]
  return (highest[same] as Place).offset < place.offset ? highest.with(same, place) : highest
}

export function sameLane(a: Place, b: Place): boolean {
  return a.lane === b.lane && a.stream === b.stream
}

const NO_PLACES: readonly Place[] = []

/** Per lane, the place of its last record. */
function lastPlaces(items: readonly Item[]): readonly Place[] {
  const lasts: Place[] = []
  for (let i = items.length - 1; i >= 0; i--) {
    const { place } = items[i] as Item
    if (!lasts.some((each) => sameLane(each, place))) lasts.push(place)
  }
  return lasts
}

/** Per lane the position after the last record of the batch, handled or passed over. */
export function endsOfBatch(batch: Batch): readonly Place[] {
  const lasts = batch.passed.reduce(raise, lastPlaces(batch.items))
  return lasts.map((place) => ({ ...place, offset: place.offset + 1 }))
}

/**
 * The position a worker names when it has finished its item: after the highest finished one of that lane
 * (what lies below may still be under way, and a crash then loses it), or the lowest unfinished one.
 */
export function positionAfter(work: Work, worker: number, of: HandlerSettings['commitOf']): Place {
  const batch = work.batch as Batch
  const { place } = itemOf(work, worker)
  const highest = batch.highest.find((each) => sameLane(each, place)) ?? place
  if (of === 'highest-finished') return { ...highest, offset: highest.offset + 1 }
  let offset = highest.offset + 1
  work.workers.forEach((each, index) => {
    if (each.phase === 'idle' || isFinished(each.phase)) return
    const held = itemOf(work, index).place
    if (sameLane(held, place) && held.offset < offset) offset = held.offset
  })
  return { ...place, offset }
}

function isFinished(phase: WorkerPhase): boolean {
  return phase === 'applied' || phase === 'committing' || phase === 'commitAgain'
}

const STAGE_OF: Readonly<Record<WorkerPhase, string>> = {
  idle: '',
  polled: 'polled',
  checking: 'checking',
  checkAgain: 'checking',
  deduped: 'deduped',
  marking: 'marking',
  markAgain: 'marking',
  marked: 'marked',
  sent: 'effect sent',
  sendAgain: 'retrying',
  unmarked: 'effect applied',
  applied: 'effect applied',
  committing: 'committing',
  commitAgain: 'committing',
  unpublished: 'publishing',
  publishing: 'publishing',
  publishAgain: 'publishing',
  parking: 'parking',
  parkAgain: 'parking',
  blocked: 'blocked',
}

function idsOf(items: readonly Item[]): string {
  return items.map((item) => item.message.id).join(' ')
}

/**
 * Where the work stands, for the anchors of faults. A batch that is committed as one stands at that stage
 * with all its event ids; else each worker at its own, and at `effect applied` with what it did last.
 */
export function stagesOfWork({ batch, workers }: Work): readonly Stage[] {
  if (batch === null) return []
  const { mode } = batch
  if (batch.phase === 'before') return [{ stage: 'polled', about: idsOf(batch.items) }]
  if (batch.phase === 'before-sent' || batch.phase === 'after-sent') {
    return [{ stage: 'committing', about: idsOf(batch.items) }]
  }
  if (batch.phase === 'committed' && mode !== 'each-after') {
    return [{ stage: 'committed', about: idsOf(batch.items) }]
  }
  return workers.flatMap((worker) => {
    const previous = batch.items[worker.previous]
    const current = batch.items[worker.item]
    const done = mode === 'each-after' ? 'committed' : 'effect applied'
    const waits = worker.phase === 'polled' && mode === 'before'
    return [
      ...(previous === undefined ? [] : [{ stage: done, about: previous.message.id }]),
      ...(current === undefined
        ? []
        : [{ stage: waits ? 'committed' : STAGE_OF[worker.phase], about: current.message.id }]),
    ]
  })
}

/** Event ids of what is in hand or done without being committed: what a crash now would hit. */
export function holding(work: Work): readonly string[] {
  const { batch } = work
  if (batch === null || batch.phase === 'committed') return []
  return batch.items.map((item) => item.message.id)
}
