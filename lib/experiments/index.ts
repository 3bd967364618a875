// The catalogue of experiments: one file each, one line here, those of the catalogue's rows first.
import { aGroupWithAndWithoutMembers } from './a-group-with-and-without-members.ts'
import { abortedAndOpenAfterFailOver } from './aborted-and-open-after-fail-over.ts'
import { abortedThenCommitted } from './aborted-then-committed.ts'
import { abortedThenPlain } from './aborted-then-plain.ts'
import { activeSegmentExpires } from './active-segment-expires.ts'
import { addedPartitionMovesAKey } from './added-partition-moves-a-key.ts'
import { alteredMinInsync } from './altered-min-insync.ts'
import { anotherClientsPartitioner } from './another-clients-partitioner.ts'
import { answersOnOneConnection } from './answers-on-one-connection.ts'
import { automaticCommitBeforeARebalance } from './automatic-commit-before-a-rebalance.ts'
import { automaticCommitInsideTheNextPoll } from './automatic-commit-inside-the-next-poll.ts'
import { automaticCommitWaitsForItsInterval } from './automatic-commit-waits-for-its-interval.ts'
import { awayWhileGivingUp } from './away-while-giving-up.ts'
import { bothFollowersDown } from './both-followers-down.ts'
import { brokerSettingsOfACluster } from './broker-settings-of-a-cluster.ts'
import { busyConsumerHoldsItsPartitions } from './busy-consumer-holds-its-partitions.ts'
import { changeDuringAHandover } from './change-during-a-handover.ts'
import { cleanEnoughIsLeftAlone } from './clean-enough-is-left-alone.ts'
import { clientAbortsAfterTheTimeout } from './client-aborts-after-the-timeout.ts'
import { clientCommitsAfterTheLeaderDied } from './client-commits-after-the-leader-died.ts'
import { clientIsFenced } from './client-is-fenced.ts'
import { clientSendsAfterTheTimeout } from './client-sends-after-the-timeout.ts'
import { clientSendsTooEarly } from './client-sends-too-early.ts'
import { clientTimesOut } from './client-times-out.ts'
import { closeCommitsACrashDoesNot } from './close-commits-a-crash-does-not.ts'
import { closingHandsOverAtOnce } from './closing-hands-over-at-once.ts'
import { commitAfterTheLeaderDied } from './commit-after-the-leader-died.ts'
import { commitAfterTheSession } from './commit-after-the-session.ts'
import { commitBackwards } from './commit-backwards.ts'
import { commitBeforeItIsRevoked } from './commit-before-it-is-revoked.ts'
import { commitBeforeTheEffect } from './commit-before-the-effect.ts'
import { commitIsNoPoll } from './commit-is-no-poll.ts'
import { commitSetBackBetweenRestarts } from './commit-set-back-between-restarts.ts'
import { commitsThroughARebalance } from './commits-through-a-rebalance.ts'
import { committedBeforeTheNextLeader } from './committed-before-the-next-leader.ts'
import { committedBeyondTheEnd } from './committed-beyond-the-end.ts'
import { committedInsideAGap } from './committed-inside-a-gap.ts'
import { compactedAndDeleted } from './compacted-and-deleted.ts'
import { compactionKeepsTheLast } from './compaction-keeps-the-last.ts'
import { compactionWaitsForItsLag } from './compaction-waits-for-its-lag.ts'
import { confirmedByOneThenDead } from './confirmed-by-one-then-dead.ts'
import { consumersHandOver } from './consumers-hand-over.ts'
import { controlRecordBeginsASegment } from './control-record-begins-a-segment.ts'
import { cooperativeJoin } from './cooperative-join.ts'
import { cooperativeMemberDies } from './cooperative-member-dies.ts'
import { crashBetweenEffectAndCommit } from './crash-between-effect-and-commit.ts'
import { crashedConsumerOfTheNewProtocol } from './crashed-consumer-of-the-new-protocol.ts'
import { deadMemberAndItsSession } from './dead-member-and-its-session.ts'
import { deadMemberHoldsItsPartitions } from './dead-member-holds-its-partitions.ts'
import { deleteRecords } from './delete-records.ts'
import { deletedOnEveryNode } from './deleted-on-every-node.ts'
import { deletedRecordsStayDeleted } from './deleted-records-stay-deleted.ts'
import { duplicateOlderThanFiveBatches } from './duplicate-older-than-five-batches.ts'
import { earliestAfterRetention } from './earliest-after-retention.ts'
import { emptyKeyAndNoKey } from './empty-key-and-no-key.ts'
import { emptyTransactionOfAClient } from './empty-transaction-of-a-client.ts'
import { endingTwice } from './ending-twice.ts'
import { epochGrowsWithEachTransaction } from './epoch-grows-with-each-transaction.ts'
import { expiredBeforeItWasRead } from './expired-before-it-was-read.ts'
import { expiredOffsetResets } from './expired-offset-resets.ts'
import { fencedMemberEpoch } from './fenced-member-epoch.ts'
import { fencedStaticMember } from './fenced-static-member.ts'
import { fencedStaticMemberCommits } from './fenced-static-member-commits.ts'
import { fetchAtAndBeyondTheEnd } from './fetch-at-and-beyond-the-end.ts'
import { firstNumberOfAnUnknownProducer } from './first-number-of-an-unknown-producer.ts'
import { formerLeaderRefuses } from './former-leader-refuses.ts'
import { frozenWatermark } from './frozen-watermark.ts'
import { groupSurvivesItsCoordinator } from './group-survives-its-coordinator.ts'
import { handoverWithoutABarrier } from './handover-without-a-barrier.ts'
import { isrShrinksAfterTheAppend } from './isr-shrinks-after-the-append.ts'
import { joinWithoutASync } from './join-without-a-sync.ts'
import { keysToPartitions } from './keys-to-partitions.ts'
import { lastOffsetCommitted } from './last-offset-committed.ts'
import { lateCommitWithoutWaiting } from './late-commit-without-waiting.ts'
import { laterTransactionStaysOpen } from './later-transaction-stays-open.ts'
import { latestBeforeAnOpenTransaction } from './latest-before-an-open-transaction.ts'
import { leavesWhileGivingUp } from './leaves-while-giving-up.ts'
import { leavingFreesPartitions } from './leaving-frees-partitions.ts'
import { limitsOfTheBroker } from './limits-of-the-broker.ts'
import { lostAnswerIsForgiven } from './lost-answer-is-forgiven.ts'
import { moreMembersThanPartitions } from './more-members-than-partitions.ts'
import { newGroupAtLatest } from './new-group-at-latest.ts'
import { newPartitionAtLatest } from './new-partition-at-latest.ts'
import { newProtocolSurvivesANode } from './new-protocol-survives-a-node.ts'
import { noAssignorInCommon } from './no-assignor-in-common.ts'
import { noKeyOnACompactedTopic } from './no-key-on-a-compacted-topic.ts'
import { noNumbersTwice } from './no-numbers-twice.ts'
import { noUncleanElection } from './no-unclean-election.ts'
import { nothingAboveTheWatermark } from './nothing-above-the-watermark.ts'
import { nothingInTheTransaction } from './nothing-in-the-transaction.ts'
import { numberedBatchesOnTwoConnections } from './numbered-batches-on-two-connections.ts'
import { numbersInsideATransaction } from './numbers-inside-a-transaction.ts'
import { numbersOutliveTheirRecords } from './numbers-outlive-their-records.ts'
import { numbersPerPartition } from './numbers-per-partition.ts'
import { offsetsInATransaction } from './offsets-in-a-transaction.ts'
import { offsetsNotAnnounced } from './offsets-not-announced.ts'
import { oldSelfInTheGroup } from './old-self-in-the-group.ts'
import { oneReplicaAndMinInsyncTwo } from './one-replica-and-min-insync-two.ts'
import { openSegmentStays } from './open-segment-stays.ts'
import { openTransactionAtBothLevels } from './open-transaction-at-both-levels.ts'
import { openTransactionBelowTheStart } from './open-transaction-below-the-start.ts'
import { openTransactionHoldsBack } from './open-transaction-holds-back.ts'
import { overlappingBatches } from './overlapping-batches.ts'
import { partitionNotAdded } from './partition-not-added.ts'
import { partitionsAddedToACluster } from './partitions-added-to-a-cluster.ts'
import { partitionsAddedToAGroup } from './partitions-added-to-a-group.ts'
import { partitionsOfTwoTopics } from './partitions-of-two-topics.ts'
import { pipelineCrashWithATransaction } from './pipeline-crash-with-a-transaction.ts'
import { pipelineCrashWithoutATransaction } from './pipeline-crash-without-a-transaction.ts'
import { plainBatchInOwnTransaction } from './plain-batch-in-own-transaction.ts'
import { plainCommitBesideAPendingOne } from './plain-commit-beside-a-pending-one.ts'
import { pollIntervalExceeded } from './poll-interval-exceeded.ts'
import { pollIntervalOfTheNewProtocol } from './poll-interval-of-the-new-protocol.ts'
import { pollThatStopsBeforeTheEnd } from './poll-that-stops-before-the-end.ts'
import { pollsWithoutCommits } from './polls-without-commits.ts'
import { positionOverAGap } from './position-over-a-gap.ts'
import { prefetchedAndDeleted } from './prefetched-and-deleted.ts'
import { producerIdExpires } from './producer-id-expires.ts'
import { raisedEpoch } from './raised-epoch.ts'
import { rangeOfTheCoordinator } from './range-of-the-coordinator.ts'
import { rangeOfTwoTopics } from './range-of-two-topics.ts'
import { readCommittedConsumer } from './read-committed-consumer.ts'
import { rebalanceWhileProcessing } from './rebalance-while-processing.ts'
import { recordsAndOffsetsAborted } from './records-and-offsets-aborted.ts'
import { recordsHandedToAThread } from './records-handed-to-a-thread.ts'
import { refusedNumberComesFirst } from './refused-number-comes-first.ts'
import { resetNone } from './reset-none.ts'
import { restartDuplicatesReachTheGroup } from './restart-duplicates-reach-the-group.ts'
import { restartedNodeIsInSyncAgain } from './restarted-node-is-in-sync-again.ts'
import { restartedProducerSendsAgain } from './restarted-producer-sends-again.ts'
import { retentionBySize } from './retention-by-size.ts'
import { retentionMovesTheStart } from './retention-moves-the-start.ts'
import { retryAfterFailOver } from './retry-after-fail-over.ts'
import { retryLandsBehind } from './retry-lands-behind.ts'
import { roundRobinMovesEverything } from './round-robin-moves-everything.ts'
import { roundRobinOfTwoTopics } from './round-robin-of-two-topics.ts'
import { sameBatchTwice } from './same-batch-twice.ts'
import { sameEpochTransactionAfterTransaction } from './same-epoch-transaction-after-transaction.ts'
import { sequenceGap } from './sequence-gap.ts'
import { settingsAsTheyAreSent } from './settings-as-they-are-sent.ts'
import { shareAcknowledgeInImplicitMode } from './share-acknowledge-in-implicit-mode.ts'
import { shareCloseGivesBack } from './share-close-gives-back.ts'
import { shareConsumerAfterANodeDied } from './share-consumer-after-a-node-died.ts'
import { shareCountSurvivesTheGroup } from './share-count-survives-the-group.ts'
import { shareCrashGivesBackAtOnce } from './share-crash-gives-back-at-once.ts'
import { shareDeletedBeforeItWasRead } from './share-deleted-before-it-was-read.ts'
import { shareGroupThatLeftNoTrace } from './share-group-that-left-no-trace.ts'
import { shareGroupsAreIndependent } from './share-groups-are-independent.ts'
import { shareLateAcceptanceOfWhatIsOver } from './share-late-acceptance-of-what-is-over.ts'
import { shareLimitOfTheBroker } from './share-limit-of-the-broker.ts'
import { shareLimitOfTwo } from './share-limit-of-two.ts'
import { shareLockExpires } from './share-lock-expires.ts'
import { shareLocksExpireOneByOne } from './share-locks-expire-one-by-one.ts'
import { shareNewGroupAtLatest } from './share-new-group-at-latest.ts'
import { sharePollWithoutAcknowledging } from './share-poll-without-acknowledging.ts'
import { shareRejectedIsArchived } from './share-rejected-is-archived.ts'
import { shareReleasedAndDeleted } from './share-released-and-deleted.ts'
import { shareReleasedUntilArchived } from './share-released-until-archived.ts'
import { shareReleasedWithAPoll } from './share-released-with-a-poll.ts'
import { shareRenewedLock } from './share-renewed-lock.ts'
import { shareSurvivesItsLeader } from './share-survives-its-leader.ts'
import { shareSuspectsComeAlone } from './share-suspects-come-alone.ts'
import { shareTwoMembersOnePartition } from './share-two-members-one-partition.ts'
import { shareTwoMembersWait } from './share-two-members-wait.ts'
import { shareWholeBatches } from './share-whole-batches.ts'
import { staleConsumerBesideAnother } from './stale-consumer-beside-another.ts'
import { staleMemberEpoch } from './stale-member-epoch.ts'
import { staleMemberInATransaction } from './stale-member-in-a-transaction.ts'
import { staticLeaderComesBack } from './static-leader-comes-back.ts'
import { staticMemberAfterItsSession } from './static-member-after-its-session.ts'
import { staticMemberAway } from './static-member-away.ts'
import { staticMemberChangesTheAssignor } from './static-member-changes-the-assignor.ts'
import { staticMemberClosedForGood } from './static-member-closed-for-good.ts'
import { staticMemberComesBack } from './static-member-comes-back.ts'
import { staticMemberMissesARebalance } from './static-member-misses-a-rebalance.ts'
import { staticMemberRestart } from './static-member-restart.ts'
import { staticMemberStaysAway } from './static-member-stays-away.ts'
import { staticRestartOfTheNewProtocol } from './static-restart-of-the-new-protocol.ts'
import { stickyKeepsWhatItCan } from './sticky-keeps-what-it-can.ts'
import { stickyOfTwoTopics } from './sticky-of-two-topics.ts'
import { timesOutAfterFailOver } from './times-out-after-fail-over.ts'
import { timesOutWhileNobodyLeads } from './times-out-while-nobody-leads.ts'
import { tombstoneIsReadThenGone } from './tombstone-is-read-then-gone.ts'
import { topicsChangedByAHeartbeat } from './topics-changed-by-a-heartbeat.ts'
import { transactionCallsOutOfTurn } from './transaction-calls-out-of-turn.ts'
import { transactionOverTwoPartitions } from './transaction-over-two-partitions.ts'
import { transactionTimesOut } from './transaction-times-out.ts'
import { truncatedByEpoch } from './truncated-by-epoch.ts'
import { twoCommitsRace } from './two-commits-race.ts'
import { twoConnectionsOneLog } from './two-connections-one-log.ts'
import { twoEndsRace } from './two-ends-race.ts'
import { twoInterleavedTransactions } from './two-interleaved-transactions.ts'
import { twoProcessesOneInstanceId } from './two-processes-one-instance-id.ts'
import { twoProducersRace } from './two-producers-race.ts'
import { twoTransactionsOfOffsets } from './two-transactions-of-offsets.ts'
import type { Experiment } from './types.ts'
import { uncleanElectionLoses } from './unclean-election-loses.ts'
import { untimelyRecordIsAborted } from './untimely-record-is-aborted.ts'
import { waitsBelowTheNewStart } from './waits-below-the-new-start.ts'
import { waitsForTheSlowestInSync } from './waits-for-the-slowest-in-sync.ts'
import { whatAHeartbeatMustSay } from './what-a-heartbeat-must-say.ts'
import { whatWasGivenUpComesBack } from './what-was-given-up-comes-back.ts'
import { whoMayCommit } from './who-may-commit.ts'
import { whoMayCommitInATransaction } from './who-may-commit-in-a-transaction.ts'
import { zombieIsFenced } from './zombie-is-fenced.ts'

