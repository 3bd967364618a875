// Acknowledged is kept.
import { scenarioFor, settingOf } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'acknowledged-is-kept'
const title = 'Acknowledged is kept'
const invariant = 'no-loss'

export const acknowledgedIsKept: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story: 'The order service hears that all is well, and an order never arrives.',
  scenario: scenarioFor(id, title, invariant, {
    producer: { acks: '0', 'enable.idempotence': false },
  }),
  invariant,
  kinds: ['cut-connection'],
  settings: [settingOf('producer', 'acks', ['0', '1', 'all'])],
}
