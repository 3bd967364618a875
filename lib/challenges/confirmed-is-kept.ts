// Confirmed is kept.
import { queueScenarioFor, settingOf } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'confirmed-is-kept'
const title = 'Confirmed is kept'
const invariant = 'no-loss'

export const confirmedIsKept: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story: 'Every publish is confirmed, nothing goes wrong, and orders are gone: the queue is full.',
  scenario: queueScenarioFor(id, title, invariant, {
    queue: { 'x-max-length': 1, 'dead-letter-queue': false },
  }),
  invariant,
  kinds: ['cut-connection'],
  settings: [
    settingOf('queue', 'x-overflow', ['drop-head', 'reject-publish']),
    settingOf('producer', 'confirm.select', [true, false]),
  ],
}
