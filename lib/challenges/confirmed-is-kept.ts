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
  story:
    'Every publish is confirmed, nothing goes wrong, and orders are gone: they come faster than they are worked on.',
  scenario: queueScenarioFor(id, title, invariant, {
    queue: { 'x-max-length': 1, 'x-single-active-consumer': true, 'dead-letter-queue': false },
    producer: { republish: false },
  }),
  invariant,
  kinds: ['sink-down', 'lose-answer'],
  settings: [
    settingOf('queue', 'x-overflow', ['drop-head', 'reject-publish']),
    settingOf('producer', 'confirm.select', [true, false]),
  ],
}
