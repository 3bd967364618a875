// A rule that claims never to run with an actor's settings is not looked at: here it is, in many worlds.
import { expect, test } from 'vitest'
import { fuzz } from '../drivers/fuzz.ts'
import { misfortunesOf } from '../drivers/misfortune.ts'
import type { CompiledRule, System } from '../engine/compile.ts'
import { isActive } from '../engine/local.ts'
import type { World } from '../engine/types.ts'
import { build } from '../scenario/build.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'

const claims = (system: System) =>
  system.actors.flatMap((actor) =>
    actor.kind.rules
      .filter(({ rule }) => rule.never?.(actor.me.settings) === true && rule.on === undefined)
      .filter(({ rule }) => rule.fault === undefined)
      .map((compiled) => ({ actor, compiled })),
  )

type Claim = ReturnType<typeof claims>[number]

function mayRun({ actor, compiled }: Claim, world: World): boolean {
  const { rule, ready, when }: CompiledRule = compiled
  const state = world.actors[actor.index]!
  if (rule.anytime !== true && !isActive(actor.kind, state)) return false
  if (!ready.every((condition) => condition(state, actor.me))) return false
  const args = rule.each === undefined ? [undefined] : rule.each(state, undefined, actor.me)
  return args.some((arg) => when.every((each) => each(state, undefined, arg, actor.me)))
}

const kept: string[] = []

test.each(starterScenarios.map(({ id }) => id))('%s: what never runs could not', (id) => {
  const { system } = build(starterScenario(id) as Scenario)
  const all = claims(system)
  kept.push(...all.map(({ compiled }) => compiled.rule.name))
  const broken = new Set<string>()
  const options = { seed: id, chaos: 400, heal: 0, faults: 6, kinds: misfortunesOf(system) }
  fuzz(system, {
    ...options,
    onStep: (_index, _action, _seen, world) => {
      for (const claim of all) if (mayRun(claim, world)) broken.add(claim.compiled.rule.name)
    },
  })
  expect([...broken]).toEqual([])
})

test('such rules are there', () => {
  expect(new Set(kept).size).toBeGreaterThan(15)
})
