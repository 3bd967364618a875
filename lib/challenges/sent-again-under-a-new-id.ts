// Sent again under a new id.
import { scenarioFor, strategySetting } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'sent-again-under-a-new-id'
const title = 'Sent again under a new id'
const invariant = 'no-duplicate-effect'

export const sentAgain: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story: 'The application loses patience and sends the same fact again, with a new event id.',
  scenario: scenarioFor(id, title, invariant, { publisher: { resendsWithNewId: true } }),
  invariant,
  kinds: ['refuse-batch', 'cut-connection'],
  settings: [strategySetting],
}
