// What a script can say of consumer groups beyond the classic protocol's first requests: heartbeats of
// KIP-848, static members, consumers of several topics.
import * as z from 'zod/mini'
import { field, list, text, whole } from '../scenario/schema-parts.ts'
import { group, lane, member, name, OFFSETS, optional, step } from './_schema-fields.ts'

const instance = () =>
  field(
    optional(text(1, 60)),
    'Instance',
    'Its group.instance.id: a static member. It is named in all that the member asks from then on.',
  )

export const joinFields = {
  instance: instance(),
  protocols: field(
    optional(list(z.enum(['range', 'roundrobin', 'sticky', 'cooperative-sticky']), 1, 4)),
    'Protocols',
    'The assignors it offers, the one it likes best first; without it, range.',
  ),
}

export const commitFields = {
  old: field(
    optional(z.literal(true)),
    'Old',
    'By a request that is too old for group.protocol=consumer (OffsetCommit version 8).',
  ),
}

export const consumerFields = {
  also: field(
    optional(list(name(), 1, 10)),
    'Also',
    'More topics that it subscribes to. Its partitions are told with their topics then.',
  ),
}

export const groupSteps = [
  step(
    'consumerGroupHeartbeat',
    'One heartbeat of a member of a group with group.protocol=consumer: it joins, goes on or leaves by it.',
    {
      member: member(),
      group: group(),
      epoch: field(
        optional(whole(-3, OFFSETS)),
        'Epoch',
        'The member epoch it names: 0 joins, -1 leaves, -2 leaves for a while. Without it the one it was told last, or 0.',
      ),
      topics: field(
        optional(list(name(), 1, 10)),
        'Topics',
        'What it subscribes to; without it, it does not say. Who joins has to.',
      ),
      owned: field(
        optional(list(lane(), 0, 100)),
        'Owned',
        'What it says that it owns; without it, it does not say, and nothing when it joins.',
      ),
      assignor: field(
        optional(text(1, 60)),
        'Assignor',
        'group.remote.assignor: uniform or range; without it, it does not say.',
      ),
      fresh: field(optional(z.literal(true)), 'Fresh', 'As somebody new, under a new id.'),
      instance: instance(),
    },
  ),
] as const
