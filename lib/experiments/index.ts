// The catalogue of experiments: one file each, one line here, in the order they are run. Replication,
// transactions and the KIP-848 protocol get theirs when the model has them.
import { aGroupWithAndWithoutMembers } from './a-group-with-and-without-members.ts'
import { addedPartitionMovesAKey } from './added-partition-moves-a-key.ts'
import { automaticCommitBeforeARebalance } from './automatic-commit-before-a-rebalance.ts'
import { automaticCommitInsideTheNextPoll } from './automatic-commit-inside-the-next-poll.ts'
import { automaticCommitWaitsForItsInterval } from './automatic-commit-waits-for-its-interval.ts'
import { closingHandsOverAtOnce } from './closing-hands-over-at-once.ts'
import { commitAfterTheSession } from './commit-after-the-session.ts'
import { commitBackwards } from './commit-backwards.ts'
import { commitBeforeTheEffect } from './commit-before-the-effect.ts'
import { commitIsNoPoll } from './commit-is-no-poll.ts'
import { commitsThroughARebalance } from './commits-through-a-rebalance.ts'
import { committedBeyondTheEnd } from './committed-beyond-the-end.ts'
import { cooperativeJoin } from './cooperative-join.ts'
import { crashBetweenEffectAndCommit } from './crash-between-effect-and-commit.ts'
import { deadMemberHoldsItsPartitions } from './dead-member-holds-its-partitions.ts'
import { duplicateOlderThanFiveBatches } from './duplicate-older-than-five-batches.ts'
import { emptyKeyAndNoKey } from './empty-key-and-no-key.ts'
import { fetchAtAndBeyondTheEnd } from './fetch-at-and-beyond-the-end.ts'
import { firstNumberOfAnUnknownProducer } from './first-number-of-an-unknown-producer.ts'
import { keysToPartitions } from './keys-to-partitions.ts'
import { lastOffsetCommitted } from './last-offset-committed.ts'
import { moreMembersThanPartitions } from './more-members-than-partitions.ts'
import { newGroupAtLatest } from './new-group-at-latest.ts'
import { noNumbersTwice } from './no-numbers-twice.ts'
import { numberedBatchesOnTwoConnections } from './numbered-batches-on-two-connections.ts'
import { numbersPerPartition } from './numbers-per-partition.ts'
import { overlappingBatches } from './overlapping-batches.ts'
import { pollIntervalExceeded } from './poll-interval-exceeded.ts'
import { pollsWithoutCommits } from './polls-without-commits.ts'
import { raisedEpoch } from './raised-epoch.ts'
import { rebalanceWhileProcessing } from './rebalance-while-processing.ts'
import { recordsHandedToAThread } from './records-handed-to-a-thread.ts'
import { resetNone } from './reset-none.ts'
import { restartDuplicatesReachTheGroup } from './restart-duplicates-reach-the-group.ts'
import { restartedProducerSendsAgain } from './restarted-producer-sends-again.ts'
import { retryLandsBehind } from './retry-lands-behind.ts'
import { sameBatchTwice } from './same-batch-twice.ts'
import { sequenceGap } from './sequence-gap.ts'
import { shareAcknowledgeInImplicitMode } from './share-acknowledge-in-implicit-mode.ts'
import { shareCloseGivesBack } from './share-close-gives-back.ts'
import { shareCountSurvivesTheGroup } from './share-count-survives-the-group.ts'
import { shareCrashGivesBackAtOnce } from './share-crash-gives-back-at-once.ts'
import { shareGroupThatLeftNoTrace } from './share-group-that-left-no-trace.ts'
import { shareGroupsAreIndependent } from './share-groups-are-independent.ts'
import { shareLateAcceptanceOfWhatIsOver } from './share-late-acceptance-of-what-is-over.ts'
import { shareLimitOfTwo } from './share-limit-of-two.ts'
import { shareLockExpires } from './share-lock-expires.ts'
import { shareLocksExpireOneByOne } from './share-locks-expire-one-by-one.ts'
import { shareNewGroupAtLatest } from './share-new-group-at-latest.ts'
import { sharePollWithoutAcknowledging } from './share-poll-without-acknowledging.ts'
import { shareRejectedIsArchived } from './share-rejected-is-archived.ts'
import { shareReleasedUntilArchived } from './share-released-until-archived.ts'
import { shareReleasedWithAPoll } from './share-released-with-a-poll.ts'
import { shareRenewedLock } from './share-renewed-lock.ts'
import { shareSuspectsComeAlone } from './share-suspects-come-alone.ts'
import { shareTwoMembersOnePartition } from './share-two-members-one-partition.ts'
import { shareTwoMembersWait } from './share-two-members-wait.ts'
import { shareWholeBatches } from './share-whole-batches.ts'
import { twoCommitsRace } from './two-commits-race.ts'
import { twoProducersRace } from './two-producers-race.ts'
import type { Experiment } from './types.ts'
import { whoMayCommit } from './who-may-commit.ts'

export const experiments: readonly Experiment[] = [
  keysToPartitions,
  emptyKeyAndNoKey,
  addedPartitionMovesAKey,
  sameBatchTwice,
  noNumbersTwice,
  sequenceGap,
  duplicateOlderThanFiveBatches,
  restartedProducerSendsAgain,
  firstNumberOfAnUnknownProducer,
  whoMayCommit,
  commitAfterTheSession,
  commitBackwards,
  fetchAtAndBeyondTheEnd,
  retryLandsBehind,
  automaticCommitWaitsForItsInterval,
  lastOffsetCommitted,
  newGroupAtLatest,
  rebalanceWhileProcessing,
  cooperativeJoin,
  pollIntervalExceeded,
  moreMembersThanPartitions,
  raisedEpoch,
  numbersPerPartition,
  overlappingBatches,
  commitsThroughARebalance,
  aGroupWithAndWithoutMembers,
  committedBeyondTheEnd,
  commitBeforeTheEffect,
  crashBetweenEffectAndCommit,
  restartDuplicatesReachTheGroup,
  deadMemberHoldsItsPartitions,
  closingHandsOverAtOnce,
  automaticCommitBeforeARebalance,
  automaticCommitInsideTheNextPoll,
  resetNone,
  recordsHandedToAThread,
  pollsWithoutCommits,
  commitIsNoPoll,
  twoCommitsRace,
  twoProducersRace,
  numberedBatchesOnTwoConnections,
  shareTwoMembersOnePartition,
  shareReleasedUntilArchived,
  shareRejectedIsArchived,
  shareLockExpires,
  shareLateAcceptanceOfWhatIsOver,
  shareCrashGivesBackAtOnce,
  shareCloseGivesBack,
  shareLimitOfTwo,
  shareSuspectsComeAlone,
  sharePollWithoutAcknowledging,
  shareAcknowledgeInImplicitMode,
  shareRenewedLock,
  shareNewGroupAtLatest,
  shareGroupThatLeftNoTrace,
  shareReleasedWithAPoll,
  shareWholeBatches,
  shareLocksExpireOneByOne,
  shareCountSurvivesTheGroup,
  shareGroupsAreIndependent,
  shareTwoMembersWait,
]
