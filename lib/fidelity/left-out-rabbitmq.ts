// What the model of RabbitMQ leaves out, or has in another way, and why: told in its README, in
// docs/fidelity-rabbitmq.md and on the site's page.
import type { LeftOut } from './types.ts'

const of = (subject: string, items: readonly (readonly [what: string, why: string])[]): LeftOut[] =>
  items.map(([what, why]) => ({ subject, what, why }))

export const rabbitmqLeftOut: readonly LeftOut[] = [
  ...of('Nodes', [
    [
      'One node: no replicas, no leader elections, no network partitions.',
      'A quorum queue is told from a classic one by what it counts and where it puts what comes back, which one node shows.',
    ],
    [
      'x-max-length-bytes, memory and disk alarms, flow control, policies.',
      'They limit how much is taken in, by sizes that messages do not have here.',
    ],
    [
      'AMQP 1.0, MQTT.',
      'Other protocols to the same queues; experiments speak AMQP 0-9-1 and that of streams.',
    ],
  ]),
  ...of('Publishing', [
    [
      'A confirm is sent as soon as every queue has the message.',
      'There is no moment in between in which it is on its way to a disk.',
    ],
    [
      'Confirms come one by one, in the order of what was published.',
      'The real one may confirm several at once (multiple), or a later one first; every publish is answered alike.',
    ],
    [
      'The ring of a consistent hash exchange is after a restart what it was.',
      'So it is in 4.3; 4.0 makes it anew, in an order that differs from one restart to the next.',
    ],
    [
      'Exchanges are not internal, not deleted with their last binding and not asked for passively.',
      'They are there or not; what they do with a message is the same.',
    ],
    [
      'An exchange that is declared again is compared by its type alone.',
      'The real one refuses other properties and arguments, too.',
    ],
    ['x-death without time.', 'A run has no wall clock.'],
    [
      'The consistent hash exchange hashes routing keys alone: hash-header and hash-property are not there.',
      'They choose what is hashed, and change nothing in what becomes of it.',
    ],
    [
      'A message that a quorum queue of 4.0 without a delivery limit puts at its tail keeps its age.',
      'Where one of three is taken by age, it counts as older than in the real one.',
    ],
    [
      'A message that a classic queue of 4.3 drops for its length right after a nack is redelivered in the next queue.',
      'The real one counts only what failed.',
    ],
    [
      'An at-least-once dead letter that some targets have taken and others have not counts as taken.',
      'The real one goes on until all have it.',
    ],
  ]),
  ...of('Consumers', [
    [
      'A connection is there as soon as its first channel is opened; heartbeats are modelled by their beginning and end.',
      'Every beat as a step would make no run come to rest.',
    ],
    [
      'A consumer_timeout from half an hour on never ends.',
      'Else a run with a hung handler had no rest.',
    ],
    [
      'A consumer of 4.3 that keeps one delivery too long is gone, with all that it holds.',
      'The real one keeps what is not late yet, and is served again if its client acknowledges what was late.',
    ],
    [
      'Delayed retries begin to wait anew when the node restarts.',
      'How long each has waited is not kept apart from the timer that waits.',
    ],
    [
      'What is dead-lettered while a node goes down arrives, and once.',
      'The real one may lose it on its way, or with at-least-once bring it twice; nobody is promised which.',
    ],
    [
      'A 4.0 that looks at the oldest delivery of a channel only begins to time one with less time when that is settled.',
      'How long each has been held is not kept apart from the timer that waits.',
    ],
    [
      'What several consumers of a quorum queue held comes back after a restart in the order of their connections.',
      'The real one takes them in the order of process ids, which nobody is promised.',
    ],
  ]),
  ...of('Scenarios', [
    [
      'Exchanges other than fanout, message priorities, x-expires, x-dead-letter-strategy, delayed retry, x-consumer-timeout, exclusive consumers, basic.get and transactions are for experiments alone.',
      'The node knows them; a scenario has one exchange for each kind of event, and settings for what its questions are about.',
    ],
  ]),
  ...of('Streams', [
    [
      'Streams keep everything: x-max-age and x-stream-max-segment-size-bytes are accepted and change nothing.',
      'Whole segments are cut off by their sizes, which messages do not have here.',
    ],
    [
      'Streams are read in messages, not in chunks.',
      'So the offset last is the last message; which messages a real chunk holds depends on when they came.',
    ],
    [
      'Timestamps and intervals as x-stream-offset are taken for next.',
      'A run has no wall clock that an application could name a moment of.',
    ],
    [
      'A super stream is an exchange and streams, without a single active consumer for each partition.',
      'Its partitions are streams like others; who reads which is left to the application.',
    ],
    [
      'What queue.declare says of a stream’s messages and consumers is right at once.',
      'The real one lags behind by seconds.',
    ],
  ]),
  ...of('Stories', [
    [
      'No service of a story publishes, and no producer has transactions.',
      'What a service acknowledges and what it publishes have no common fate here; RPC shows an answer over a queue, experiments show tx.',
    ],
    [
      'A loop of returns without a success is cut after 50, or after one more than x-delivery-limit, at most 1,000: the worker keeps the message.',
      'It has no end in the real one, and a run has to come to rest.',
    ],
    [
      'After a closed channel or a cancelled consumer the application opens another as if its connection had been lost.',
      'The Java client recovers connections by itself; the rest is for each application to do.',
    ],
  ]),
]
