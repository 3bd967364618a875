// Copy this file, name it after the id, and add it to index.ts. The contract tests look whether it breaks at the
// start, whether its settings hold a solution, and that nothing here says which.
import { scenarioFor, settingOf } from './_base.ts'
import type { Challenge } from './types.ts'

const id = 'skeleton'
const title = 'What is to be done'
const invariant = 'no-loss'

export const skeleton: Challenge = {
  id,
  kind: 'make it hold',
  title,
  story: 'What goes wrong now, and for whom.',
  scenario: scenarioFor(id, title, invariant, {
    producer: { acks: '0', 'enable.idempotence': false },
  }),
  invariant,
  kinds: ['cut-connection'],
  settings: [settingOf('producer', 'acks', ['0', '1', 'all'])],
}
