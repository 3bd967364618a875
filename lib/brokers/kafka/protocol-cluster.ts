// What the nodes of a cluster say to each other and to the controller: replica fetches, registrations, the
// metadata log, changes of the ISR. Named as the Kafka protocol names them.
import type { Envelope } from '../../engine/types.ts'
import type {
  AbortedTransaction,
  EpochStart,
  Log,
  LogRecord,
  OpenTransaction,
  ProducerEntry,
} from './log.ts'
import type { Segment } from './log-segments.ts'
import type { SharePartition } from './share-partition.ts'

interface LaneEnvelope extends Envelope {
  readonly topic: string
  readonly partition: number
}

// ---- follower <-> leader ----
/** A Fetch with a replica id. Parked by the leader while it has nothing beyond the offset. */
export interface ReplicaFetch extends LaneEnvelope {
  readonly kind: 'ReplicaFetch'
  /** The follower's log end: this is how a leader learns what its followers have. */
  readonly offset: number
  /** Leader epoch of the last record the follower has (KIP-595). */
  readonly lastFetchedEpoch: number
  /** Whom it takes for the leader, as an epoch. */
  readonly leaderEpoch: number
}
/** The largest epoch not above the follower's that the leader's log has, and where it ends there. */
export interface DivergingEpoch {
  readonly epoch: number
  readonly endOffset: number
}
/**
 * Records from `offset` on. What a log derives from its batches (producers, transactions, epochs) comes along
 * as the leader has it at the end of these records: a follower would derive the very same.
 */
export interface ReplicaFetchResponse extends LaneEnvelope {
  readonly kind: 'ReplicaFetchResponse'
  readonly leaderEpoch: number
  readonly error?: 'FENCED_LEADER_EPOCH' | 'UNKNOWN_LEADER_EPOCH' | 'NOT_LEADER_OR_FOLLOWER'
  readonly diverging?: DivergingEpoch
  readonly offset: number
  readonly records: readonly LogRecord[]
  readonly start: number
  readonly epochs: readonly EpochStart[]
  readonly producers: Readonly<Record<string, ProducerEntry>>
  readonly open: readonly OpenTransaction[]
  readonly aborted: readonly AbortedTransaction[]
  readonly segments: readonly Segment[]
  readonly wide: Log['wide']
  readonly highWatermark: number
}

/**
 * A follower's idle fetches come back empty every replica.fetch.wait.max.ms and are sent anew; the model keeps one
 * at the leader. This says that no next one will come: a process that stands still, or its fetchers.
 */
export interface ReplicaFetchesStop extends Envelope {
  readonly kind: 'ReplicaFetchesStop'
}

// ---- node <-> controller ----
/** PartitionRegistration, as far as a replica has to know it. Nodes by id; no leader: ''. */
export interface PartitionState {
  readonly topic: string
  readonly partition: number
  readonly leader: string
  readonly epoch: number
  readonly isr: readonly string[]
  /** What its leaders have written of share groups; absent where they have written nothing. */
  readonly shares?: readonly WrittenShare[]
}
/** A share-partition as the share coordinator keeps it (KIP-932, __share_group_state). */
export interface WrittenShare {
  readonly group: string
  readonly state: SharePartition
}
/** All share-partitions of a partition, from its leader: WriteShareGroupState. Nobody waits for an answer. */
export interface WriteShareGroupState extends LaneEnvelope {
  readonly kind: 'WriteShareGroupState'
  readonly leaderEpoch: number
  readonly shares: readonly WrittenShare[]
}
/** A process that starts. The controller keeps it waiting while the session of the one before still runs. */
export interface BrokerRegistration extends Envelope {
  readonly kind: 'BrokerRegistration'
}
export interface BrokerRegistrationResponse extends Envelope {
  readonly kind: 'BrokerRegistrationResponse'
  readonly partitions: readonly PartitionState[]
}
/**
 * Says two things that a real node says apart: it beats from now on (BrokerHeartbeat), and it wants to hear of
 * changes (Fetch of __cluster_metadata). Parked until there is one.
 */
export interface MetadataFetch extends Envelope {
  readonly kind: 'MetadataFetch'
}
export interface MetadataFetchResponse extends Envelope {
  readonly kind: 'MetadataFetchResponse'
  readonly partitions: readonly PartitionState[]
}
/** A node that stands still sends no heartbeat; its connections stay open. */
export interface BrokerHeartbeatsStop extends Envelope {
  readonly kind: 'BrokerHeartbeatsStop'
}
/** A leader asks for another ISR; `before` tells which one it started from (the partition epoch). */
export interface AlterPartition extends LaneEnvelope {
  readonly kind: 'AlterPartition'
  readonly leaderEpoch: number
  readonly before: readonly string[]
  readonly isr: readonly string[]
}
/** The ISR that is so from then on: the one asked for, or with an error the one that was changed meanwhile. */
export interface AlterPartitionResponse extends LaneEnvelope {
  readonly kind: 'AlterPartitionResponse'
  readonly leaderEpoch: number
  readonly error?: 'FENCED_LEADER_EPOCH' | 'INVALID_UPDATE_VERSION'
  readonly isr: readonly string[]
}

// ---- node <-> coordinator ----
/** A node is in service again and may host coordinators; its end is told by the closed connection. */
export interface NodeUp extends Envelope {
  readonly kind: 'NodeUp'
}

export type ClusterEnvelope =
  | ReplicaFetch
  | ReplicaFetchResponse
  | ReplicaFetchesStop
  | BrokerRegistration
  | BrokerRegistrationResponse
  | MetadataFetch
  | MetadataFetchResponse
  | BrokerHeartbeatsStop
  | AlterPartition
  | AlterPartitionResponse
  | WriteShareGroupState
  | NodeUp
