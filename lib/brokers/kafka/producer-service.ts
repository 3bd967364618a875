// A producer inside the process of a service: it does what the service's own thread asks of it, and dies,
// pauses and starts with that process.

import type { EndTogether, FromApplication, Publish } from '../../clients/publish.ts'
import { neverWhere, ruleFor } from '../../engine/rule.ts'
import type { Envelope, Out } from '../../engine/types.ts'
import { accumulate, drain } from './producer-batches.ts'
import { startProducer } from './producer-start.ts'
import {
  newProducer,
  type ProducerSettings,
  type ProducerState,
  type Self,
  unconfirmed,
} from './producer-state.ts'
import { abort, begin, commit, inPhase, withOffsets } from './producer-transactions.ts'
import type { KafkaEnvelope } from './protocol.ts'

/** The port to the thread of the application. */
export const APPLICATION = 'application'

/** What the application waits for. */
export type Serving =
  | { readonly call: 'publish'; readonly id: string; readonly failed: boolean }
  | { readonly call: 'end'; readonly commit: boolean }

const rule = ruleFor<ProducerState, ProducerSettings, KafkaEnvelope | FromApplication>()

/** Ready for a call: it knows where to send, and has its epoch if it needs one. */
function isReady(s: ProducerState): boolean {
  if (s.serving !== null || s.partitions === 0) return false
  return !inPhase(s, 'uninitialised', 'initialising', 'aborting', 'ending')
}

/** A transaction begins with the first call that needs one. */
const inTransaction = (s: ProducerState): ProducerState => (inPhase(s, 'ready') ? begin(s) : s)

function publish(before: ProducerState, e: Publish, me: Self): Out<ProducerState> {
  const s = inTransaction(before)
  const failed = inPhase(s, 'abortable', 'fatal')
  const serving: Serving = { call: 'publish', id: e.message.id, failed }
  if (failed) return { self: { ...s, serving } }
  const self = accumulate({ ...s, serving }, e.message, me)
  return drain({ self, send: [], observe: [] }, me)
}

/** The offsets become part of the transaction, which then ends. */
function endTogether(before: ProducerState, e: EndTogether, me: Self): Out<ProducerState> {
  const { member, generation, offsets } = e
  const s = { ...inTransaction(before), serving: { call: 'end', commit: e.commit } as const }
  if (inPhase(s, 'fatal')) return { self: s }
  if (!e.commit || inPhase(s, 'abortable')) return { self: abort(s, 'the service aborted') }
  return commit(withOffsets(s, { port: me.settings.groupPort, member, generation, offsets }), me)
}

/** Whether the call that is being served has come to its end. */
function isServed(s: ProducerState): boolean {
  const { serving } = s
  if (serving === null) return false
  if (serving.call === 'end') return inPhase(s, 'ready', 'fatal')
  return serving.failed || inPhase(s, 'abortable', 'fatal') || isOver(s, serving.id)
}

function isOver(s: ProducerState, id: string): boolean {
  return unconfirmed(s).every((batch) => batch.messages.every((each) => each.id !== id))
}

function answerOf(s: ProducerState): Envelope {
  const serving = s.serving as Serving
  if (serving.call === 'publish') {
    const { id, failed } = serving
    const ok = !failed && !inPhase(s, 'abortable', 'fatal')
    return { kind: 'Published', about: id, id, ok } as Envelope
  }
  const committed = inPhase(s, 'ready') && s.transaction?.committed === true
  return { kind: 'EndedTogether', committed, fenced: inPhase(s, 'fatal') } as Envelope
}

/** A new process of the service: what this one was to do is forgotten, its connections are closed. */
function processEnds(_s: ProducerState, me: Self): Out<ProducerState> {
  const self = newProducer(0, [])
  return { self, hangUp: me.ports.filter((port) => port !== APPLICATION) }
}

const fromApplication = (_s: ProducerState, me: Self) => me.port === APPLICATION

export const serviceRules = neverWhere(
  (settings: Self['settings']) => !settings.inService,
  [
    rule({
      name: 'ProcessStarts',
      on: 'ProcessStarts',
      anytime: true,
      then: (_s, _e, _x, me) => startProducer(newProducer(0, []), me),
    }),
    rule({
      name: 'ProcessPauses',
      on: 'ProcessPauses',
      then: (s) => ({ self: { ...s, life: 'paused' } }),
    }),
    rule({
      name: 'ProcessResumes',
      on: 'ProcessResumes',
      anytime: true,
      then: (s) => ({ self: { ...s, life: 'running' } }),
    }),
    rule({
      name: 'ProcessEnds',
      on: 'ConnectionClosed',
      anytime: true,
      cites: 'All threads of a process end together, and its sockets close',
      ready: { 'it was the thread of the application': fromApplication },
      then: (s, _e, _x, me) => processEnds(s, me),
    }),
    rule({
      name: 'Publish',
      on: 'Publish',
      cites: 'KafkaProducer.send, and get() of its future',
      ready: { 'it is ready for a call': isReady },
      then: (s, e, _x, me) => publish(s, e, me),
    }),
    rule({
      name: 'EndTogether',
      on: 'EndTogether',
      cites: 'KafkaProducer.sendOffsetsToTransaction and commitTransaction, or abortTransaction',
      ready: { 'it is ready for a call': isReady },
      then: (s, e, _x, me) => endTogether(s, e, me),
    }),
    rule({
      name: 'AnswerApplication',
      ready: { 'the call has come to its end': isServed },
      then: (s) => ({ self: { ...s, serving: null }, send: [[APPLICATION, answerOf(s)]] }),
    }),
  ],
)
