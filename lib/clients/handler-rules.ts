// The rules by which a handler does its work on what is in its workers' hands: looking it up, its effect,
// marking it. For any broker's consumer: it says what follows an item that is done, and one that has failed.
import { ruleFor } from '../engine/rule.ts'
import { has, set, type Trie } from '../engine/trie.ts'
import type { Me, Out, Range, Rule } from '../engine/types.ts'
import {
  isIn,
  itemOf,
  someIn,
  type Work,
  type Worker,
  type WorkerPhase,
  withWorker,
  workersIn,
} from './handler.ts'
import { effectRequest, looksUp } from './strategies.ts'
import type {
  ApplyEffect,
  CheckSeen,
  EffectAnswer,
  HandlerSettings,
  MarkAnswer,
  MarkSeen,
  Seen,
  SeenAnswer,
} from './types.ts'

export interface HandlerState {
  readonly work: Work
  readonly stalled: boolean
  /** Which process this is: tells a late answer to an earlier one. */
  readonly life: number
  /** The in-memory set of event ids. */
  readonly seen: Trie<true>
}

export interface HandlerConfig {
  readonly service: string
  readonly handler: HandlerSettings
  readonly retryMs: Range
  readonly callTimeoutMs: number
  readonly slowestAnswerMs: number
}

/** What the broker's consumer does with an item; both move its worker on. */
export interface Follows<S, C> {
  readonly finished: (s: S, worker: number, me: Me<C>) => Out<S>
  /** The effect has failed as often as it may. */
  readonly failed: (s: S, worker: number, me: Me<C>) => Out<S>
}

type Calls = ApplyEffect | EffectAnswer | CheckSeen | SeenAnswer | MarkSeen | MarkAnswer

/** A message id alone would do for a first try; the rest tells a late answer from the one waited for. */
export function callOf(s: HandlerState, worker: number): string {
  const { id } = itemOf(s.work, worker).message
  const { late } = s.work.workers[worker] as Worker
  if (worker === 0 && late === 0 && s.life === 0) return id
  return `${id}~${s.life}.${worker}.${late}`
}

function waiting(s: HandlerState, phase: WorkerPhase, call: string): number {
  const { workers } = s.work
  for (let w = 0; w < workers.length; w++) {
    if ((workers[w] as Worker).phase === phase && callOf(s, w) === call) return w
  }
  return -1
}

function waitsForRetry({ workers }: Work): boolean {
  for (const { phase } of workers) {
    if (phase === 'sendAgain' || phase === 'checkAgain' || phase === 'markAgain') return true
  }
  return false
}

function readyForEffect({ strategy }: HandlerSettings): WorkerPhase {
  if (strategy.kind === 'dedup-table') return strategy.marks === 'before' ? 'marked' : 'deduped'
  return strategy.kind === 'in-memory-set' ? 'deduped' : 'polled'
}

function readyForMark({ strategy }: HandlerSettings): WorkerPhase {
  if (strategy.kind !== 'dedup-table') return 'blocked'
  return strategy.marks === 'before' ? 'deduped' : 'unmarked'
}

const PHASE_OF = { EffectAnswer: 'sent', SeenAnswer: 'checking', MarkAnswer: 'marking' } as const
const AGAIN = ['checkAgain', 'markAgain', 'sendAgain'] as const
const AGAIN_OF = { checking: 'checkAgain', marking: 'markAgain', sent: 'sendAgain' } as const
const OPEN = ['sent', 'checking', 'marking'] as const

/** The phase in which some worker waits for this call, and that worker. */
function broken(s: HandlerState, call: string) {
  for (const phase of OPEN) {
    const worker = waiting(s, phase, call)
    if (worker >= 0) return { phase, worker }
  }
  return null
}

type Moved<S, C> = (s: S, worker: number, me: Me<C>) => Out<S>

/** The steps of the work, typed for one broker's consumer. */
interface Working<S, C> {
  readonly ask: (s: S, worker: number, kind: 'CheckSeen' | 'MarkSeen') => Out<S>
  readonly sendEffect: Moved<S, C>
  readonly skipSeen: (s: S, worker: number, me: Me<C>, reason: string) => Out<S>
  readonly lookInMemory: Moved<S, C>
  readonly effectDone: Moved<S, C>
  readonly effectFailed: Moved<S, C>
  readonly marked: (s: S, worker: number, ok: boolean, me: Me<C>) => Out<S>
  readonly again: Moved<S, C>
}

