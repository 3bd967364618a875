// What the inspector says of a share consumer and of its group's coordinator.
import type { Described } from '../types.ts'
import type { ShareConsumerState } from './share-consumer-state.ts'
import type { ShareCoordinatorState } from './share-coordinator.ts'

type Facts = Pick<Described, 'status' | 'faulty' | 'facts'>
type Status = Pick<Described, 'status' | 'faulty'>

const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? none : items.join(', ')

function statusOf(s: ShareConsumerState): Status {
  if (s.process === 'crashed') return { status: 'crashed', faulty: true }
  if (s.process !== 'running') {
    return { status: s.process === 'left' ? 'left' : 'not started', faulty: false }
  }
  if (s.paused) return { status: 'paused', faulty: true }
  return s.stalled
    ? { status: 'its handler hangs', faulty: true }
    : { status: 'running', faulty: false }
}

export function ofShareConsumer(s: ShareConsumerState): Facts {
  const lanes = Object.entries(s.assigned).flatMap(([topic, partitions]) =>
    partitions.map((partition) => `${topic}/${partition}`),
  )
  const held = s.hand.map(({ topic, partition, offset, deliveryCount }) => {
    return `${topic}/${partition} at ${offset}, delivery ${deliveryCount}`
  })
  return {
    ...statusOf(s),
    facts: [
      `Member ${s.member}, may read ${list(lanes, 'no partitions')}.`,
      `Not acknowledged yet: ${list(held, 'nothing')}.`,
      `Fetched and not polled yet: ${s.buffer.length} records.`,
    ],
  }
}

export function ofShareCoordinator(s: ShareCoordinatorState): Facts {
  const members = s.members.map(({ id, silent }) => (silent === false ? id : `${id} (silent)`))
  return {
    status: s.members.length === 0 ? 'Empty' : 'Stable',
    faulty: false,
    facts: [`Share group, assignor simple.`, `Members: ${list(members, 'none')}.`],
  }
}
