// Timers armed at a moment: what will happen then unless something prevents it.
import type { Actor } from '../engine/compile.ts'
import { type Local, same, spontaneous } from '../engine/local.ts'
import type { Json } from '../engine/types.ts'
import type { Run } from './run.ts'
import type { Expected } from './types.ts'
import type { View } from './view.ts'

/** When this timer fired after the moment shown, or is still due; null when something prevented it. */
function dueOf(run: Run, actor: Actor, local: Local, position: number): number | null {
  const { recording } = run
  const isIt = (other: Local | null) =>
    other !== null && other.rule === local.rule && same(other.arg, local.arg)
  for (let index = position + 1; index <= recording.length(); index++) {
    const step = recording.step(index)
    if (step.actor === actor.index && isIt(step.local)) return step.timeMs
  }
  const armed = recording.player.agenda.plans[actor.index]?.find((plan) => isIt(plan.local))
  return armed?.dueMs ?? null
}

/** A timer of a coordinator concerns the member it names; any other its own actor. */
function concerned(run: Run, actor: Actor, arg: Json | undefined): string {
  if (typeof arg !== 'string') return actor.id
  const member = arg.split('#')[0] as string
  return run.built.system.actorById.has(member) ? member : actor.id
}

export function expectedAt(run: Run, view: View): readonly Expected[] {
  const found = run.built.system.actors.flatMap((actor) => {
    const state = view.moment.world.actors[actor.index] as Json
    return spontaneous(actor, state, false).flatMap((local): Expected[] => {
      const setting = local.rule.rule.timer === true ? local.rule.rule.reads?.[0] : undefined
      if (setting === undefined) return []
      const dueMs = dueOf(run, actor, local, view.position)
      if (dueMs === null) return []
      return [{ actor: concerned(run, actor, local.arg), setting, dueMs }]
    })
  })
  return found.sort((a, b) => a.dueMs - b.dueMs)
}
