// Break the order.
import { scenarioFor } from './_base.ts'
import type { BreakIt } from './types.ts'

const id = 'break-the-order'
const title = 'Break the order'
const invariant = 'per-key-order'

export const breakTheOrder: BreakIt = {
  id,
  kind: 'break it with one fault',
  title,
  story: 'Five batches in flight and no idempotence: one kind of misfortune, once, is enough.',
  scenario: scenarioFor(id, title, invariant, { producer: { 'enable.idempotence': false } }),
  invariant,
  kinds: ['refuse-batch', 'cut-connection', 'lose-answer', 'sink-down'],
}
