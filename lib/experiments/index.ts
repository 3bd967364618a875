// The catalogue of experiments: one file each, one line here, in the order they are run. Replication,
// transactions and share groups get theirs when the model has them.
import { aGroupWithAndWithoutMembers } from './a-group-with-and-without-members.ts'
import { addedPartitionMovesAKey } from './added-partition-moves-a-key.ts'
import { automaticCommitBeforeARebalance } from './automatic-commit-before-a-rebalance.ts'
import { automaticCommitInsideTheNextPoll } from './automatic-commit-inside-the-next-poll.ts'
import { automaticCommitWaitsForItsInterval } from './automatic-commit-waits-for-its-interval.ts'
import { awayWhileGivingUp } from './away-while-giving-up.ts'
import { busyConsumerHoldsItsPartitions } from './busy-consumer-holds-its-partitions.ts'
import { changeDuringAHandover } from './change-during-a-handover.ts'
import { closingHandsOverAtOnce } from './closing-hands-over-at-once.ts'
import { commitAfterTheSession } from './commit-after-the-session.ts'
import { commitBackwards } from './commit-backwards.ts'
import { commitBeforeItIsRevoked } from './commit-before-it-is-revoked.ts'
import { commitBeforeTheEffect } from './commit-before-the-effect.ts'
import { commitIsNoPoll } from './commit-is-no-poll.ts'
import { commitsThroughARebalance } from './commits-through-a-rebalance.ts'
import { committedBeyondTheEnd } from './committed-beyond-the-end.ts'
import { consumersHandOver } from './consumers-hand-over.ts'
import { cooperativeJoin } from './cooperative-join.ts'
import { crashBetweenEffectAndCommit } from './crash-between-effect-and-commit.ts'
import { crashedConsumerOfTheNewProtocol } from './crashed-consumer-of-the-new-protocol.ts'
import { deadMemberAndItsSession } from './dead-member-and-its-session.ts'
import { deadMemberHoldsItsPartitions } from './dead-member-holds-its-partitions.ts'
import { duplicateOlderThanFiveBatches } from './duplicate-older-than-five-batches.ts'
import { emptyKeyAndNoKey } from './empty-key-and-no-key.ts'
import { fencedMemberEpoch } from './fenced-member-epoch.ts'
import { fencedStaticMember } from './fenced-static-member.ts'
import { fencedStaticMemberCommits } from './fenced-static-member-commits.ts'
import { fetchAtAndBeyondTheEnd } from './fetch-at-and-beyond-the-end.ts'
import { firstNumberOfAnUnknownProducer } from './first-number-of-an-unknown-producer.ts'
import { handoverWithoutABarrier } from './handover-without-a-barrier.ts'
import { joinWithoutASync } from './join-without-a-sync.ts'
import { keysToPartitions } from './keys-to-partitions.ts'
import { lastOffsetCommitted } from './last-offset-committed.ts'
import { leavesWhileGivingUp } from './leaves-while-giving-up.ts'
import { leavingFreesPartitions } from './leaving-frees-partitions.ts'
import { lostAnswerIsForgiven } from './lost-answer-is-forgiven.ts'
import { moreMembersThanPartitions } from './more-members-than-partitions.ts'
import { newGroupAtLatest } from './new-group-at-latest.ts'
import { noAssignorInCommon } from './no-assignor-in-common.ts'
import { noNumbersTwice } from './no-numbers-twice.ts'
import { numberedBatchesOnTwoConnections } from './numbered-batches-on-two-connections.ts'
import { numbersPerPartition } from './numbers-per-partition.ts'
import { overlappingBatches } from './overlapping-batches.ts'
import { partitionsAddedToAGroup } from './partitions-added-to-a-group.ts'
import { pollIntervalExceeded } from './poll-interval-exceeded.ts'
import { pollIntervalOfTheNewProtocol } from './poll-interval-of-the-new-protocol.ts'
import { pollsWithoutCommits } from './polls-without-commits.ts'
import { raisedEpoch } from './raised-epoch.ts'
import { rangeOfTheCoordinator } from './range-of-the-coordinator.ts'
import { rangeOfTwoTopics } from './range-of-two-topics.ts'
import { rebalanceWhileProcessing } from './rebalance-while-processing.ts'
import { recordsHandedToAThread } from './records-handed-to-a-thread.ts'
import { resetNone } from './reset-none.ts'
import { restartDuplicatesReachTheGroup } from './restart-duplicates-reach-the-group.ts'
import { restartedProducerSendsAgain } from './restarted-producer-sends-again.ts'
import { retryLandsBehind } from './retry-lands-behind.ts'
import { roundRobinMovesEverything } from './round-robin-moves-everything.ts'
import { roundRobinOfTwoTopics } from './round-robin-of-two-topics.ts'
import { sameBatchTwice } from './same-batch-twice.ts'
import { sequenceGap } from './sequence-gap.ts'
import { staleConsumerBesideAnother } from './stale-consumer-beside-another.ts'
import { staleMemberEpoch } from './stale-member-epoch.ts'
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
import { topicsChangedByAHeartbeat } from './topics-changed-by-a-heartbeat.ts'
import { twoCommitsRace } from './two-commits-race.ts'
import { twoProcessesOneInstanceId } from './two-processes-one-instance-id.ts'
import { twoProducersRace } from './two-producers-race.ts'
import type { Experiment } from './types.ts'
import { whatAHeartbeatMustSay } from './what-a-heartbeat-must-say.ts'
import { whatWasGivenUpComesBack } from './what-was-given-up-comes-back.ts'
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
  staticMemberComesBack,
  staticLeaderComesBack,
  fencedStaticMember,
  staticMemberAfterItsSession,
  staticMemberChangesTheAssignor,
  staticMemberRestart,
  staticMemberClosedForGood,
  twoProcessesOneInstanceId,
  fencedStaticMemberCommits,
  roundRobinOfTwoTopics,
  rangeOfTwoTopics,
  roundRobinMovesEverything,
  stickyKeepsWhatItCan,
  stickyOfTwoTopics,
  staleMemberEpoch,
  fencedMemberEpoch,
  lostAnswerIsForgiven,
  handoverWithoutABarrier,
  leavingFreesPartitions,
  deadMemberAndItsSession,
  staticMemberAway,
  staticMemberStaysAway,
  rangeOfTheCoordinator,
  partitionsAddedToAGroup,
  topicsChangedByAHeartbeat,
  whatAHeartbeatMustSay,
  consumersHandOver,
  busyConsumerHoldsItsPartitions,
  crashedConsumerOfTheNewProtocol,
  pollIntervalOfTheNewProtocol,
  staticRestartOfTheNewProtocol,
  commitBeforeItIsRevoked,
  staleConsumerBesideAnother,
  changeDuringAHandover,
  leavesWhileGivingUp,
  awayWhileGivingUp,
  staticMemberMissesARebalance,
  joinWithoutASync,
  noAssignorInCommon,
  whatWasGivenUpComesBack,
]
