// How much a step has to tell about a breach, by what it is and what it let be seen. Nothing here knows a
// scenario or a broker: observations speak the words all of them share.
import type { Message, Place, Seen } from '../clients/types.ts'
import type { Happening, History } from './history.ts'

/** The messages concerned, however often they were sent, and every place where they came to stand. */
export interface Concern {
  readonly facts: ReadonlySet<number>
  readonly places: readonly Place[]
}

const messageIn = (seen: Seen): Message | null => ('message' in seen ? seen.message : null)

/** A fact sent again under another event id is the same fact. A breach of no message may be of any. */
export function concernOf({ steps }: History, ids: readonly string[]): Concern {
  const all = steps.flatMap((step) => step.observations as readonly Seen[])
  const facts = new Set<number>()
  for (const seen of all) {
    const message = messageIn(seen)
    if (message !== null && (ids.length === 0 || ids.includes(message.id))) facts.add(message.n)
  }
  const places = all.flatMap((seen) =>
    seen.kind === 'stored' && facts.has(seen.message.n) ? [seen.place] : [],
  )
  return { facts, places }
}

const isPassed = (concern: Concern, at: Place): boolean =>
  concern.places.some(
    (place) => place.stream === at.stream && place.lane === at.lane && place.offset < at.offset,
  )

/** Of an observation of the message itself. An effect weighs most: the breach is one too many, or none. */
const OF_MESSAGE: Partial<Readonly<Record<Seen['kind'], number>>> = {
  effectApplied: 90,
  effectSkipped: 75,
  effectFailed: 70,
  deadLettered: 85,
  skipped: 85,
  stored: 60,
  refused: 65,
  delivered: 55,
  sent: 40,
  acknowledged: 35,
}

/** Of an observation that names no message: who may read what, and what is forgotten. */
const OF_GROUP: Partial<Readonly<Record<Seen['kind'], number>>> = {
  rewound: 95,
  forgotten: 80,
  commitRefused: 72,
  memberRemoved: 58,
  assigned: 36,
  lanesAdded: 80,
  crashed: 88,
  paused: 88,
}

function weightOf(seen: Seen, concern: Concern): number {
  const message = messageIn(seen)
  if (message !== null) {
    return concern.facts.has(message.n) ? (OF_MESSAGE[seen.kind] ?? 30) : 0
  }
  if (seen.kind === 'committed') return isPassed(concern, seen) ? 78 : 0
  return OF_GROUP[seen.kind] ?? 10
}

const FAULT = 100

/** 0: it has nothing to tell. */
export function salience(step: Happening, concern: Concern): number {
  if (step.fault !== '') return FAULT
  const weights = (step.observations as readonly Seen[]).map((seen) => weightOf(seen, concern))
  return Math.max(0, ...weights)
}
