// The catalogue of RabbitMQ experiments: one file each, one line here.
import { acknowledgeMultiple } from './acknowledge-multiple.ts'
import { acknowledgedAllThereIs } from './acknowledged-all-there-is.ts'
import { acknowledgedInTheMiddle } from './acknowledged-in-the-middle.ts'
import { acknowledgedOnAnotherChannel } from './acknowledged-on-another-channel.ts'
import { acknowledgedTwice } from './acknowledged-twice.ts'
import { alternateExchange } from './alternate-exchange.ts'
import { answerOverAQueue } from './answer-over-a-queue.ts'
import { anyHeaderOfNone } from './any-header-of-none.ts'
import { argumentsOfAnotherKind } from './arguments-of-another-kind.ts'
import { argumentsOfAnotherType } from './arguments-of-another-type.ts'
import { atLeastOnceAndExpiry } from './at-least-once-and-expiry.ts'
import { atLeastOnceIntoAFullQueue } from './at-least-once-into-a-full-queue.ts'
import { atLeastOnceWithoutRefusing } from './at-least-once-without-refusing.ts'
import { autoDeleteAndARestart } from './auto-delete-and-a-restart.ts'
import { autoDeleteQueue } from './auto-delete-queue.ts'
import { automaticAcknowledgementLoses } from './automatic-acknowledgement-loses.ts'
import { boundTwiceToAConsistentHash } from './bound-twice-to-a-consistent-hash.ts'
import { cancelKeepsWhatIsHeld } from './cancel-keeps-what-is-held.ts'
import { cancelledAndBack } from './cancelled-and-back.ts'
import { carbonCopies } from './carbon-copies.ts'
import { channelCloseReturnsInOrder } from './channel-close-returns-in-order.ts'
import { confirmedAndDropped } from './confirmed-and-dropped.ts'
import { consumerArgumentsOfAnotherKind } from './consumer-arguments-of-another-kind.ts'
import { consumerPriority } from './consumer-priority.ts'
import { consumerTagTwice } from './consumer-tag-twice.ts'
import { consumerTimeout } from './consumer-timeout.ts'
import { copiesAndDeadLetters } from './copies-and-dead-letters.ts'
import { countsGoOnInTheNextQueue } from './counts-go-on-in-the-next-queue.ts'
import { countsOfWhatWasDropped } from './counts-of-what-was-dropped.ts'
import { crashBetweenRepublishAndAcknowledgement } from './crash-between-republish-and-acknowledgement.ts'
import { deadLetterCycleIsDropped } from './dead-letter-cycle-is-dropped.ts'
import { deadLetterToAWaitingConsumer } from './dead-letter-to-a-waiting-consumer.ts'
import { deadLetterToItsOwnQueue } from './dead-letter-to-its-own-queue.ts'
import { deadLetterWithATimeToLiveOfZero } from './dead-letter-with-a-time-to-live-of-zero.ts'
import { deadLettersAtLeastOnce } from './dead-letters-at-least-once.ts'
import { deadLettersBetweenTypes } from './dead-letters-between-types.ts'
import { deadLettersIntoAFullQueue } from './dead-letters-into-a-full-queue.ts'
import { deadLettersIntoAStream } from './dead-letters-into-a-stream.ts'
import { deadLettersWithNoTarget } from './dead-letters-with-no-target.ts'
import { deathInATransaction } from './death-in-a-transaction.ts'
import { deathReturnsInOrder } from './death-returns-in-order.ts'
import { deathsAreNotCarriedByClients } from './deaths-are-not-carried-by-clients.ts'
import { defaultDeliveryLimit } from './default-delivery-limit.ts'
import { defaultExchangeIsNotBound } from './default-exchange-is-not-bound.ts'
import { delayedRetry } from './delayed-retry.ts'
import { delayedRetryAndARefusingLength } from './delayed-retry-and-a-refusing-length.ts'
import { delayedRetryAndTheLength } from './delayed-retry-and-the-length.ts'
import { delayedRetryAndTheLimit } from './delayed-retry-and-the-limit.ts'
import { delayedRetryOfANack } from './delayed-retry-of-a-nack.ts'
import { delayedRetryOfFailures } from './delayed-retry-of-failures.ts'
import { deletedQueueCancelsItsConsumers } from './deleted-queue-cancels-its-consumers.ts'
import { deliveryLimitAndDeath } from './delivery-limit-and-death.ts'
import { deliveryLimitAndNack } from './delivery-limit-and-nack.ts'
import { deliveryLimitAndReject } from './delivery-limit-and-reject.ts'
import { deliveryLimitOfZero } from './delivery-limit-of-zero.ts'
import { droppedAfterItCameBack } from './dropped-after-it-came-back.ts'
import { droppedBeforeItIsDeliveredAgain } from './dropped-before-it-is-delivered-again.ts'
import { exchangeDeleted } from './exchange-deleted.ts'
import { exchangeOfAnotherType } from './exchange-of-another-type.ts'
import { exchangeUnbound } from './exchange-unbound.ts'
import { exchangesInACircle } from './exchanges-in-a-circle.ts'
import { exchangesOfTheBroker } from './exchanges-of-the-broker.ts'
import { exclusiveAndSingleActive } from './exclusive-and-single-active.ts'
import { exclusiveConsumer } from './exclusive-consumer.ts'
import { exclusiveQueue } from './exclusive-queue.ts'
import { expirationThatIsNoNumber } from './expiration-that-is-no-number.ts'
import { expiredAfterItCameBack } from './expired-after-it-came-back.ts'
import { expiredAmongTheReturned } from './expired-among-the-returned.ts'
import { expiredBehindWhatCameBack } from './expired-behind-what-came-back.ts'
import { expiredDuringARestart } from './expired-during-a-restart.ts'
import { expiredOfALowerPriority } from './expired-of-a-lower-priority.ts'
import { expiredToADeadLetterQueue } from './expired-to-a-dead-letter-queue.ts'
import { expiredWhileItWaits } from './expired-while-it-waits.ts'
import { expiresInThreeQueues } from './expires-in-three-queues.ts'
import { failuresCarriedOn } from './failures-carried-on.ts'
import { failuresThroughAClassicQueue } from './failures-through-a-classic-queue.ts'
import { fanOutWithAFullQueue } from './fan-out-with-a-full-queue.ts'
import { fetchBesideASingleActiveConsumer } from './fetch-beside-a-single-active-consumer.ts'
import { fetchedAndATimeoutOfItsOwn } from './fetched-and-a-timeout-of-its-own.ts'
import { fetchedAndReturned } from './fetched-and-returned.ts'
import { fetchedBesideAGlobalPrefetch } from './fetched-beside-a-global-prefetch.ts'
import { fetchedIsAConsumer } from './fetched-is-a-consumer.ts'
import { getThenDeath } from './get-then-death.ts'
import { globalPrefetch } from './global-prefetch.ts'
import { globalPrefetchTakenBack } from './global-prefetch-taken-back.ts'
import { headersExchange } from './headers-exchange.ts'
import { headersThatBeginWithX } from './headers-that-begin-with-x.ts'
import { heldBeyondItsTime } from './held-beyond-its-time.ts'
import { heldOfAFormerQueue } from './held-of-a-former-queue.ts'
import { leftTheRing } from './left-the-ring.ts'
import { limitOfTheNextQueue } from './limit-of-the-next-queue.ts'
import { longerTimeoutOfAQueue } from './longer-timeout-of-a-queue.ts'
import { messageIdIsNoDeduplication } from './message-id-is-no-deduplication.ts'
import { messagePriorities } from './message-priorities.ts'
import { missingDeadLetterExchange } from './missing-dead-letter-exchange.ts'
import { missingExchangeClosesTheChannel } from './missing-exchange-closes-the-channel.ts'
import { mistakesInATransaction } from './mistakes-in-a-transaction.ts'
import { nackBetweenTwoConsumers } from './nack-between-two-consumers.ts'
import { nackLoopOfOneConsumer } from './nack-loop-of-one-consumer.ts'
import { nackMultiple } from './nack-multiple.ts'
import { nackOverTwoConsumers } from './nack-over-two-consumers.ts'
import { nackRequeuesToTheHead } from './nack-requeues-to-the-head.ts'
import { nackWithALargerPrefetch } from './nack-with-a-larger-prefetch.ts'
import { nackWithoutADeliveryLimit } from './nack-without-a-delivery-limit.ts'
import { nacksInAnotherOrder } from './nacks-in-another-order.ts'
import { numbersSurviveARestart } from './numbers-survive-a-restart.ts'
import { offsetThatIsNone } from './offset-that-is-none.ts'
import { offsetWithoutAUnit } from './offset-without-a-unit.ts'
import { oneOfThreeByAge } from './one-of-three-by-age.ts'
import { onlyTheHeadExpires } from './only-the-head-expires.ts'
import { otherArguments } from './other-arguments.ts'
import { placedByAConsistentHash } from './placed-by-a-consistent-hash.ts'
import { prefetchFiveSplitsEvenly } from './prefetch-five-splits-evenly.ts'
import { prefetchIsPerConsumer } from './prefetch-is-per-consumer.ts'
import { prefetchOneIsFair } from './prefetch-one-is-fair.ts'
import { priorityAndAFullQueue } from './priority-and-a-full-queue.ts'
import { purgeAndDeadLettersKept } from './purge-and-dead-letters-kept.ts'
import { purgeAndWhatWaits } from './purge-and-what-waits.ts'
import { purgeOfAFullQueue } from './purge-of-a-full-queue.ts'
import { quorumArgumentsOfAnotherKind } from './quorum-arguments-of-another-kind.ts'
import { raisedPrefetchComesTooLate } from './raised-prefetch-comes-too-late.ts'
import { recover } from './recover.ts'
import { redeliveredIsNotProcessed } from './redelivered-is-not-processed.ts'
import { redeliveredRoundTheRing } from './redelivered-round-the-ring.ts'
import { refusedToADeadLetterQueue } from './refused-to-a-dead-letter-queue.ts'
import { rejectPublish } from './reject-publish.ts'
import { rejectedToADeadLetterExchange } from './rejected-to-a-dead-letter-exchange.ts'
import { rejectedUntilItsTimeIsOver } from './rejected-until-its-time-is-over.ts'
import { republishToTheTail } from './republish-to-the-tail.ts'
import { restartAndDeadLettersAtLeastOnce } from './restart-and-dead-letters-at-least-once.ts'
import { restartAndDelayedRetry } from './restart-and-delayed-retry.ts'
import { restartAndTheDeliveryLimit } from './restart-and-the-delivery-limit.ts'
import { restartAndTheOrderHeld } from './restart-and-the-order-held.ts'
import { restartKeepsWhatIsDurable } from './restart-keeps-what-is-durable.ts'
import { restartOfAFullQueue } from './restart-of-a-full-queue.ts'
import { retryRing } from './retry-ring.ts'
import { returnedBeforePriority } from './returned-before-priority.ts'
import { returnedBeyondARefusingLength } from './returned-beyond-a-refusing-length.ts'
import { returnedBeyondTheLength } from './returned-beyond-the-length.ts'
import { ringAfterARestart } from './ring-after-a-restart.ts'
import { roundRobin } from './round-robin.ts'
import { routedBeforeTheCommit } from './routed-before-the-commit.ts'
import { silenceAndAnExclusiveQueue } from './silence-and-an-exclusive-queue.ts'
import { silenceAndSingleActiveConsumer } from './silence-and-single-active-consumer.ts'
import { silenceForTwoTimeouts } from './silence-for-two-timeouts.ts'
import { silenceUntilTheHeartbeat } from './silence-until-the-heartbeat.ts'
import { singleActiveConsumerCancelled } from './single-active-consumer-cancelled.ts'
import { singleActiveConsumerDies } from './single-active-consumer-dies.ts'
import { singleActiveConsumerNacks } from './single-active-consumer-nacks.ts'
import { singleActiveConsumerOfHigherPriority } from './single-active-consumer-of-higher-priority.ts'
import { streamConsumerRefused } from './stream-consumer-refused.ts'
import { streamDeduplicatesByPublisher } from './stream-deduplicates-by-publisher.ts'
import { streamIsReadAgain } from './stream-is-read-again.ts'
import { streamPublisherComesBack } from './stream-publisher-comes-back.ts'
import { streamsAreNotFetched } from './streams-are-not-fetched.ts'
import { survivorSeesOldAfterNew } from './survivor-sees-old-after-new.ts'
import { threeBindingsOneCopy } from './three-bindings-one-copy.ts'
import { timeToLiveOfZero } from './time-to-live-of-zero.ts'
import { timeToLiveOfZeroBehindAnother } from './time-to-live-of-zero-behind-another.ts'
import { timeoutAfterACancel } from './timeout-after-a-cancel.ts'
import { timeoutInATransaction } from './timeout-in-a-transaction.ts'
import { timeoutOfAQueue } from './timeout-of-a-queue.ts'
import { timeoutOfItsOwn } from './timeout-of-its-own.ts'
import { timeoutOfOneOfTwoFetched } from './timeout-of-one-of-two-fetched.ts'
import { timeoutOfTheOldest } from './timeout-of-the-oldest.ts'
import { timeoutOfWhatWasFetched } from './timeout-of-what-was-fetched.ts'
import { topicWildcards } from './topic-wildcards.ts'
import { transactionOfAcknowledgements } from './transaction-of-acknowledgements.ts'
import { transactionOfBoth } from './transaction-of-both.ts'
import { transactionOfPublishes } from './transaction-of-publishes.ts'
import { transactionOfRejections } from './transaction-of-rejections.ts'
import { transactionRefusedInPart } from './transaction-refused-in-part.ts'
import { transactionsAndConfirms } from './transactions-and-confirms.ts'
import { transientQueueAndARestart } from './transient-queue-and-a-restart.ts'
import { twoInterleavedDeaths } from './two-interleaved-deaths.ts'
import type { Experiment } from './types.ts'
import { unbound } from './unbound.ts'
import { unlimitedPrefetchHasACap } from './unlimited-prefetch-has-a-cap.ts'
import { unlimitedPrefetchHoards } from './unlimited-prefetch-hoards.ts'
import { unroutableIsConfirmed } from './unroutable-is-confirmed.ts'
import { unusedQueueExpires } from './unused-queue-expires.ts'
import { valuesThatAreNone } from './values-that-are-none.ts'
import { weightsOfAConsistentHash } from './weights-of-a-consistent-hash.ts'
import { whichMistakeIsTold } from './which-mistake-is-told.ts'
import { whoIsServedWhenCreditComesBack } from './who-is-served-when-credit-comes-back.ts'

