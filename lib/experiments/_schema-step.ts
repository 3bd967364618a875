// What every step of an experiment has, and small pieces of steps.
import * as z from 'zod/mini'
import { closed, field, text } from '../scenario/schema-parts.ts'

export const label = () => text(1, 60)
export const lane = () =>
  z
    .string()
    .check(z.regex(/^[a-z0-9-]+\/[0-9]{1,4}$/, 'expected a topic and a partition, as "orders/0"'))
export const settings = () => z.record(label(), z.union([z.boolean(), z.number(), text(0, 200)]))

export function step<const Do extends string, const Shape extends z.core.$ZodShape>(
  op: Do,
  description: string,
  shape: Shape,
) {
  const fields = closed({
    do: field(z.literal(op), 'Do', description),
    as: field(
      z.exactOptional(label()),
      'As',
      'The name under which what comes of it is compared; without it, it is not compared.',
    ),
    ...shape,
  })
  return field(fields, op, description)
}
