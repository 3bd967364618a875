// A broker node: leader of some partitions, follower of others. As leader it appends what producers send and
// answers fetches.
import { claiming } from '../../engine/rule.ts'
import type { Kind } from '../../engine/types.ts'
import { nodeClaims } from './commuting.ts'
import { type Log, logEnd } from './log.ts'
import { configRules } from './node-configs.ts'
import { isClientsPort, nodeFaultRules } from './node-faults.ts'
import { followerRules } from './node-follower.ts'
import { logRules } from './node-log.ts'
import { metadataRules } from './node-metadata.ts'
import { produceRules } from './node-produce.ts'
import { divergence, leaderRules } from './node-replication.ts'
import { shareRules } from './node-share.ts'
import { sessionAt } from './node-share-state.ts'
import {
  holdersOf,
  laneName,
  leads,
  NEW_NODE,
  type NodeSettings,
  type NodeState,
  readableEnd,
  readFrom,
  replicaOf,
  rule,
  type Self,
  withReplica,
} from './node-state.ts'
import { transactionRules } from './node-transactions.ts'
import type { Fetch, FetchResponse, ListOffsets, ListOffsetsResponse } from './protocol.ts'
import type { Leading, Replica } from './replica.ts'
import { answeredToNobody, TRANSACTIONS } from './transaction-peers.ts'

function park(s: NodeState, e: Fetch, me: Self): NodeState {
  const replica = replicaOf(s, e, me)
  const leading = replica.leading as Leading
  const others = leading.parked.filter((each) => each.port !== me.port)
  const { offset, maxRecords, isolation } = e
  const waits = { port: me.port, offset, maxRecords }
  const parked = [...others, isolation === undefined ? waits : { ...waits, isolation }]
  // All of them are woken at once, so that they have no order; it is kept the same.
  parked.sort((a, b) => (a.port < b.port ? -1 : 1))
  return withReplica(s, e, { ...replica, leading: { ...leading, parked } })
}

function refusal(
  e: Fetch,
  highWatermark: number,
  error: NonNullable<FetchResponse['error']>,
): FetchResponse {
  const { topic, partition, offset } = e
  const place = {
    kind: 'FetchResponse',
    about: laneName(topic, partition),
    topic,
    partition,
  } as const
  return { ...place, fetchOffset: offset, error, records: [], highWatermark }
}

type FetchError = NonNullable<FetchResponse['error']>

/**
 * Why a consumer may not read here; null when it may. Who names an epoch has to name the present one (KIP-320);
 * who names none may read from a follower, too (KIP-392).
 */
function fetchErrorOf(s: NodeState, e: Fetch, me: Self): FetchError | null {
  const { leading, epoch } = replicaOf(s, e, me)
  if (leading === null && !holdersOf(me, e).includes(me.id)) return 'NOT_LEADER_OR_FOLLOWER'
  const known = e.leaderEpoch ?? 0
  if (known === epoch || known < 0) return null
  return known < epoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH'
}

/** Where the reader's records part from this log; -1: nowhere, or nothing is known of what it has read. */
function divergesAt(s: NodeState, e: Fetch, me: Self): number {
  if (e.lastFetchedEpoch === undefined || e.lastFetchedEpoch < 0) return -1
  const found = divergence(replicaOf(s, e, me).log, e.offset, e.lastFetchedEpoch)
  return found === null ? -1 : found.endOffset
}

/** Whether this log can answer: it may, and its history is the one that the reader knows. */
function serves(s: NodeState, e: Fetch, me: Self): boolean {
  return fetchErrorOf(s, e, me) === null && divergesAt(s, e, me) < 0
}

/** Partition.fetchOffsetForTimestamp: a leader that has yet to learn that its followers have what it began with. */
function isLagging({ log, epoch, highWatermark }: Replica): boolean {
  const begun = log.epochs.findLast((each) => each.epoch === epoch)
  return begun !== undefined && begun.start > highWatermark
}

function listOffsets(s: NodeState, e: ListOffsets, me: Self): ListOffsetsResponse {
  const { topic, partition } = e
  const replica = replicaOf(s, e, me)
  const about = laneName(topic, partition)
  const answer = { kind: 'ListOffsetsResponse', about, topic, partition } as const
  if (replica.leading === null) return { ...answer, offset: -1, error: 'NOT_LEADER_OR_FOLLOWER' }
  if (e.at === 'latest' && isLagging(replica)) {
    return { ...answer, offset: -1, error: 'OFFSET_NOT_AVAILABLE' }
  }
  return {
    ...answer,
    offset: e.at === 'earliest' ? replica.log.start : readableEnd(replica, e.isolation),
  }
}

/** Whoever hung up waits for no records, and for no acknowledgement. */
function forget(before: NodeState, port: string): NodeState {
  const verifying = answeredToNobody(before.verifying, port)
  const s = verifying === before.verifying ? before : { ...before, verifying }
  const waits = ({ leading }: Replica) =>
    leading?.parked.some((each) => each.port === port) === true ||
    leading?.delayed.some((each) => each.port === port) === true
  const waiting = Object.entries(s.replicas).filter(([, replica]) => waits(replica))
  if (waiting.length === 0) return s
  const changed = waiting.map(([name, replica]) => {
    const leading = replica.leading as Leading
    const parked = leading.parked.filter((each) => each.port !== port)
    const delayed = leading.delayed.filter((each) => each.port !== port)
    return [name, { ...replica, leading: { ...leading, parked, delayed } }] as const
  })
  return { ...s, replicas: { ...s.replicas, ...Object.fromEntries(changed) } }
}

