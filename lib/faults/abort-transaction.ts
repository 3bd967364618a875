// Abort a transaction.
// What was written stays in the log, and it depends on the reader's settings whether anybody sees it.
import type { Fault } from './types.ts'

export const abortTransaction: Fault = {
  id: 'abort-transaction',
  title: 'Abort the transaction',
  sentence:
    'The application finds in the middle of a transaction that it cannot finish: a check fails, an exception is thrown.',
  target: 'process',
  intents: ['lose'],
  stages: ['uncommitted'],
  needs: 'a transaction is open here',
  searched: false,
}
