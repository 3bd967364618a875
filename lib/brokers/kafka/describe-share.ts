// What the inspector says of a share group's members and of its coordinator.
import type { Described } from '../types.ts'
import type { ShareConsumerState } from './share-consumer-state.ts'
import type { ShareCoordinatorState } from './share-coordinator.ts'

type Facts = Pick<Described, 'status' | 'faulty' | 'facts'>

const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? none : items.join(', ')

const lanes = (assigned: Readonly<Record<string, readonly number[]>>): readonly string[] =>
  Object.entries(assigned).flatMap(([topic, all]) => all.map((each) => `${topic}/${each}`))

function statusOf(s: ShareConsumerState): Pick<Described, 'status' | 'faulty'> {
  if (s.process === 'crashed') return { status: 'crashed', faulty: true }
  if (s.process !== 'running')
    return { status: s.process === 'left' ? 'left' : 'not started', faulty: false }
  if (s.paused) return { status: 'paused', faulty: true }
  return s.stalled
    ? { status: 'its handler hangs', faulty: true }
    : { status: 'running', faulty: false }
}

/** What the member believes, and then what its coordinator holds to be so. */
export function shareConsumerFacts(
  s: ShareConsumerState,
  coordinator: ShareCoordinatorState | undefined,
): Facts {
  const known = coordinator?.members.find(({ id }) => id === s.member)
  const held = lanes(coordinator?.assignments[s.member] ?? {})
  const so =
    known === undefined
      ? 'The coordinator knows no such member.'
      : `The coordinator lets it read ${list(held, 'nothing')}${known.silent === false ? '' : ', and hears no heartbeat'}.`
  const hand = s.hand.map(
    ({ topic, partition, offset, deliveryCount }) =>
      `${topic}/${partition} at ${offset}, delivery ${deliveryCount}`,
  )
  return {
    ...statusOf(s),
    facts: [
      `Believes: member ${s.member}, may read ${list(lanes(s.assigned), 'nothing')}.`,
      so,
      `In hand: ${hand.length === 0 ? 'nothing' : hand.join('; ')}. Fetched and locked for it besides: ${s.buffer.length}.`,
    ],
  }
}

export function shareCoordinatorFacts(s: ShareCoordinatorState): Facts {
  const members = s.members.map(({ id, silent }) =>
    silent === false
      ? `${id} reads ${list(lanes(s.assignments[id] ?? {}), 'nothing')}`
      : `${id} (silent)`,
  )
  return {
    status: s.members.length === 0 ? 'empty' : 'stable',
    faulty: false,
    facts: [
      'A share group: its members may read the same partitions.',
      `Members: ${list(members, 'none')}.`,
    ],
  }
}
