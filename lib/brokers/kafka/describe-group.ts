// What the inspector says of membership: what a member believes, what its coordinator holds to be so, and what
// a coordinator of a group with group.protocol=consumer knows.
import type { Described } from '../types.ts'
import { isModern } from './consumer-membership.ts'
import { type ConsumerState, instanceOf, type Self } from './consumer-state.ts'
import type { AnyGroup } from './coordinators.ts'
import { assignedTo, type ModernGroupState, type ModernMember } from './modern-state.ts'
import type { Assignment } from './protocol.ts'

export function list(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.join(', ')
}

function lanesOf(assignment: Assignment): string {
  const lanes = Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map((partition) => `${topic}/${partition}`),
  )
  return list(lanes, 'no partitions')
}

export function believed(s: ConsumerState, me: Self): string {
  const lanes = s.lanes.map((lane) => `${lane.topic}/${lane.partition}`)
  const { member, generation } = s.group
  const { instance } = instanceOf(me)
  const named = instance === undefined ? '' : `, group.instance.id ${instance}`
  const epoch = isModern(me) ? 'member epoch' : 'generation'
  return `Believes: member ${member}${named}, ${epoch} ${generation}, owns ${list(lanes, 'no partitions')}.`
}

export function heldToBe(id: string, group: AnyGroup | undefined): string {
  const known = group?.state.members.find((member) => member.id === id)
  if (group === undefined || known === undefined) return 'The coordinator knows no such member.'
  const silent = known.silent ? ', and hears no heartbeat' : ''
  if (group.protocol === 'consumer') {
    const member = known as ModernMember
    const going = list(Object.keys(member.revoking), '')
    const gives = going === '' ? '' : `, to give up ${going}`
    return `The coordinator has it in member epoch ${member.epoch} with ${lanesOf(assignedTo(member))}${gives}${silent}.`
  }
  const { generation, assignments } = group.state
  return `The coordinator has it in generation ${generation} with ${lanesOf(assignments[id] ?? {})}${silent}.`
}

const STATE: Readonly<Record<ModernMember['state'], string>> = {
  STABLE: '',
  UNREVOKED_PARTITIONS: ', is to give something up',
  UNRELEASED_PARTITIONS: ', waits for what others have',
}

function toldOf(member: ModernMember): string {
  const away = member.epoch === -2 ? ', away' : ''
  const silent = member.silent && away === '' ? ', silent' : ''
  return `${member.id} (epoch ${member.epoch}${STATE[member.state]}${away}${silent})`
}

export function ofModernGroup(s: ModernGroupState): Pick<Described, 'status' | 'faulty' | 'facts'> {
  const offsets = Object.entries(s.offsets).map(([lane, offset]) => `${lane} at ${offset}`)
  const settled = s.members.every(
    ({ state, epoch }) => state === 'STABLE' && epoch === s.targetEpoch,
  )
  const status = s.members.length === 0 ? 'Empty' : settled ? 'Stable' : 'Reconciling'
  return {
    status,
    faulty: false,
    facts: [
      `Group epoch ${s.epoch}, target made for ${s.targetEpoch}, assignor ${s.assignor}.`,
      `Members: ${list(s.members.map(toldOf), 'none')}.`,
      `Committed: ${list(offsets, 'nothing yet')}.`,
    ],
  }
}
