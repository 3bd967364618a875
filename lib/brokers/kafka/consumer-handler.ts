// The handler's calls for each record in a worker's hands: its effect, and calls that fail, are late and are made
// again. Each is a step of its own, at which the process can crash.
import {
  isIn,
  itemOf,
  someIn,
  type Work,
  type Worker,
  type WorkerPhase,
  workersIn,
} from '../../clients/handler.ts'
import { effectRequest, looksUp } from '../../clients/strategies.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import { set } from '../../engine/trie.ts'
import type { Out } from '../../engine/types.ts'
import { asideRules, effectFailed, sendAside } from './consumer-handler-aside.ts'
import { seenRules, sendCheck, sendMark } from './consumer-handler-seen.ts'
import { afterEffect, callOf, isRunning, moved, waiting } from './consumer-handler-worker.ts'
import { rule } from './consumer-rule.ts'
import type { ConsumerSettings, ConsumerState, Self } from './consumer-state.ts'

/** The phase from which the effect is sent, by strategy. */
function readyForEffect({ strategy }: HandlerSettings): WorkerPhase {
  if (strategy.kind === 'dedup-table') return strategy.marks === 'before' ? 'marked' : 'deduped'
  return strategy.kind === 'in-memory-set' ? 'deduped' : 'polled'
}

function sendEffect(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const { place, message } = itemOf(s.work, worker)
  const { handler, service } = me.settings
  const made = { call: callOf(s, worker), group: service, by: me.id, message, place }
  return {
    self: moved(s, worker, { phase: 'sent' }),
    send: [['sink', effectRequest(handler, made)]],
  }
}

/** The effect is done, here or before: it is remembered as the strategy says. */
function effectDone(s: ConsumerState, worker: number, settings: ConsumerSettings): ConsumerState {
  const { strategy } = settings.handler
  if (strategy.kind === 'dedup-table' && strategy.marks === 'after') {
    return moved(s, worker, { phase: 'unmarked' })
  }
  if (looksUp(strategy) !== 'memory') return afterEffect(s, worker, settings)
  const seen = set(s.seen, itemOf(s.work, worker).message.id, true as const)
  return afterEffect({ ...s, seen }, worker, settings)
}

const AGAIN = ['checkAgain', 'markAgain', 'sendAgain', 'parkAgain'] as const
const NO_WORKERS: readonly number[] = []

function waitsForRetry(work: Work): boolean {
  for (const { phase } of work.workers) {
    if (phase === 'sendAgain' || phase === 'checkAgain') return true
    if (phase === 'markAgain' || phase === 'parkAgain') return true
  }
  return false
}

function retry(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  if (isIn(s.work, worker, 'checkAgain')) return sendCheck(s, worker)
  if (isIn(s.work, worker, 'markAgain')) return sendMark(s, worker)
  if (isIn(s.work, worker, 'parkAgain')) return sendAside(s, worker, me.settings)
  return sendEffect(s, worker, me)
}

/** The worker whose open call, to the sink or to the store, was broken; -1 for a call given up before. */
function broken(s: ConsumerState, call: string): number {
  for (const phase of ['sent', 'checking', 'marking'] as const) {
    const worker = waiting(s, phase, call)
    if (worker >= 0) return worker
  }
  return -1
}

function breakCall(s: ConsumerState, worker: number): ConsumerState {
  if (isIn(s.work, worker, 'checking')) return moved(s, worker, { phase: 'checkAgain' })
  if (isIn(s.work, worker, 'marking')) return moved(s, worker, { phase: 'markAgain' })
  return moved(s, worker, { phase: 'sendAgain' })
}

const isCall = (_s: ConsumerState, me: Self) => me.port === 'sink' || me.port === 'dedup'
const PHASE_OF = { EffectAnswer: 'sent', SeenAnswer: 'checking', MarkAnswer: 'marking' } as const

