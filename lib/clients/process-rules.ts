// What can befall the process of any consumer: it dies and is started again, it stands still, its handler hangs, it
// is replaced by a deployment.
import { ruleFor } from '../engine/rule.ts'
import type { Envelope, Me, Out, Range, Rule } from '../engine/types.ts'

interface Process {
  readonly process: string
  readonly paused: boolean
  readonly stalled: boolean
  /** Told to end in order: it does so when it polls next. */
  readonly closing: boolean
}

interface Durations {
  readonly restartMs: Range
  readonly pauseMs: Range
  readonly stallMs: Range
}

/** What differs from client to client: what is lost, and what is said to whom. */
export interface Ways<S, C> {
  readonly crash: (s: S, me: Me<C>) => Out<S>
  readonly restart: (s: S, me: Me<C>) => Out<S>
  readonly pause: (s: S, me: Me<C>) => Out<S>
  readonly resume: (s: S, me: Me<C>) => Out<S>
}

export function processRules<S extends Process, C extends Durations>(
  ways: Ways<S, C>,
): readonly Rule[] {
  const rule = ruleFor<S, C, Envelope>()
  return [
    rule({
      name: 'Crash',
      fault: { kind: 'crash' },
      then: (s, _e, _x, me) => ways.crash(s, me),
    }),
    rule({
      name: 'Restart',
      anytime: true,
      ready: { 'its process is gone': (s) => s.process === 'crashed' || s.process === 'left' },
      takes: (settings) => settings.restartMs,
      then: (s, _e, _x, me) => ways.restart(s, me),
    }),
    rule({
      name: 'Pause',
      fault: { kind: 'pause' },
      then: (s, _e, _x, me) => ways.pause(s, me),
    }),
    rule({
      name: 'Resume',
      anytime: true,
      ready: { 'it is paused': (s) => s.paused },
      takes: (settings) => settings.pauseMs,
      then: (s, _e, _x, me) => ways.resume(s, me),
    }),
    rule({
      name: 'StallHandler',
      fault: { kind: 'stall-handler' },
      ready: { 'the handler does not hang': (s) => !s.stalled },
      then: (s) => ({ self: { ...s, stalled: true } }),
    }),
    rule({
      name: 'HandlerGoesOn',
      anytime: true,
      ready: { 'the handler hangs': (s) => s.stalled },
      takes: (settings) => settings.stallMs,
      then: (s) => ({ self: { ...s, stalled: false } }),
    }),
    rule({
      name: 'LeaveAndRejoin',
      fault: { kind: 'deploy' },
      ready: { 'it is not being closed': (s) => !s.closing },
      then: (s) => ({ self: { ...s, closing: true } }),
    }),
  ]
}
