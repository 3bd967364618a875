// The sink actor: an external API, a database table, or counts. What it writes stays written; it answers
// each call on its own and knows of its callers only what their requests say.
import { ruleFor } from '../engine/rule.ts'
import { keys, remove } from '../engine/trie.ts'
import type { ConnectionClosedEnvelope, Kind, Out } from '../engine/types.ts'
import {
  answerOf,
  decide,
  emptySink,
  type Pending,
  type SinkSettings,
  type SinkState,
  seenOf,
  write,
} from './sink-state.ts'
import type { ApplyEffect, EffectAnswer } from './types.ts'

export type { SinkSettings, SinkState } from './sink-state.ts'

/** A key kept at least this long outlives every run, so its end is not modelled. */
const OUTLIVES_EVERY_RUN_MS = 3_600_000
/** Keys whose end is armed at one time; scenarios that teach retention hold a handful. */
const ARMED_KEYS = 256
const NONE: readonly never[] = []

const rule = ruleFor<SinkState, SinkSettings, ApplyEffect | EffectAnswer>()

/** Decides about a request and does what was decided, in one transaction. */
function settle(state: SinkState, request: ApplyEffect, sink: string, settings: SinkSettings) {
  const decision = decide(state, request)
  return {
    self: decision.result === 'applied' ? write(state, request, settings) : state,
    answer: answerOf(request, decision.result),
    observe: seenOf(sink, request, decision),
  }
}

/** Accepts a request to be finished later; what needs no work is answered at once. */
function accept(
  state: SinkState,
  request: ApplyEffect,
  port: string,
  sink: string,
): Out<SinkState> {
  const decision = decide(state, request)
  if (decision.result !== 'applied') {
    const observe = seenOf(sink, request, decision)
    return { reply: answerOf(request, decision.result), observe }
  }
  return { self: { ...state, pending: [...state.pending, { port, request }] } }
}

function idOf(pending: Pending): string {
  return `${pending.port} ${pending.request.call}`
}

function finish(
  state: SinkState,
  id: string,
  sink: string,
  settings: SinkSettings,
): Out<SinkState> {
  const found = state.pending.find((each) => idOf(each) === id) as Pending
  const left = { ...state, pending: state.pending.filter((each) => each !== found) }
  const { self, answer, observe } = settle(left, found.request, sink, settings)
  // The caller may have died since: its new process knows no such call and ignores the answer. A request
  // whose caller was gone before it was accepted has nobody to answer.
  if (found.request.orphan === true) return { self, observe }
  return { self, observe, send: [[found.port, answer]] }
}

/** The HTTP connection breaks before the answer is out: the caller learns that, and not the result. */
function brokenCall(request: ApplyEffect): ConnectionClosedEnvelope {
  return { kind: 'ConnectionClosed', about: request.call }
}

export const sink: Kind<SinkState, SinkSettings> = {
  name: 'sink',
  init: (me) => emptySink(me.settings),
  active: { 'the sink is up': (s) => s.up },
  silent: { ConnectionClosed: () => true },
  rules: [
    rule({
      name: 'ApplyEffect',
      on: 'ApplyEffect',
      ready: { 'it answers at once': (_s, me) => !me.settings.slow },
      takes: (settings) => settings.answerMs,
      then: (s, request, _x, me) => {
        const { self, answer, observe } = settle(s, request, me.id, me.settings)
        return { self, observe, reply: answer }
      },
    }),
    rule({
      name: 'AcceptEffect',
      cites:
        'IETF draft-ietf-httpapi-idempotency-key-header, 2.6: 409 while the first is in progress',
      on: 'ApplyEffect',
      ready: { 'it answers later': (_s, me) => me.settings.slow },
      then: (s, request, _x, me) => accept(s, request, me.port, me.id),
    }),
    rule({
      name: 'FinishEffect',
      each: (s) => (s.pending.length === 0 ? NONE : s.pending.map(idOf)),
      takes: (settings) => settings.answerMs,
      then: (s, _e, id, me) => finish(s, id, me.id, me.settings),
    }),
    rule({
      name: 'AnswerUnavailable',
      on: 'ApplyEffect',
      anytime: true,
      ready: { 'the sink is down': (s) => !s.up },
      then: (_s, request) => ({ reply: answerOf(request, 'unavailable') }),
    }),
    rule({
      name: 'KeyExpires',
      cites:
        'IETF draft-ietf-httpapi-idempotency-key-header, 2.3: the server says how long keys live',
      timer: true,
      ready: {
        'keys end within a run': (_s, me) => me.settings.retentionMs < OUTLIVES_EVERY_RUN_MS,
      },
      each: (s) => keys(s.keys, ARMED_KEYS),
      takes: (settings) => [settings.retentionMs, settings.retentionMs],
      then: (s, _e, key, me) => ({
        self: { ...s, keys: remove(s.keys, key) },
        observe: [{ kind: 'forgotten', actor: me.id, what: `idempotency key ${key}` }],
      }),
    }),
    rule({
      name: 'SinkDown',
      fault: { kind: 'sink-down' },
      then: (s) => ({ self: { ...s, up: false } }),
    }),
    rule({
      name: 'SinkUp',
      anytime: true,
      ready: { 'the sink is down': (s) => !s.up },
      takes: (settings) => settings.downMs,
      then: (s) => ({ self: { ...s, up: true } }),
    }),
    rule({
      name: 'LoseAnswer',
      on: 'ApplyEffect',
      fault: { kind: 'lose-answer' },
      then: (s, request, _x, me) => {
        const { self, observe } = settle(s, request, me.id, me.settings)
        return { self, observe, reply: brokenCall(request) }
      },
    }),
    rule({
      name: 'PoisonMessage',
      on: 'ApplyEffect',
      fault: { kind: 'poison-message' },
      when: { 'it is not poison yet': (s, request) => !s.poison.includes(request.message.id) },
      then: (s, request, _x, me) => {
        const self = { ...s, poison: [...s.poison, request.message.id] }
        const observe = seenOf(me.id, request, { result: 'failed' })
        return { self, observe, reply: answerOf(request, 'failed') }
      },
    }),
  ],
}
