// Fetching, polling and acknowledging. A fetch goes out from within poll, when nothing is left of the last one,
// and takes acknowledgements along (ShareConsumerImpl.poll, ShareConsumeRequestManager).
import { handOver, type Item } from '../../clients/handler.ts'
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import type { AcquiredRecord, ShareFetch } from './protocol-share.ts'
import { rule } from './share-consumer-rule.ts'
import {
  aboutOf,
  acknowledgeRequests,
  forNode,
  isImplicit,
  mayGoOn,
  mayPoll,
  nodeOf,
  type Self,
  type Sends,
  type ShareConsumerSettings,
  type ShareConsumerState,
  saidOf,
  told,
} from './share-consumer-state.ts'

type Lanes = ShareFetch['partitions']

function assignedLanes(s: ShareConsumerState): Lanes {
  return Object.entries(s.assigned).flatMap(([topic, partitions]) =>
    partitions.map((partition) => ({ topic, partition })),
  )
}

/** Whether a node that leads one of its partitions owes it no answer. */
function hasWhomToAsk(s: ShareConsumerState, { settings }: Self): boolean {
  for (const topic in s.assigned) {
    for (const partition of s.assigned[topic] ?? []) {
      if (!s.fetching.includes(nodeOf(s, settings, { topic, partition }))) return true
    }
  }
  return false
}

function isRenewing(s: ShareConsumerState): boolean {
  if (s.renewing.length > 0 || s.renewed.length > 0) return true
  return s.hand.some(({ acknowledged }) => acknowledged === 'RENEW')
}

/**
 * One fetch to each node that leads some of its partitions. With share.acquire.mode=record_limit the real one
 * asks one node at a time, which makes a difference only until fetch.max.wait.ms has passed.
 */
function fetch(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const { settings } = me
  const said = saidOf(s, settings)
  const lanes = assignedLanes(s)
  const ask: (readonly [string, ShareFetch])[] = settings.nodes.flatMap((node) => {
    const partitions = lanes.filter((lane) => nodeOf(s, settings, lane) === node)
    if (partitions.length === 0 || s.fetching.includes(node)) return []
    const acknowledgements = forNode(s, settings, said, node)
    return [[node, { ...fetchOf(s, settings, aboutOf(said)), partitions, acknowledgements }]]
  })
  const asked = ask.map(([node]) => node)
  const others = acknowledgeRequests(s, me, said, false).filter(([node]) => !asked.includes(node))
  const self = {
    ...told(s, said),
    fetching: [...s.fetching, ...asked],
    sessions: [...new Set([...s.sessions, ...asked])].sort(),
  }
  return { self, send: [...others, ...ask] }
}

/** What is acknowledged goes ahead, renewals among it, and the fetch follows without waiting. */
function renew(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const said = saidOf(s, me.settings)
  const ahead = acknowledgeRequests(s, me, said, false)
  const { self, send = [] } = fetch(told(s, said), me)
  return { ...(self === undefined ? {} : { self }), send: [...ahead, ...send] }
}

function fetchOf(s: ShareConsumerState, settings: ShareConsumerSettings, about: string) {
  return {
    kind: 'ShareFetch',
    about,
    group: settings.service,
    member: s.member,
    maxRecords: settings['max.poll.records'],
    mode: settings['share.acquire.mode'],
  } as const
}

/** How many of the buffered records one poll returns: no record batch is broken off, except by record_limit. */
function pollSize(buffer: readonly AcquiredRecord[], settings: ShareConsumerSettings): number {
  const most = settings['max.poll.records']
  if (settings['share.acquire.mode'] === 'record_limit') return Math.min(most, buffer.length)
  let size = Math.min(most, buffer.length)
  for (let last = buffer[size - 1]; size < buffer.length; size++) {
    const next = buffer[size] as AcquiredRecord
    if (last === undefined || !isOfBatch(next, last)) break
  }
  return size
}

function isOfBatch(next: AcquiredRecord, last: AcquiredRecord): boolean {
  const { topic, partition, offset } = next
  return topic === last.topic && partition === last.partition && offset <= last.batchEnd
}

function modeOf(settings: ShareConsumerSettings) {
  if (isImplicit(settings)) return 'auto'
  return settings.handler.ackPoint === 'before' ? 'before' : 'batch-after'
}

