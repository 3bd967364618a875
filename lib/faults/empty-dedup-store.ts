// Empty the dedup store.
// Dedup is a memory, and memories end. What was remembered is done again when it is delivered again.
import type { Fault } from './types.ts'

export const emptyDedupStore: Fault = {
  id: 'empty-dedup-store',
  title: 'Empty the dedup store',
  sentence:
    'A cache restarts without its data, keys reach the end of their life: what was seen is new again.',
  target: 'store',
  intents: ['redeliver'],
  stages: [],
  needs: 'a dedup store is here',
  searched: false,
}
