// How one member gets from what it has to what it is to have (CurrentAssignmentBuilder): first it gives up,
// then it gets, and what another still holds it waits for. Nobody else stops for it.
import { lanesIn, nameOf } from './assignor-lanes.ts'
import type { ModernGroupState, ModernMember, PartitionEpochs } from './modern-state.ts'
import type { Assignment } from './protocol.ts'

/** Of its own it may have back what it was to give up: it has just said that it holds it no more. */
function isHeldByOthers(s: ModernGroupState, { id }: ModernMember, lane: string): boolean {
  return s.members.some(
    (each) => each.id !== id && (lane in each.assigned || lane in each.revoking),
  )
}

const pick = (epochs: PartitionEpochs, has: (lane: string) => boolean): PartitionEpochs =>
  Object.fromEntries(Object.entries(epochs).filter(([lane]) => has(lane)))

/** A member that does not say what it owns owns it still. */
function owns(owned: Assignment | null, revoking: PartitionEpochs): boolean {
  return owned === null || lanesIn(owned).some((lane) => nameOf(lane) in revoking)
}

type Moved = Pick<ModernMember, 'state' | 'epoch' | 'assigned' | 'revoking'>

/** The epoch before is the one it had until this step, also where the step left it in its epoch. */
function moved(member: ModernMember, to: Moved): ModernMember {
  return { ...member, ...to, previousEpoch: member.epoch }
}

/** computeNextAssignment: it stays in its epoch while it has something to give up (measured on 4.3.1). */
function next(s: ModernGroupState, member: ModernMember, owned: Assignment | null): ModernMember {
  const target = new Set(member.target)
  const kept = pick(member.assigned, (lane) => target.has(lane))
  const revoking = pick(member.assigned, (lane) => !target.has(lane))
  if (Object.keys(revoking).length > 0 && owns(owned, revoking)) {
    const { epoch } = member
    return moved(member, { state: 'UNREVOKED_PARTITIONS', epoch, assigned: kept, revoking })
  }
  const wanted = member.target.filter((lane) => !(lane in kept))
  const free = wanted.filter((lane) => !isHeldByOthers(s, member, lane))
  const given = Object.fromEntries(free.map((lane) => [lane, s.targetEpoch]))
  const state = free.length < wanted.length ? 'UNRELEASED_PARTITIONS' : 'STABLE'
  const assigned = { ...kept, ...given }
  return moved(member, { state, epoch: s.targetEpoch, assigned, revoking: {} })
}

/** One step of a member on its way; the same member when it can go no further now. */
export function reconcile(
  s: ModernGroupState,
  member: ModernMember,
  owned: Assignment | null,
): ModernMember {
  switch (member.state) {
    case 'STABLE':
      return member.epoch === s.targetEpoch ? member : next(s, member, owned)
    case 'UNREVOKED_PARTITIONS':
      return owns(owned, member.revoking) ? member : next(s, member, owned)
    case 'UNRELEASED_PARTITIONS':
      return next(s, member, owned)
  }
}

export function hasSameLanes(a: PartitionEpochs, b: PartitionEpochs): boolean {
  const lanes = Object.keys(a)
  return lanes.length === Object.keys(b).length && lanes.every((lane) => lane in b)
}
