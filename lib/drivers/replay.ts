// The replaying driver: does what a script of actions says, one after the other.
import type { System } from '../engine/compile.ts'
import type { Action, Observation, World } from '../engine/types.ts'
import { apply, init, whyNot } from '../engine/world.ts'

/** Told of every applied action; `index` counts from 1. */
export type OnStep = (
  index: number,
  action: Action,
  observations: readonly Observation[],
  world: World,
) => void

export interface Replayed {
  readonly world: World
  /** How many actions were applied. */
  readonly steps: number
  /** The first action that could not happen, counted from 1, and the condition that failed. */
  readonly refused: { readonly index: number; readonly reason: string } | null
}

const whoOf = (action: Action): string => ('link' in action ? action.link : action.actor)

/** Applies a script up to its end or to the first action that is not enabled. */
export function tryReplay(system: System, script: readonly Action[], onStep?: OnStep): Replayed {
  let world = init(system)
  for (const [at, action] of script.entries()) {
    const reason = whyNot(system, world, action)
    if (reason !== null) return { world, steps: at, refused: { index: at + 1, reason } }
    const next = apply(system, world, action)
    world = next.world
    onStep?.(at + 1, action, next.observations, world)
  }
  return { world, steps: script.length, refused: null }
}

/** The same, for a script that must fit: throws at the first action that is not enabled, saying why. */
export function replay(system: System, script: readonly Action[], onStep?: OnStep): World {
  const { world, refused } = tryReplay(system, script, onStep)
  if (refused === null) return world
  const action = script[refused.index - 1] as Action
  const which = `action ${refused.index} of ${script.length}, ${action.rule} of ${whoOf(action)}`
  throw new Error(`${which}, is not enabled: not so that ${refused.reason}`)
}

/** Applies what can be applied and leaves out the rest; returns the script of what was applied. */
export function replayWhatCan(system: System, script: readonly Action[]): readonly Action[] {
  let world = init(system)
  return script.filter((action) => {
    if (whyNot(system, world, action) !== null) return false
    world = apply(system, world, action).world
    return true
  })
}
