// The requests and replies of the Kafka model, named as the Kafka protocol names them.
// https://kafka.apache.org/protocol — only the fields that change what a client can observe.

import type { Message } from '../../clients/types.ts'
import type { Envelope } from '../../engine/types.ts'
import type { ShareReply, ShareRequest } from './protocol-share.ts'
import type { TransactionEnvelope, TransactionVersion } from './protocol-transactions.ts'

/** Error names as org.apache.kafka.common.protocol.Errors spells them. */
export type KafkaError =
  | 'OFFSET_OUT_OF_RANGE'
  | 'OFFSET_NOT_AVAILABLE'
  | 'NOT_LEADER_OR_FOLLOWER'
  | 'FENCED_LEADER_EPOCH'
  | 'UNKNOWN_LEADER_EPOCH'
  | 'NOT_ENOUGH_REPLICAS'
  | 'REQUEST_TIMED_OUT'
  | 'UNKNOWN_TOPIC_OR_PARTITION'
  | 'ILLEGAL_GENERATION'
  | 'UNKNOWN_MEMBER_ID'
  | 'REBALANCE_IN_PROGRESS'
  | 'FENCED_INSTANCE_ID'
  | 'UNRELEASED_INSTANCE_ID'
  | 'FENCED_MEMBER_EPOCH'
  | 'STALE_MEMBER_EPOCH'
  | 'GROUP_ID_NOT_FOUND'
  | 'UNSUPPORTED_ASSIGNOR'
  | 'INCONSISTENT_GROUP_PROTOCOL'
  | 'UNSUPPORTED_VERSION'
  | 'INVALID_REQUEST'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'INVALID_PRODUCER_EPOCH'
  | 'INVALID_RECORD'
  | 'INVALID_CONFIG'
  | 'INVALID_PARTITIONS'
  | 'POLICY_VIOLATION'
  | 'INVALID_RECORD_STATE'
  | 'INVALID_TXN_STATE'
  | 'INVALID_PRODUCER_ID_MAPPING'
  | 'INVALID_TRANSACTION_TIMEOUT'
  | 'CONCURRENT_TRANSACTIONS'
  | 'PRODUCER_FENCED'
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
  /** Without it, 1024 for each record. */
  readonly bytes?: number
}
export interface Produce extends Envelope {
  readonly kind: 'Produce'
  readonly topic: string
  readonly partition: number
  /** Client-side correlation of a batch through its retries; not seen by the broker's rules. */
  readonly correlation: number
  readonly acks: '0' | '1' | 'all'
  /** With acks=all: how long the leader waits for its followers; request.timeout.ms of the producer. */
  readonly timeoutMs?: number
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
  /** -1 with an error. */
  readonly offset: number
  readonly error?: KafkaError
}
/** Parked by the node while there is nothing to return (a long poll without its idle beats). */
export interface Fetch extends Envelope {
  readonly kind: 'Fetch'
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly maxRecords: number
  /**
   * Whom the reader takes for the leader, as an epoch (absent: the first one; -1: it does not say), and the
   * epoch of the last record it has read (absent: it has read none). KIP-320.
   */
  readonly leaderEpoch?: number
  readonly lastFetchedEpoch?: number
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
  /** Leader epoch of the last record; absent for the first one. */
  readonly epoch?: number
  /** The log parts from what the reader has read at this offset. */
  readonly diverging?: number
}

// ---- administrator <-> broker node, or controller ----
export interface IncrementalAlterConfigs extends Envelope {
  readonly kind: 'IncrementalAlterConfigs'
  readonly topic: string
  readonly settings: Readonly<Record<string, string | number | boolean>>
}
export interface IncrementalAlterConfigsResponse extends Envelope {
  readonly kind: 'IncrementalAlterConfigsResponse'
  readonly error?: KafkaError
}
/** Asked of the controller: how many partitions the topic has from then on. */
export interface CreatePartitions extends Envelope {
  readonly kind: 'CreatePartitions'
  readonly topic: string
  readonly count: number
}
export interface CreatePartitionsResponse extends Envelope {
  readonly kind: 'CreatePartitionsResponse'
  readonly error?: KafkaError
}
export interface DeleteRecords extends Envelope {
  readonly kind: 'DeleteRecords'
  readonly topic: string
  readonly partition: number
  /** The first offset that stays; -1: the high watermark. */
  readonly before: number
}
export interface DeleteRecordsResponse extends Envelope {
  readonly kind: 'DeleteRecordsResponse'
  readonly topic: string
  readonly partition: number
  readonly error?: KafkaError
  /** Where the log begins now; -1 with an error. */
  readonly start: number
}