export const experiments: readonly Experiment[] = [
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
  openTransactionAtBothLevels,
  abortedThenPlain,
  zombieIsFenced,
  offsetsInATransaction,
  openTransactionHoldsBack,
  oldSelfInTheGroup,
  whoMayCommit,
  commitAfterTheSession,
  lateCommitWithoutWaiting,
  commitBackwards,
  oneReplicaAndMinInsyncTwo,
  fetchAtAndBeyondTheEnd,
  partitionNotAdded,
  retryLandsBehind,
  automaticCommitWaitsForItsInterval,
  recordsHandedToAThread,
  lastOffsetCommitted,
  newGroupAtLatest,
  rebalanceWhileProcessing,
  cooperativeJoin,
  pollIntervalExceeded,
  staticMemberRestart,
  moreMembersThanPartitions,
  confirmedByOneThenDead,
  bothFollowersDown,
  pipelineCrashWithATransaction,
  pipelineCrashWithoutATransaction,
  clientTimesOut,
  transactionTimesOut,
  shareTwoMembersOnePartition,
  shareReleasedUntilArchived,
  staleMemberEpoch,
  epochGrowsWithEachTransaction,
  sameEpochTransactionAfterTransaction,
  aGroupWithAndWithoutMembers,
  abortedAndOpenAfterFailOver,
  abortedThenCommitted,
  activeSegmentExpires,
  alteredMinInsync,
  answersOnOneConnection,
  automaticCommitBeforeARebalance,
  automaticCommitInsideTheNextPoll,
  awayWhileGivingUp,
  brokerSettingsOfACluster,
  busyConsumerHoldsItsPartitions,
  changeDuringAHandover,
  cleanEnoughIsLeftAlone,
  clientAbortsAfterTheTimeout,
  clientCommitsAfterTheLeaderDied,
  clientIsFenced,
  clientSendsAfterTheTimeout,
  clientSendsTooEarly,
  closeCommitsACrashDoesNot,
  closingHandsOverAtOnce,
  commitAfterTheLeaderDied,
  commitBeforeItIsRevoked,
  commitBeforeTheEffect,
  commitIsNoPoll,
  commitSetBackBetweenRestarts,
  commitsThroughARebalance,
  committedBeforeTheNextLeader,
  committedBeyondTheEnd,
  committedInsideAGap,
  compactedAndDeleted,
  compactionKeepsTheLast,
  compactionWaitsForItsLag,
  consumersHandOver,
  controlRecordBeginsASegment,
  cooperativeMemberDies,
  crashBetweenEffectAndCommit,
  crashedConsumerOfTheNewProtocol,
  deadMemberAndItsSession,
  deadMemberHoldsItsPartitions,
  deleteRecords,
  deletedOnEveryNode,
  deletedRecordsStayDeleted,
  earliestAfterRetention,
  emptyTransactionOfAClient,
  endingTwice,
  expiredBeforeItWasRead,
  expiredOffsetResets,
  fencedMemberEpoch,
  fencedStaticMemberCommits,
  fencedStaticMember,
  formerLeaderRefuses,
  frozenWatermark,
  groupSurvivesItsCoordinator,
  handoverWithoutABarrier,
  isrShrinksAfterTheAppend,
  joinWithoutASync,
  laterTransactionStaysOpen,
  latestBeforeAnOpenTransaction,
  leavesWhileGivingUp,
  leavingFreesPartitions,
  limitsOfTheBroker,
  lostAnswerIsForgiven,
  newPartitionAtLatest,
  newProtocolSurvivesANode,
  noAssignorInCommon,
  noKeyOnACompactedTopic,
  noUncleanElection,
  nothingAboveTheWatermark,
  nothingInTheTransaction,
  numberedBatchesOnTwoConnections,
  numbersInsideATransaction,
  numbersOutliveTheirRecords,
  numbersPerPartition,
  offsetsNotAnnounced,
  openSegmentStays,
  openTransactionBelowTheStart,
  overlappingBatches,
  partitionsAddedToACluster,
  partitionsAddedToAGroup,
  partitionsOfTwoTopics,
  plainBatchInOwnTransaction,
  plainCommitBesideAPendingOne,
  pollIntervalOfTheNewProtocol,
  pollThatStopsBeforeTheEnd,
  pollsWithoutCommits,
  positionOverAGap,
  prefetchedAndDeleted,
  producerIdExpires,
  raisedEpoch,
  rangeOfTheCoordinator,
  rangeOfTwoTopics,
  readCommittedConsumer,
  recordsAndOffsetsAborted,
  refusedNumberComesFirst,
  resetNone,
  restartDuplicatesReachTheGroup,
  restartedNodeIsInSyncAgain,
  retentionBySize,
  retentionMovesTheStart,
  retryAfterFailOver,
  roundRobinMovesEverything,
  roundRobinOfTwoTopics,
  settingsAsTheyAreSent,
  shareAcknowledgeInImplicitMode,
  shareCloseGivesBack,
  shareConsumerAfterANodeDied,
  shareCountSurvivesTheGroup,
  shareCrashGivesBackAtOnce,
  shareDeletedBeforeItWasRead,
  shareGroupThatLeftNoTrace,
  shareGroupsAreIndependent,
  shareLateAcceptanceOfWhatIsOver,
  shareLimitOfTheBroker,
  shareLimitOfTwo,
  shareLockExpires,
  shareLocksExpireOneByOne,
  shareNewGroupAtLatest,
  sharePollWithoutAcknowledging,
  shareRejectedIsArchived,
  shareReleasedAndDeleted,
  shareReleasedWithAPoll,
  shareRenewedLock,
  shareSurvivesItsLeader,
  shareSuspectsComeAlone,
  shareTwoMembersWait,
  shareWholeBatches,
  staleConsumerBesideAnother,
  staleMemberInATransaction,
  staticLeaderComesBack,
  staticMemberAfterItsSession,
  staticMemberAway,
  staticMemberChangesTheAssignor,
  staticMemberClosedForGood,
  staticMemberComesBack,
  staticMemberMissesARebalance,
  staticMemberStaysAway,
  staticRestartOfTheNewProtocol,
  stickyKeepsWhatItCan,
  stickyOfTwoTopics,
  timesOutAfterFailOver,
  timesOutWhileNobodyLeads,
  tombstoneIsReadThenGone,
  topicsChangedByAHeartbeat,
  transactionCallsOutOfTurn,
  transactionOverTwoPartitions,
  truncatedByEpoch,
  twoCommitsRace,
  twoConnectionsOneLog,
  twoEndsRace,
  twoInterleavedTransactions,
  twoProcessesOneInstanceId,
  twoProducersRace,
  twoTransactionsOfOffsets,
  uncleanElectionLoses,
  untimelyRecordIsAborted,
  waitsBelowTheNewStart,
  waitsForTheSlowestInSync,
  whatAHeartbeatMustSay,
  whatWasGivenUpComesBack,
  whoMayCommitInATransaction,
]
