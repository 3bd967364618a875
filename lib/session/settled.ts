// A moment to begin a search at: everybody has started, groups have formed, and nothing has been published
// yet. How a group forms is a search of its own, and a large one; most questions begin after it.
import { choicesOf } from '../drivers/fuzz.ts'
import type { System } from '../engine/compile.ts'
import type { Action, World } from '../engine/types.ts'
import { apply, init } from '../engine/world.ts'
import { instanceIds } from '../scenario/actors.ts'
import type { Scenario } from '../scenario/types.ts'

export interface Beginning {
  readonly world: World
  /** How to get there from the system's first world. */
  readonly script: readonly Action[]
}

/** More steps than any group needs to form; whoever is not settled by then never will be. */
const MOST = 10_000

/** Whether an action publishes one more message. */
export function publishingOf(scenario: Scenario): (action: Action) => boolean {
  const producers = new Set(scenario.story.producers.map((producer) => producer.id))
  return (action) => 'actor' in action && producers.has(action.actor) && action.rule === 'SendNext'
}

/**
 * At rest as a search means it, at the end of a script: what is left could happen only with something paused,
 * or is done by who takes no part in the script, or would publish more.
 */
export function isDrained(
  scenario: Scenario,
  system: System,
  script: readonly Action[],
  world: World,
): boolean {
  const parts = new Set(script.flatMap((action) => ('actor' in action ? [action.actor] : [])))
  const publishes = publishingOf(scenario)
  return choicesOf(system)(world).every(
    ({ action, cost }) =>
      cost !== '' || publishes(action) || !('actor' in action) || !parts.has(action.actor),
  )
}

/** Null when the system never settles: some ordinary step can always follow another. */
export function settled(scenario: Scenario, system: System): Beginning | null {
  const publishes = publishingOf(scenario)
  const later = new Set(
    scenario.story.services.flatMap((each) => (each.joinsAtMs > 0 ? instanceIds(each) : [])),
  )
  const waits = (action: Action) =>
    publishes(action) || ('actor' in action && later.has(action.actor))
  const list = choicesOf(system)
  const script: Action[] = []
  let world = init(system)
  while (script.length < MOST) {
    const next = list(world).find(({ action, cost }) => cost === '' && !waits(action))
    if (next === undefined) return { world, script }
    world = apply(system, world, next.action).world
    script.push(next.action)
  }
  return null
}
