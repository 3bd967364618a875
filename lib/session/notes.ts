// What a run remembers of its past for its pictures: which step said what, and when. Written as steps are
// recorded; read by position, so that any past moment can be drawn.
import type { Stand } from '../brokers/types.ts'
import type { Message, Seen } from '../clients/types.ts'
import type { Observation } from '../engine/types.ts'
import { factOf } from '../picture/look.ts'

interface At {
  readonly step: number
  readonly timeMs: number
}

export interface Past {
  /** Per 'group event id': the steps at which it was handed over. */
  readonly deliveries: ReadonlyMap<string, readonly number[]>
  /** Facts in the order they were sent, with the step. */
  readonly sent: readonly { readonly step: number; readonly message: Message }[]
  /** Per actor: steps at which it went down and came back. */
  readonly downs: ReadonlyMap<string, readonly { readonly step: number; readonly down: boolean }[]>
  /** Per log (`stream/lane`): when each of its records was written, by offset. */
  readonly stored: ReadonlyMap<string, readonly number[]>
  /** Per 'group stream/lane': offsets that are delivered no more, with the step. */
  readonly archived: ReadonlyMap<
    string,
    readonly { readonly step: number; readonly offset: number }[]
  >
  /** Per 'sink fact': when its effect was applied there. */
  readonly applied: ReadonlyMap<string, readonly At[]>
  /** Per 'actor worker': where its work stood, each time that changed. */
  readonly stands: ReadonlyMap<string, readonly (At & Stand)[]>
}

export interface Notes extends Past {
  readonly deliveries: Map<string, number[]>
  readonly sent: { step: number; message: Message }[]
  readonly facts: Set<number>
  readonly downs: Map<string, { step: number; down: boolean }[]>
  readonly stored: Map<string, number[]>
  readonly archived: Map<string, { step: number; offset: number }[]>
  readonly applied: Map<string, At[]>
  readonly stands: Map<string, (At & Stand)[]>
}

export const noNotes = (): Notes => ({
  deliveries: new Map(),
  sent: [],
  facts: new Set(),
  downs: new Map(),
  stored: new Map(),
  archived: new Map(),
  applied: new Map(),
  stands: new Map(),
})

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

export function noteSeen(notes: Notes, at: At, observations: readonly Observation[]): void {
  const { step } = at
  for (const seen of observations as readonly Seen[]) {
    if (seen.kind === 'delivered') push(notes.deliveries, `${seen.group} ${seen.message.id}`, step)
    else if (seen.kind === 'stored') {
      noteStored(notes, at, seen)
    } else if (seen.kind === 'effectApplied') {
      push(notes.applied, `${seen.sink} ${factOf(seen.message)}`, at)
    } else if (seen.kind === 'archived') {
      const { stream, lane, offset } = seen.place
      push(notes.archived, `${seen.group} ${stream}/${lane}`, { step, offset })
    } else if (seen.kind === 'crashed' || seen.kind === 'paused') {
      push(notes.downs, seen.actor, { step, down: true })
    } else if (seen.kind === 'restarted' || seen.kind === 'resumed') {
      push(notes.downs, seen.actor, { step, down: false })
    }
  }
}

type Stored = Extract<Seen, { readonly kind: 'stored' }>

function noteStored(notes: Notes, { step, timeMs }: At, { message, place }: Stored): void {
  const log = `${place.stream}/${place.lane}`
  const times = notes.stored.get(log) ?? []
  times[place.offset] = timeMs
  notes.stored.set(log, times)
  if (notes.facts.has(message.n)) return
  notes.facts.add(message.n)
  notes.sent.push({ step, message })
}

/** Only what changed is kept: most steps of a consumer leave its work where it was. */
export function noteStands(notes: Notes, at: At, actor: string, stands: readonly Stand[]): void {
  stands.forEach((stand, worker) => {
    const key = `${actor} ${worker}`
    const last = notes.stands.get(key)?.at(-1)
    if (last?.at === stand.at && last.message === stand.message) return
    push(notes.stands, key, { ...at, ...stand })
  })
}

/** Index of the last entry at or before a step; -1 for none. */
export function lastUpTo(entries: readonly { readonly step: number }[], step: number): number {
  let [low, high] = [-1, entries.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((entries[middle]?.step ?? 0) <= step) low = middle
    else high = middle - 1
  }
  return low
}

/** More stops than anybody passes within one motion. */
const WAYS = 4

/** The last few ways of the work that is now in a worker's hands, oldest first. */
export function waysTo(
  entries: readonly (At & Stand)[],
  step: number,
): readonly { readonly from: number; readonly sinceMs: number }[] {
  const ways: { from: number; sinceMs: number }[] = []
  const last = lastUpTo(entries, step)
  const message = entries[last]?.message ?? ''
  for (let i = last; message !== '' && ways.length < WAYS; i--) {
    const before = entries[i - 1]
    const isSame = before?.message === message
    ways.unshift({ from: isSame ? before.at : -1, sinceMs: entries[i]?.timeMs ?? 0 })
    if (!isSame) break
  }
  return ways
}