export const rabbitmqExperiments: readonly Experiment[] = [
  acknowledgeMultiple,
  acknowledgedAllThereIs,
  acknowledgedInTheMiddle,
  acknowledgedOnAnotherChannel,
  acknowledgedTwice,
  alternateExchange,
  answerOverAQueue,
  anyHeaderOfNone,
  argumentsOfAnotherKind,
  argumentsOfAnotherType,
  atLeastOnceAndExpiry,
  atLeastOnceIntoAFullQueue,
  atLeastOnceWithoutRefusing,
  autoDeleteAndARestart,
  autoDeleteQueue,
  automaticAcknowledgementLoses,
  boundTwiceToAConsistentHash,
  cancelKeepsWhatIsHeld,
  cancelledAndBack,
  carbonCopies,
  channelCloseReturnsInOrder,
  confirmedAndDropped,
  consumerArgumentsOfAnotherKind,
  consumerPriority,
  consumerTagTwice,
  consumerTimeout,
  copiesAndDeadLetters,
  countsGoOnInTheNextQueue,
  countsOfWhatWasDropped,
  crashBetweenRepublishAndAcknowledgement,
  deadLetterCycleIsDropped,
  deadLetterToAWaitingConsumer,
  deadLetterToItsOwnQueue,
  deadLetterWithATimeToLiveOfZero,
  deadLettersAtLeastOnce,
  deadLettersBetweenTypes,
  deadLettersIntoAFullQueue,
  deadLettersIntoAStream,
  deadLettersWithNoTarget,
  deathInATransaction,
  deathReturnsInOrder,
  deathsAreNotCarriedByClients,
  defaultDeliveryLimit,
  defaultExchangeIsNotBound,
  delayedRetry,
  delayedRetryAndARefusingLength,
  delayedRetryAndTheLength,
  delayedRetryAndTheLimit,
  delayedRetryOfANack,
  delayedRetryOfFailures,
  deletedQueueCancelsItsConsumers,
  deliveryLimitAndDeath,
  deliveryLimitAndNack,
  deliveryLimitAndReject,
  deliveryLimitOfZero,
  droppedAfterItCameBack,
  droppedBeforeItIsDeliveredAgain,
  exchangeDeleted,
  exchangeOfAnotherType,
  exchangeUnbound,
  exchangesInACircle,
  exchangesOfTheBroker,
  exclusiveAndSingleActive,
  exclusiveConsumer,
  exclusiveQueue,
  expirationThatIsNoNumber,
  expiredAfterItCameBack,
  expiredAmongTheReturned,
  expiredBehindWhatCameBack,
  expiredDuringARestart,
  expiredOfALowerPriority,
  expiredToADeadLetterQueue,
  expiredWhileItWaits,
  expiresInThreeQueues,
  failuresCarriedOn,
  failuresThroughAClassicQueue,
  fanOutWithAFullQueue,
  fetchBesideASingleActiveConsumer,
  fetchedAndATimeoutOfItsOwn,
  fetchedAndReturned,
  fetchedBesideAGlobalPrefetch,
  fetchedIsAConsumer,
  getThenDeath,
  globalPrefetch,
  globalPrefetchTakenBack,
  headersExchange,
  headersThatBeginWithX,
  heldBeyondItsTime,
  heldOfAFormerQueue,
  leftTheRing,
  limitOfTheNextQueue,
  longerTimeoutOfAQueue,
  messageIdIsNoDeduplication,
  messagePriorities,
  missingDeadLetterExchange,
  missingExchangeClosesTheChannel,
  mistakesInATransaction,
  nackBetweenTwoConsumers,
  nackLoopOfOneConsumer,
  nackMultiple,
  nackOverTwoConsumers,
  nackRequeuesToTheHead,
  nackWithALargerPrefetch,
  nackWithoutADeliveryLimit,
  nacksInAnotherOrder,
  numbersSurviveARestart,
  offsetThatIsNone,
  offsetWithoutAUnit,
  oneOfThreeByAge,
  onlyTheHeadExpires,
  otherArguments,
  placedByAConsistentHash,
  prefetchFiveSplitsEvenly,
  prefetchIsPerConsumer,
  prefetchOneIsFair,
  priorityAndAFullQueue,
  purgeAndDeadLettersKept,
  purgeAndWhatWaits,
  purgeOfAFullQueue,
  quorumArgumentsOfAnotherKind,
  raisedPrefetchComesTooLate,
  recover,
  redeliveredIsNotProcessed,
  redeliveredRoundTheRing,
  refusedToADeadLetterQueue,
  rejectPublish,
  rejectedToADeadLetterExchange,
  rejectedUntilItsTimeIsOver,
  republishToTheTail,
  restartAndDeadLettersAtLeastOnce,
  restartAndDelayedRetry,
  restartAndTheDeliveryLimit,
  restartAndTheOrderHeld,
  restartKeepsWhatIsDurable,
  restartOfAFullQueue,
  retryRing,
  returnedBeforePriority,
  returnedBeyondARefusingLength,
  returnedBeyondTheLength,
  ringAfterARestart,
  roundRobin,
  routedBeforeTheCommit,
  silenceAndAnExclusiveQueue,
  silenceAndSingleActiveConsumer,
  silenceForTwoTimeouts,
  silenceUntilTheHeartbeat,
  singleActiveConsumerCancelled,
  singleActiveConsumerDies,
  singleActiveConsumerNacks,
  singleActiveConsumerOfHigherPriority,
  streamConsumerRefused,
  streamDeduplicatesByPublisher,
  streamIsReadAgain,
  streamPublisherComesBack,
  streamsAreNotFetched,
  survivorSeesOldAfterNew,
  threeBindingsOneCopy,
  timeToLiveOfZero,
  timeToLiveOfZeroBehindAnother,
  timeoutAfterACancel,
  timeoutInATransaction,
  timeoutOfAQueue,
  timeoutOfItsOwn,
  timeoutOfOneOfTwoFetched,
  timeoutOfTheOldest,
  timeoutOfWhatWasFetched,
  topicWildcards,
  transactionOfAcknowledgements,
  transactionOfBoth,
  transactionOfPublishes,
  transactionOfRejections,
  transactionRefusedInPart,
  transactionsAndConfirms,
  transientQueueAndARestart,
  twoInterleavedDeaths,
  unbound,
  unlimitedPrefetchHasACap,
  unlimitedPrefetchHoards,
  unroutableIsConfirmed,
  unusedQueueExpires,
  valuesThatAreNone,
  weightsOfAConsistentHash,
  whichMistakeIsTold,
  whoIsServedWhenCreditComesBack,
]
