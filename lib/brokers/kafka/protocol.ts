// The requests and replies of the Kafka model, named as the Kafka protocol names them.
// https://kafka.apache.org/protocol — only the fields that change what a client can observe.

import type { Message } from '../../clients/types.ts'
import type { Envelope } from '../../engine/types.ts'
import type { TransactionEnvelope, TransactionVersion } from './protocol-transactions.ts'

/** Error names as org.apache.kafka.common.protocol.Errors spells them. */
export type KafkaError =
  | 'OFFSET_OUT_OF_RANGE'
  | 'NOT_LEADER_OR_FOLLOWER'
  | 'UNKNOWN_TOPIC_OR_PARTITION'
  | 'ILLEGAL_GENERATION'
  | 'UNKNOWN_MEMBER_ID'
  | 'REBALANCE_IN_PROGRESS'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'INVALID_PRODUCER_EPOCH'
  | 'INVALID_TXN_STATE'
  | 'INVALID_PRODUCER_ID_MAPPING'
  | 'INVALID_TRANSACTION_TIMEOUT'
  | 'CONCURRENT_TRANSACTIONS'
  | 'PRODUCER_FENCED'
  | 'NOT_ENOUGH_REPLICAS'
  | 'UNSTABLE_OFFSET_COMMIT'

export type Assignment = Readonly<Record<string, readonly number[]>> // topic -> partitions, ascending

// ---- producer <-> controller (bootstrap metadata, producer ids) ----
/** Who leads the partitions of a topic, one entry for each partition. */
export interface TopicMetadata {
  /** Index of the leading node among the cluster's nodes; -1: there is no leader. */
  readonly leaders: readonly number[]
  /** The leader epoch: it goes up with each election. */
  readonly epochs: readonly number[]
}
/** Answered at once when the leader epochs it names are not the present ones, else parked until they change. */
export interface Metadata extends Envelope {
  readonly kind: 'Metadata'
  readonly topic: string
  readonly known: readonly number[]
}
export interface MetadataResponse extends Envelope, TopicMetadata {
  readonly kind: 'MetadataResponse'
  readonly topic: string
}
export interface InitProducerId extends Envelope {
  readonly kind: 'InitProducerId'
  /** With these it goes to the transaction coordinator. */
  readonly transactionalId?: string
  readonly timeoutMs?: number
}
export interface InitProducerIdResponse extends Envelope {
  readonly kind: 'InitProducerIdResponse'
  readonly producerId: number
  readonly epoch: number
  readonly error?: KafkaError
}

// ---- producer <-> broker node ----
export interface Batch {
  readonly producerId: number // -1: not idempotent
  readonly epoch: number // -1: not idempotent
  readonly firstSequence: number // -1: not idempotent
  readonly transactional?: true
  readonly messages: readonly Message[]
}
export interface Produce extends Envelope {
  readonly kind: 'Produce'
  readonly topic: string
  readonly partition: number
  /** Client-side correlation of a batch through its retries; not seen by the broker's rules. */
  readonly correlation: number
  readonly acks: '0' | '1' | 'all'
  /** Whose transaction the batch is part of, and by which version of the protocol. */
  readonly transaction?: { readonly id: string; readonly version: TransactionVersion }
  readonly batch: Batch
}
export interface ProduceResponse extends Envelope {
  readonly kind: 'ProduceResponse'
  readonly topic: string
  readonly partition: number
  readonly correlation: number
  readonly error?: KafkaError
  /** Offset of the first record; the original one when the broker recognised a duplicate; -1 for acks=0. */
  readonly baseOffset: number
}

// ---- consumer <-> broker node ----
export interface ListOffsets extends Envelope {
  readonly kind: 'ListOffsets'
  readonly topic: string
  readonly partition: number
  readonly at: 'earliest' | 'latest'
  readonly isolation?: 'read_committed'
}
export interface ListOffsetsResponse extends Envelope {
  readonly kind: 'ListOffsetsResponse'
  readonly topic: string
  readonly partition: number
  readonly offset: number
}
/** Parked by the node while there is nothing to return (a long poll without its idle beats). */
export interface Fetch extends Envelope {
  readonly kind: 'Fetch'
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly maxRecords: number
  /** Absent: read_uncommitted. */
  readonly isolation?: 'read_committed'
}
/** `producerId`: it was written inside a transaction of that producer. */
export interface FetchedRecord {
  readonly offset: number
  readonly message: Message
  readonly producerId?: number
}
/** The end of a transaction. The client library keeps it from the application. */
export interface FetchedControl {
  readonly offset: number
  readonly control: 'COMMIT' | 'ABORT'
  readonly producerId: number
}
export interface FetchResponse extends Envelope {
  readonly kind: 'FetchResponse'
  readonly topic: string
  readonly partition: number
  readonly fetchOffset: number
  readonly error?: KafkaError
  readonly records: readonly (FetchedRecord | FetchedControl)[]
  /** For read_committed: which transactions among these records were aborted, by first offset. */
  readonly aborted?: readonly { readonly producerId: number; readonly firstOffset: number }[]
  readonly highWatermark: number
}

