// A moment to begin a search at: everybody has started, groups have formed, and nothing has been published
// yet, or everything has and nothing of it has been polled. How a group forms is a search of its own, and a large one;
// most questions begin after it. Who asks about consumers need not ask in which order messages are written and polled.
import { brokerOf } from '../brokers/index.ts'
import { choicesOf } from '../drivers/fuzz.ts'
import type { System } from '../engine/compile.ts'
import type { Action, Observation, World } from '../engine/types.ts'
import { apply, init } from '../engine/world.ts'
import { instanceIds } from '../scenario/actors.ts'
import type { Scenario } from '../scenario/types.ts'

export interface Beginning {
  readonly world: World
  /** How to get there from the system's first world. */
  readonly script: readonly Action[]
  /** What was to be seen on the way there. */
  readonly seen: readonly Observation[]
}

/** More steps than any group needs to form; whoever is not settled by then never will be. */
const MOST = 10_000

/** Whether an action publishes one more message. */
export function publishingOf(scenario: Scenario): (action: Action) => boolean {
  const producers = new Set(scenario.story.producers.map((producer) => producer.id))
  const { publishing } = brokerOf(scenario.deployment.broker)
  return (action) => 'actor' in action && producers.has(action.actor) && action.rule === publishing
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

/** The start of everything; when groups have formed; or when all messages of producers have been written as well. */
export const froms = ['start', 'settled', 'published'] as const
export type From = (typeof froms)[number]

const BEGINNINGS: Readonly<Record<From, string>> = {
  start: 'from the start',
  settled: 'from when the group has formed',
  published: 'from when the group has formed and all messages are written',
}

export const beginningInWords = (from: From): string => BEGINNINGS[from]

/** Lets everybody but some do what comes first until nothing is left to do; null when it never ends. */
function rested(
  system: System,
  before: Beginning,
  waits: (action: Action) => boolean,
): Beginning | null {
  const list = choicesOf(system)
  const script = [...before.script]
  const seen = [...before.seen]
  let { world } = before
  while (script.length < MOST) {
    const next = list(world).find(({ action, cost }) => cost === '' && !waits(action))
    if (next === undefined) return { world, script, seen }
    const applied = apply(system, world, next.action)
    world = applied.world
    script.push(next.action)
    seen.push(...applied.observations)
  }
  return null
}

/** Null when the system never settles: some ordinary step can always follow another. */
export function settled(scenario: Scenario, system: System): Beginning | null {
  const publishes = publishingOf(scenario)
  const later = new Set(
    scenario.story.services.flatMap((each) => (each.joinsAtMs > 0 ? instanceIds(each) : [])),
  )
  const waits = (action: Action) =>
    publishes(action) || ('actor' in action && later.has(action.actor))
  return rested(system, { world: init(system), script: [], seen: [] }, waits)
}

/** The same, and every message is written, while all who consume them wait. */
function published(scenario: Scenario, system: System): Beginning | null {
  const before = settled(scenario, system)
  const consumers = new Set(scenario.story.services.flatMap(instanceIds))
  const waits = (action: Action) => 'actor' in action && consumers.has(action.actor)
  return before === null ? null : rested(system, before, waits)
}

/** Where to begin; null at the start, and where that moment never comes. */
export function beginningAt(from: From, scenario: Scenario, system: System): Beginning | null {
  if (from === 'start') return null
  return from === 'settled' ? settled(scenario, system) : published(scenario, system)
}
