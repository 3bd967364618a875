// A worker of the handler and its open call: by what name an answer finds it, and where it goes from there.
import {
  finishItem,
  itemOf,
  type Worker,
  type WorkerPhase,
  withWorker,
} from '../../clients/handler.ts'
import type { ConsumerSettings, ConsumerState } from './consumer-state.ts'

/** What the rules of a handler read and write; a share consumer, whose handler is the same, has it too. */
export type Handled = Pick<ConsumerState, 'life' | 'stalled' | 'work' | 'seen'>
export type HandlingSettings = Pick<ConsumerSettings, 'service' | 'topic' | 'nodes' | 'handler'>

/**
 * The name of a worker's open call. A message id alone would do for a first try; the rest tells a late
 * answer to an earlier try, worker or process from the one waited for.
 */
export function callOf(s: Handled, worker: number): string {
  const { id } = itemOf(s.work, worker).message
  const { late } = s.work.workers[worker] as Worker
  if (worker === 0 && late === 0 && s.life === 0) return id
  return `${id}~${s.life}.${worker}.${late}`
}

/** The worker that waits in this phase for the answer to this call, or -1. */
export function waiting(s: ConsumerState, phase: WorkerPhase, call: string): number {
  const { workers } = s.work
  for (let w = 0; w < workers.length; w++) {
    if ((workers[w] as Worker).phase === phase && callOf(s, w) === call) return w
  }
  return -1
}

export function moved<S extends Handled>(s: S, worker: number, change: Partial<Worker>): S {
  return { ...s, work: withWorker(s.work, worker, change) }
}

export function finished<S extends Handled>(s: S, worker: number): S {
  return { ...s, work: finishItem(s.work, worker) }
}

/** The effect is behind it: what follows is published, where the service publishes. */
export function afterEffect(
  s: ConsumerState,
  worker: number,
  { publishes }: ConsumerSettings,
): ConsumerState {
  if (publishes === undefined) return finished(s, worker)
  return moved(s, worker, { phase: 'unpublished' })
}

export const isRunning = (s: ConsumerState) => !s.stalled
