// Let go too early.
import { ackPointSetting, queueScenarioFor, settingOf } from './_base.ts'
import type { MakeItHold } from './types.ts'

const id = 'let-go-too-early'
const title = 'Let go too early'
const invariant = 'no-loss'

export const letGoTooEarly: MakeItHold = {
  id,
  kind: 'make it hold',
  title,
  story: 'A consumer dies, and with it what the queue had already forgotten.',
  scenario: queueScenarioFor(id, title, invariant, {
    service: { ackPoint: 'before' },
    consumer: { no_ack: true },
  }),
  invariant,
  from: 'published',
  kinds: ['crash', 'close-channel'],
  settings: [settingOf('consumer', 'no_ack', [true, false]), ackPointSetting],
}
