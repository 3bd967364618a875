// The misfortunes of a script, and where those that they befell stood in their work.
import { costOf } from '../drivers/misfortune.ts'
import type { System } from '../engine/compile.ts'
import type { Action, World } from '../engine/types.ts'
import { apply, faultOf, init, localOf, stagesOf } from '../engine/world.ts'
import type { Moment } from './types.ts'

/** What this action costs here: its own kind, or a pause for a timer that has no right to fire. */
function costIn(system: System, world: World, action: Action): string {
  if ('link' in action) return faultOf(system, action)
  const actor = system.actorById.get(action.actor)
  const local = localOf(system, world, action)
  if (actor === undefined || typeof local === 'string') return ''
  return costOf(system, world, actor.index, local)
}

function whoOf(system: System, action: Action): readonly string[] {
  if (!('link' in action)) return [action.actor]
  const link = system.linkById.get(action.link)
  const ends = link === undefined ? [] : [link.fromIndex, link.toIndex]
  return ends.flatMap((index) => system.actors[index]?.id ?? [])
}

/** The last stage tells most: a worker's own, or the batch's. */
function stageOf(system: System, world: World, action: Action): string {
  const actor = 'actor' in action ? system.actorById.get(action.actor) : undefined
  const state = actor === undefined ? undefined : world.actors[actor.index]
  if (actor === undefined || state === undefined) return ''
  return stagesOf(actor, state).at(-1)?.stage ?? ''
}

export function momentAt(system: System, world: World, action: Action, step: number): Moment {
  const fault = costIn(system, world, action)
  return { fault, who: whoOf(system, action), stage: stageOf(system, world, action), step }
}

export function momentsOf(system: System, script: readonly Action[]): readonly Moment[] {
  const found: Moment[] = []
  let world = init(system)
  script.forEach((action, at) => {
    const moment = momentAt(system, world, action, at + 1)
    if (moment.fault !== '') found.push(moment)
    world = apply(system, world, action).world
  })
  return found
}
