// Consumer groups.
import type { Experiment } from '../../types.ts'
import { aGroupWithAndWithoutMembers } from './a-group-with-and-without-members.ts'
import { automaticCommitBeforeARebalance } from './automatic-commit-before-a-rebalance.ts'
import { automaticCommitInsideTheNextPoll } from './automatic-commit-inside-the-next-poll.ts'
import { automaticCommitWaitsForItsInterval } from './automatic-commit-waits-for-its-interval.ts'
import { awayWhileGivingUp } from './away-while-giving-up.ts'
import { busyConsumerHoldsItsPartitions } from './busy-consumer-holds-its-partitions.ts'
import { changeDuringAHandover } from './change-during-a-handover.ts'
import { closeCommitsACrashDoesNot } from './close-commits-a-crash-does-not.ts'
import { closingHandsOverAtOnce } from './closing-hands-over-at-once.ts'
import { commitAfterTheSession } from './commit-after-the-session.ts'
import { commitBackwards } from './commit-backwards.ts'
import { commitBeforeItIsRevoked } from './commit-before-it-is-revoked.ts'
import { commitBeforeTheEffect } from './commit-before-the-effect.ts'
import { commitIsNoPoll } from './commit-is-no-poll.ts'
import { commitSetBackBetweenRestarts } from './commit-set-back-between-restarts.ts'
import { commitsThroughARebalance } from './commits-through-a-rebalance.ts'
import { committedBeyondTheEnd } from './committed-beyond-the-end.ts'
import { consumersHandOver } from './consumers-hand-over.ts'
import { cooperativeJoin } from './cooperative-join.ts'
import { cooperativeMemberDies } from './cooperative-member-dies.ts'
import { crashBetweenEffectAndCommit } from './crash-between-effect-and-commit.ts'
import { crashedConsumerOfTheNewProtocol } from './crashed-consumer-of-the-new-protocol.ts'
import { deadMemberAndItsSession } from './dead-member-and-its-session.ts'
import { deadMemberHoldsItsPartitions } from './dead-member-holds-its-partitions.ts'
import { eachMemberItsOwnTimeouts } from './each-member-its-own-timeouts.ts'
import { fencedMemberEpoch } from './fenced-member-epoch.ts'
import { fencedStaticMember } from './fenced-static-member.ts'
import { fencedStaticMemberCommits } from './fenced-static-member-commits.ts'
import { handoverWithoutABarrier } from './handover-without-a-barrier.ts'
import { joinWithoutASync } from './join-without-a-sync.ts'
import { lastOffsetCommitted } from './last-offset-committed.ts'
import { lateCommitWithoutWaiting } from './late-commit-without-waiting.ts'
import { leaderOfOtherTopics } from './leader-of-other-topics.ts'
import { leavesWhileGivingUp } from './leaves-while-giving-up.ts'
import { leavingFreesPartitions } from './leaving-frees-partitions.ts'
import { lostAnswerIsForgiven } from './lost-answer-is-forgiven.ts'
import { moreMembersThanPartitions } from './more-members-than-partitions.ts'
import { newGroupAtLatest } from './new-group-at-latest.ts'
import { noAssignorInCommon } from './no-assignor-in-common.ts'
import { oldSelfInTheGroup } from './old-self-in-the-group.ts'
import { pipelineCrashWithoutATransaction } from './pipeline-crash-without-a-transaction.ts'
import { pollIntervalExceeded } from './poll-interval-exceeded.ts'
import { pollIntervalOfTheNewProtocol } from './poll-interval-of-the-new-protocol.ts'
import { pollsWithoutCommits } from './polls-without-commits.ts'
import { rangeOfTheCoordinator } from './range-of-the-coordinator.ts'
import { rangeOfTwoTopics } from './range-of-two-topics.ts'
import { rebalanceWhileProcessing } from './rebalance-while-processing.ts'
import { recordsHandedToAThread } from './records-handed-to-a-thread.ts'
import { resetNone } from './reset-none.ts'
import { restartDuplicatesReachTheGroup } from './restart-duplicates-reach-the-group.ts'
import { roundRobinMovesEverything } from './round-robin-moves-everything.ts'
import { roundRobinOfTwoTopics } from './round-robin-of-two-topics.ts'
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
import { uniformOfDifferentTopics } from './uniform-of-different-topics.ts'
import { votesOfEqualNumber } from './votes-of-equal-number.ts'
import { whatAHeartbeatMustSay } from './what-a-heartbeat-must-say.ts'
import { whatWasGivenUpComesBack } from './what-was-given-up-comes-back.ts'
import { whoMayCommit } from './who-may-commit.ts'

export const groups: readonly Experiment[] = [
  oldSelfInTheGroup,
  whoMayCommit,
  commitAfterTheSession,
  lateCommitWithoutWaiting,
  commitBackwards,
  automaticCommitWaitsForItsInterval,
  recordsHandedToAThread,
  lastOffsetCommitted,
  newGroupAtLatest,
  rebalanceWhileProcessing,
  cooperativeJoin,
  pollIntervalExceeded,
  staticMemberRestart,
  moreMembersThanPartitions,
  pipelineCrashWithoutATransaction,
  staleMemberEpoch,
  aGroupWithAndWithoutMembers,
  automaticCommitBeforeARebalance,
  automaticCommitInsideTheNextPoll,
  awayWhileGivingUp,
  busyConsumerHoldsItsPartitions,
  changeDuringAHandover,
  closeCommitsACrashDoesNot,
  closingHandsOverAtOnce,
  commitBeforeItIsRevoked,
  commitBeforeTheEffect,
  commitIsNoPoll,
  commitSetBackBetweenRestarts,
  commitsThroughARebalance,
  committedBeyondTheEnd,
  consumersHandOver,
  cooperativeMemberDies,
  crashBetweenEffectAndCommit,
  crashedConsumerOfTheNewProtocol,
  deadMemberAndItsSession,
  deadMemberHoldsItsPartitions,
  eachMemberItsOwnTimeouts,
  fencedMemberEpoch,
  fencedStaticMemberCommits,
  fencedStaticMember,
  handoverWithoutABarrier,
  joinWithoutASync,
  leaderOfOtherTopics,
  leavesWhileGivingUp,
  leavingFreesPartitions,
  lostAnswerIsForgiven,
  noAssignorInCommon,
  pollIntervalOfTheNewProtocol,
  pollsWithoutCommits,
  rangeOfTheCoordinator,
  rangeOfTwoTopics,
  resetNone,
  restartDuplicatesReachTheGroup,
  roundRobinMovesEverything,
  roundRobinOfTwoTopics,
  staleConsumerBesideAnother,
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
  topicsChangedByAHeartbeat,
  twoCommitsRace,
  twoProcessesOneInstanceId,
  uniformOfDifferentTopics,
  votesOfEqualNumber,
  whatAHeartbeatMustSay,
  whatWasGivenUpComesBack,
]
