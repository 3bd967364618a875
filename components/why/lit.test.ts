// The numbers of the causal steps stand where they happened, and what is lit is there.
import { expect, test } from 'vitest'
import { starterScenario } from '@/lib/scenario/catalogue'
import { explainingIn } from '@/lib/session/explaining'
import { openSession } from '@/lib/session/session'
import { litBy } from './lit'

function explained() {
  const scenario = starterScenario('crash-between-effect-and-commit')
  if (scenario === null) throw new Error('no such scenario')
  const session = openSession(scenario)
  session.runAhead(5_000)
  session.seek(session.length)
  const invariant = 'no-duplicate-effect'
  const [violation] =
    session.verdicts().find((each) => each.invariant === invariant)?.violations ?? []
  if (violation === undefined) throw new Error('nothing was charged twice')
  const { seed, choices, length } = session
  const work = explainingIn({ scenario, seed, choices, length, invariant, violation })
  let next = work.next()
  while (next.value.steps === null) next = work.next()
  session.seek(violation.step)
  return { session, steps: next.value.steps.map(({ step }) => session.step(step)) }
}

test('a cell for a poll, a line for an effect and for who takes over, a card for a crash', () => {
  const { session, steps } = explained()
  const { lit, steps: marks, focus } = litBy(session.picture(), steps)
  expect(focus).toBe('payments')
  expect(marks.map(({ text, at }) => `${text} ${at}`)).toEqual([
    '1 orders/2@1',
    '2 payments-1>card-charges',
    '3 payments-1',
    '5 orders/2>payments-0',
    '6 orders/2@1',
    '7 payments-0>card-charges',
  ])
  expect(marks.map(({ bad }) => bad)).toEqual([false, false, false, false, false, true])
  expect(lit).toContain('card-charges#order-42/PaymentReceived')
  expect(lit).not.toContain('order-service')
  expect(lit).not.toContain('orders/0')
})
