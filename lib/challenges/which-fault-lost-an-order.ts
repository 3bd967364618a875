// Which fault lost an order?
import { queueScenarioFor } from './_base.ts'
import type { NameTheCause } from './types.ts'

const id = 'which-fault-lost-an-order'
const title = 'Which fault lost an order?'
const invariant = 'no-loss'

export const whichFaultLost: NameTheCause = {
  id,
  kind: 'name the cause',
  title,
  story:
    'Three things went wrong, and an order never took effect. Without one of them it would have.',
  scenario: queueScenarioFor(id, title, invariant, {
    service: { ackPoint: 'before' },
  }),
  invariant,
  kinds: ['cut-connection', 'close-channel', 'lose-answer', 'sink-down', 'crash'],
  seed: 'lost',
  faults: 3,
}
