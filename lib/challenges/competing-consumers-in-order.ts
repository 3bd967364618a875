// Competing consumers, in order.
import { queueScenarioFor, settingOf } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'competing-consumers-in-order'
const title = 'Competing consumers, in order'
const invariant = 'per-key-order'

export const inOrderAtAQueue: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story:
    'Two consumers share a queue, and a payment is booked before the order it pays for. Consumers that crash or close their channel must not bring that about either.',
  scenario: queueScenarioFor(id, title, invariant, {}),
  invariant,
  from: 'published',
  kinds: ['crash', 'close-channel'],
  settings: [
    settingOf('queue', 'x-single-active-consumer', [false, true]),
    settingOf('consumer', 'prefetch_count', [1, 3]),
  ],
}
