// Which worker a state of a shared search belongs to. It is decided by the component of one actor alone, so
// that most steps lead to states of the same worker and need not be sent. Which actor serves best is seen
// in the first states of the search: every worker looks at the same ones and comes to the same choice.
import { chunkOf, offsetOf } from './growing.ts'
import { levelSearch, searchLevel } from './levels.ts'
import { purseOf } from './purse.ts'
import { type States, statesOf } from './reach.ts'
import { fingerprints } from './seen.ts'
import type { Space } from './space.ts'
import type { Watched } from './watched.ts'

export type Owner = (chunk: Int32Array, at: number) => number

function ownerBy(space: Space, slot: number, members: number): Owner {
  return (chunk, at) => {
    const hash = space.components[slot]?.high[chunk[at + slot] as number] as number
    return ((hash ^ (hash >>> 15)) >>> 0) % members
  }
}

/** What sending a state costs, measured in states looked at. */
const SENDING = 2

/** How long the slowest worker would take: its share of the states, and what it has to send. */
function costOf(states: States, slot: number, owner: Owner, members: number): number {
  const shares = new Array<number>(members).fill(0)
  let sent = 0
  for (let row = 0; row < states.rows.count; row++) {
    const chunk = chunkOf(states.rows, row)
    const at = offsetOf(states.rows, row)
    const mine = owner(chunk, at)
    shares[mine] = (shares[mine] as number) + 1
    const parent = chunkOf(states.ways, row)[offsetOf(states.ways, row)] as number
    if (parent < 0) continue
    const before = chunkOf(states.rows, parent)[offsetOf(states.rows, parent) + slot]
    if (
      before !== chunk[at + slot] &&
      mine !== owner(chunkOf(states.rows, parent), offsetOf(states.rows, parent))
    )
      sent++
  }
  return Math.max(...shares) + (SENDING * sent) / members
}

/** So many states are enough to choose by. */
const PILOT = 100_000

export function ownerOf(
  space: Space,
  watched: Watched,
  kinds: readonly string[],
  members: number,
): Owner {
  const states = statesOf(space, watched, purseOf(kinds), () => fingerprints())
  const search = levelSearch(states, {
    isFull: () => states.rows.count >= PILOT,
    onRest: undefined,
  })
  for (let before = null, faults = 0; faults < 2 && states.rows.count < PILOT; faults++) {
    const level = searchLevel(search, before, { faults, eager: null, release: false })
    let next = level.next()
    while (next.done !== true) next = level.next()
    before = next.value[1] as never
  }
  const slots = Array.from(space.start, (_, slot) => slot)
  const owners = slots.map((slot) => ownerBy(space, slot, members))
  const costs = slots.map((slot) => costOf(states, slot, owners[slot] as Owner, members))
  return owners[costs.indexOf(Math.min(...costs))] as Owner
}
