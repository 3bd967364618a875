import { describe, expect, test } from 'vitest'
import type {
  CardPart,
  PipelinePart,
  PointerPart,
  TablePart,
  WirePart,
} from '../../picture/types.ts'
import { starterScenario } from '../../scenario/catalogue.ts'
import type { Scenario } from '../../scenario/types.ts'
import { openSession } from '../../session/session.ts'

const crash = starterScenario('crash-between-effect-and-commit') as Scenario

/** The run up to the first step that is a fault, or on to its end. */
function at(scenario: Scenario, where: 'fault' | 'end') {
  const session = openSession(scenario)
  session.runAhead(100_000)
  session.seek(where === 'end' ? session.length : (session.faults()[0]?.step ?? 0))
  if (where === 'fault') {
    const fault = Array.from({ length: session.length }, (_, i) => i + 1).find(
      (step) => session.step(step).fault !== '',
    )
    session.seek(fault ?? 0)
  }
  return session
}
const cards = (session: ReturnType<typeof at>) =>
  session.picture().parts.filter((part): part is CardPart => part.kind === 'card')

describe('the picture of a crash between effect and commit', () => {
  const session = at(crash, 'fault')
  const { parts } = session.picture()
  test('says where the work died, and shows what was lost as a ghost', () => {
    const dead = cards(session).find((card) => card.state === 'crashed')
    expect(dead).toMatchObject({ id: 'payments-1', said: 'Crashed after effect,\nbefore commit' })
    const line = parts.find(
      (part): part is PipelinePart => part.kind === 'pipeline' && part.of === 'payments-1',
    )
    expect(line).toMatchObject({ at: 2, broken: true, token: { label: '42', ghost: true } })
    expect(line?.stops.map((stop) => [stop.label, stop.off])).toEqual([
      ['poll', false],
      ['dedup', true],
      ['effect', false],
      ['commit', false],
    ])
  })
  test('draws every line of the dead process as lost, each with its link', () => {
    const lost = parts.filter(
      (part): part is WirePart => part.kind === 'wire' && part.id.includes('payments-1'),
    )
    expect(lost.length).toBeGreaterThan(0)
    for (const wire of lost) {
      expect(wire.state === 'lost' || wire.from !== 'payments-1').toBe(true)
      expect(wire.link).toMatch(/^payments-1\//)
    }
  })
  test('marks where the group stands as left behind', () => {
    const poles = parts.filter(
      (part): part is PointerPart => part.kind === 'pointer' && part.flag === 'committed',
    )
    expect(poles.flatMap((pole) => pole.groups.map((group) => group.hot))).toContain(true)
  })
})

describe('the picture at rest', () => {
  test('holds the charge made twice, once and tagged', () => {
    const table = at(crash, 'end')
      .picture()
      .parts.find((part): part is TablePart => part.kind === 'table')
    expect(table?.tokens.filter((token) => token.times > 1)).toMatchObject([
      { label: '42', times: 2 },
    ])
    expect(table?.tokens.map((token) => token.label).sort()).toEqual(['41', '42', '43', '44', '45'])
  })
  test('sets what rows hold beside what they should hold', () => {
    const story = at(starterScenario('orders-story') as Scenario, 'end')
    const tables = story.picture().parts.filter((part): part is TablePart => part.kind === 'table')
    const counts = tables.find((table) => table.id === 'counts')
    expect(counts?.rows).toEqual(
      ['created', 'shipped', 'payment received'].map((name) => ({
        name,
        actual: '5',
        expected: '5',
        wrong: false,
      })),
    )
  })
  test('gives every group a letter of its own and every partition a tape', () => {
    const { groups, parts } = at(starterScenario('orders-story') as Scenario, 'end').picture()
    expect(groups.map((group) => group.letter)).toEqual(['p', 'i', 'e', 'a'])
    expect(parts.filter((part) => part.kind === 'tape').map((part) => part.title)).toEqual([
      'P0',
      'P1',
      'P2',
    ])
  })
})
