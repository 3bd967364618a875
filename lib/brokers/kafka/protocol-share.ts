// The requests and replies of share groups (KIP-932), named as the Kafka protocol names them.
import type { Message } from '../../clients/types.ts'
import type { Envelope } from '../../engine/types.ts'
import type { Assignment, KafkaError } from './protocol.ts'

/** AcknowledgeType: done; give it to somebody again; to nobody any more; hold it for another lock duration. */
export type AcknowledgeType = 'ACCEPT' | 'RELEASE' | 'REJECT' | 'RENEW'

/** BATCH_OPTIMIZED takes whole record batches, RECORD_LIMIT never more than max.poll.records. */
export type AcquireMode = 'batch_optimized' | 'record_limit'

export interface Acknowledgement {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly type: AcknowledgeType
}

/** An answer for one partition in which the acknowledgements asked for could not stand. */
export interface AcknowledgeError {
  readonly topic: string
  readonly partition: number
  readonly error: KafkaError
}

// ---- share consumer <-> broker node ----
/**
 * Fetches and acquires in one. The first on a connection opens the share session. Parked while there is
 * nothing to acquire. Acknowledgements ride along.
 */
export interface ShareFetch extends Envelope {
  readonly kind: 'ShareFetch'
  readonly group: string
  readonly member: string
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[]
  readonly maxRecords: number
  readonly mode: AcquireMode
  readonly acknowledgements: readonly Acknowledgement[]
}
export interface AcquiredRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly message: Message
  readonly deliveryCount: number
  /** Offset of the last record of the producer's batch in which it stands: poll ends at no other. */
  readonly batchEnd: number
}
export interface ShareFetchResponse extends Envelope {
  readonly kind: 'ShareFetchResponse'
  readonly error?: KafkaError
  readonly records: readonly AcquiredRecord[]
  /** Something was acquired, but none of it is an application's record. */
  readonly onlyGaps?: true
}
export interface ShareAcknowledge extends Envelope {
  readonly kind: 'ShareAcknowledge'
  readonly group: string
  readonly member: string
  readonly acknowledgements: readonly Acknowledgement[]
  /** The final epoch: the session ends, and what it still holds is given back. */
  readonly final: boolean
  /** Client-side: whether a commitSync waits for the answer. Not seen by the broker's rules. */
  readonly awaited: boolean
}
export interface ShareAcknowledgeResponse extends Envelope {
  readonly kind: 'ShareAcknowledgeResponse'
  readonly awaited: boolean
  readonly errors: readonly AcknowledgeError[]
}

// ---- share consumer <-> group coordinator ----
/** Beats from now on; parked until the member's assignment is another than the one it knows. */
export interface ShareGroupHeartbeat extends Envelope {
  readonly kind: 'ShareGroupHeartbeat'
  readonly member: string
  readonly topics: readonly string[]
  readonly assigned: Assignment
}
/** No beat will follow: a paused process. */
export interface ShareGroupHeartbeatsStop extends Envelope {
  readonly kind: 'ShareGroupHeartbeatsStop'
  readonly member: string
}
/** A heartbeat with the epoch -1. */
export interface LeaveShareGroup extends Envelope {
  readonly kind: 'LeaveShareGroup'
  readonly member: string
  readonly reason: string
}
export interface ShareGroupHeartbeatResponse extends Envelope {
  readonly kind: 'ShareGroupHeartbeatResponse'
  readonly member: string
  readonly assigned: Assignment
}

export type ShareRequest =
  | ShareFetch
  | ShareAcknowledge
  | ShareGroupHeartbeat
  | ShareGroupHeartbeatsStop
  | LeaveShareGroup
export type ShareReply = ShareFetchResponse | ShareAcknowledgeResponse | ShareGroupHeartbeatResponse
