// Refuse a batch.
// With several batches in flight the next one lands before the refused one is tried again.
import type { Fault } from './types.ts'

export const refuseBatch: Fault = {
  id: 'refuse-batch',
  title: 'Refuse a batch',
  sentence:
    'A leader that moves, a replica that lags: the broker answers with an error that asks to try again.',
  target: 'broker',
  intents: ['reorder'],
  stages: [],
  needs: 'a broker takes batches here',
  searched: true,
}
