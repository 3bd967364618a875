// Which fault charged twice?
import { scenarioFor } from './_base.ts'
import type { NameTheCause } from './types.ts'

const id = 'which-fault-charged-twice'
const title = 'Which fault charged twice?'
const invariant = 'no-duplicate-effect'

export const whichFault: NameTheCause = {
  id,
  kind: 'name the cause',
  title,
  story:
    'Three things went wrong, and the card was charged twice. Without one of them it would not have been.',
  scenario: scenarioFor(id, title, invariant, {}),
  invariant,
  kinds: ['refuse-batch', 'cut-connection', 'lose-answer', 'sink-down', 'crash', 'pause'],
  seed: 'twice',
  faults: 3,
}