// In each `ready` the rarest condition stands first, so that a rule that cannot run costs one look.
export const handlerRules = [
  ...seenRules,
  rule({
    name: 'ApplyEffect',
    ready: {
      'a record is ready for its effect': (s, me) =>
        someIn(s.work, readyForEffect(me.settings.handler)),
      'its service has an effect': (_s, me) => me.settings.handler.effect !== 'none',
      'the handler does not hang': isRunning,
    },
    each: (s, _e, me) => workersIn(s.work, readyForEffect(me.settings.handler)),
    about: (s, _e, worker) => itemOf(s.work, worker).message.id,
    takes: (settings) => settings.handler.ms,
    then: (s, _e, worker, me) => sendEffect(s, worker, me),
  }),
  rule({
    name: 'EffectAnswer',
    on: 'EffectAnswer',
    when: {
      'a worker waits for it': (s, e) => waiting(s, 'sent', e.call) >= 0,
      'the effect is done': (_s, e) =>
        e.result === 'applied' || e.result === 'already done' || e.result === 'stale',
    },
    then: (s, e, _x, me) => ({ self: effectDone(s, waiting(s, 'sent', e.call), me.settings) }),
  }),
  rule({
    name: 'EffectPostponed',
    on: 'EffectAnswer',
    when: {
      'a worker waits for it': (s, e) => waiting(s, 'sent', e.call) >= 0,
      'the sink cannot say yet': (_s, e) =>
        e.result === 'in progress' || e.result === 'unavailable',
    },
    then: (s, e) => ({ self: moved(s, waiting(s, 'sent', e.call), { phase: 'sendAgain' }) }),
  }),
  rule({
    name: 'EffectFailed',
    on: 'EffectAnswer',
    when: {
      'a worker waits for it': (s, e) => waiting(s, 'sent', e.call) >= 0,
      'the effect failed': (_s, e) => e.result === 'failed',
    },
    then: (s, e, _x, me) => effectFailed(s, waiting(s, 'sent', e.call), me),
  }),
  rule({
    name: 'IgnoreLateAnswer',
    on: ['EffectAnswer', 'SeenAnswer', 'MarkAnswer'],
    when: {
      'no worker waits for it': (s, e) =>
        waiting(s, PHASE_OF[e.kind as keyof typeof PHASE_OF], e.call) < 0,
    },
    then: () => ({}),
  }),
  rule({
    name: 'RetryCall',
    ready: {
      'a call is to be made again': (s) => waitsForRetry(s.work),
      'the handler does not hang': isRunning,
    },
    each: (s) => {
      const found = AGAIN.flatMap((phase) => workersIn(s.work, phase))
      return found.length === 0 ? NO_WORKERS : found.sort((a, b) => a - b)
    },
    about: (s, _e, worker) => itemOf(s.work, worker).message.id,
    takes: (settings) => settings.retryMs,
    then: (s, _e, worker, me) => retry(s, worker, me),
  }),
  rule({
    name: 'CallTimesOut',
    timer: true,
    ready: {
      'the sink may take longer than the caller waits': (_s, me) =>
        me.settings.slowestAnswerMs >= me.settings.callTimeoutMs,
    },
    each: (s) => workersIn(s.work, 'sent'),
    takes: (settings) => [settings.callTimeoutMs, settings.callTimeoutMs],
    then: (s, _e, worker) => {
      const { late } = s.work.workers[worker] as Worker
      return { self: moved(s, worker, { phase: 'sendAgain', late: (late + 1) % 8 }) }
    },
  }),
  rule({
    name: 'CallBroken',
    on: 'ConnectionClosed',
    ready: { 'it was a call': isCall },
    when: { 'a worker waits for its answer': (s, e) => broken(s, e.about ?? '') >= 0 },
    then: (s, e) => ({ self: breakCall(s, broken(s, e.about ?? '')) }),
  }),
  rule({
    name: 'IgnoreBrokenCall',
    on: 'ConnectionClosed',
    ready: { 'it was a call': isCall },
    when: { 'no worker waits for its answer': (s, e) => broken(s, e.about ?? '') < 0 },
    then: () => ({}),
  }),
  ...asideRules,
]
