// Who may still send what. A claim that excepts kinds of envelopes holds where none of these can come any more: none
// of them is on its way to anybody, and everybody who could send one is silent (`Kind.silent`): for good, or on the
// condition that nothing befalls anybody and that none of them reaches it; so all of them together are right.
import type { System } from '../engine/compile.ts'
import type { Envelope, Json, Silent } from '../engine/types.ts'
import { cursorOf } from '../engine/world.ts'
import { type Components, writeComponent } from './components.ts'
import { grown, type Ints } from './growing.ts'
import type { Space } from './space.ts'

export interface Silence {
  readonly space: Space
  readonly inPeace: boolean
  readonly maskOf: (kinds: readonly string[]) => number
  /** Kinds that claims except, and who can send each; a kind's place is its bit. */
  readonly kinds: readonly (readonly [kind: string, senders: ReadonlySet<number>])[]
  /** Per actor, per component: 0 while unknown, else one more than the mask of what it may send or has before it. */
  readonly known: Ints[]
}

/** More kinds than bits would be wrong; nobody has come near. */
const MOST = 30

/** Who can send it, or bring about what comes of it. */
function sendersOf({ actors, links }: System, kind: string): ReadonlySet<number> {
  const heeding = actors.filter((actor) => actor.kind.kind.heeds?.includes(kind))
  return new Set([
    ...heeding.map(({ index }) => index),
    ...links.flatMap(({ fromIndex, toIndex, requests, replies }) => [
      ...(requests.includes(kind) ? [fromIndex] : []),
      ...(replies.includes(kind) ? [toIndex] : []),
    ]),
  ])
}

export function silenceOf(space: Space, kinds: readonly string[], inPeace: boolean): Silence {
  if (kinds.length > MOST) throw new Error(`claims except more than ${MOST} kinds of envelopes`)
  return {
    space,
    inPeace,
    maskOf: (wanted) => wanted.reduce((mask, kind) => mask | (1 << kinds.indexOf(kind)), 0),
    kinds: kinds.map((kind) => [kind, sendersOf(space.system, kind)]),
    known: space.system.actors.map(() => new Int32Array(16)),
  }
}

function findMask(self: Silence, index: number, component: number): number {
  const { space, kinds, inPeace } = self
  const isSilent = (said: Silent | undefined) => said === 'for good' || (said === true && inPeace)
  const actor = space.system.actors[index] as System['actors'][0]
  const cursor = cursorOf(space.blank)
  writeComponent(space.components[index] as Components, component, cursor)
  const state = cursor.actors[index] as Json
  const { silent } = actor.kind.kind
  const waits = (kind: string) =>
    actor.ends.some(({ inbound }) =>
      (cursor.queues[inbound] as readonly Envelope[]).some((each) => each.kind === kind),
    )
  return kinds.reduce((mask, [kind, senders], bit) => {
    const speaks = senders.has(index) && !isSilent(silent?.[kind]?.(state, actor.me))
    return speaks || waits(kind) ? mask | (1 << bit) : mask
  }, 0)
}

/** The mask of what may still come in this state. */
export function stillToCome(self: Silence, chunk: Int32Array, at: number): number {
  let mask = 0
  for (let actor = 0; actor < self.known.length; actor++) {
    const component = chunk[at + actor] as number
    const memory = self.known[actor] as Ints
    const found = component < memory.length ? (memory[component] as number) : 0
    mask |= found !== 0 ? found - 1 : remember(self, actor, component)
  }
  return mask
}

function remember(self: Silence, actor: number, component: number): number {
  const mask = findMask(self, actor, component)
  const bigger = grown(self.known[actor] as Ints, component + 1)
  bigger[component] = mask + 1
  self.known[actor] = bigger
  return mask
}
