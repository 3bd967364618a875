// Writing, reading, and what becomes of a log.
import type { Experiment } from '../../types.ts'
import { activeSegmentExpires } from './active-segment-expires.ts'
import { addedPartitionMovesAKey } from './added-partition-moves-a-key.ts'
import { anotherClientsPartitioner } from './another-clients-partitioner.ts'
import { cleanEnoughIsLeftAlone } from './clean-enough-is-left-alone.ts'
import { committedInsideAGap } from './committed-inside-a-gap.ts'
import { compactedAndDeleted } from './compacted-and-deleted.ts'
import { compactionKeepsTheLast } from './compaction-keeps-the-last.ts'
import { compactionWaitsForItsLag } from './compaction-waits-for-its-lag.ts'
import { deleteRecords } from './delete-records.ts'
import { duplicateOlderThanFiveBatches } from './duplicate-older-than-five-batches.ts'
import { earliestAfterRetention } from './earliest-after-retention.ts'
import { emptyKeyAndNoKey } from './empty-key-and-no-key.ts'
import { expiredBeforeItWasRead } from './expired-before-it-was-read.ts'
import { expiredOffsetResets } from './expired-offset-resets.ts'
import { fetchAtAndBeyondTheEnd } from './fetch-at-and-beyond-the-end.ts'
import { firstNumberOfAnUnknownProducer } from './first-number-of-an-unknown-producer.ts'
import { keysToPartitions } from './keys-to-partitions.ts'
import { newPartitionAtLatest } from './new-partition-at-latest.ts'
import { noKeyOnACompactedTopic } from './no-key-on-a-compacted-topic.ts'
import { noNumbersTwice } from './no-numbers-twice.ts'
import { numberedBatchesOnTwoConnections } from './numbered-batches-on-two-connections.ts'
import { numbersOutliveTheirRecords } from './numbers-outlive-their-records.ts'
import { numbersPerPartition } from './numbers-per-partition.ts'
import { openSegmentStays } from './open-segment-stays.ts'
import { openTransactionProtectsItsSegment } from './open-transaction-protects-its-segment.ts'
import { overlappingBatches } from './overlapping-batches.ts'
import { partitionsAddedToAGroup } from './partitions-added-to-a-group.ts'
import { positionOverAGap } from './position-over-a-gap.ts'
import { prefetchedAndDeleted } from './prefetched-and-deleted.ts'
import { producerIdExpires } from './producer-id-expires.ts'
import { raisedEpoch } from './raised-epoch.ts'
import { restartedProducerSendsAgain } from './restarted-producer-sends-again.ts'
import { retentionBySize } from './retention-by-size.ts'
import { retentionMovesTheStart } from './retention-moves-the-start.ts'
import { retryLandsBehind } from './retry-lands-behind.ts'
import { sameBatchTwice } from './same-batch-twice.ts'
import { sequenceGap } from './sequence-gap.ts'
import { settingsAsTheyAreSent } from './settings-as-they-are-sent.ts'
import { tombstoneIsReadThenGone } from './tombstone-is-read-then-gone.ts'
import { twoConnectionsOneLog } from './two-connections-one-log.ts'
import { twoProducersRace } from './two-producers-race.ts'

export const log: readonly Experiment[] = [
  keysToPartitions,
  emptyKeyAndNoKey,
  addedPartitionMovesAKey,
  anotherClientsPartitioner,
  sameBatchTwice,
  noNumbersTwice,
  sequenceGap,
  duplicateOlderThanFiveBatches,
  restartedProducerSendsAgain,
  firstNumberOfAnUnknownProducer,
  fetchAtAndBeyondTheEnd,
  retryLandsBehind,
  activeSegmentExpires,
  cleanEnoughIsLeftAlone,
  committedInsideAGap,
  compactedAndDeleted,
  compactionKeepsTheLast,
  compactionWaitsForItsLag,
  deleteRecords,
  earliestAfterRetention,
  expiredBeforeItWasRead,
  expiredOffsetResets,
  newPartitionAtLatest,
  noKeyOnACompactedTopic,
  numberedBatchesOnTwoConnections,
  numbersOutliveTheirRecords,
  numbersPerPartition,
  openSegmentStays,
  openTransactionProtectsItsSegment,
  overlappingBatches,
  partitionsAddedToAGroup,
  positionOverAGap,
  prefetchedAndDeleted,
  producerIdExpires,
  raisedEpoch,
  retentionBySize,
  retentionMovesTheStart,
  settingsAsTheyAreSent,
  tombstoneIsReadThenGone,
  twoConnectionsOneLog,
  twoProducersRace,
]