const isRunning = (s: HandlerState): boolean => !s.stalled

function moved<S extends HandlerState>(s: S, worker: number, change: Partial<Worker>): S {
  return { ...s, work: withWorker(s.work, worker, change) }
}

function workingOf<S extends HandlerState, C extends HandlerConfig>(
  follows: Follows<S, C>,
): Working<S, C> {
  function ask(s: S, worker: number, kind: 'CheckSeen' | 'MarkSeen'): Out<S> {
    const { id } = itemOf(s.work, worker).message
    const phase = kind === 'CheckSeen' ? 'checking' : 'marking'
    const envelope = { kind, about: id, call: callOf(s, worker), id } as const
    return { self: moved(s, worker, { phase }), send: [['dedup', envelope]] }
  }
  function sendEffect(s: S, worker: number, me: Me<C>): Out<S> {
    const { place, message } = itemOf(s.work, worker)
    const { handler, service } = me.settings
    const made = { call: callOf(s, worker), group: service, by: me.id, message, place }
    const self = moved(s, worker, { phase: 'sent' })
    return { self, send: [['sink', effectRequest(handler, made)]] }
  }
  function skipSeen(s: S, worker: number, me: Me<C>, reason: string): Out<S> {
    const { message } = itemOf(s.work, worker)
    const { service, handler } = me.settings
    const base = { actor: me.id, group: service, by: me.id, sink: handler.sink, message }
    const seen: Seen = { ...base, kind: 'effectSkipped', reason }
    const out = follows.finished(s, worker, me)
    return { ...out, observe: [seen, ...(out.observe ?? [])] }
  }
  function lookInMemory(s: S, worker: number, me: Me<C>): Out<S> {
    const { id } = itemOf(s.work, worker).message
    if (has(s.seen, id)) return skipSeen(s, worker, me, 'in-memory set')
    return { self: moved(s, worker, { phase: 'deduped' }) }
  }
  function effectDone(s: S, worker: number, me: Me<C>): Out<S> {
    const { strategy } = me.settings.handler
    if (strategy.kind === 'dedup-table' && strategy.marks === 'after') {
      return { self: moved(s, worker, { phase: 'unmarked' }) }
    }
    if (looksUp(strategy) !== 'memory') return follows.finished(s, worker, me)
    const seen = set(s.seen, itemOf(s.work, worker).message.id, true as const)
    return follows.finished({ ...s, seen }, worker, me)
  }
  function effectFailed(s: S, worker: number, me: Me<C>): Out<S> {
    const failures = (s.work.workers[worker] as Worker).failures + 1
    const counted = moved(s, worker, { phase: 'sendAgain', failures })
    if (failures < me.settings.handler.maxAttempts) return { self: counted }
    return follows.failed(counted, worker, me)
  }
  function marked(s: S, worker: number, ok: boolean, me: Me<C>): Out<S> {
    const { strategy } = me.settings.handler
    if (!ok) return { self: moved(s, worker, { phase: 'markAgain' }) }
    const before = strategy.kind === 'dedup-table' && strategy.marks === 'before'
    if (before) return { self: moved(s, worker, { phase: 'marked' }) }
    return follows.finished(s, worker, me)
  }
  function again(s: S, worker: number, me: Me<C>): Out<S> {
    if (isIn(s.work, worker, 'checkAgain')) return ask(s, worker, 'CheckSeen')
    if (isIn(s.work, worker, 'markAgain')) return ask(s, worker, 'MarkSeen')
    return sendEffect(s, worker, me)
  }
  return {
    ask,
    sendEffect,
    skipSeen,
    lookInMemory,
    effectDone,
    effectFailed,
    marked,
    again,
  }
}

