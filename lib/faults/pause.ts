// Pause the process.
// Everything the process had in hand is there when it wakes, only the world has moved on: the way to a zombie.
import type { Fault } from './types.ts'

export const pause: Fault = {
  id: 'pause',
  title: 'Pause the process',
  sentence:
    'A long garbage collection, a suspended laptop, a starved container: it stands still and does not know.',
  target: 'process',
  intents: ['redeliver', 'break-down'],
  stages: ['polled', 'deduped', 'effect sent', 'effect applied', 'committing'],
  needs: 'a process runs here',
  searched: true,
}
