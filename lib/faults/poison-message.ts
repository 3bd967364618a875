// Poison a message.
// What the handler then does (retry in place, retry topic, dead-letter topic, skip) is a setting.
import type { Fault } from './types.ts'

export const poisonMessage: Fault = {
  id: 'poison-message',
  title: 'Poison a message',
  sentence:
    'A record the handler cannot work on, today and on every later try: bad data, a bug, a missing row.',
  target: 'sink',
  intents: ['lose', 'break-down'],
  stages: [],
  needs: 'a sink takes calls here',
  searched: false,
}
