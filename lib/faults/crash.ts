// Crash the process.
// Where it strikes decides what follows: between effect and commit it duplicates, between commit and effect
// it loses. The process comes back by itself, under a new identity.
import type { Fault } from './types.ts'

export const crash: Fault = {
  id: 'crash',
  title: 'Crash the process',
  sentence:
    'Out of memory, a deploy without grace, a drained node: memory is gone, what was sent still arrives.',
  target: 'process',
  intents: ['redeliver', 'lose'],
  stages: ['polled', 'deduped', 'effect sent', 'effect applied', 'committing', 'committed'],
  needs: 'a process runs here',
  searched: true,
}
