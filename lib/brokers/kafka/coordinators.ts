// The coordinator of a group, of either protocol, for those who draw it and describe it.
import type { Actor, System } from '../../engine/compile.ts'
import type { World } from '../../engine/types.ts'
import { coordinatorKind } from './coordinator.ts'
import { actorOf, type CoordinatorState } from './coordinator-state.ts'
import { modernCoordinatorKind } from './modern-coordinator.ts'
import { assignedTo, type ModernGroupState } from './modern-state.ts'
import type { Assignment } from './protocol.ts'

export type AnyGroup =
  | { readonly protocol: 'classic'; readonly state: CoordinatorState }
  | { readonly protocol: 'consumer'; readonly state: ModernGroupState }

function groupOf(actor: Actor): string {
  return (actor.me.settings as { readonly group: string }).group
}

function stateOf({ kind }: Actor, state: unknown): AnyGroup {
  return kind.kind === modernCoordinatorKind
    ? { protocol: 'consumer', state: state as ModernGroupState }
    : { protocol: 'classic', state: state as CoordinatorState }
}

/** Every group with its name, in the order of the actors. */
export function groupsIn(
  system: System,
  world: World,
): readonly { readonly id: string; readonly group: AnyGroup }[] {
  return system.actors
    .filter(({ kind }) => kind.kind === coordinatorKind || kind.kind === modernCoordinatorKind)
    .map((actor) => ({ id: groupOf(actor), group: stateOf(actor, world.actors[actor.index]) }))
}

export function groupNamed(system: System, world: World, id: string): AnyGroup | undefined {
  return groupsIn(system, world).find((each) => each.id === id)?.group
}

/** What one process is a member for, under whichever id it was last one. */
export function heldBy({ protocol, state }: AnyGroup, process: string): Assignment {
  if (protocol === 'consumer') {
    const member = state.members.findLast(({ id }) => actorOf(id) === process)
    return member === undefined ? {} : assignedTo(member)
  }
  const member = state.members.findLast(({ id }) => actorOf(id) === process)
  return state.assignments[member?.id ?? ''] ?? {}
}
