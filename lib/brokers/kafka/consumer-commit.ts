// Commits by the application: commitSync waits and retries, commitAsync does neither. A commit refused for
// good is a CommitFailedException: what was in hand is dropped, and the next poll joins the group anew.
import {
  dropBatch,
  endsOfBatch,
  giveOut,
  isIn,
  positionAfter,
  takeNext,
  type Work,
  withWorker,
  workersIn,
} from '../../clients/handler.ts'
import type { Place, Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { isBeating } from './consumer-group.ts'
import { isModern } from './consumer-membership.ts'
import { rule } from './consumer-rule.ts'
import {
  ASYNC,
  type ConsumerState,
  commitOf,
  inTransactions,
  isMember,
  loseMembership,
  modeOf,
  type Self,
  WHOLE_BATCH,
  withFatal,
} from './consumer-state.ts'
import type { KafkaError, OffsetCommit, OffsetCommitResponse } from './protocol.ts'

/** What is to be committed: the whole batch (0), or the record of worker w (w + 1). */
const NOTHING: readonly number[] = []
const BATCH: readonly number[] = [WHOLE_BATCH]

function waitsForCommit(work: Work): boolean {
  const phase = work.batch?.phase
  if (phase === 'before' || phase === 'after') return true
  for (const worker of work.workers) {
    if (worker.phase === 'applied' || worker.phase === 'commitAgain') return true
  }
  return false
}

function toCommit(work: Work): readonly number[] {
  const phase = work.batch?.phase
  if (phase === 'before' || phase === 'after') return BATCH
  const workers = [...workersIn(work, 'applied'), ...workersIn(work, 'commitAgain')]
  return workers.length === 0 ? NOTHING : workers.sort((a, b) => a - b).map((w) => w + 1)
}

function isRetry(work: Work, what: number): boolean {
  if (what === WHOLE_BATCH) return work.batch?.retry === true
  return isIn(work, what - 1, 'commitAgain')
}

/** Whether a commitSync with this correlation waits for its answer. */
function isWaiting(work: Work, correlation: number): boolean {
  if (correlation !== WHOLE_BATCH) return isIn(work, correlation - 1, 'committing')
  const phase = work.batch?.phase
  return phase === 'before-sent' || phase === 'after-sent'
}

function offsetsFor(s: ConsumerState, what: number, me: Self): OffsetCommit['offsets'] {
  const { batch } = s.work
  const places =
    what === WHOLE_BATCH
      ? endsOfBatch(batch as NonNullable<typeof batch>)
      : [positionAfter(s.work, what - 1, me.settings.handler.commitOf)]
  return places.map(asOffset).sort(byPlace)
}

type Offset = OffsetCommit['offsets'][number]

export function asOffset({ stream, lane, offset }: Place): Offset {
  return { topic: stream, partition: lane, offset }
}

export function byPlace(a: Offset, b: Offset): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1
  return a.partition - b.partition
}

/** The work once the commit has been sent and is waited for, or once its answer says that it stands. */
export function sent(work: Work, what: number): Work {
  if (what !== WHOLE_BATCH) return withWorker(work, what - 1, { phase: 'committing' })
  const batch = work.batch as NonNullable<Work['batch']>
  return {
    ...work,
    batch: { ...batch, phase: batch.phase === 'before' ? 'before-sent' : 'after-sent' },
  }
}

export function stands(work: Work, what: number): Work {
  if (what !== WHOLE_BATCH) return takeNext(work, what - 1)
  const batch = work.batch as NonNullable<Work['batch']>
  if (batch.phase === 'before-sent') return giveOut(work)
  return { ...work, batch: { ...batch, phase: 'committed' } }
}

function again(work: Work, what: number): Work {
  if (what !== WHOLE_BATCH) return withWorker(work, what - 1, { phase: 'commitAgain' })
  const batch = work.batch as NonNullable<Work['batch']>
  const phase = batch.phase === 'before-sent' ? 'before' : 'after'
  return { ...work, batch: { ...batch, phase, retry: true } }
}

function commit(s: ConsumerState, what: number, me: Self): Out<ConsumerState> {
  // With group.protocol=consumer it asks by no epoch, which an empty group accepts (CommitRequestManager).
  if (!isMember(s) && !isModern(me)) return failHere(s, what, me)
  const { settings } = me
  const sync = settings['commit.api'] === 'commitSync'
  const offsets = offsetsFor(s, what, me)
  const request = commitOf(s, offsets, sync ? what : ASYNC, me)
  const under = sent(s.work, what)
  const work = sync ? under : stands(under, what)
  return { self: { ...s, work }, send: [['coordinator', request]] }
}

/**
 * A process that knows it was thrown out does not even ask: "Offset commit cannot be completed since the
 * consumer is not part of an active group" (ConsumerCoordinator.sendOffsetCommitRequest).
 */
function failHere(s: ConsumerState, what: number, me: Self): Out<ConsumerState> {
  const group = me.settings.service
  const reason = 'CommitFailedException: not part of an active group'
  const seen: Seen = { kind: 'commitRefused', actor: me.id, group, by: me.id, reason }
  return { self: { ...s, work: dropBatch(s.work, what - 1) }, observe: [seen] }
}

