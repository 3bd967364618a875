// What the timeline draws, gathered from the recorded steps: who was busy when, what was done, who was
// down. It grows with the run and never looks at a step twice.
import type { Message, Seen } from '@/lib/clients/types'
import type { Session, StepRecord } from '@/lib/session/types'

export interface Bar {
  readonly fromMs: number
  readonly toMs: number
}
export interface Mark {
  readonly atMs: number
  readonly step: number
  readonly message: Message
  /** The same effect, or the same event, for the second time or more. */
  readonly again: boolean
}
export interface Down {
  readonly fromMs: number
  /** Infinity while it lasts. */
  toMs: number
  readonly kind: 'crashed' | 'paused'
}
export interface Bolt {
  readonly atMs: number
  readonly step: number
}
export interface Arrow {
  readonly fromMs: number
  readonly from: string
  readonly toMs: number
}

/** One lane; every list is in order of time. */
export interface Lane {
  readonly bars: Bar[]
  readonly marks: Mark[]
  readonly downs: Down[]
  readonly bolts: Bolt[]
  readonly arrows: Arrow[]
}

export interface Track {
  /** Steps gathered so far. */
  length: number
  readonly lanes: Map<string, Lane>
  readonly begun: Map<string, number>
  readonly sent: Map<string, { readonly atMs: number; readonly by: string }>
  readonly done: Set<string>
}

export const emptyTrack = (): Track => ({
  length: 0,
  lanes: new Map(),
  begun: new Map(),
  sent: new Map(),
  done: new Set(),
})

export function laneOf(track: Track, id: string): Lane {
  const known = track.lanes.get(id)
  if (known !== undefined) return known
  const lane: Lane = { bars: [], marks: [], downs: [], bolts: [], arrows: [] }
  track.lanes.set(id, lane)
  return lane
}

/** Gathers what was recorded since. A track that is longer than the run belongs to another future. */
export function gather(track: Track, session: Session): Track {
  while (track.length < session.length) {
    track.length += 1
    gatherStep(track, session.step(track.length), session)
  }
  return track
}

function gatherStep(track: Track, step: StepRecord, session: Session) {
  if (step.fault !== '')
    laneOf(track, laneOfFault(step)).bolts.push({ atMs: step.timeMs, step: step.index })
  for (const seen of step.observations as readonly Seen[]) gatherSeen(track, step, seen, session)
}

const laneOfFault = (step: StepRecord): string => step.actor

/** Which lane an observation belongs to is its own affair; most belong to whoever saw them. */
function gatherSeen(track: Track, step: StepRecord, seen: Seen, session: Session) {
  const atMs = step.timeMs
  switch (seen.kind) {
    case 'sent':
      track.sent.set(seen.message.id, { atMs, by: seen.actor })
      laneOf(track, seen.actor)
      return
    case 'stored':
      return stored(track, step, seen, session)
    case 'delivered':
      track.begun.set(`${seen.actor} ${seen.message.id}`, atMs)
      return arrive(track, step, seen, session)
    case 'effectApplied':
    case 'effectSkipped':
    case 'effectFailed':
      return effect(track, step, seen)
    case 'crashed':
    case 'paused':
      laneOf(track, seen.actor).downs.push({ fromMs: atMs, toMs: Infinity, kind: seen.kind })
      return
    case 'restarted':
    case 'resumed':
      return up(laneOf(track, seen.actor), atMs)
  }
}

/** A queue is named after the stream of the story that is handed to it, and has no lane of its own. */
function streamOf({ stream }: { readonly stream: string }, session: Session): string {
  return session.scenario.story.streams.find((id) => stream.startsWith(`${id}.`)) ?? stream
}

function stored(
  track: Track,
  step: StepRecord,
  seen: Extract<Seen, { kind: 'stored' }>,
  session: Session,
) {
  // A dead letter comes from another queue and not from a publisher.
  const isMoved = (step.observations as readonly Seen[]).some(
    (other) => other.kind === 'removed' && other.message.id === seen.message.id,
  )
  if (isMoved) return
  const stream = streamOf(seen.place, session)
  const lane = laneOf(track, stream)
  const key = `stored ${stream} ${seen.message.n}`
  const last = lane.marks.at(-1)
  // Copies for several queues come of one publish: that is one mark.
  if (last?.step === step.index && last.message.id === seen.message.id) return
  const mark = { atMs: step.timeMs, step: step.index, message: seen.message }
  lane.marks.push({ ...mark, again: track.done.has(key) })
  track.done.add(key)
  const sent = track.sent.get(seen.message.id)
  if (sent !== undefined) lane.arrows.push({ fromMs: sent.atMs, from: sent.by, toMs: step.timeMs })
}

function arrive(
  track: Track,
  step: StepRecord,
  seen: Extract<Seen, { kind: 'delivered' }>,
  session: Session,
) {
  const fromMs = broughtBy(step, session)?.timeMs ?? step.timeMs
  laneOf(track, seen.actor).arrows.push({
    fromMs,
    from: streamOf(seen.place, session),
    toMs: step.timeMs,
  })
}

const STEPS_BACK = 8

/** The step that sent the answer the message came in: it was taken a few steps before it was handed on. */
function broughtBy(step: StepRecord, session: Session): StepRecord | null {
  let here = step
  for (let back = 0; back < STEPS_BACK; back++) {
    const [own, sender] = here.causes
    if (sender !== undefined) return session.step(sender)
    if (own === undefined || own < 1) return null
    here = session.step(own)
  }
  return null
}

type Effect = Extract<Seen, { kind: 'effectApplied' | 'effectSkipped' | 'effectFailed' }>

function effect(track: Track, step: StepRecord, seen: Effect) {
  const lane = laneOf(track, seen.by)
  const began = track.begun.get(`${seen.by} ${seen.message.id}`) ?? step.timeMs
  const fromMs = Math.max(began, lane.bars.at(-1)?.toMs ?? 0)
  lane.bars.push({ fromMs: Math.min(fromMs, step.timeMs), toMs: step.timeMs })
  if (seen.kind !== 'effectApplied') return
  const key = `${seen.group} ${seen.message.n}`
  lane.marks.push({
    atMs: step.timeMs,
    step: step.index,
    message: seen.message,
    again: track.done.has(key),
  })
  track.done.add(key)
}

function up(lane: Lane, atMs: number) {
  for (const down of lane.downs) if (down.toMs === Infinity) down.toMs = atMs
}

/** The items between two times, found without looking at the others; `by` is the list's order. */
export function between<T>(
  items: readonly T[],
  by: (item: T) => number,
  fromMs: number,
  toMs: number,
): readonly T[] {
  return items.slice(firstAt(items, by, fromMs), firstAt(items, by, toMs))
}

/** Index of the first item at or after `ms`. */
function firstAt<T>(items: readonly T[], by: (item: T) => number, ms: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item !== undefined && by(item) < ms) low = middle + 1
    else high = middle
  }
  return low
}

/** At most one item a bucket of `msEach`: what is closer together than a few pixels cannot be told apart. */
export function thin<T>(
  items: readonly T[],
  by: (item: T) => number,
  msEach: number,
): readonly T[] {
  let last = -Infinity
  return items.filter((item) => {
    const bucket = Math.floor(by(item) / msEach)
    if (bucket === last) return false
    last = bucket
    return true
  })
}
