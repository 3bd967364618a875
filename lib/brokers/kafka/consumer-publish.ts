// A service that publishes: what follows from each event is written by the producer in its own process. With
// transactions the offsets of what it read are part of what it writes, and nothing else commits them.

import { dropBatch, endsOfBatch, itemOf, workersIn } from '../../clients/handler.ts'
import { type EndTogether, following, type Publish } from '../../clients/publish.ts'
import { neverWhere } from '../../engine/rule.ts'
import type { Out } from '../../engine/types.ts'
import { asOffset, byPlace, sent, stands } from './consumer-commit.ts'
import { crash } from './consumer-faults.ts'
import { finished, moved } from './consumer-handler-worker.ts'
import { offsetFetchFor } from './consumer-lanes.ts'
import { stop } from './consumer-poll.ts'
import { rule } from './consumer-rule.ts'
import {
  type ConsumerState,
  inTransactions,
  type Lane,
  type Publishing,
  type Self,
  type Sends,
  WHOLE_BATCH,
} from './consumer-state.ts'

function messageOf(s: ConsumerState, worker: number, me: Self) {
  const to = me.settings.publishes as Publishing
  const { message } = itemOf(s.work, worker)
  return following(message, me.settings.service, to, to.firstN)
}

function publish(s: ConsumerState, worker: number, me: Self): Out<ConsumerState> {
  const message = messageOf(s, worker, me)
  const call: Publish = { kind: 'Publish', about: message.id, message }
  return { self: moved(s, worker, { phase: 'publishing' }), send: [['producer', call]] }
}

/** The worker that waits for what becomes of this event, or -1. */
function waiting(s: ConsumerState, id: string, me: Self): number {
  const found = workersIn(s.work, 'publishing').find((each) => messageOf(s, each, me).id === id)
  return found ?? -1
}

function ending(s: ConsumerState, commit: boolean): EndTogether {
  const { batch } = s.work
  const offsets = commit && batch !== null ? endsOfBatch(batch).map(asOffset).sort(byPlace) : []
  return { kind: 'EndTogether', commit, ...s.joinedAs, offsets }
}

/** The whole batch is taken back: aborted, and read again from what is committed. */
function takeBack(s: ConsumerState): Out<ConsumerState> {
  const work = { ...s.work, batch: { ...(s.work.batch as Batch), phase: 'after-sent' as const } }
  return { self: { ...s, work }, send: [['producer', ending(s, false)]] }
}
type Batch = NonNullable<ConsumerState['work']['batch']>

/** seek() to the committed offsets: what was handed over is read again. */
function readAgain(s: ConsumerState): Out<ConsumerState> {
  const lanes = s.lanes.map((lane): Lane => {
    return { ...lane, state: 'asked', position: -1, fetch: 'none', buffer: [], taken: 0 }
  })
  const ask = offsetFetchFor(lanes)
  const send: Sends = ask === null ? [] : [['coordinator', ask]]
  return { self: { ...s, lanes, work: dropBatch(s.work, -1) }, send }
}

const isRunning = (s: ConsumerState) => !s.stalled
const waitsForEnd = (s: ConsumerState, me: Self) =>
  inTransactions(me.settings) && s.work.batch?.phase === 'after-sent'

export const publishRules = neverWhere(
  (settings: Self['settings']) => settings.publishes === undefined,
  [
    rule({
      name: 'Process',
      ready: {
        'its service has no effect of its own': (_s, me) => me.settings.handler.effect === 'none',
        'the handler does not hang': isRunning,
      },
      each: (s) => workersIn(s.work, 'polled'),
      about: (s, _e, worker) => itemOf(s.work, worker).message.id,
      takes: (settings) => settings.handler.ms,
      then: (s, _e, worker) => ({ self: moved(s, worker, { phase: 'unpublished' }) }),
    }),
    rule({
      name: 'Publish',
      cites: 'KafkaProducer.send, and get() of its future',
      ready: {
        'the handler does not hang': isRunning,
      },
      each: (s) => workersIn(s.work, 'unpublished'),
      then: (s, _e, worker, me) => publish(s, worker, me),
    }),
    rule({
      name: 'PublishAgain',
      cites: 'The application: a send that failed for good is made again',
      ready: {
        'the handler does not hang': isRunning,
      },
      each: (s) => workersIn(s.work, 'publishAgain'),
      takes: (settings) => settings.retryMs,
      then: (s, _e, worker, me) => publish(s, worker, me),
    }),
    rule({
      name: 'Published',
      on: 'Published',
      when: {
        'a worker waits for it': (s, e, _x, me) => waiting(s, e.id, me) >= 0,
        'it stands': (_s, e) => e.ok,
      },
      then: (s, e, _x, me) => ({ self: finished(s, waiting(s, e.id, me)) }),
    }),
    rule({
      name: 'PublishFailed',
      on: 'Published',
      when: {
        'a worker waits for it': (s, e, _x, me) => waiting(s, e.id, me) >= 0,
        'it failed': (_s, e) => !e.ok,
      },
      then: (s, e, _x, me) =>
        inTransactions(me.settings)
          ? takeBack(s)
          : { self: moved(s, waiting(s, e.id, me), { phase: 'publishAgain' }) },
    }),
    rule({
      name: 'CommitTransaction',
      cites: 'KafkaProducer.sendOffsetsToTransaction, commitTransaction (KIP-98, KIP-447)',
      ready: {
        'all records of the poll are done': (s) => s.work.batch?.phase === 'after',
        'it commits in a transaction': (_s, me) => inTransactions(me.settings),
        'the handler does not hang': isRunning,
      },
      then: (s) => ({
        self: { ...s, work: sent(s.work, WHOLE_BATCH) },
        send: [['producer', ending(s, true)]],
      }),
    }),
    rule({
      name: 'TransactionCommitted',
      on: 'EndedTogether',
      ready: { 'it waits for its transaction to end': waitsForEnd },
      when: { 'it was committed': (_s, e) => e.committed },
      then: (s) => ({ self: { ...s, work: stands(s.work, WHOLE_BATCH) } }),
    }),
    rule({
      name: 'TransactionAborted',
      on: 'EndedTogether',
      cites: 'KafkaConsumer.seek to the committed offsets: what was read is read again',
      ready: { 'it waits for its transaction to end': waitsForEnd },
      when: {
        'it was aborted': (_s, e) => !e.committed,
        'its producer may go on': (_s, e) => !e.fenced,
      },
      then: (s) => readAgain(s),
    }),
    rule({
      name: 'ProducerFenced',
      on: 'EndedTogether',
      cites: 'ProducerFencedException: another process has the same transactional.id',
      ready: { 'it waits for its transaction to end': waitsForEnd },
      when: { 'its producer can do nothing more': (_s, e) => e.fenced },
      then: (s, _e, _x, me) => stop(s, me, 'ProducerFencedException'),
    }),
    rule({
      name: 'ProducerGone',
      on: 'ConnectionClosed',
      cites: 'All threads of a process end together',
      ready: { 'it was the producer in its own process': (_s, me) => me.port === 'producer' },
      then: (s, _e, _x, me) => crash(s, me),
    }),
  ],
)
