// Whether the handler has seen a record before: looking it up, in the dedup store or in memory, and marking it
// there.

import { itemOf, someIn, type Work, type WorkerPhase, workersIn } from '../../clients/handler.ts'
import { looksUp } from '../../clients/strategies.ts'
import type { CheckSeen, HandlerSettings, MarkSeen, Seen } from '../../clients/types.ts'
import { neverWhere } from '../../engine/rule.ts'
import { has } from '../../engine/trie.ts'
import type { Out } from '../../engine/types.ts'
import { afterEffect, callOf, isRunning, moved, waiting } from './consumer-handler-worker.ts'
import { rule } from './consumer-rule.ts'
import type { ConsumerState, Self } from './consumer-state.ts'

/** The phase from which an event is marked as seen in the dedup store; null without one. */
function readyForMark({ strategy }: HandlerSettings): WorkerPhase | null {
  if (strategy.kind !== 'dedup-table') return null
  return strategy.marks === 'before' ? 'deduped' : 'unmarked'
}

function isReadyToMark(work: Work, handler: HandlerSettings): boolean {
  const phase = readyForMark(handler)
  return phase !== null && someIn(work, phase)
}

function skipSeen(s: ConsumerState, worker: number, me: Self, reason: string): Out<ConsumerState> {
  const { message } = itemOf(s.work, worker)
  const { service, handler } = me.settings
  const base = { actor: me.id, group: service, by: me.id, sink: handler.sink, message }
  const seen: Seen = { ...base, kind: 'effectSkipped', reason }
  return { self: afterEffect(s, worker, me.settings), observe: [seen] }
}

function lookInMemory(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const { id } = itemOf(s.work, worker).message
  if (has(s.seen, id)) return skipSeen(s, worker, me, 'in-memory set')
  return { self: moved(s, worker, { phase: 'deduped' }) }
}

export function sendCheck(s: ConsumerState, worker: number): Out<ConsumerState> {
  const { id } = itemOf(s.work, worker).message
  const check: CheckSeen = { kind: 'CheckSeen', about: id, call: callOf(s, worker), id }
  return { self: moved(s, worker, { phase: 'checking' }), send: [['dedup', check]] }
}

export function sendMark(s: ConsumerState, worker: number): Out<ConsumerState> {
  const { id } = itemOf(s.work, worker).message
  const mark: MarkSeen = { kind: 'MarkSeen', about: id, call: callOf(s, worker), id }
  return { self: moved(s, worker, { phase: 'marking' }), send: [['dedup', mark]] }
}

/** Strategies that look an event up before its effect. */
const LOOKS_UP: readonly string[] = ['dedup-table', 'in-memory-set']

// In each `ready` the rarest condition stands first, so that a rule that cannot run costs one look.
export const seenRules = neverWhere(
  ({ handler }: Self['settings']) => !LOOKS_UP.includes(handler.strategy.kind),
  [
    rule({
      name: 'CheckSeen',
      ready: {
        'it has a dedup table': (_s, me) => me.settings.handler.strategy.kind === 'dedup-table',
        'the handler does not hang': isRunning,
      },
      each: (s) => workersIn(s.work, 'polled'),
      then: (s, _e, worker) => sendCheck(s, worker),
    }),
    rule({
      name: 'SeenAnswer',
      on: 'SeenAnswer',
      when: {
        'a worker waits for it': (s, e) => waiting(s, 'checking', e.call) >= 0,
      },
      then: (s, e, _x, me) => {
        const worker = waiting(s, 'checking', e.call)
        if (e.seen === true) return skipSeen(s, worker, me, 'dedup table')
        const phase = e.seen === false ? 'deduped' : 'checkAgain'
        return { self: moved(s, worker, { phase }) }
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
        'a record is to be marked': (s, me) => isReadyToMark(s.work, me.settings.handler),
        'the handler does not hang': isRunning,
      },
      each: (s, _e, me) => workersIn(s.work, readyForMark(me.settings.handler) ?? 'idle'),
      then: (s, _e, worker) => sendMark(s, worker),
    }),
    rule({
      name: 'MarkAnswer',
      on: 'MarkAnswer',
      when: {
        'a worker waits for it': (s, e) => waiting(s, 'marking', e.call) >= 0,
      },
      then: (s, e, _x, me) => {
        const { strategy } = me.settings.handler
        const worker = waiting(s, 'marking', e.call)
        if (!e.ok) return { self: moved(s, worker, { phase: 'markAgain' }) }
        const before = strategy.kind === 'dedup-table' && strategy.marks === 'before'
        if (before) return { self: moved(s, worker, { phase: 'marked' }) }
        return { self: afterEffect(s, worker, me.settings) }
      },
    }),
  ],
)
