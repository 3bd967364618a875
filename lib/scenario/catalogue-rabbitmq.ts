// The starter scenarios on RabbitMQ, in the order in which they are offered.
import automaticAcknowledgementLoses from '../../public/scenarios/automatic-acknowledgement-loses.json' with {
  type: 'json',
}
import channelClosedBeforeTheAcknowledgement from '../../public/scenarios/channel-closed-before-the-acknowledgement.json' with {
  type: 'json',
}
import competingConsumers from '../../public/scenarios/competing-consumers.json' with {
  type: 'json',
}
import confirmedAndDropped from '../../public/scenarios/confirmed-and-dropped.json' with {
  type: 'json',
}
import deadLetterRing from '../../public/scenarios/dead-letter-ring.json' with { type: 'json' }
import deliveryLimitEndsTheLoop from '../../public/scenarios/delivery-limit-ends-the-loop.json' with {
  type: 'json',
}
import fanOutWithAFullQueue from '../../public/scenarios/fan-out-with-a-full-queue.json' with {
  type: 'json',
}
import lostConfirmDuplicates from '../../public/scenarios/lost-confirm-duplicates.json' with {
  type: 'json',
}
import nackLoopNeverEnds from '../../public/scenarios/nack-loop-never-ends.json' with {
  type: 'json',
}
import prefetchAndOrder from '../../public/scenarios/prefetch-and-order.json' with { type: 'json' }
import rabbitmqOrdersStory from '../../public/scenarios/rabbitmq-orders-story.json' with {
  type: 'json',
}
import redeliveredIsNotProcessed from '../../public/scenarios/redelivered-is-not-processed.json' with {
  type: 'json',
}
import requeueOrderOfAQuorumQueue from '../../public/scenarios/requeue-order-of-a-quorum-queue.json' with {
  type: 'json',
}
import restartLosesTransientMessages from '../../public/scenarios/restart-loses-transient-messages.json' with {
  type: 'json',
}
import rpcWithALostAnswer from '../../public/scenarios/rpc-with-a-lost-answer.json' with {
  type: 'json',
}
import singleActiveConsumerCancelled from '../../public/scenarios/single-active-consumer-cancelled.json' with {
  type: 'json',
}
import streamReplayAndDedup from '../../public/scenarios/stream-replay-and-dedup.json' with {
  type: 'json',
}
import streamReplayedFromTheStart from '../../public/scenarios/stream-replayed-from-the-start.json' with {
  type: 'json',
}
import unroutableIsConfirmed from '../../public/scenarios/unroutable-is-confirmed.json' with {
  type: 'json',
}

export const rabbitmqScenarios = [
  rabbitmqOrdersStory,
  requeueOrderOfAQuorumQueue,
  prefetchAndOrder,
  redeliveredIsNotProcessed,
  confirmedAndDropped,
  unroutableIsConfirmed,
  deliveryLimitEndsTheLoop,
  nackLoopNeverEnds,
  deadLetterRing,
  singleActiveConsumerCancelled,
  competingConsumers,
  fanOutWithAFullQueue,
  automaticAcknowledgementLoses,
  lostConfirmDuplicates,
  restartLosesTransientMessages,
  channelClosedBeforeTheAcknowledgement,
  rpcWithALostAnswer,
  streamReplayedFromTheStart,
  streamReplayAndDedup,
]
