// What forms and tables offer, in RabbitMQ's words. An acknowledgement is not answered, so that nobody stands
// where one is under way; and each message is settled by itself.
import type { Forms } from '../types.ts'

export const forms: Forms = {
  settling: 'Acknowledge',
  position: null,
  failing: [
    ['retry-in-place', 'requeue'],
    ['dead-letter-topic', 'reject, to the dead letters'],
    ['skip', 'acknowledge it all the same'],
  ],
  stages: [
    ['polled', 'after delivery, before the effect'],
    ['effect sent', 'while the effect is under way'],
    ['effect applied', 'after the effect, before the ack'],
    ['committed', 'after the ack'],
  ],
  share: 'prefetch',
  log: {
    one: 'stream',
    passed: 'read by',
    positions: 'Where its readers are',
    none: 'nothing read',
  },
  lanes: null,
}
