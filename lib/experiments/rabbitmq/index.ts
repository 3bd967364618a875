// The catalogue of RabbitMQ experiments: one file each, one line here.
import { acknowledgedInTheMiddle } from './acknowledged-in-the-middle.ts'
import { acknowledgedTwice } from './acknowledged-twice.ts'
import { automaticAcknowledgementLoses } from './automatic-acknowledgement-loses.ts'
import { cancelKeepsWhatIsHeld } from './cancel-keeps-what-is-held.ts'
import { channelCloseReturnsInOrder } from './channel-close-returns-in-order.ts'
import { confirmedAndDropped } from './confirmed-and-dropped.ts'
import { consumerPriority } from './consumer-priority.ts'
import { crashBetweenRepublishAndAcknowledgement } from './crash-between-republish-and-acknowledgement.ts'
import { deadLetterCycleIsDropped } from './dead-letter-cycle-is-dropped.ts'
import { deathReturnsInOrder } from './death-returns-in-order.ts'
import { deathsAreNotCarriedByClients } from './deaths-are-not-carried-by-clients.ts'
import { defaultDeliveryLimit } from './default-delivery-limit.ts'
import { deliveryLimitAndNack } from './delivery-limit-and-nack.ts'
import { deliveryLimitAndReject } from './delivery-limit-and-reject.ts'
import { exclusiveConsumer } from './exclusive-consumer.ts'
import { fanOutWithAFullQueue } from './fan-out-with-a-full-queue.ts'
import { globalPrefetch } from './global-prefetch.ts'
import { heldBeyondItsTime } from './held-beyond-its-time.ts'
import { nackBetweenTwoConsumers } from './nack-between-two-consumers.ts'
import { nackLoopOfOneConsumer } from './nack-loop-of-one-consumer.ts'
import { nackMultiple } from './nack-multiple.ts'
import { nackRequeuesToTheHead } from './nack-requeues-to-the-head.ts'
import { nackWithoutADeliveryLimit } from './nack-without-a-delivery-limit.ts'
import { nacksInAnotherOrder } from './nacks-in-another-order.ts'
import { onlyTheHeadExpires } from './only-the-head-expires.ts'
import { prefetchFiveSplitsEvenly } from './prefetch-five-splits-evenly.ts'
import { prefetchIsPerConsumer } from './prefetch-is-per-consumer.ts'
import { prefetchOneIsFair } from './prefetch-one-is-fair.ts'
import { raisedPrefetchComesTooLate } from './raised-prefetch-comes-too-late.ts'
import { redeliveredIsNotProcessed } from './redelivered-is-not-processed.ts'
import { rejectPublish } from './reject-publish.ts'
import { rejectedToADeadLetterExchange } from './rejected-to-a-dead-letter-exchange.ts'
import { republishToTheTail } from './republish-to-the-tail.ts'
import { restartKeepsWhatIsDurable } from './restart-keeps-what-is-durable.ts'
import { retryRing } from './retry-ring.ts'
import { returnedBeforePriority } from './returned-before-priority.ts'
import { returnedBeyondTheLength } from './returned-beyond-the-length.ts'
import { roundRobin } from './round-robin.ts'
import { singleActiveConsumerCancelled } from './single-active-consumer-cancelled.ts'
import { survivorSeesOldAfterNew } from './survivor-sees-old-after-new.ts'
import { threeBindingsOneCopy } from './three-bindings-one-copy.ts'
import { topicWildcards } from './topic-wildcards.ts'
import { twoInterleavedDeaths } from './two-interleaved-deaths.ts'
import type { Experiment } from './types.ts'
import { unlimitedPrefetchHoards } from './unlimited-prefetch-hoards.ts'
import { unroutableIsConfirmed } from './unroutable-is-confirmed.ts'

export const rabbitmqExperiments: readonly Experiment[] = [
  acknowledgedInTheMiddle,
  acknowledgedTwice,
  automaticAcknowledgementLoses,
  cancelKeepsWhatIsHeld,
  channelCloseReturnsInOrder,
  confirmedAndDropped,
  consumerPriority,
  crashBetweenRepublishAndAcknowledgement,
  deadLetterCycleIsDropped,
  deathReturnsInOrder,
  deathsAreNotCarriedByClients,
  defaultDeliveryLimit,
  deliveryLimitAndNack,
  deliveryLimitAndReject,
  exclusiveConsumer,
  fanOutWithAFullQueue,
  globalPrefetch,
  heldBeyondItsTime,
  nackBetweenTwoConsumers,
  nackLoopOfOneConsumer,
  nackMultiple,
  nackRequeuesToTheHead,
  nackWithoutADeliveryLimit,
  nacksInAnotherOrder,
  onlyTheHeadExpires,
  prefetchFiveSplitsEvenly,
  prefetchIsPerConsumer,
  prefetchOneIsFair,
  raisedPrefetchComesTooLate,
  redeliveredIsNotProcessed,
  rejectPublish,
  rejectedToADeadLetterExchange,
  republishToTheTail,
  restartKeepsWhatIsDurable,
  retryRing,
  returnedBeforePriority,
  returnedBeyondTheLength,
  roundRobin,
  singleActiveConsumerCancelled,
  survivorSeesOldAfterNew,
  threeBindingsOneCopy,
  topicWildcards,
  twoInterleavedDeaths,
  unlimitedPrefetchHoards,
  unroutableIsConfirmed,
]