// ---- consumer <-> group coordinator (classic protocol) ----
export type AssignorName = 'range' | 'cooperative-sticky'
/** Parked until every known member has joined or the rebalance timeout has passed. */
export interface JoinGroup extends Envelope {
  readonly kind: 'JoinGroup'
  readonly member: string
  readonly topics: readonly string[]
  readonly owned: Assignment
  readonly protocols: readonly AssignorName[]
}
export interface MemberInfo {
  readonly member: string
  readonly owned: Assignment
  readonly topics: readonly string[]
}
export interface JoinGroupResponse extends Envelope {
  readonly kind: 'JoinGroupResponse'
  /** Whom it answers: a client that has taken a new id since does not take it for its own. */
  readonly member: string
  readonly error?: KafkaError
  readonly generation: number
  readonly protocol: AssignorName
  readonly leader: string /** Only for the leader; else empty. */
  readonly members: readonly MemberInfo[]
}
export interface SyncGroup extends Envelope {
  readonly kind: 'SyncGroup'
  readonly member: string
  readonly generation: number /** Only from the leader. */
  readonly assignments?: Readonly<Record<string, Assignment>>
}
export interface SyncGroupResponse extends Envelope {
  readonly kind: 'SyncGroupResponse'
  readonly error?: KafkaError
  readonly assignment: Assignment
}
/**
 * A member's heartbeats, modelled by their beginning and their end: one Heartbeat says "beating from now
 * on" and is parked until there is news; HeartbeatsStop says that no beat will follow (a paused process).
 */
export interface Heartbeat extends Envelope {
  readonly kind: 'Heartbeat'
  readonly member: string
  readonly generation: number
}
export interface HeartbeatsStop extends Envelope {
  readonly kind: 'HeartbeatsStop'
  readonly member: string
}
export interface HeartbeatResponse extends Envelope {
  readonly kind: 'HeartbeatResponse'
  readonly error: 'REBALANCE_IN_PROGRESS' | 'UNKNOWN_MEMBER_ID' | 'ILLEGAL_GENERATION'
}
export interface LeaveGroup extends Envelope {
  readonly kind: 'LeaveGroup'
  readonly member: string
  readonly reason: string
}
export interface OffsetCommit extends Envelope {
  readonly kind: 'OffsetCommit'
  readonly member: string
  readonly generation: number
  /** Client-side correlation; 'async' commits are not retried. */
  readonly correlation: number
  /** The NEXT offset to read, per topic and partition, ascending. */
  readonly offsets: readonly {
    readonly topic: string
    readonly partition: number
    readonly offset: number
  }[]
}
export interface OffsetCommitResponse extends Envelope {
  readonly kind: 'OffsetCommitResponse'
  readonly correlation: number
  readonly error?: KafkaError
}
export interface OffsetFetch extends Envelope {
  readonly kind: 'OffsetFetch'
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[]
  /** Refuses to tell an offset that an open transaction is about to replace (KIP-447). */
  readonly requireStable?: true
}
/** offset -1: nothing committed. */
export interface OffsetFetchResponse extends Envelope {
  readonly kind: 'OffsetFetchResponse'
  readonly offsets: readonly {
    readonly topic: string
    readonly partition: number
    readonly offset: number
    readonly error?: 'UNSTABLE_OFFSET_COMMIT'
  }[]
}

export type ProducerRequest = Metadata | InitProducerId | Produce
export type ProducerReply = MetadataResponse | InitProducerIdResponse | ProduceResponse
export type ConsumerRequest =
  | Metadata
  | ListOffsets
  | Fetch
  | JoinGroup
  | SyncGroup
  | Heartbeat
  | HeartbeatsStop
  | LeaveGroup
  | OffsetCommit
  | OffsetFetch
export type ConsumerReply =
  | MetadataResponse
  | ListOffsetsResponse
  | FetchResponse
  | JoinGroupResponse
  | SyncGroupResponse
  | HeartbeatResponse
  | OffsetCommitResponse
  | OffsetFetchResponse
export type KafkaEnvelope =
  | ProducerRequest
  | ProducerReply
  | ConsumerRequest
  | ConsumerReply
  | TransactionEnvelope