function poll(s: ShareConsumerState, me: Self): Out<ShareConsumerState> {
  const { settings } = me
  const said = saidOf(s, settings)
  const send: Sends = [...acknowledgeRequests(s, me, said, false)]
  const size = s.renewed.length > 0 ? 0 : pollSize(s.buffer, settings)
  const records = s.renewed.length > 0 ? s.renewed : s.buffer.slice(0, size)
  const items = records.map(({ topic: stream, partition: lane, offset, message }): Item => {
    return { place: { stream, lane, offset }, message }
  })
  const hand = records.map((record) => ({ ...record, acknowledged: null }))
  const { service: group } = settings
  const observe = items.map((item): Seen => ({ kind: 'delivered', actor: me.id, group, ...item }))
  const work = handOver(items, settings.handler, modeOf(settings))
  const left = { ...told(s, said), gapped: false, renewed: [], buffer: s.buffer.slice(size) }
  return { self: { ...left, hand, work }, send, observe }
}

/** What the application gives poll as a timeout. */
const POLL_MS = 100

export const pollRules = [
  rule({
    name: 'ShareFetch',
    reads: ['max.poll.records', 'share.acquire.mode', 'share.acknowledgement.mode'],
    cites: 'ShareConsumerImpl.collect: a ShareFetch is sent where the buffer is empty',
    ready: {
      'nothing is buffered': (s) => s.buffer.length === 0,
      'its thread is free to poll': mayPoll,
      'a node that leads a partition of its own owes no answer': hasWhomToAsk,
      'no fetch has just been refused': (s) => !s.refused,
      'its fetch has not brought gaps only': (s) => !s.gapped,
      'all that poll returned is acknowledged': mayGoOn,
      'no lock is being renewed': (s) => !isRenewing(s),
    },
    then: (s, _e, _x, me) => fetch(s, me),
  }),
  rule({
    name: 'ShareFetchResponse',
    on: 'ShareFetchResponse',
    cites: 'ShareConsumeRequestManager.handleShareFetchSuccess: fetchMoreRecords',
    when: { 'it carries no error': (_s, e) => e.error === undefined },
    then: (s, e, _x, me) => ({
      self: {
        ...s,
        fetching: s.fetching.filter((node) => node !== me.port),
        // What comes while its thread is elsewhere, the next poll finds, and still fetches.
        gapped: s.gapped || (e.onlyGaps === true && mayPoll(s)),
        buffer: [...s.buffer, ...e.records],
      },
    }),
  }),
  rule({
    name: 'PollReturnsNothing',
    cites:
      'ShareConsumerImpl.collect: one ShareFetchEvent per poll. After one that brought gaps only, it waits for its timeout',
    ready: {
      'its fetch has brought gaps only': (s) => s.gapped,
      'its thread is free to poll': mayPoll,
    },
    takes: () => [POLL_MS, POLL_MS],
    then: (s) => ({ self: { ...s, gapped: false } }),
  }),
  rule({
    name: 'ShareFetchRefused',
    on: 'ShareFetchResponse',
    cites: 'NOT_LEADER_OR_FOLLOWER: the metadata is about to say who leads now',
    when: { 'it was refused for now': (_s, e) => e.error !== undefined },
    then: (s, _e, _x, me) => ({
      self: { ...s, refused: true, fetching: s.fetching.filter((node) => node !== me.port) },
    }),
  }),
  rule({
    name: 'RetryShareFetch',
    reads: ['retry.backoff.ms'],
    ready: { 'a fetch was refused': (s) => s.refused },
    takes: (settings) => [settings['retry.backoff.ms'], settings['retry.backoff.ms']],
    then: (s) => ({ self: { ...s, refused: false } }),
  }),
  rule({
    name: 'Poll',
    reads: ['max.poll.records', 'share.acquire.mode', 'share.acknowledgement.mode'],
    cites: 'ShareFetchCollector.collect, ShareCompletedFetch.fetchRecords',
    ready: {
      'there is something to return': (s) => s.buffer.length > 0 || s.renewed.length > 0,
      'its thread is free to poll': mayPoll,
      'all that poll returned is acknowledged': mayGoOn,
    },
    then: (s, _e, _x, me) => poll(s, me),
  }),
  rule({
    name: 'RenewLocks',
    cites: 'ShareConsumerImpl.collect: renewals go ahead of the next fetch',
    ready: {
      'a lock is to be renewed': (s) => s.hand.some(({ acknowledged }) => acknowledged === 'RENEW'),
      'its thread is free to poll': mayPoll,
      'all that poll returned is acknowledged': mayGoOn,
    },
    then: (s, _e, _x, me) => renew(s, me),
  }),
]