// ---- consumer <-> group coordinator (classic protocol) ----
export type AssignorName = 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky'
/** What a StickyAssignor tells its leader: what its member was given last, and in which generation. */
export interface StickyUserData {
  readonly assignment: Assignment
  readonly generation: number
}
/** Parked until every known member has joined or the rebalance timeout has passed. */
export interface JoinGroup extends Envelope {
  readonly kind: 'JoinGroup'
  readonly member: string
  readonly topics: readonly string[]
  readonly owned: Assignment
  readonly protocols: readonly AssignorName[]
  /** Its group.instance.id, of a static member. */
  readonly instance?: string
  readonly userData?: StickyUserData
}
export interface MemberInfo {
  readonly member: string
  readonly instance?: string
  readonly userData?: StickyUserData
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
  /** The leader came back as a static member: it is not to assign (KIP-814). */
  readonly skipAssignment?: true
  readonly leader: string /** Only for the leader; else empty. */
  readonly members: readonly MemberInfo[]
}
export interface SyncGroup extends Envelope {
  readonly kind: 'SyncGroup'
  readonly member: string
  readonly instance?: string
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
  readonly instance?: string
  readonly generation: number
}
export interface HeartbeatsStop extends Envelope {
  readonly kind: 'HeartbeatsStop'
  readonly member: string
}
export interface HeartbeatResponse extends Envelope {
  readonly kind: 'HeartbeatResponse'
  readonly error:
    | 'REBALANCE_IN_PROGRESS'
    | 'UNKNOWN_MEMBER_ID'
    | 'ILLEGAL_GENERATION'
    | 'FENCED_INSTANCE_ID'
}
export interface LeaveGroup extends Envelope {
  readonly kind: 'LeaveGroup'
  readonly member: string
  readonly reason: string
}
/**
 * A member of a group with group.protocol=consumer says that it is alive, from now on (KIP-848). Parked
 * while there is no news: the same epoch and the same partitions.
 */
export interface ConsumerGroupHeartbeat extends Envelope {
  readonly kind: 'ConsumerGroupHeartbeat'
  readonly member: string
  readonly instance?: string
  /** 0: it joins. -1: it leaves. -2: a static member leaves for a while. */
  readonly memberEpoch: number
  /** What follows is said when joining, after a lost connection, and when it has changed. */
  readonly topics?: readonly string[]
  readonly assignor?: string
  readonly owned?: Assignment
}
export interface ConsumerGroupHeartbeatResponse extends Envelope {
  readonly kind: 'ConsumerGroupHeartbeatResponse'
  readonly member: string
  readonly error?: KafkaError
  readonly memberEpoch: number
  /** Only where it has changed, or was asked for by a full request. */
  readonly assignment?: Assignment
}
export interface OffsetCommit extends Envelope {
  readonly kind: 'OffsetCommit'
  readonly member: string
  readonly instance?: string
  /** Set by a client so old that it cannot name a member epoch (OffsetCommit before version 9). */
  readonly old?: true
  /** Of a group with group.protocol=consumer, the member epoch. */
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
  | ConsumerGroupHeartbeat
  | OffsetCommit
  | OffsetFetch
export type ConsumerReply =
  | MetadataResponse
  | ListOffsetsResponse
  | FetchResponse
  | JoinGroupResponse
  | SyncGroupResponse
  | HeartbeatResponse
  | ConsumerGroupHeartbeatResponse
  | OffsetCommitResponse
  | OffsetFetchResponse
export type AdminRequest = IncrementalAlterConfigs | CreatePartitions | DeleteRecords
export type AdminReply =
  | IncrementalAlterConfigsResponse
  | CreatePartitionsResponse
  | DeleteRecordsResponse
export type KafkaEnvelope =
  | ProducerRequest
  | ProducerReply
  | ConsumerRequest
  | ConsumerReply
  | AdminRequest
  | AdminReply
  | ShareRequest
  | ShareReply
  | TransactionEnvelope
