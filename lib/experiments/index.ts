// The catalogue of experiments: one file each, one line here, in the order they are run. Replication,
// transactions, the KIP-848 protocol and share groups get theirs when the model has them.
import { aGroupWithAndWithoutMembers } from './a-group-with-and-without-members.ts'
import { abortedThenCommitted } from './aborted-then-committed.ts'
import { abortedThenPlain } from './aborted-then-plain.ts'
import { addedPartitionMovesAKey } from './added-partition-moves-a-key.ts'
import { automaticCommitBeforeARebalance } from './automatic-commit-before-a-rebalance.ts'
import { automaticCommitInsideTheNextPoll } from './automatic-commit-inside-the-next-poll.ts'
import { automaticCommitWaitsForItsInterval } from './automatic-commit-waits-for-its-interval.ts'
import { clientAbortsAfterTheTimeout } from './client-aborts-after-the-timeout.ts'
import { clientIsFenced } from './client-is-fenced.ts'
import { clientSendsAfterTheTimeout } from './client-sends-after-the-timeout.ts'
import { clientTimesOut } from './client-times-out.ts'
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
import { emptyTransactionOfAClient } from './empty-transaction-of-a-client.ts'
import { endingTwice } from './ending-twice.ts'
import { epochGrowsWithEachTransaction } from './epoch-grows-with-each-transaction.ts'
import { fetchAtAndBeyondTheEnd } from './fetch-at-and-beyond-the-end.ts'
import { firstNumberOfAnUnknownProducer } from './first-number-of-an-unknown-producer.ts'
import { keysToPartitions } from './keys-to-partitions.ts'
import { lastOffsetCommitted } from './last-offset-committed.ts'
import { laterTransactionStaysOpen } from './later-transaction-stays-open.ts'
import { latestBeforeAnOpenTransaction } from './latest-before-an-open-transaction.ts'
import { moreMembersThanPartitions } from './more-members-than-partitions.ts'
import { newGroupAtLatest } from './new-group-at-latest.ts'
import { noNumbersTwice } from './no-numbers-twice.ts'
import { nothingInTheTransaction } from './nothing-in-the-transaction.ts'
import { numberedBatchesOnTwoConnections } from './numbered-batches-on-two-connections.ts'
import { numbersInsideATransaction } from './numbers-inside-a-transaction.ts'
import { numbersPerPartition } from './numbers-per-partition.ts'
import { offsetsInATransaction } from './offsets-in-a-transaction.ts'
import { offsetsNotAnnounced } from './offsets-not-announced.ts'
import { openTransactionAtBothLevels } from './open-transaction-at-both-levels.ts'
import { openTransactionHoldsBack } from './open-transaction-holds-back.ts'
import { overlappingBatches } from './overlapping-batches.ts'
import { partitionNotAdded } from './partition-not-added.ts'
import { pipelineCrashWithATransaction } from './pipeline-crash-with-a-transaction.ts'
import { pipelineCrashWithoutATransaction } from './pipeline-crash-without-a-transaction.ts'
import { plainBatchInOwnTransaction } from './plain-batch-in-own-transaction.ts'
import { plainCommitBesideAPendingOne } from './plain-commit-beside-a-pending-one.ts'
import { pollIntervalExceeded } from './poll-interval-exceeded.ts'
import { pollThatStopsBeforeTheEnd } from './poll-that-stops-before-the-end.ts'
import { pollsWithoutCommits } from './polls-without-commits.ts'
import { raisedEpoch } from './raised-epoch.ts'
import { readCommittedConsumer } from './read-committed-consumer.ts'
import { rebalanceWhileProcessing } from './rebalance-while-processing.ts'
import { recordsAndOffsetsAborted } from './records-and-offsets-aborted.ts'
import { recordsHandedToAThread } from './records-handed-to-a-thread.ts'
import { refusedNumberComesFirst } from './refused-number-comes-first.ts'
import { resetNone } from './reset-none.ts'
import { restartDuplicatesReachTheGroup } from './restart-duplicates-reach-the-group.ts'
import { restartedProducerSendsAgain } from './restarted-producer-sends-again.ts'
import { retryLandsBehind } from './retry-lands-behind.ts'
import { sameBatchTwice } from './same-batch-twice.ts'
import { sameEpochTransactionAfterTransaction } from './same-epoch-transaction-after-transaction.ts'
import { sequenceGap } from './sequence-gap.ts'
import { staleMemberInATransaction } from './stale-member-in-a-transaction.ts'
import { transactionOverTwoPartitions } from './transaction-over-two-partitions.ts'
import { transactionTimesOut } from './transaction-times-out.ts'
import { twoCommitsRace } from './two-commits-race.ts'
import { twoEndsRace } from './two-ends-race.ts'
import { twoInterleavedTransactions } from './two-interleaved-transactions.ts'
import { twoProducersRace } from './two-producers-race.ts'
import { twoTransactionsOfOffsets } from './two-transactions-of-offsets.ts'
import type { Experiment } from './types.ts'
import { whoMayCommit } from './who-may-commit.ts'
import { whoMayCommitInATransaction } from './who-may-commit-in-a-transaction.ts'
import { zombieIsFenced } from './zombie-is-fenced.ts'

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
  openTransactionAtBothLevels,
  abortedThenPlain,
  zombieIsFenced,
  offsetsInATransaction,
  openTransactionHoldsBack,
  partitionNotAdded,
  refusedNumberComesFirst,
  transactionTimesOut,
  sameEpochTransactionAfterTransaction,
  abortedThenCommitted,
  twoInterleavedTransactions,
  laterTransactionStaysOpen,
  nothingInTheTransaction,
  endingTwice,
  transactionOverTwoPartitions,
  plainBatchInOwnTransaction,
  numbersInsideATransaction,
  whoMayCommitInATransaction,
  offsetsNotAnnounced,
  plainCommitBesideAPendingOne,
  twoTransactionsOfOffsets,
  recordsAndOffsetsAborted,
  twoEndsRace,
  epochGrowsWithEachTransaction,
  emptyTransactionOfAClient,
  clientIsFenced,
  clientTimesOut,
  clientAbortsAfterTheTimeout,
  clientSendsAfterTheTimeout,
  pipelineCrashWithATransaction,
  pipelineCrashWithoutATransaction,
  readCommittedConsumer,
  pollThatStopsBeforeTheEnd,
  latestBeforeAnOpenTransaction,
  staleMemberInATransaction,
]
