// Retries that keep the order.
import { scenarioFor, settingOf } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'retries-keep-order'
const title = 'Retries that keep the order'
const invariant = 'per-key-order'

export const keepOrder: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story:
    'A refused batch is sent again after the one behind it has landed, and a payment is processed before its order.',
  scenario: scenarioFor(id, title, invariant, { producer: { 'enable.idempotence': false } }),
  invariant,
  kinds: ['refuse-batch', 'cut-connection'],
  settings: [
    settingOf('producer', 'enable.idempotence', [false, true]),
    settingOf('producer', 'max.in.flight.requests.per.connection', [5, 1]),
  ],
}
