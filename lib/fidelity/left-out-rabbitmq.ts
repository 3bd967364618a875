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
      'The consistent hash exchange uses a hash of its own.',
      'Which key goes where differs from the real one; that it stays there, and that few keys move when a queue is added, does not.',
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
  ]),
  ...of('Streams', [
    [
      'Streams are read in messages, not in chunks.',
      'So the offset last is the last message; which messages a real chunk holds depends on when they came.',
    ],
  ]),
]
