// What a group coordinator writes to __consumer_offsets and finds there when another node loads it: committed
// offsets, and the group as it was when a rebalance was last complete. Who was joining is not in it.
import type { Out, Rule } from '../../engine/types.ts'
import { type CoordinatorState, EMPTY_GROUP, type Member } from './coordinator-state.ts'

/** The group's record is written when its assignment stands, and when nobody is left. */
function noted(s: CoordinatorState): CoordinatorState {
  if (s.phase !== 'Stable' && s.phase !== 'Empty') return s
  const { generation, protocol, leader, members, assignments, written } = s
  const isOld = written?.generation === generation && written.assignments === assignments
  if (isOld) return s
  return { ...s, written: { generation, protocol, leader, members, assignments } }
}

/** A rule of the coordinator that leaves its record behind, where a node can die that hosts it. */
export function writing(rule: Rule): Rule {
  const then: Rule['then'] = (s: CoordinatorState, e, x, me) => {
    const out: Out<CoordinatorState> = rule.then(s, e, x, me)
    if (s.host === null || out.self === undefined) return out
    return { ...out, self: noted(out.self) }
  }
  return { ...rule, then }
}

/** GroupMetadataManager.onLoaded: the sessions of all members start anew, and nobody waits for an answer. */
export function loaded(s: CoordinatorState): CoordinatorState {
  const { host, offsets, pending, removed, written } = s
  if (written === null) return { ...EMPTY_GROUP, host, offsets, pending, removed }
  const members = written.members.map(
    (each): Member => ({ ...each, joined: false, parked: '', silent: 'cut off' }),
  )
  const phase = members.length === 0 ? 'Empty' : 'Stable'
  return { ...EMPTY_GROUP, ...written, host, offsets, pending, removed, written, members, phase }
}
