// The handler's calls for each record in a worker's hands: looking it up, its effect, marking it, and what
// becomes of one whose effect fails for good. Each is a step of its own, at which the process can crash.
import {
  finishItem,
  isIn,
  itemOf,
  someIn,
  type Work,
  type Worker,
  type WorkerPhase,
  withWorker,
  workersIn,
} from '../../clients/handler.ts'
import { effectRequest, looksUp } from '../../clients/strategies.ts'
import type { CheckSeen, HandlerSettings, MarkSeen, Seen } from '../../clients/types.ts'
import { has, set } from '../../engine/trie.ts'
import type { Out } from '../../engine/types.ts'
import { rule } from './consumer-rule.ts'
import {
  type ConsumerSettings,
  type ConsumerState,
  deadLetterTopic,
  retryTopic,
  type Self,
} from './consumer-state.ts'
import type { Produce } from './protocol.ts'

/**
 * The name of a worker's open call. A message id alone would do for a first try; the rest tells a late
 * answer to an earlier try, worker or process from the one waited for.
 */
export function callOf(s: ConsumerState, worker: number): string {
  const { id } = itemOf(s.work, worker).message
  const { late } = s.work.workers[worker] as Worker
  if (worker === 0 && late === 0 && s.life === 0) return id
  return `${id}~${s.life}.${worker}.${late}`
}

/** The worker that waits in this phase for the answer to this call, or -1. */
function waiting(s: ConsumerState, phase: WorkerPhase, call: string): number {
  const { workers } = s.work
  for (let w = 0; w < workers.length; w++) {
    if ((workers[w] as Worker).phase === phase && callOf(s, w) === call) return w
  }
  return -1
}

export function moved(s: ConsumerState, worker: number, change: Partial<Worker>): ConsumerState {
  return { ...s, work: withWorker(s.work, worker, change) }
}

export function finished(s: ConsumerState, worker: number): ConsumerState {
  return { ...s, work: finishItem(s.work, worker) }
}

/** The effect is behind it: what follows is published, where the service publishes. */
function afterEffect(
  s: ConsumerState,
  worker: number,
  { publishes }: ConsumerSettings,
): ConsumerState {
  if (publishes === undefined) return finished(s, worker)
  return moved(s, worker, { phase: 'unpublished' })
}

/** The phase from which the effect is sent, by strategy. */
export function readyForEffect({ strategy }: HandlerSettings): WorkerPhase {
  if (strategy.kind === 'dedup-table') return strategy.marks === 'before' ? 'marked' : 'deduped'
  return strategy.kind === 'in-memory-set' ? 'deduped' : 'polled'
}

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

function sendEffect(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const { place, message } = itemOf(s.work, worker)
  const { handler, service } = me.settings
  const made = { call: callOf(s, worker), group: service, by: me.id, message, place }
  return {
    self: moved(s, worker, { phase: 'sent' }),
    send: [['sink', effectRequest(handler, made)]],
  }
}

function sendCheck(s: ConsumerState, worker: number): Out<ConsumerState> {
  const { id } = itemOf(s.work, worker).message
  const check: CheckSeen = { kind: 'CheckSeen', about: id, call: callOf(s, worker), id }
  return { self: moved(s, worker, { phase: 'checking' }), send: [['dedup', check]] }
}

function sendMark(s: ConsumerState, worker: number): Out<ConsumerState> {
  const { id } = itemOf(s.work, worker).message
  const mark: MarkSeen = { kind: 'MarkSeen', about: id, call: callOf(s, worker), id }
  return { self: moved(s, worker, { phase: 'marking' }), send: [['dedup', mark]] }
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

/** What follows a failed effect: another try, or what the handler does with a message it cannot process. */
function effectFailed(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const { handler, service } = me.settings
  const failures = (s.work.workers[worker] as Worker).failures + 1
  if (failures < handler.maxAttempts) {
    return { self: moved(s, worker, { phase: 'sendAgain', failures }) }
  }
  switch (handler.onFailure) {
    case 'retry-in-place':
      // It would try for ever and for ever fail: its beats are idle, so they are not modelled.
      return { self: moved(s, worker, { phase: 'blocked', failures }) }
    case 'skip': {
      const { message, place } = itemOf(s.work, worker)
      const reason = `its effect failed ${failures} times`
      const seen: Seen = { kind: 'skipped', actor: me.id, group: service, message, place, reason }
      return { self: finished(s, worker), observe: [seen] }
    }
    default:
      return sendAside(moved(s, worker, { failures }), worker, me.settings)
  }
}

/** The topic a failing record is written to: from the retry topic there is only the dead-letter topic. */
function asideTopic(stream: string, settings: ConsumerSettings): string {
  const { topic, handler } = settings
  return handler.onFailure === 'retry-topic' && stream === topic
    ? retryTopic(topic)
    : deadLetterTopic(topic)
}

/** Retry and dead-letter topics have one partition; the first node leads it. */
export const asideNode = (settings: ConsumerSettings): string => settings.nodes[0] as string

/** Writes the record to a retry or dead-letter topic; a plain producer without idempotence, one partition. */
export function sendAside(
  s: ConsumerState,
  worker: number,
  settings: ConsumerSettings,
): Out<ConsumerState> {
  const { message, place } = itemOf(s.work, worker)
  const produce: Produce = {
    kind: 'Produce',
    about: message.id,
    topic: asideTopic(place.stream, settings),
    partition: 0,
    correlation: worker,
    acks: 'all',
    batch: { producerId: -1, epoch: -1, firstSequence: -1, messages: [message] },
  }
  return {
    self: moved(s, worker, { phase: 'parking' }),
    send: [[asideNode(settings), produce]],
  }
}

function aside(s: ConsumerState, worker: number, topic: string, me: Self): Out<ConsumerState> {
  const self = finished(s, worker)
  if (topic !== deadLetterTopic(me.settings.topic)) return { self }
  const { message, place } = itemOf(s.work, worker)
  const group = me.settings.service
  const seen: Seen = { kind: 'deadLettered', actor: me.id, group, message, place }
  return { self, observe: [seen] }
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
const isRunning = (s: ConsumerState) => !s.stalled

// In each `ready` the rarest condition stands first, so that a rule that cannot run costs one look.
export const handlerRules = [
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
  rule({
    name: 'ProduceResponse',
    on: 'ProduceResponse',
    when: {
      'a worker waits for it': (s, e) => isIn(s.work, e.correlation, 'parking'),
    },
    then: (s, e, _x, me) =>
      e.error === undefined
        ? aside(s, e.correlation, e.topic, me)
        : { self: moved(s, e.correlation, { phase: 'parkAgain' }) },
  }),
  rule({
    name: 'IgnoreProduceResponse',
    on: 'ProduceResponse',
    when: { 'no worker waits for it': (s, e) => !isIn(s.work, e.correlation, 'parking') },
    then: () => ({}),
  }),
]

const PHASE_OF = { EffectAnswer: 'sent', SeenAnswer: 'checking', MarkAnswer: 'marking' } as const
