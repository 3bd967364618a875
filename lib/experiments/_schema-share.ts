// Share groups (KIP-932) in experiments: who reads as a member of one, and what its application does.
import * as z from 'zod/mini'
import { closed, field, list } from '../scenario/schema-parts.ts'
import { group, name, optional, settings, step, topic, value, withinMs } from './_schema-fields.ts'

const sharer = () => field(name(), 'Consumer', 'A share consumer of this experiment.')

export const shareSteps = [
  step('shareStart', 'Starts the process of a share consumer: at first, or after its end.', {
    consumer: sharer(),
  }),
  step(
    'sharePoll',
    'A share consumer polls until one poll returns records, or time is up: "partition@offset:value#delivery count".',
    { consumer: sharer(), withinMs: withinMs() },
  ),
  step(
    'shareAcknowledge',
    'The application acknowledges records that the last poll returned; the broker hears of it with the next poll or commit.',
    {
      consumer: sharer(),
      type: field(
        z.enum(['ACCEPT', 'RELEASE', 'REJECT', 'RENEW']),
        'Type',
        'How: an AcknowledgeType.',
      ),
      values: field(
        optional(list(value(), 1, 100)),
        'Values',
        'Which records; without it, all of them.',
      ),
    },
  ),
  step(
    'shareCommit',
    'commitSync(): tells the broker what is acknowledged; in implicit mode that is all that the last poll returned.',
    { consumer: sharer() },
  ),
  step('shareClose', 'consumer.close(): what is in hand and not acknowledged is given back.', {
    consumer: sharer(),
  }),
] as const

export const shareGroups = {
  shareGroups: field(
    optional(z.record(name(), settings())),
    'Share groups',
    'Settings of share groups by their real names, e.g. "share.record.lock.duration.ms".',
  ),
  shareConsumers: field(
    optional(
      z.record(
        name(),
        closed({
          group: group(),
          topic: topic(),
          settings: field(
            settings(),
            'Settings',
            'Settings of a share consumer by their real names.',
          ),
        }),
      ),
    ),
    'Share consumers',
    'Processes with a Java KafkaShareConsumer, which subscribe to one topic each.',
  ),
}
