// What the inspector says of the transaction coordinator, and of a producer in a transaction.
import type { ProducerTransaction } from './producer-transactions.ts'
import type { Transaction, TransactionCoordinatorState } from './transaction-state.ts'

function wordOf(id: string, { state, epoch, participants }: Transaction): string {
  const where = participants.length === 0 ? '' : ` with ${participants.join(', ')}`
  return `${id}: ${state}, epoch ${epoch}${where}`
}

export function transactionFacts({ transactions }: TransactionCoordinatorState): readonly string[] {
  const all = Object.entries(transactions).map(([id, each]) => wordOf(id, each))
  return [`Transactions: ${all.length === 0 ? 'none yet' : all.join('; ')}.`]
}

/** How a producer stands in its transaction, as it believes. */
export function inTransactionFacts(transaction: ProducerTransaction | null): readonly string[] {
  if (transaction === null) return []
  const { phase, written, why } = transaction
  const holds = written.length === 1 ? '1 record' : `${written.length} records`
  const reason = why === '' ? '' : `, because of ${why}`
  return [`Its transaction is ${phase}${reason}; ${holds} in it.`]
}
