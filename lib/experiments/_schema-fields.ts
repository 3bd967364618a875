// The fields that steps of experiments share, and how a step is made of them.
import * as z from 'zod/mini'
import { closed, field, slug, text, whole } from '../scenario/schema-parts.ts'

export const MINUTES_MS = 600_000
export const OFFSETS = 1_000_000
export const SEQUENCES = 2_147_483_647

export const optional = z.exactOptional
export const name = slug
export const value = () => text(1, 100)
export const label = () => text(1, 60)
export const lane = () =>
  z
    .string()
    .check(z.regex(/^[a-z0-9-]+\/[0-9]{1,4}$/, 'expected a topic and a partition, as "orders/0"'))
export const settings = () => z.record(label(), z.union([z.boolean(), z.number(), text(0, 200)]))

export const topic = () => field(name(), 'Topic', 'A topic of this experiment.')
export const partition = () =>
  field(optional(whole(0, 999)), 'Partition', 'The partition; without it, partition 0.')
export const client = () =>
  field(
    optional(name()),
    'Client',
    'Which connection of the test client asks; requests of one connection are answered in order.',
  )
export const later = () =>
  field(
    optional(z.literal(true)),
    'Later',
    'Goes on without waiting for the answer, which an `await` or `flush` step collects.',
  )
export const generation = () =>
  field(
    optional(whole(-1, OFFSETS)),
    'Generation',
    'The generation it names; without it the one it was told, or -1 for no member.',
  )
export const withinMs = () =>
  field(
    optional(whole(1, MINUTES_MS)),
    'Within',
    'How long it waits at most, in ms; without it 30,000.',
  )
export const producer = () => field(name(), 'Producer', 'A producer of this experiment.')
export const consumer = () => field(name(), 'Consumer', 'A consumer of this experiment.')
export const group = () => field(name(), 'Group', 'A consumer group.')
export const member = () =>
  field(name(), 'Member', 'A member that the script plays by itself, on a connection of its own.')

export function step<const Do extends string, const Shape extends z.core.$ZodShape>(
  op: Do,
  description: string,
  shape: Shape,
) {
  const fields = closed({
    do: field(z.literal(op), 'Do', description),
    as: field(
      optional(label()),
      'As',
      'The name under which what comes of it is compared; without it, it is not compared.',
    ),
    ...shape,
  })
  return field(fields, op, description)
}
