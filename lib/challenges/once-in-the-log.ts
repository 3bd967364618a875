// Once in the log.
import { scenarioFor, settingOf } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'once-in-the-log'
const title = 'Once in the log'
const invariant = 'no-duplicate-effect'

export const onceInTheLog: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story:
    'An answer is lost with its connection, the batch is sent again, and the card is charged twice for what was published once.',
  scenario: scenarioFor(id, title, invariant, { producer: { 'enable.idempotence': false } }),
  invariant,
  kinds: ['refuse-batch', 'cut-connection'],
  settings: [
    settingOf('producer', 'enable.idempotence', [false, true]),
    settingOf('producer', 'max.in.flight.requests.per.connection', [5, 1]),
  ],
}
