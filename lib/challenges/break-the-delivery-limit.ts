// Break the delivery limit.
import { queueScenarioFor } from './_base.ts'
import type { BreakIt } from './types.ts'

const id = 'break-the-delivery-limit'
const title = 'Break the delivery limit'
const invariant = 'no-loss'

export const breakTheDeliveryLimit: BreakIt = {
  id,
  kind: 'break it with one fault',
  title,
  story:
    'A quorum queue that gives a message up when its delivery has failed once, and keeps no dead letters.',
  scenario: queueScenarioFor(id, title, invariant, {
    service: { strategy: { kind: 'idempotency-key' } },
    queue: { 'x-queue-type': 'quorum', 'x-delivery-limit': 0, 'dead-letter-queue': false },
  }),
  invariant,
  from: 'published',
  kinds: ['lose-answer', 'close-channel', 'sink-down', 'crash'],
}
