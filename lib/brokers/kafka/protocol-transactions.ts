// Requests and replies of transactions, named as the Kafka protocol names them (KIP-98, KIP-447, KIP-890).
import type { Envelope } from '../../engine/types.ts'
import type { KafkaError, OffsetCommit } from './protocol.ts'

/**
 * The protocol a client speaks: 1 announces partitions before it writes to them; 2 (a 4.x client on a 4.x
 * broker) leaves that to the broker, and every end of a transaction raises its epoch (KIP-890).
 */
export type TransactionVersion = 1 | 2

/** Who asks, as the coordinator checks it in every request. */
export interface Transactional {
  readonly transactionalId: string
  readonly producerId: number
  readonly epoch: number
}

// ---- producer, broker node or group coordinator <-> transaction coordinator ----
/** From a client it adds. From a node it adds (version 2) or asks whether the client has added (version 1). */
export interface AddPartitionsToTxn extends Envelope, Transactional {
  readonly kind: 'AddPartitionsToTxn'
  /** 'topic/partition', or the name of a group for its offsets. */
  readonly participants: readonly string[]
  readonly verifyOnly: boolean
  readonly version: TransactionVersion
}
export interface AddPartitionsToTxnResponse extends Envelope {
  readonly kind: 'AddPartitionsToTxnResponse'
  readonly error?: KafkaError
}
export interface AddOffsetsToTxn extends Envelope, Transactional {
  readonly kind: 'AddOffsetsToTxn'
  readonly group: string
}
export interface AddOffsetsToTxnResponse extends Envelope {
  readonly kind: 'AddOffsetsToTxnResponse'
  readonly error?: KafkaError
}
export interface EndTxn extends Envelope, Transactional {
  readonly kind: 'EndTxn'
  readonly committed: boolean
  readonly version: TransactionVersion
}
export interface EndTxnResponse extends Envelope {
  readonly kind: 'EndTxnResponse'
  readonly error?: KafkaError
  /** With which the producer goes on; -1 with an error. */
  readonly epoch: number
}

// ---- transaction coordinator <-> broker nodes and group coordinators ----
export interface WriteTxnMarkers extends Envelope, Transactional {
  readonly kind: 'WriteTxnMarkers'
  readonly committed: boolean
  readonly participants: readonly string[]
}
export interface WriteTxnMarkersResponse extends Envelope {
  readonly kind: 'WriteTxnMarkersResponse'
  readonly transactionalId: string
  readonly epoch: number
  /** Where the marker stands by now. */
  readonly participants: readonly string[]
  /** Of which it is not the leader, or not the coordinator. */
  readonly refused: readonly string[]
  /** Of which it leads, but too few are in sync, or they have not confirmed it in time. */
  readonly unsafe: readonly string[]
}

// ---- producer <-> group coordinator ----
export interface TxnOffsetCommit extends Envelope, Transactional {
  readonly kind: 'TxnOffsetCommit'
  /** What the consumer told of its membership (KIP-447); '' and -1 where nobody is a member. */
  readonly member: string
  readonly generation: number
  readonly offsets: OffsetCommit['offsets']
  readonly version: TransactionVersion
}
export interface TxnOffsetCommitResponse extends Envelope {
  readonly kind: 'TxnOffsetCommitResponse'
  readonly error?: KafkaError
}

export type TransactionEnvelope =
  | AddPartitionsToTxn
  | AddPartitionsToTxnResponse
  | AddOffsetsToTxn
  | AddOffsetsToTxnResponse
  | EndTxn
  | EndTxnResponse
  | WriteTxnMarkers
  | WriteTxnMarkersResponse
  | TxnOffsetCommit
  | TxnOffsetCommitResponse
