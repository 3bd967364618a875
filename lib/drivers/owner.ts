// Which worker a state of a shared search belongs to. It is decided by the component of one actor alone, so
// that most steps lead to states of the same worker and need not be sent. Which actor serves best is seen
// in the first states of the search: every worker looks at the same ones and comes to the same choice.
import { chunkOf, offsetOf } from './growing.ts'
import { levelSearch, searchLevel } from './levels.ts'
import { purseOf } from './purse.ts'
import { type States, statesOf } from './reach.ts'
import { fingerprints, type Seen } from './seen.ts'
import type { Space } from './space.ts'
import type { Watched } from './watched.ts'

export type Owner = (chunk: Int32Array, at: number) => number

function ownerBy(space: Space, slot: number, members: number): Owner {
  return (chunk, at) => {
    const hash = space.components[slot]?.high[chunk[at + slot] as number] as number
    return ((hash ^ (hash >>> 15)) >>> 0) % members
  }
}

/** What sending a state and taking it costs, measured in states looked at. */
const SENDING = 0.5

/** What each worker would have to do: states of its own, and states that it sends. */
interface Shares {
  readonly owner: Owner
  readonly own: number[]
  readonly sent: number[]
  readonly met: Seen
}

function sharesOf(owner: Owner, members: number): Shares {
  const none = () => Array.from({ length: members }, () => 0)
  return { owner, own: none(), sent: none(), met: fingerprints() }
}

/** Counts a step to a state: the first that leads to it from another worker's states is sent. */
function count({ owner, sent, met }: Shares, states: States, next: number, from: number): void {
  const { rows, places } = states
  const chunk = chunkOf(rows, next)
  const at = offsetOf(rows, next)
  const sender = owner(chunkOf(rows, from), offsetOf(rows, from))
  if (sender === owner(chunk, at)) return
  if (met.add(chunk[at + places.high] as number, chunk[at + places.low] as number, next))
    sent[sender] = (sent[sender] as number) + 1
}

/** How long the slowest worker would take. */
function costOf({ owner, own, sent }: Shares, { rows }: States): number {
  for (let row = 0; row < rows.count; row++) {
    const mine = owner(chunkOf(rows, row), offsetOf(rows, row))
    own[mine] = (own[mine] as number) + 1
  }
  return Math.max(...own.map((states, mine) => states + SENDING * (sent[mine] as number)))
}

/** So many states are enough to choose by. */
const PILOT = 20_000

export function ownerOf(
  space: Space,
  watched: Watched,
  kinds: readonly string[],
  members: number,
): Owner {
  const states = statesOf(space, watched, purseOf(kinds), () => fingerprints())
  const all = Array.from(space.start, (_, slot) => sharesOf(ownerBy(space, slot, members), members))
  const search = levelSearch(states, {
    isFull: () => states.rows.count >= PILOT,
    onRest: undefined,
    elsewhere: (next, from) => {
      for (const shares of all) count(shares, states, next, from)
      return false
    },
  })
  for (let before = null, faults = 0; faults < 2 && states.rows.count < PILOT; faults++) {
    const level = searchLevel(search, before, { faults, eager: null, release: false })
    let next = level.next()
    while (next.done !== true) next = level.next()
    before = next.value[1] as never
  }
  const costs = all.map((shares) => costOf(shares, states))
  return (all[costs.indexOf(Math.min(...costs))] as Shares).owner
}
