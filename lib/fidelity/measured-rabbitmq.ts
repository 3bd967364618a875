// What one would expect of RabbitMQ from its manual, and what the real nodes did instead. They rule.
import type { Measured } from './types.ts'

export const rabbitmqMeasured: readonly Measured[] = [
  {
    subject: 'What comes back',
    expected: 'A queue holds its messages in the order of publication, also those that come back.',
    broker:
      'A classic queue does. A quorum queue serves what came back before everything else, in the order in which it came back. (nacks-in-another-order, two-interleaved-deaths)',
  },
  {
    subject: 'Expiry, limits and dead letters',
    expected: 'A delivery limit ends every loop of deliveries.',
    broker:
      'On 4.3 basic.nack counts as x-acquired-count alone, and a loop of nacks never ends; basic.reject and the death of a connection count. On 4.0 all of them do. (delivery-limit-and-nack, delivery-limit-and-reject)',
  },
  {
    subject: 'Expiry, limits and dead letters',
    expected: 'With reject-publish a queue of x-max-length 2 takes two messages.',
    broker:
      'A classic queue does; a quorum queue notices one too late and takes three. (reject-publish)',
  },
  {
    subject: 'Expiry, limits and dead letters',
    expected: 'A queue refuses an x-overflow that its type does not know.',
    broker:
      'A quorum queue is declared with reject-publish-dlx and drops its head as by default. (refused-to-a-dead-letter-queue)',
  },
  {
    subject: 'Consumers',
    expected: 'A second consumer is refused where the first one is exclusive.',
    broker:
      'By a classic queue, with 403. A quorum queue takes no notice of exclusive, and both consume. (exclusive-consumer)',
  },
  {
    subject: 'Consumers',
    expected: 'basic.qos with global is one limit for all consumers of a channel.',
    broker:
      'Only with a classic queue of 4.0. A quorum queue of 4.0 closes the connection; 4.3 says ok and takes it as a limit for each consumer. (global-prefetch)',
  },
  {
    subject: 'Consumers',
    expected: 'On 4.3 a delivery that is kept too long costs its consumer, and no channel.',
    broker:
      'Where the consumer was cancelled, or the message fetched by basic.get, a quorum queue has nobody to cancel: the channel is closed with 406 and a timeout of -1 ms. (timeout-after-a-cancel, timeout-of-what-was-fetched)',
  },
  {
    subject: 'Consumers',
    expected: 'A connection that is silent for the heartbeat timeout is closed.',
    broker:
      'After two to three times so long: the node looks once in each timeout, and gives up when it has seen nothing new twice in a row. (silence-for-two-timeouts)',
  },
]
