// Nodes in a whole run: which coordinators live on them, and which lines fall with them.
import { describe, expect, test } from 'vitest'
import type { CardPart, ReplicaPart, WirePart } from '../../picture/types.ts'
import { starterScenario } from '../../scenario/catalogue.ts'
import type { Scenario } from '../../scenario/types.ts'
import { openSession } from '../../session/session.ts'

const story = starterScenario('orders-story') as Scenario
const orders = { partitions: 3, settings: { 'replication.factor': 3 } }
const replicated = { ...story, deployment: { ...story.deployment, topics: { orders } } }

function at(ms: number) {
  const session = openSession(replicated)
  session.seekTime(ms)
  return session
}
const nodes = (session: ReturnType<typeof at>) =>
  session
    .picture()
    .parts.filter((part): part is CardPart => part.kind === 'card' && part.role === 'broker')
const held = (session: ReturnType<typeof at>) =>
  nodes(session).flatMap(({ holds = [] }) => holds.map(({ letter }) => letter))

describe('coordinators', () => {
  test('each lives on one node, which says so', () => {
    const session = at(4000)
    expect(held(session).sort()).toEqual(['a', 'e', 'i', 'p'])
    const home = nodes(session).find(({ holds = [] }) => holds.some(({ letter }) => letter === 'p'))
    expect(home?.holds).toContainEqual({ title: 'coordinator of payments', letter: 'p' })
    expect(session.inspect(home?.id ?? '').facts[0]).toMatch(/Holds the coordinator of .*payments/)
    expect(session.inspect('payments-coordinator').facts[0]).toBe(`Lives on ${home?.id}.`)
  })
  test('fall with it, and live nowhere for a while', () => {
    const session = at(4000)
    const home = nodes(session).find(({ holds = [] }) => holds.some(({ letter }) => letter === 'p'))
    session.inject({ actor: home?.id ?? '', rule: 'KillNode' })
    session.advance(500)
    expect(held(session)).not.toContain('p')
    expect(session.inspect('payments-coordinator').facts[0]).toBe(
      `Lives nowhere: ${home?.id} is gone.`,
    )
  })
})

test('lines of producers to a dead leader are lost, and its rows are down', () => {
  const session = at(4000)
  session.inject({ actor: 'broker-1', rule: 'KillNode' })
  const { parts } = session.picture()
  const lines = parts.filter(
    (part): part is WirePart => part.kind === 'wire' && part.from === 'order-service',
  )
  expect(lines.map(({ to, state }) => [to, state])).toEqual([
    ['orders/0', 'idle'],
    ['orders/1', 'lost'],
    ['orders/2', 'idle'],
  ])
  const copies = parts.filter((part): part is ReplicaPart => part.kind === 'replica')
  expect(new Set(copies.filter(({ up }) => !up).map(({ node }) => node))).toEqual(
    new Set(['broker-1']),
  )
})
