// What the card and the inspector say of membership.
import { expect, test } from 'vitest'
import { starterScenario } from '../../scenario/catalogue.ts'
import type { Scenario } from '../../scenario/types.ts'
import { openSession } from '../../session/session.ts'

const scenario = starterScenario('static-member-deploy') as Scenario

function atEnd(consumer: Scenario['deployment']['consumer']) {
  const deployment = { ...scenario.deployment, consumer }
  const session = openSession({ ...scenario, faults: [], deployment })
  session.runAhead(100_000)
  session.seek(session.length)
  return session
}
const notesOf = (session: ReturnType<typeof atEnd>, id: string) =>
  session
    .picture()
    .parts.flatMap((part) => (part.kind === 'card' && part.id === id ? part.notes : []))
const factsOf = (session: ReturnType<typeof atEnd>, id: string) =>
  session.inspect(id)?.facts.join(' ') ?? ''

test('a static member says its name', () => {
  const session = atEnd(scenario.deployment.consumer)
  expect(notesOf(session, 'payments-0')).toEqual(['group.instance.id payments-0'])
  const facts = factsOf(session, 'payments-0')
  expect(facts).toContain(
    'member payments-0#0, group.instance.id payments-0, generation 1, owns orders/0.',
  )
  expect(facts).toContain('The coordinator has it in generation 1 with orders/0.')
})

test('a member of the consumer protocol says its epoch, its coordinator all epochs', () => {
  const session = atEnd({ 'group.protocol': 'consumer', 'auto.offset.reset': 'earliest' })
  const [note] = notesOf(session, 'payments-1')
  expect(note).toBe('member epoch 4')
  const facts = factsOf(session, 'payments-1')
  expect(facts).toContain('Believes: member payments-1#0, member epoch 4, owns orders/1.')
  expect(facts).toContain('The coordinator has it in member epoch 4 with orders/1.')
  const group = factsOf(session, 'payments-coordinator')
  expect(group).toContain('Group epoch 4, target made for 4, assignor uniform.')
  expect(group).toContain('payments-0#0 (epoch 4), payments-1#0 (epoch 4), payments-2#0 (epoch 4)')
})
