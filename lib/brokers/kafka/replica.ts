// One replica of a partition on its node: the log on its disk, who leads as far as it knows, and, where it
// leads itself, what it knows of the followers and who waits for an answer.
import { EMPTY_LOG, firstUnstable, type Log, logEnd } from './log.ts'
import { settled } from './log-transactions.ts'
import { replicasOf } from './placement.ts'

/** A fetch that waits for records (fetch.min.bytes=1), and the port on which its answer is awaited. */
export interface ParkedFetch {
  readonly port: string
  readonly maxRecords: number
  /** With isolation.level=read_committed: the offset that the last stable offset has to pass. */
  readonly stableAt?: number
}

/** What a leader knows and nobody else does. Gone with its process, or with its leadership. */
export interface Leading {
  /** Ids of the nodes in sync, itself among them, in the order of the replicas. */
  readonly isr: readonly string[]
  /** Fetches of consumers. Without `stableAt` they wait at the high watermark. */
  readonly parked: readonly ParkedFetch[]
}

export interface Replica {
  readonly log: Log
  /** Up to here every replica in sync has it; consumers read below. */
  readonly highWatermark: number
  /** Who leads, as far as this node has heard; '' for nobody. */
  readonly leader: string
  readonly epoch: number
  readonly leading: Leading | null
}

/** Of topics as they were made: by `replication.factor`, the first replica leads and all are in sync. */
export function firstReplica(
  node: string,
  nodes: readonly string[],
  partition: number,
  replicationFactor: number,
): Replica {
  const replicas = replicasOf(nodes, partition, replicationFactor)
  const leader = replicas[0] as string
  const leading = leader === node ? { isr: replicas, parked: [] } : null
  return { log: EMPTY_LOG, highWatermark: 0, leader, epoch: 0, leading }
}

/**
 * The last stable offset: where the oldest open transaction begins, at most the high watermark. Readers with
 * isolation.level=read_committed read below it.
 */
export function lastStableOffset(replica: Replica): number {
  return Math.min(replica.highWatermark, firstUnstable(replica.log))
}

/** After an append or a follower's fetch. Alone in sync, the leader's own end is the watermark. */
export function advanced(replica: Replica): Replica {
  const highWatermark = logEnd(replica.log)
  if (highWatermark === replica.highWatermark) return replica
  const { log } = replica
  return {
    ...replica,
    highWatermark,
    log: log.open.length === 0 ? log : settled(log, highWatermark),
  }
}
