// Charged once.
import { scenarioFor, strategySetting } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'charged-once'
const title = 'Charged once'
const invariant = 'no-duplicate-effect'

export const chargedOnce: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story: 'The card is charged, the answer gets lost, and the service asks again.',
  scenario: scenarioFor(id, title, invariant, {}),
  invariant,
  from: 'published',
  kinds: ['lose-answer', 'sink-down', 'crash'],
  settings: [strategySetting],
}
