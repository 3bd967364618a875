// The catalogue of RabbitMQ experiments: one file each, one line here.
import { acknowledgeMultiple } from './acknowledge-multiple.ts'
import { acknowledgedInTheMiddle } from './acknowledged-in-the-middle.ts'
import { acknowledgedOnAnotherChannel } from './acknowledged-on-another-channel.ts'
import { acknowledgedTwice } from './acknowledged-twice.ts'
import { alternateExchange } from './alternate-exchange.ts'
import { answerOverAQueue } from './answer-over-a-queue.ts'
import { argumentsOfAnotherType } from './arguments-of-another-type.ts'
import { autoDeleteQueue } from './auto-delete-queue.ts'
import { automaticAcknowledgementLoses } from './automatic-acknowledgement-loses.ts'
import { cancelKeepsWhatIsHeld } from './cancel-keeps-what-is-held.ts'
import { carbonCopies } from './carbon-copies.ts'
import { channelCloseReturnsInOrder } from './channel-close-returns-in-order.ts'
import { confirmedAndDropped } from './confirmed-and-dropped.ts'
import { consumerPriority } from './consumer-priority.ts'
import { consumerTimeout } from './consumer-timeout.ts'
import { crashBetweenRepublishAndAcknowledgement } from './crash-between-republish-and-acknowledgement.ts'
import { deadLetterCycleIsDropped } from './dead-letter-cycle-is-dropped.ts'
import { deadLettersBetweenTypes } from './dead-letters-between-types.ts'
import { deathReturnsInOrder } from './death-returns-in-order.ts'
import { deathsAreNotCarriedByClients } from './deaths-are-not-carried-by-clients.ts'
import { defaultDeliveryLimit } from './default-delivery-limit.ts'
import { defaultExchangeIsNotBound } from './default-exchange-is-not-bound.ts'
import { delayedRetry } from './delayed-retry.ts'
import { delayedRetryOfANack } from './delayed-retry-of-a-nack.ts'
import { deletedQueueCancelsItsConsumers } from './deleted-queue-cancels-its-consumers.ts'
import { deliveryLimitAndDeath } from './delivery-limit-and-death.ts'
import { deliveryLimitAndNack } from './delivery-limit-and-nack.ts'
import { deliveryLimitAndReject } from './delivery-limit-and-reject.ts'
import { exclusiveConsumer } from './exclusive-consumer.ts'
import { exclusiveQueue } from './exclusive-queue.ts'
import { expiredAfterItCameBack } from './expired-after-it-came-back.ts'
import { expiredToADeadLetterQueue } from './expired-to-a-dead-letter-queue.ts'
import { fanOutWithAFullQueue } from './fan-out-with-a-full-queue.ts'
import { getThenDeath } from './get-then-death.ts'
import { globalPrefetch } from './global-prefetch.ts'
import { headersExchange } from './headers-exchange.ts'
import { heldBeyondItsTime } from './held-beyond-its-time.ts'
import { messageIdIsNoDeduplication } from './message-id-is-no-deduplication.ts'
import { messagePriorities } from './message-priorities.ts'
import { missingDeadLetterExchange } from './missing-dead-letter-exchange.ts'
import { missingExchangeClosesTheChannel } from './missing-exchange-closes-the-channel.ts'
import { nackBetweenTwoConsumers } from './nack-between-two-consumers.ts'
import { nackLoopOfOneConsumer } from './nack-loop-of-one-consumer.ts'
import { nackMultiple } from './nack-multiple.ts'
import { nackRequeuesToTheHead } from './nack-requeues-to-the-head.ts'
import { nackWithALargerPrefetch } from './nack-with-a-larger-prefetch.ts'
import { nackWithoutADeliveryLimit } from './nack-without-a-delivery-limit.ts'
import { nacksInAnotherOrder } from './nacks-in-another-order.ts'
import { onlyTheHeadExpires } from './only-the-head-expires.ts'
import { otherArguments } from './other-arguments.ts'
import { prefetchFiveSplitsEvenly } from './prefetch-five-splits-evenly.ts'
import { prefetchIsPerConsumer } from './prefetch-is-per-consumer.ts'
import { prefetchOneIsFair } from './prefetch-one-is-fair.ts'
import { raisedPrefetchComesTooLate } from './raised-prefetch-comes-too-late.ts'
import { recover } from './recover.ts'
import { redeliveredIsNotProcessed } from './redelivered-is-not-processed.ts'
import { redeliveredRoundTheRing } from './redelivered-round-the-ring.ts'
import { refusedToADeadLetterQueue } from './refused-to-a-dead-letter-queue.ts'
import { rejectPublish } from './reject-publish.ts'
import { rejectedToADeadLetterExchange } from './rejected-to-a-dead-letter-exchange.ts'
import { republishToTheTail } from './republish-to-the-tail.ts'
import { restartKeepsWhatIsDurable } from './restart-keeps-what-is-durable.ts'
import { retryRing } from './retry-ring.ts'
import { returnedBeforePriority } from './returned-before-priority.ts'
import { returnedBeyondTheLength } from './returned-beyond-the-length.ts'
import { roundRobin } from './round-robin.ts'
import { singleActiveConsumerCancelled } from './single-active-consumer-cancelled.ts'
import { singleActiveConsumerDies } from './single-active-consumer-dies.ts'
import { singleActiveConsumerOfHigherPriority } from './single-active-consumer-of-higher-priority.ts'
import { streamDeduplicatesByPublisher } from './stream-deduplicates-by-publisher.ts'
import { streamIsReadAgain } from './stream-is-read-again.ts'
import { streamPublisherComesBack } from './stream-publisher-comes-back.ts'
import { survivorSeesOldAfterNew } from './survivor-sees-old-after-new.ts'
import { threeBindingsOneCopy } from './three-bindings-one-copy.ts'
import { timeToLiveOfZero } from './time-to-live-of-zero.ts'
import { topicWildcards } from './topic-wildcards.ts'
import { twoInterleavedDeaths } from './two-interleaved-deaths.ts'
import type { Experiment } from './types.ts'
import { unlimitedPrefetchHoards } from './unlimited-prefetch-hoards.ts'
import { unroutableIsConfirmed } from './unroutable-is-confirmed.ts'
import { unusedQueueExpires } from './unused-queue-expires.ts'
import { whoIsServedWhenCreditComesBack } from './who-is-served-when-credit-comes-back.ts'

