// What a step costs from the budget of misfortunes in untimed driving. A timer that fires although the
// scenario's own durations do not let it, with nothing paused, stands for a pause and costs one.
import type { System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Envelope, Json, World } from '../engine/types.ts'

export const PAUSE = 'pause'
export const CUT = 'cut-connection'

/** Catalogue slug of the misfortune this step is or needs; '' for an ordinary step. */
export function costOf(system: System, world: World, actor: number, local: Local): string {
  const rule = local.rule.rule
  if (rule.fault !== undefined) return rule.fault.kind
  if (rule.timer !== true || rule.usual === undefined) return ''
  const state = world.actors[actor] as Json
  const taker = local.queue < 0 ? undefined : system.takers[local.queue]
  const envelope: Envelope | undefined = world.queues[local.queue]?.[local.nth]
  const me = taker?.end.me ?? system.actors[actor]?.me
  return rule.usual(state, envelope, local.arg, me as NonNullable<typeof me>) ? '' : PAUSE
}

/** Every kind of misfortune that can befall this system in untimed driving, in alphabetical order. */
export function misfortunesOf(system: System): readonly string[] {
  const rules = system.actors.flatMap((actor) => actor.kind.rules)
  const kinds = rules.flatMap(({ rule }) => [
    ...(rule.fault === undefined ? [] : [rule.fault.kind]),
    ...(rule.timer === true && rule.usual !== undefined ? [PAUSE] : []),
  ])
  const cuts = system.links.some((link) => link.mode === 'connection') ? [CUT] : []
  return [...new Set([...kinds, ...cuts])].sort()
}
