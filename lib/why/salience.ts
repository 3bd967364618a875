// How much a step has to tell about a breach, by what it is and what it let be seen. Nothing here knows a
// scenario or a broker: observations speak the words all of them share.
import type { Seen } from '../clients/types.ts'
import { type Concern, isConcernedLane, isSamePlace, messageIn } from './concern.ts'
import type { Happening } from './history.ts'

/** Of an observation of the message itself. An effect weighs most: the breach is one too many, or none. */
const OF_MESSAGE: Partial<Readonly<Record<Seen['kind'], number>>> = {
  effectApplied: 90,
  deadLettered: 85,
  archived: 85,
  unrouted: 85,
  skipped: 85,
  effectSkipped: 75,
  effectFailed: 70,
  refused: 65,
  settled: 60,
  acknowledged: 56,
  delivered: 55,
}

/** Of an observation that names no message: who may read what, and what is forgotten. */
const OF_GROUP: Partial<Readonly<Record<Seen['kind'], number>>> = {
  rewound: 95,
  crashed: 88,
  paused: 88,
  forgotten: 80,
  lanesAdded: 80,
  commitRefused: 72,
  resumed: 54,
  restarted: 45,
}

/** What happens to lanes matters where the message stands, or stood. */
const OF_LANE: Partial<Readonly<Record<Seen['kind'], number>>> = {
  truncated: 87,
  elected: 74,
  inSync: 50,
}

/** What is seen again and again matters where it changed something. */
const OF_TURN: Partial<Readonly<Record<Seen['kind'], number>>> = {
  expired: 86,
  compacted: 86,
  committed: 78,
  memberRemoved: 58,
  assigned: 48,
}

/** A copy that is let go before it took effect. */
const OF_REMOVAL = 84

const LOW = 20

/** Sent once and stored once is as it should be, and tells something only of an order between messages. */
function ofSending(seen: Seen, concern: Concern): number {
  if (seen.kind === 'sent' && seen.attempt > 1) return 66
  if (seen.kind === 'stored' && concern.places.length > 1) return 60
  if (seen.kind === 'stored' && concern.isOfLog) return 52
  return LOW
}

const isOfGroup = (seen: Seen, { groups }: Concern): boolean =>
  !('group' in seen) || groups.size === 0 || groups.has(seen.group)

/** In a queue that none of the groups concerned reads. */
const isElsewhere = (seen: Seen, { places }: Concern): boolean =>
  (seen.kind === 'stored' || seen.kind === 'removed') &&
  !places.some((place) => isSamePlace(place, seen.place))

/** What one observation has to tell; 0: nothing. */
export function weightOf(seen: Seen, concern: Concern): number {
  if (!isOfGroup(seen, concern)) return 0
  const message = messageIn(seen)
  if (message !== null) {
    if (!concern.facts.has(message.n) || isElsewhere(seen, concern)) return 0
    if (seen.kind === 'removed') return concern.turns.has(seen) ? OF_REMOVAL : 0
    return OF_MESSAGE[seen.kind] ?? ofSending(seen, concern)
  }
  const turn = OF_TURN[seen.kind]
  if (turn !== undefined) return concern.turns.has(seen) ? turn : 0
  if ('lane' in seen && seen.kind !== 'rewound') {
    return isConcernedLane(concern, seen) ? (OF_LANE[seen.kind] ?? 0) : 0
  }
  return OF_GROUP[seen.kind] ?? 0
}

const FAULT = 100

/** Less than this is not worth a line. */
export const TELLING = 30

/** The weightiest of what a step let be seen. */
export function tellingOf(step: Happening, concern: Concern): Seen | null {
  const weighed = (step.observations as readonly Seen[]).map((seen) => ({
    seen,
    weight: weightOf(seen, concern),
  }))
  const most = weighed.reduce((max, { weight }) => Math.max(max, weight), 0)
  return weighed.find(({ weight }) => weight === most && most > 0)?.seen ?? null
}

/** 0: it has nothing to tell. */
export function salience(step: Happening, concern: Concern): number {
  if (step.fault !== '') return FAULT
  const seen = tellingOf(step, concern)
  return seen === null ? 0 : weightOf(seen, concern)
}