const FINAL: readonly KafkaError[] = [
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
  'STALE_MEMBER_EPOCH',
]

function isFinal(s: ConsumerState, error: KafkaError | undefined): boolean {
  if (error !== undefined && FINAL.includes(error)) return true
  // Sent with the generation before, answered in the next: it may try again (OffsetCommitResponseHandler).
  return error === 'ILLEGAL_GENERATION' && s.group.phase !== 'syncing'
}

function afterRefusal(s: ConsumerState, error: KafkaError | undefined, me: Self): ConsumerState {
  if (error === 'FENCED_INSTANCE_ID') return withFatal(s, 'FencedInstanceIdException')
  return loseMembership(s, me, error === 'UNKNOWN_MEMBER_ID')
}

/**
 * Of a member that is joining, the answer to its JoinGroup will tell what it is; with group.protocol=consumer
 * a commit never does, heartbeats do (CommitRequestManager).
 */
function refused(s: ConsumerState, e: OffsetCommitResponse, me: Self): ConsumerState {
  const lost = isBeating(s) && !isModern(me) ? afterRefusal(s, e.error, me) : s
  if (e.correlation === ASYNC) return lost
  return { ...lost, work: dropBatch(s.work, e.correlation - 1) }
}

const isAsync = (_s: ConsumerState, e: OffsetCommitResponse) => e.correlation === ASYNC
const isAwaited = (s: ConsumerState, e: OffsetCommitResponse) =>
  e.correlation !== ASYNC && isWaiting(s.work, e.correlation)

export const commitRules = [
  rule({
    name: 'OffsetCommit',
    reads: ['enable.auto.commit', 'commit.api', 'max.poll.records', 'retry.backoff.ms'],
    cites: 'KafkaConsumer.commitSync, commitAsync',
    ready: {
      'something waits for its commit': (s) => waitsForCommit(s.work),
      'it does not commit in a transaction': (_s, me) => !inTransactions(me.settings),
      'the handler does not hang': (s) => !s.stalled,
    },
    each: (s) => toCommit(s.work),
    takes: (settings, s, _e, what) => {
      const waits = isRetry(s.work, what) ? settings['retry.backoff.ms'] : 0
      return [waits, waits]
    },
    then: (s, _e, what, me) => commit(s, what, me),
  }),
  rule({
    name: 'OffsetCommitResponse',
    on: 'OffsetCommitResponse',
    when: {
      'a commitSync waits for it': isAwaited,
      'the commit stands': (_s, e) => e.error === undefined,
    },
    then: (s, e) => ({ self: { ...s, work: stands(s.work, e.correlation) } }),
  }),
  rule({
    name: 'CommitFailedException',
    on: 'OffsetCommitResponse',
    cites: 'KafkaConsumer.commitSync: CommitFailedException',
    when: {
      'somebody hears of it': (s, e) => isAsync(s, e) || isAwaited(s, e),
      'it was refused for good': (s, e) => isFinal(s, e.error),
    },
    then: (s, e, _x, me) => ({ self: refused(s, e, me) }),
  }),
  rule({
    name: 'CommitRetried',
    on: 'OffsetCommitResponse',
    cites:
      'RebalanceInProgressException and a lost connection: the application (the former) or commitSync itself (the latter) tries again',
    when: {
      'a commitSync waits for it': isAwaited,
      'it was refused for now': (s, e) => e.error !== undefined && !isFinal(s, e.error),
    },
    then: (s, e) => ({ self: { ...s, work: again(s.work, e.correlation) } }),
  }),
  rule({
    name: 'OffsetCommitCallback',
    on: 'OffsetCommitResponse',
    cites: 'KafkaConsumer.commitAsync: not retried; the next commit supersedes it',
    when: {
      'it answers a commit that nobody waits for': isAsync,
      'it was not refused for good': (s, e) => !isFinal(s, e.error),
    },
    then: (s, e) => (e.error === undefined ? {} : { self: forgetCommitted(s) }),
  }),
  rule({
    name: 'IgnoreOffsetCommitResponse',
    on: 'OffsetCommitResponse',
    when: {
      'nobody waits for it': (s, e) => !isAsync(s, e) && !isAwaited(s, e),
    },
    then: () => ({}),
  }),
]

/** After a lost or refused automatic commit every position is due again in the next interval. */
export function forgetCommitted(s: ConsumerState): ConsumerState {
  return { ...s, lanes: s.lanes.map((lane) => ({ ...lane, committed: -1 })) }
}

/** What a cut connection to the coordinator does to commits under way: sync ones are sent again. */
export function commitsCutOff(s: ConsumerState, me: Self): ConsumerState {
  // The end of a transaction is awaited from the producer, by another line.
  if (inTransactions(me.settings)) return s
  let { work } = s
  if (isWaiting(work, WHOLE_BATCH)) work = again(work, WHOLE_BATCH)
  for (const worker of workersIn(work, 'committing')) work = again(work, worker + 1)
  return modeOf(me.settings) === 'auto' ? forgetCommitted({ ...s, work }) : { ...s, work }
}
