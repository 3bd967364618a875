// One replica of a partition on its node: the log on its disk, who leads as far as it knows, and, where it
// leads itself, what it knows of the followers and who waits for an answer.
import { EMPTY_LOG, firstUnstable, type Log, logEnd } from './log.ts'
import { released } from './log-transactions.ts'
import { replicasOf } from './placement.ts'
import type { ProduceResponse } from './protocol.ts'
import type { WriteTxnMarkersResponse } from './protocol-transactions.ts'
import type { TopicConfig } from './settings.ts'

/** A fetch that waits for records (fetch.min.bytes=1), and the port on which its answer is awaited. */
export interface ParkedFetch {
  readonly port: string
  readonly offset: number
  readonly maxRecords: number
  /** Absent: it waits for the high watermark to pass `offset`; else for the last stable offset. */
  readonly isolation?: 'read_committed'
}

/** What a leader knows of one other replica, by its fetches. */
export interface Follower {
  readonly id: string
  /** Its log end; -1 while it has not fetched from this leader. */
  readonly end: number
  /** Its fetch waits here for what comes next. */
  readonly parked: boolean
  /** The high watermark that it was told last. */
  readonly told: number
}

/** A batch with acks=all, or the end of a transaction, that waits for the high watermark (DelayedProduce). */
export interface DelayedProduce {
  /** 'orders/0@5': tells it from the others. */
  readonly id: string
  readonly port: string
  /** The high watermark that answers it. */
  readonly required: number
  readonly timeoutMs: number
  readonly answer: ProduceResponse | WriteTxnMarkersResponse
}

/** What a leader knows and nobody else does. Gone with its process, or with its leadership. */
export interface Leading {
  /** Ids of the nodes in sync, itself among them, in the order of the replicas. */
  readonly isr: readonly string[]
  /** The ISR that it has asked the controller for; null while it has not. */
  readonly asked: readonly string[] | null
  /** The other replicas, in order. */
  readonly followers: readonly Follower[]
  /** Below so many in sync (effectiveMinIsr) the high watermark stands still and acks=all is refused. */
  readonly minIsr: number
  /** Fetches of consumers. */
  readonly parked: readonly ParkedFetch[]
  /** In the order of their offsets. */
  readonly delayed: readonly DelayedProduce[]
}

export interface Replica {
  readonly log: Log
  /** Up to here every replica in sync has it; consumers read below. A follower knows it a little late. */
  readonly highWatermark: number
  /** Who leads, as far as this node has heard; '' for nobody. */
  readonly leader: string
  readonly epoch: number
  readonly leading: Leading | null
}

const NO_FOLLOWERS: readonly Follower[] = []
const NO_FETCHES: readonly ParkedFetch[] = []
/** request.timeout.ms of a client that does not say, and of the broker that asks others. */
export const REQUEST_TIMEOUT_MS = 30_000
const NO_DELAYED: readonly DelayedProduce[] = []

/** min.insync.replicas cannot ask for more than there are replicas (Partition.effectiveMinIsr). */
export function effectiveMinIsr(config: TopicConfig, replicas: number): number {
  return Math.min(config['min.insync.replicas'], replicas)
}

export function newLeading(
  isr: readonly string[],
  others: readonly string[],
  minIsr: number,
  start: Omit<Follower, 'id'>,
): Leading {
  const followers = others.length === 0 ? NO_FOLLOWERS : others.map((id) => ({ id, ...start }))
  return { isr, asked: null, followers, minIsr, parked: NO_FETCHES, delayed: NO_DELAYED }
}

/** Of topics as they were made: by `replication.factor`, the first replica leads and all are in sync. */
export function firstReplica(
  node: string,
  nodes: readonly string[],
  partition: number,
  config: TopicConfig,
): Replica {
  const replicas = replicasOf(nodes, partition, config['replication.factor'])
  const leader = replicas[0] as string
  const start = { end: 0, parked: true, told: 0 }
  const minIsr = effectiveMinIsr(config, replicas.length)
  const leading = leader === node ? newLeading(replicas, replicas.slice(1), minIsr, start) : null
  return { log: EMPTY_LOG, highWatermark: 0, leader, epoch: 0, leading }
}

/**
 * The last stable offset: where the oldest open transaction begins, at most the high watermark. Readers with
 * isolation.level=read_committed read below it.
 */
export function lastStableOffset(replica: Replica): number {
  return Math.min(replica.highWatermark, firstUnstable(replica.log))
}

/**
 * After an append, a follower's fetch or a change of the ISR: the least log end of those in sync, and of those
 * asked for (the maximal ISR). It never goes back, and below the effective min ISR it stands still (KIP-966). A
 * leader without followers has its own end for a watermark.
 */
export function advanced(replica: Replica): Replica {
  const { leading, log } = replica
  if (leading === null) return replica
  const highWatermark = leading.followers.length === 0 ? logEnd(log) : leastEnd(log, leading)
  if (highWatermark <= replica.highWatermark) return replica
  if (log.open.length === 0) return { ...replica, highWatermark }
  return { ...replica, highWatermark, log: released(log, highWatermark) }
}

/** `min.insync.replicas`, and never more than there are replicas; on a node that does not lead, nobody asks. */
export function hasEnoughInSync({ leading }: Replica): boolean {
  return leading === null || leading.isr.length >= leading.minIsr
}

export function withDelayed(replica: Replica, each: DelayedProduce): Replica {
  const leading = replica.leading as Leading
  return { ...replica, leading: { ...leading, delayed: [...leading.delayed, each] } }
}

function leastEnd(log: Log, { isr, asked, followers, minIsr }: Leading): number {
  if (isr.length < minIsr) return -1
  let least = logEnd(log)
  for (const { id, end } of followers) {
    if (end < least && (isr.includes(id) || asked?.includes(id) === true)) least = end
  }
  return least
}

export function withFollower(leading: Leading, id: string, change: Partial<Follower>): Leading {
  const followers = leading.followers.map((each) =>
    each.id === id ? { ...each, ...change } : each,
  )
  return { ...leading, followers }
}

export function followerOf(leading: Leading, id: string): Follower | undefined {
  for (const follower of leading.followers) if (follower.id === id) return follower
  return undefined
}
