// The stock stays right.
import { scenarioFor, strategySetting } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'stock-stays-right'
const title = 'The stock stays right'
const invariant = 'sink-equals-oracle'

export const stockStaysRight: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story:
    'Each order takes one out of the stock of an own database; an answer that gets lost takes another.',
  scenario: scenarioFor(id, title, invariant, {
    sink: { kind: 'database' },
    service: { effect: 'decrement' },
  }),
  invariant,
  kinds: ['lose-answer', 'sink-down'],
  settings: [strategySetting],
}
