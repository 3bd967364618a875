// Who has closed and dies again closes once more only when the first closing has been heard: so whether it is heard
// at once or later may show. It does not where something was sent in between, for then it closes again in any case; nor
// where hearing a closing a second time changes nothing.
import type { Envelope } from '../engine/types.ts'
import { ConnectionClosed } from '../engine/types.ts'
import { cursorOf } from '../engine/world.ts'
import { type Components, readComponent, writeComponent } from './components.ts'
import { type Eager, movesOf } from './eager.ts'
import { PEERS, ROW, SEEN, SELF, type Space } from './space.ts'
import { hears } from './watched.ts'

interface Taken {
  readonly queue: number
  /** What waits behind the closing. */
  readonly rest: readonly Envelope[]
}

function closingOf(space: Space, actor: number, component: number, way: number): Taken | null {
  const { queue, nth } = (space.known[way] as Space['known'][0]).local
  if (queue < 0) return null
  const cursor = cursorOf(space.blank)
  writeComponent(space.components[actor] as Components, component, cursor)
  const waiting = cursor.queues[queue] as readonly Envelope[]
  return waiting[nth]?.kind === ConnectionClosed ? { queue, rest: waiting.slice(nth + 1) } : null
}

/** The steps that take a closing which comes again after this one. */
function heardAgain({ space }: Eager, actor: number, after: number, queue: number) {
  const own = space.components[actor] as Components
  const cursor = cursorOf(space.blank)
  writeComponent(own, after, cursor)
  const before = cursor.queues[queue] as readonly Envelope[]
  cursor.queues[queue] = [...before, { kind: ConnectionClosed }]
  const moves = movesOf(space, actor, readComponent(own, cursor))
  const steps = space.list.subarray(moves + 2, moves + 2 + (space.list[moves] as number))
  return Array.from(steps).filter((each) => space.known[each]?.local.queue === queue)
}

/** Whether it shows, after a misfortune of who has closed, if this was heard before it. */
export function showsWhenHeard(self: Eager, actor: number, component: number, way: number) {
  const { space, watched } = self
  const closing = closingOf(space, actor, component, way)
  if (closing === null || closing.rest.length > 0) return false
  const after = space.rows[way * ROW + SELF] as number
  const again = heardAgain(self, actor, after, closing.queue)
  return !(
    again.length > 0 &&
    again.every((each) => {
      const at = each * ROW
      const isSilent = space.peers[space.rows[at + PEERS] as number] === 0
      return (
        isSilent &&
        space.rows[at + SELF] === after &&
        !hears(watched, space.rows[at + SEEN] as number)
      )
    })
  )
}