/** Whether a reader may be at that offset: retention may have taken it, or a truncation. */
function isInside(log: Log, offset: number): boolean {
  return offset >= log.start && offset <= logEnd(log)
}

const NONE = { maxRecords: 0 }

const SERVES = 'the reader may read here, and has read nothing that is not here'
const isAtEnd = (s: NodeState, e: Fetch, me: Self): boolean => {
  const replica = replicaOf(s, e, me)
  return e.offset >= readableEnd(replica, e.isolation) && isInside(replica.log, e.offset)
}

export const clientRules = [
  rule({
    name: 'Fetch',
    on: 'Fetch',
    cites: 'ReplicaManager.fetchMessages',
    when: {
      'there are records at that offset': (s, e, _x, me) => {
        const replica = replicaOf(s, e, me)
        return e.offset >= replica.log.start && e.offset < readableEnd(replica, e.isolation)
      },
      [SERVES]: (s, e, _x, me) => serves(s, e, me),
    },
    then: (s, e, _x, me) => ({ reply: readFrom(replicaOf(s, e, me), e, e.offset, e) }),
  }),
  rule({
    name: 'ParkFetch',
    on: 'Fetch',
    cites:
      'DelayedFetch: fetch.min.bytes is not there yet. The idle beats (fetch.max.wait.ms) are left out',
    when: {
      'there is nothing to read at that offset yet': (s, e, _x, me) => isAtEnd(s, e, me),
      'it leads the partition': (s, e, _x, me) => leads(s, e, me),
      [SERVES]: (s, e, _x, me) => serves(s, e, me),
    },
    then: (s, e, _x, me) => ({ self: park(s, e, me) }),
  }),
  rule({
    name: 'FetchNothing',
    on: 'Fetch',
    cites: 'KIP-392: a follower is read up to the high watermark it has heard of',
    when: {
      'there is nothing to read at that offset yet': (s, e, _x, me) => isAtEnd(s, e, me),
      'it follows': (s, e, _x, me) => !leads(s, e, me),
      [SERVES]: (s, e, _x, me) => serves(s, e, me),
    },
    then: (s, e, _x, me) => ({ reply: readFrom(replicaOf(s, e, me), e, e.offset, NONE) }),
  }),
  rule({
    name: 'RefuseFetch',
    on: 'Fetch',
    cites: 'OFFSET_OUT_OF_RANGE: the consumer resets its position (auto.offset.reset)',
    when: {
      'the offset is not in the log': (s, e, _x, me) =>
        !isInside(replicaOf(s, e, me).log, e.offset),
      [SERVES]: (s, e, _x, me) => serves(s, e, me),
    },
    then: (s, e, _x, me) => ({
      reply: refusal(e, replicaOf(s, e, me).highWatermark, 'OFFSET_OUT_OF_RANGE'),
    }),
  }),
  rule({
    name: 'RefuseFetchElsewhere',
    on: 'Fetch',
    cites: 'ReplicaManager.getPartitionOrException; Partition.checkCurrentLeaderEpoch (KIP-320)',
    when: {
      'it holds no replica, or the reader names another epoch': (s, e, _x, me) =>
        fetchErrorOf(s, e, me) !== null,
    },
    then: (s, e, _x, me) => ({ reply: refusal(e, -1, fetchErrorOf(s, e, me) as FetchError) }),
  }),
  rule({
    name: 'FetchDiverging',
    on: 'Fetch',
    cites:
      'KIP-320: OffsetsForLeaderEpoch, which a client asks after each election, in one with its fetch',
    when: {
      'the reader may read here': (s, e, _x, me) => fetchErrorOf(s, e, me) === null,
      'it has read what is not in this log': (s, e, _x, me) => divergesAt(s, e, me) >= 0,
    },
    then: (s, e, _x, me) => ({
      reply: {
        ...readFrom(replicaOf(s, e, me), e, e.offset, NONE),
        diverging: divergesAt(s, e, me),
      },
    }),
  }),
  rule({
    name: 'ListOffsets',
    on: 'ListOffsets',
    cites:
      'ListOffsets: the log start offset, or the high watermark; of a leader only, and OFFSET_NOT_AVAILABLE before it knows',
    then: (s, e, _x, me) => ({ reply: listOffsets(s, e, me) }),
  }),
  rule({
    name: 'ConnectionClosed',
    on: 'ConnectionClosed',
    cites: 'Acceptor: a request whose connection is gone is answered to nobody',
    ready: {
      'it was a client': (s, me) => isClientsPort(s, me) && me.port !== TRANSACTIONS,
      'no share session ends with it': (s, me) => sessionAt(s.share, me.port) === undefined,
    },
    then: (s, _e, _x, me) => ({ self: forget(s, me.port) }),
  }),
]

export const nodeRules = [
  ...produceRules,
  ...clientRules,
  ...leaderRules,
  ...followerRules,
  ...metadataRules,
  ...nodeFaultRules,
  ...logRules,
  ...configRules,
  ...shareRules,
  ...transactionRules,
]

export const nodeKind: Kind<NodeState, NodeSettings> = {
  name: 'kafka node',
  init: () => NEW_NODE,
  active: { 'its process runs': (s) => s.life === 'running' },
  rules: claiming(nodeClaims, nodeRules),
}