export const rabbitmqExperiments: readonly Experiment[] = [
  acknowledgeMultiple,
  acknowledgedInTheMiddle,
  acknowledgedOnAnotherChannel,
  acknowledgedTwice,
  alternateExchange,
  answerOverAQueue,
  argumentsOfAnotherType,
  autoDeleteQueue,
  automaticAcknowledgementLoses,
  cancelKeepsWhatIsHeld,
  carbonCopies,
  channelCloseReturnsInOrder,
  confirmedAndDropped,
  consumerPriority,
  consumerTimeout,
  crashBetweenRepublishAndAcknowledgement,
  deadLetterCycleIsDropped,
  deadLettersBetweenTypes,
  deathReturnsInOrder,
  deathsAreNotCarriedByClients,
  defaultDeliveryLimit,
  defaultExchangeIsNotBound,
  delayedRetry,
  delayedRetryOfANack,
  deletedQueueCancelsItsConsumers,
  deliveryLimitAndDeath,
  deliveryLimitAndNack,
  deliveryLimitAndReject,
  exclusiveConsumer,
  exclusiveQueue,
  expiredAfterItCameBack,
  expiredToADeadLetterQueue,
  fanOutWithAFullQueue,
  getThenDeath,
  globalPrefetch,
  headersExchange,
  heldBeyondItsTime,
  messageIdIsNoDeduplication,
  messagePriorities,
  missingDeadLetterExchange,
  missingExchangeClosesTheChannel,
  nackBetweenTwoConsumers,
  nackLoopOfOneConsumer,
  nackMultiple,
  nackRequeuesToTheHead,
  nackWithALargerPrefetch,
  nackWithoutADeliveryLimit,
  nacksInAnotherOrder,
  onlyTheHeadExpires,
  otherArguments,
  prefetchFiveSplitsEvenly,
  prefetchIsPerConsumer,
  prefetchOneIsFair,
  raisedPrefetchComesTooLate,
  recover,
  redeliveredIsNotProcessed,
  redeliveredRoundTheRing,
  refusedToADeadLetterQueue,
  rejectPublish,
  rejectedToADeadLetterExchange,
  republishToTheTail,
  restartKeepsWhatIsDurable,
  retryRing,
  returnedBeforePriority,
  returnedBeyondTheLength,
  roundRobin,
  singleActiveConsumerCancelled,
  singleActiveConsumerDies,
  singleActiveConsumerOfHigherPriority,
  streamDeduplicatesByPublisher,
  streamIsReadAgain,
  streamPublisherComesBack,
  survivorSeesOldAfterNew,
  threeBindingsOneCopy,
  timeToLiveOfZero,
  topicWildcards,
  twoInterleavedDeaths,
  unlimitedPrefetchHoards,
  unroutableIsConfirmed,
  unusedQueueExpires,
  whoIsServedWhenCreditComesBack,
]
