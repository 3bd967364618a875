// The picture of transactions, from their scenarios: open, committed, aborted, and who writes them.
import { describe, expect, test } from 'vitest'
import type { CardPart, PointerPart, TapePart, WirePart } from '../../picture/types.ts'
import { starterScenario } from '../../scenario/catalogue.ts'
import type { Scenario } from '../../scenario/types.ts'
import { openSession } from '../../session/session.ts'
import { inTransactionFacts, transactionFacts } from './describe-transactions.ts'
import { UNINITIALISED } from './producer-transactions.ts'

const opened = (id: string) => {
  const session = openSession(starterScenario(id) as Scenario)
  session.runAhead(100_000)
  return session
}

/** Everything a run shows of its logs, over all its steps. */
function shown(id: string) {
  const session = opened(id)
  const seen = new Set<string>()
  for (let step = 0; step <= session.length; step++) {
    session.seek(step)
    for (const part of session.picture().parts) {
      if (part.kind === 'pointer' && part.flag === 'LSO') seen.add('LSO')
      if (part.kind !== 'tape') continue
      for (const { transaction, control } of part.slots) seen.add(transaction ?? control ?? 'plain')
    }
  }
  return [...seen].sort()
}

test('an open transaction, the offset it holds readers back at, and its abort', () => {
  expect(shown('open-transaction-blocks-readers')).toEqual(
    expect.arrayContaining(['LSO', 'abort', 'aborted', 'open', 'plain']),
  )
})

describe('a service that publishes', () => {
  const session = opened('exactly-once-pipeline-crash')
  session.seek(session.length)
  const { parts } = session.picture()

  test('writes itself: the producer in its process is no box of its own', () => {
    const cards = parts.filter((part): part is CardPart => part.kind === 'card')
    expect(cards.filter(({ role }) => role === 'producer').map(({ id }) => id)).toEqual([
      'order-service',
    ])
    const wire = parts.find(
      (part): part is WirePart => part.kind === 'wire' && part.to === 'invoices/0',
    )
    expect(wire).toMatchObject({ from: 'billing-0', id: 'billing-0-producer>invoices/0' })
    expect(session.actorIds()).toContain('billing-0-producer')
  })
  test('has its records in flight on that line', () => {
    let flown = 0
    for (let step = 0; step <= session.length && flown === 0; step++) {
      session.seek(step)
      flown = session
        .picture()
        .flights.filter(({ wire }) => wire === 'billing-0-producer>invoices/0').length
    }
    expect(flown).toBe(1)
  })
  test('leaves control records where transactions ended, and no pennant at rest', () => {
    session.seek(session.length)
    const log = session
      .picture()
      .parts.find((part): part is TapePart => part.kind === 'tape' && part.id === 'invoices/0')
    expect(log?.slots.some(({ control }) => control === 'commit')).toBe(true)
    expect(log?.slots.some(({ transaction }) => transaction === 'open')).toBe(false)
    const flags = parts.filter(
      (part): part is PointerPart => part.kind === 'pointer' && part.flag === 'LSO',
    )
    expect(flags).toEqual([])
  })
  test('is counted on by whoever reads what it wrote', () => {
    const ledger = parts.find((part) => part.kind === 'table' && part.id === 'ledger')
    expect(ledger?.kind === 'table' && ledger.rows).toEqual([
      { name: 'invoice issued', actual: '6', expected: '6', wrong: false },
    ])
  })
  test('is told of by the transaction coordinator', () => {
    session.seek(session.length)
    const told = session.inspect('transaction-coordinator')
    expect(told.role).toBe('coordinator')
    expect(told.facts[0]).toMatch(/CompleteCommit, epoch \d+/)
    expect(session.inspect('billing-0-producer').facts[1]).toMatch(/^Its transaction is /)
  })
})

test('words of transactions', () => {
  expect(
    transactionFacts({ transactions: {}, nextProducerId: 0, unmarked: [], turns: {} }),
  ).toEqual(['Transactions: none yet.'])
  expect(inTransactionFacts(null)).toEqual([])
  expect(inTransactionFacts({ ...UNINITIALISED, phase: 'fatal', why: 'PRODUCER_FENCED' })).toEqual([
    'Its transaction is fatal, because of PRODUCER_FENCED; 0 records in it.',
  ])
})
