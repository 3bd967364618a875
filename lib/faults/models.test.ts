// The catalogue against the models: every fault is done by some rule or by the line itself, every rule's
// fault is in the catalogue, and what the palette offers can be done.
import { describe, expect, test } from 'vitest'
import { fuzz } from '../drivers/fuzz.ts'
import { misfortunesOf } from '../drivers/misfortune.ts'
import { compile } from '../engine/compile.ts'
import type { World } from '../engine/types.ts'
import { apply, init } from '../engine/world.ts'
import { build } from '../scenario/build.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { faultOf, faults } from './index.ts'
import { faultChoices } from './palette.ts'

const systems = starterScenarios.map(({ id }) => {
  const { system } = build(starterScenario(id) as Scenario)
  return { id, system }
})
const rules = systems.flatMap(({ system }) => system.actors.flatMap((actor) => actor.kind.rules))
const done = new Set(rules.flatMap(({ rule }) => rule.fault?.kind ?? []))
/** Faults that can only happen where there are transactions, and a story that has some. */
const OF_TRANSACTIONS = ['abort-transaction', 'abandon-transaction']
const TRANSACTIONAL = 'aborted-read'
const OF_LINES = ['cut-connection', 'slow-link']
/** What can happen only where nodes are told apart; and what only a dead node can suffer. */
const OF_CLUSTERS = ['kill-node', 'lose-node', 'isolate-node', 'slow-follower', 'move-coordinator']
const AFTER: Readonly<Record<string, string>> = { 'restart-node': 'lose-node' }
/** Stories that between them offer every fault; in the last one nodes die for good, so that there is one to start. */
const LOOKED_AT = [
  'orders-story',
  'crash-between-effect-and-commit',
  'dedup-table-marked-after',
  'dedup-table-marked-before',
  TRANSACTIONAL,
  'acks-all-and-a-dead-leader',
  'no-unclean-election',
  'restart-loses-transient-messages',
]
const DIES_FOR_GOOD = 'no-unclean-election'
const clustered = systems.find(({ id }) => id === 'acks-1-and-a-dead-leader')!

test("every rule's fault is in the catalogue", () => {
  expect(done.size).toBeGreaterThan(5)
  for (const kind of done) expect(faultOf(kind).id).toBe(kind)
})

const kindsFor = ({ id, system }: (typeof systems)[number]): readonly string[] =>
  id === DIES_FOR_GOOD ? ['lose-node'] : misfortunesOf(system)

/** Worlds along a run with misfortunes, a few dozen of them. */
function worldsOf(story: (typeof systems)[number]): readonly World[] {
  const { id, system } = story
  const worlds = [init(system)]
  fuzz(system, {
    seed: id,
    chaos: 300,
    heal: 0,
    faults: 4,
    kinds: kindsFor(story),
    onStep: (index, _action, _observations, world) => {
      if (index % 12 === 0) worlds.push(world)
    },
  })
  return worlds
}

describe.each(faults.map((fault) => fault.id))('%s', (id) => {
  test('is done by some rule of a model, or by the line itself', () => {
    expect(done.has(id) || OF_LINES.includes(id)).toBe(true)
  })

  test('a thousand steps of chaos with this fault alone come to a good end', () => {
    if (OF_LINES.includes(id) && id !== 'cut-connection') return
    const needsCluster = OF_CLUSTERS.includes(id) || id in AFTER
    const { system } = needsCluster
      ? clustered
      : systems.find(
          (each) =>
            misfortunesOf(each.system).includes(id) &&
            each.id !== 'orders-story' &&
            (!OF_TRANSACTIONS.includes(id) || each.id === TRANSACTIONAL),
        )!
    const chaos = { seed: id, chaos: 1000, heal: 9000, faults: 20, malice: 0.3 }
    const kinds = [id, AFTER[id] ?? id]
    const run = fuzz(system, { ...chaos, kinds })
    expect(run.atRest).toBe(true)
    expect(new Set(run.fired)).toEqual(new Set(kinds))
  })

  test('is offered where it can be done, and says why not elsewhere', () => {
    const stories = systems.filter((each) => LOOKED_AT.includes(each.id))
    const choices = stories.flatMap((story) => {
      const { system } = story
      return worldsOf(story).flatMap((world) =>
        faultChoices(system, world, '')
          .filter((choice) => choice.fault === id)
          .map((choice) => ({ choice, system, world })),
      )
    })
    for (const { choice, system, world } of choices) {
      if (choice.action === null) expect(choice.reason).toMatch(/^[a-z].{5,}/)
      else expect(() => apply(system, world, choice.action!)).not.toThrow()
    }
    expect(choices.filter(({ choice }) => choice.action !== null).length).toBeGreaterThan(0)
  })

  test('where nothing can suffer it, the palette says what is missing', () => {
    const idle = { name: 'idle', init: () => null, rules: [] }
    const nothing = compile({ actors: [{ id: 'a', kind: idle, settings: null }], links: [] })
    const found = faultChoices(nothing, init(nothing), '').filter((choice) => choice.fault === id)
    expect(found).toMatchObject([{ action: null, reason: faultOf(id).needs, target: '' }])
  })
})
