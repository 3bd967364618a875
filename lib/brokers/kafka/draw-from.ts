// What drawings are made from: the system, the world, and what the story says of it.
import type { Actor, System } from '../../engine/compile.ts'
import type { World } from '../../engine/types.ts'
import type { Look } from '../../picture/look.ts'

export interface From {
  readonly system: System
  readonly world: World
  readonly look: Look
}

export function actorsOf(system: System, kind: unknown): readonly Actor[] {
  return system.actors.filter((actor) => actor.kind.kind === kind)
}

export function stateOf<S>(from: Pick<From, 'world'>, actor: Actor): S {
  return from.world.actors[actor.index] as unknown as S
}
