// commitSync() of a share consumer, and what becomes of a record whose effect fails for good: in explicit mode
// the application may give it back to the broker, or say that nobody is to have it.
import { giveOut, isIn, type Work, type Worker } from '../../clients/handler.ts'
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { effectFailed } from './consumer-handler-aside.ts'
import { callOf, finished } from './consumer-handler-worker.ts'
import type { AcknowledgeType, ShareAcknowledgeResponse } from './protocol-share.ts'
import { rule } from './share-consumer-rule.ts'
import {
  acknowledgeRequests,
  isImplicit,
  nodeOf,
  type Self,
  type ShareConsumerState,
  saidOf,
  told,
} from './share-consumer-state.ts'

function waitsForCommit(s: ShareConsumerState): boolean {
  const phase = s.work.batch?.phase
  return phase === 'before' || phase === 'after'
}

/** The handler has done with what poll returned: what it has said nothing else of, it accepts. */
function allSaid(s: ShareConsumerState): ShareConsumerState {
  const hand = s.hand.map((record) => ({
    ...record,
    acknowledged: record.acknowledged ?? ('ACCEPT' as const),
  }))
  return { ...s, hand }
}

function sent(work: Work): Work {
  const batch = work.batch as NonNullable<Work['batch']>
  return {
    ...work,
    batch: { ...batch, phase: batch.phase === 'before' ? 'before-sent' : 'after-sent' },
  }
}

/** The commit is over, whatever came of it: effects follow, or the next poll. */
function over(work: Work): Work {
  const { batch } = work
  if (batch?.phase === 'before-sent') return giveOut(work)
  return batch?.phase === 'after-sent' ? { ...work, batch: { ...batch, phase: 'committed' } } : work
}

function refusedFor(me: Self, reason: string): Seen {
  return { kind: 'commitRefused', actor: me.id, group: me.settings.service, by: me.id, reason }
}

export function commit(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const full = allSaid(s)
  const said = saidOf(full, me.settings)
  const send = acknowledgeRequests(full, me, said, true)
  const awaited = send.map(([node]) => node)
  const count = send.reduce((sum, [, request]) => sum + request.acknowledgements.length, 0)
  const observe = count < said.length ? [refusedFor(me, NO_SESSION)] : []
  const work = awaited.length === 0 ? over(sent(s.work)) : sent(s.work)
  return { self: { ...told(full, said), awaited, work }, send, observe }
}

/** The session went with its connection, and the locks with the session. */
const NO_SESSION = 'ShareSessionNotFoundException'
const NO_LOCK = 'InvalidRecordStateException'

/** Records of that node whose lock was to be renewed: poll returns them again. */
function renewed(s: ShareConsumerState, e: ShareAcknowledgeResponse, me: Self): ShareConsumerState {
  if (s.renewing.length === 0) return s
  const own = s.renewing.filter((record) => nodeOf(s, me.settings, record) === me.port)
  const good = own.filter(({ topic, partition }) =>
    e.errors.every((each) => each.topic !== topic || each.partition !== partition),
  )
  const renewing = s.renewing.filter((record) => !own.includes(record))
  return { ...s, renewing, renewed: [...s.renewed, ...good] }
}

function answered(s: ShareConsumerState, e: ShareAcknowledgeResponse, me: Self) {
  const after = renewed(s, e, me)
  const awaited = s.awaited.filter((node) => node !== me.port)
  const work = awaited.length === 0 ? over(s.work) : s.work
  const observe = e.errors.length === 0 ? [] : [refusedFor(me, NO_LOCK)]
  return { self: { ...after, awaited, work }, observe }
}

/** What a cut line takes with it: the session, the answer that was waited for, and the locks. */
export function cutOff(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const without = (nodes: readonly string[]) => nodes.filter((node) => node !== me.port)
  const isAwaited = s.awaited.includes(me.port)
  const awaited = without(s.awaited)
  const work = isAwaited && awaited.length === 0 ? over(s.work) : s.work
  return {
    self: {
      ...s,
      awaited,
      work,
      sessions: without(s.sessions),
      fetching: without(s.fetching),
      renewing: s.renewing.filter((record) => nodeOf(s, me.settings, record) !== me.port),
    },
    observe: isAwaited ? [refusedFor(me, NO_SESSION)] : [],
  }
}

/** The worker that waits for the answer to this call, or -1. */
function waiting(s: ShareConsumerState, call: string): number {
  return s.work.workers.findIndex((_, w) => isIn(s.work, w, 'sent') && callOf(s, w) === call)
}

/** What the story asks for when an effect fails for good, as an AcknowledgeType; null: none says it. */
function typeFor({ settings }: Self): AcknowledgeType | null {
  const { onFailure, ackPoint } = settings.handler
  if (isImplicit(settings) || ackPoint === 'before') return null
  if (onFailure === 'retry-in-place') return 'RELEASE'
  return onFailure === 'skip' ? 'REJECT' : null
}

function fail(s: ShareConsumerState, worker: number, me: Self): Out<ShareConsumerState> {
  const { failures, item } = s.work.workers[worker] as Worker
  const type = typeFor(me)
  if (type === null || failures + 1 < me.settings.handler.maxAttempts) {
    return effectFailed(s, worker, me)
  }
  const place = s.work.batch?.items[item]?.place
  const hand = s.hand.map((record) => {
    const { topic, partition, offset } = record
    const isIt = topic === place?.stream && partition === place.lane && offset === place.offset
    return isIt ? { ...record, acknowledged: type } : record
  })
  return { self: finished({ ...s, hand }, worker) }
}

export const acknowledgeRules = [
  rule({
    name: 'ShareAcknowledge',
    reads: ['share.acknowledgement.mode'],
    cites: 'ShareConsumerImpl.commitSync: it tells what came of it and throws nothing',
    ready: {
      'what poll returned waits for its commit': waitsForCommit,
      'the handler does not hang': (s) => !s.stalled,
    },
    then: (s, _e, _x, me) => commit(s, me),
  }),
  rule({
    name: 'ShareAcknowledgeResponse',
    on: 'ShareAcknowledgeResponse',
    when: {
      'a commitSync waits for it': (s, e, _x, me) => e.awaited && s.awaited.includes(me.port),
    },
    then: (s, e, _x, me) => answered(s, e, me),
  }),
  rule({
    name: 'AcknowledgementCommitCallback',
    on: 'ShareAcknowledgeResponse',
    cites: 'setAcknowledgementCommitCallback: without one nobody hears of a refusal',
    when: {
      'no commitSync waits for it': (s, e, _x, me) => !e.awaited || !s.awaited.includes(me.port),
    },
    then: (s, e, _x, me) => ({ self: renewed(s, e, me) }),
  }),
  rule({
    name: 'EffectFailed',
    on: 'EffectAnswer',
    reads: ['share.acknowledgement.mode'],
    cites: 'AcknowledgeType.RELEASE, REJECT',
    when: {
      'a worker waits for it': (s, e) => waiting(s, e.call) >= 0,
      'the effect failed': (_s, e) => e.result === 'failed',
    },
    then: (s, e, _x, me) => fail(s, waiting(s, e.call), me),
  }),
]
