// Nodes as processes that can die, stand still or be cut off, and the coordinators that live on them.
import type { CardPart } from '../../picture/types.ts'
import { coordinatorKind } from './coordinator.ts'
import type { CoordinatorSettings, CoordinatorState } from './coordinator-state.ts'
import { actorsOf, type From, stateOf } from './draw-from.ts'
import { nodeKind } from './node.ts'
import type { NodeState } from './node-state.ts'

type Health = Pick<CardPart, 'state' | 'said'> & { readonly ails: string }

const HEALTH: Readonly<Record<NodeState['life'], Health>> = {
  running: { state: 'running', said: '', ails: '' },
  paused: { state: 'paused', said: 'its process stands still', ails: 'paused' },
  killed: { state: 'crashed', said: 'its process is gone, its disk stays', ails: 'down' },
  lost: { state: 'crashed', said: 'nobody starts it again', ails: 'down' },
  starting: { state: 'crashed', said: 'it starts and is not registered yet', ails: 'starts' },
}

export function healthOf({ life, isolated, slow }: NodeState): Health {
  const health = HEALTH[life]
  if (life !== 'running') return health
  if (isolated) return { ...health, said: 'cut off: only clients reach it', ails: 'cut off' }
  return slow ? { ...health, said: 'its fetchers hang: it follows nobody', ails: 'slow' } : health
}

/** Whether clients and other nodes can reach its process at all. */
export const isUp = (s: NodeState): boolean => healthOf(s).state !== 'crashed'

export function drawNodes(from: From): readonly CardPart[] {
  return actorsOf(from.system, nodeKind).map((actor): CardPart => {
    const { id } = actor
    const since = from.look.downSinceMs(id)
    const { state, said, ails } = healthOf(stateOf<NodeState>(from, actor))
    const holds = heldBy(from, id)
    return {
      kind: 'card',
      id,
      role: 'broker',
      title: id,
      subtitle: 'broker',
      notes: [],
      group: '',
      letter: '',
      assignment: [],
      state,
      said,
      ...(ails === '' ? {} : { ails }),
      ...(since === null ? {} : { sinceMs: since }),
      ...(holds.length === 0 ? {} : { holds }),
    }
  })
}

/** Groups whose coordinator lives on this node: it falls with the node. */
export function coordinatorsOn(
  from: Pick<From, 'system' | 'world'>,
  node: string,
): readonly string[] {
  return actorsOf(from.system, coordinatorKind).flatMap((actor) => {
    const { host } = stateOf<CoordinatorState>(from, actor)
    return host?.node === node ? [(actor.me.settings as CoordinatorSettings).group] : []
  })
}

function heldBy(from: From, node: string): NonNullable<CardPart['holds']> {
  return coordinatorsOn(from, node).map((group) => {
    const letter = from.look.groups.find(({ id }) => id === group)?.letter ?? ''
    return { title: `coordinator of ${group}`, letter }
  })
}