/** Whether an event was seen, and that it is from now on. */
function lookUpRules<S extends HandlerState, C extends HandlerConfig>(
  work: Working<S, C>,
): readonly Rule[] {
  const rule = ruleFor<S, C, Calls>()
  const { ask, skipSeen, lookInMemory, marked } = work
  return [
    rule({
      name: 'CheckSeen',
      ready: {
        'it has a dedup table': (_s, me) => me.settings.handler.strategy.kind === 'dedup-table',
        'the handler does not hang': isRunning,
      },
      each: (s) => workersIn(s.work, 'polled'),
      then: (s, _e, worker) => ask(s, worker, 'CheckSeen'),
    }),
    rule({
      name: 'SeenAnswer',
      on: 'SeenAnswer',
      when: { 'a worker waits for it': (s, e) => waiting(s, 'checking', e.call) >= 0 },
      then: (s, e, _x, me) => {
        const worker = waiting(s, 'checking', e.call)
        if (e.seen === true) return skipSeen(s, worker, me, 'dedup table')
        return { self: moved(s, worker, { phase: e.seen === false ? 'deduped' : 'checkAgain' }) }
      },
    }),
    rule({
      name: 'CheckSeenInMemory',
      ready: {
        'it keeps a set in memory': (_s, me) => looksUp(me.settings.handler.strategy) === 'memory',
        'the handler does not hang': isRunning,
      },
      each: (s) => workersIn(s.work, 'polled'),
      then: (s, _e, worker, me) => lookInMemory(s, worker, me),
    }),
    rule({
      name: 'MarkSeen',
      ready: {
        'it has a dedup table': (_s, me) => me.settings.handler.strategy.kind === 'dedup-table',
        'the handler does not hang': isRunning,
      },
      each: (s, _e, me) => workersIn(s.work, readyForMark(me.settings.handler)),
      then: (s, _e, worker) => ask(s, worker, 'MarkSeen'),
    }),
    rule({
      name: 'MarkAnswer',
      on: 'MarkAnswer',
      when: { 'a worker waits for it': (s, e) => waiting(s, 'marking', e.call) >= 0 },
      then: (s, e, _x, me) => marked(s, waiting(s, 'marking', e.call), e.ok, me),
    }),
  ]
}

/** The effect, and what its sink says of it. */
function effectRules<S extends HandlerState, C extends HandlerConfig>(
  work: Working<S, C>,
): readonly Rule[] {
  const rule = ruleFor<S, C, Calls>()
  const { sendEffect, effectDone, effectFailed } = work
  const waits = (s: S, e: EffectAnswer) => waiting(s, 'sent', e.call) >= 0
  return [
    rule({
      name: 'ApplyEffect',
      ready: {
        'a message is ready for its effect': (s, me) =>
          someIn(s.work, readyForEffect(me.settings.handler)),
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
        'a worker waits for it': waits,
        'the effect is done': (_s, e) =>
          e.result === 'applied' || e.result === 'already done' || e.result === 'stale',
      },
      then: (s, e, _x, me) => effectDone(s, waiting(s, 'sent', e.call), me),
    }),
    rule({
      name: 'EffectPostponed',
      on: 'EffectAnswer',
      when: {
        'a worker waits for it': waits,
        'the sink cannot say yet': (_s, e) =>
          e.result === 'in progress' || e.result === 'unavailable',
      },
      then: (s, e) => ({ self: moved(s, waiting(s, 'sent', e.call), { phase: 'sendAgain' }) }),
    }),
    rule({
      name: 'EffectFailed',
      on: 'EffectAnswer',
      when: {
        'a worker waits for it': waits,
        'the effect failed': (_s, e) => e.result === 'failed',
      },
      then: (s, e, _x, me) => effectFailed(s, waiting(s, 'sent', e.call), me),
    }),
  ]
}

/** Calls that come to nothing, and those that are made again. */
function callRules<S extends HandlerState, C extends HandlerConfig>(
  work: Working<S, C>,
): readonly Rule[] {
  const rule = ruleFor<S, C, Calls>()
  const { again } = work
  const isCall = (_s: S, me: Me<C>) => me.port === 'sink' || me.port === 'dedup'
  return [
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
      each: (s) => AGAIN.flatMap((phase) => workersIn(s.work, phase)).sort((a, b) => a - b),
      about: (s, _e, worker) => itemOf(s.work, worker).message.id,
      takes: (settings) => settings.retryMs,
      then: (s, _e, worker, me) => again(s, worker, me),
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
      then: (s, e) => {
        const found = broken(s, e.about ?? '')
        if (found === null) return {}
        return { self: moved(s, found.worker, { phase: AGAIN_OF[found.phase] }) }
      },
    }),
  ]
}

export function handlerRules<S extends HandlerState, C extends HandlerConfig>(
  follows: Follows<S, C>,
): readonly Rule[] {
  const work = workingOf(follows)
  return [...lookUpRules(work), ...effectRules(work), ...callRules(work)]
}
