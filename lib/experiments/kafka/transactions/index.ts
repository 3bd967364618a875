// Transactions.
import type { Experiment } from '../../types.ts'
import { abortedThenCommitted } from './aborted-then-committed.ts'
import { abortedThenPlain } from './aborted-then-plain.ts'
import { answersOnOneConnection } from './answers-on-one-connection.ts'
import { clientAbortsAfterTheTimeout } from './client-aborts-after-the-timeout.ts'
import { clientIsFenced } from './client-is-fenced.ts'
import { clientSendsAfterTheTimeout } from './client-sends-after-the-timeout.ts'
import { clientSendsTooEarly } from './client-sends-too-early.ts'
import { clientTimesOut } from './client-times-out.ts'
import { controlRecordBeginsASegment } from './control-record-begins-a-segment.ts'
import { emptyTransactionOfAClient } from './empty-transaction-of-a-client.ts'
import { endGoesWithTheLastOfIt } from './end-goes-with-the-last-of-it.ts'
import { endingTwice } from './ending-twice.ts'
import { epochGrowsWithEachTransaction } from './epoch-grows-with-each-transaction.ts'
import { joinsWhileOffsetsArePending } from './joins-while-offsets-are-pending.ts'
import { laterTransactionStaysOpen } from './later-transaction-stays-open.ts'
import { latestBeforeAnOpenTransaction } from './latest-before-an-open-transaction.ts'
import { limitsOfTheBroker } from './limits-of-the-broker.ts'
import { nothingInTheTransaction } from './nothing-in-the-transaction.ts'
import { numbersInsideATransaction } from './numbers-inside-a-transaction.ts'
import { offsetsInATransaction } from './offsets-in-a-transaction.ts'
import { offsetsNotAnnounced } from './offsets-not-announced.ts'
import { openTransactionAtBothLevels } from './open-transaction-at-both-levels.ts'
import { openTransactionBelowTheStart } from './open-transaction-below-the-start.ts'
import { openTransactionHoldsBack } from './open-transaction-holds-back.ts'
import { partitionNotAdded } from './partition-not-added.ts'
import { partitionsOfTwoTopics } from './partitions-of-two-topics.ts'
import { pipelineCrashWithATransaction } from './pipeline-crash-with-a-transaction.ts'
import { plainBatchInOwnTransaction } from './plain-batch-in-own-transaction.ts'
import { plainCommitBesideAPendingOne } from './plain-commit-beside-a-pending-one.ts'
import { pollThatStopsBeforeTheEnd } from './poll-that-stops-before-the-end.ts'
import { readCommittedConsumer } from './read-committed-consumer.ts'
import { recordsAndOffsetsAborted } from './records-and-offsets-aborted.ts'
import { refusedInSilence } from './refused-in-silence.ts'
import { refusedNumberComesFirst } from './refused-number-comes-first.ts'
import { sameEpochTransactionAfterTransaction } from './same-epoch-transaction-after-transaction.ts'
import { staleMemberInATransaction } from './stale-member-in-a-transaction.ts'
import { staleMemberOfTheNewProtocol } from './stale-member-of-the-new-protocol.ts'
import { startInsideABatch } from './start-inside-a-batch.ts'
import { staticMemberCommitsByAnyEpoch } from './static-member-commits-by-any-epoch.ts'
import { takeoverWaitsForPendingOffsets } from './takeover-waits-for-pending-offsets.ts'
import { transactionCallsOutOfTurn } from './transaction-calls-out-of-turn.ts'
import { transactionOverTwoPartitions } from './transaction-over-two-partitions.ts'
import { transactionTimesOut } from './transaction-times-out.ts'
import { twoEndsRace } from './two-ends-race.ts'
import { twoInterleavedTransactions } from './two-interleaved-transactions.ts'
import { twoTransactionsOfOffsets } from './two-transactions-of-offsets.ts'
import { untimelyRecordIsAborted } from './untimely-record-is-aborted.ts'
import { waitsBelowTheNewStart } from './waits-below-the-new-start.ts'
import { whoCommitsForTheNewProtocol } from './who-commits-for-the-new-protocol.ts'
import { whoMayCommitInATransaction } from './who-may-commit-in-a-transaction.ts'
import { zombieIsFenced } from './zombie-is-fenced.ts'

export const transactions: readonly Experiment[] = [
  openTransactionAtBothLevels,
  abortedThenPlain,
  zombieIsFenced,
  offsetsInATransaction,
  openTransactionHoldsBack,
  partitionNotAdded,
  pipelineCrashWithATransaction,
  clientTimesOut,
  transactionTimesOut,
  epochGrowsWithEachTransaction,
  sameEpochTransactionAfterTransaction,
  abortedThenCommitted,
  answersOnOneConnection,
  clientAbortsAfterTheTimeout,
  clientIsFenced,
  clientSendsAfterTheTimeout,
  clientSendsTooEarly,
  controlRecordBeginsASegment,
  emptyTransactionOfAClient,
  endGoesWithTheLastOfIt,
  endingTwice,
  joinsWhileOffsetsArePending,
  laterTransactionStaysOpen,
  latestBeforeAnOpenTransaction,
  limitsOfTheBroker,
  nothingInTheTransaction,
  numbersInsideATransaction,
  offsetsNotAnnounced,
  openTransactionBelowTheStart,
  partitionsOfTwoTopics,
  plainBatchInOwnTransaction,
  plainCommitBesideAPendingOne,
  pollThatStopsBeforeTheEnd,
  readCommittedConsumer,
  recordsAndOffsetsAborted,
  refusedInSilence,
  refusedNumberComesFirst,
  staleMemberInATransaction,
  staleMemberOfTheNewProtocol,
  staticMemberCommitsByAnyEpoch,
  takeoverWaitsForPendingOffsets,
  startInsideABatch,
  transactionCallsOutOfTurn,
  transactionOverTwoPartitions,
  twoEndsRace,
  twoInterleavedTransactions,
  twoTransactionsOfOffsets,
  untimelyRecordIsAborted,
  waitsBelowTheNewStart,
  whoCommitsForTheNewProtocol,
  whoMayCommitInATransaction,
]
