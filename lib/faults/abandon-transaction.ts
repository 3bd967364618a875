// Abandon a transaction.
// It stays open until the coordinator's patience is over, and everything behind it waits with it.
import type { Fault } from './types.ts'

export const abandonTransaction: Fault = {
  id: 'abandon-transaction',
  title: 'Abandon the transaction',
  sentence:
    'The process ends inside a transaction and nobody starts it again: a machine that is gone, a job that was deleted.',
  target: 'process',
  intents: ['break-down'],
  stages: ['uncommitted'],
  needs: 'a transaction is open here',
  searched: false,
}
