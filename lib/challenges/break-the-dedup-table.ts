// Break the dedup table.
import { scenarioFor } from './_base.ts'
import type { BreakIt } from './types.ts'

const id = 'break-the-dedup-table'
const title = 'Break the dedup table'
const invariant = 'no-duplicate-effect'

export const breakTheDedupTable: BreakIt = {
  id,
  kind: 'break it with one fault',
  title,
  story:
    'Every event is marked in a table before its charge. What makes the card be charged twice all the same?',
  scenario: scenarioFor(id, title, invariant, {
    service: { strategy: { kind: 'dedup-table', marks: 'before' } },
  }),
  invariant,
  kinds: ['refuse-batch', 'cut-connection', 'lose-answer', 'sink-down'],
}
