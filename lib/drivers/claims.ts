// Whether a choice may be taken at once: what its rules claim, where that holds, and what else may happen to
// its actor. Everything here looks at one actor and what waits for it.
import type { Actor } from '../engine/compile.ts'
import type { Commuting, Json } from '../engine/types.ts'
import { type Cursor, cursorOf } from '../engine/world.ts'
import { type Components, writeComponent } from './components.ts'
import type { Eager, Reduction } from './eager.ts'
import { CUT, PAUSE } from './misfortune.ts'
import { isSwallowed, isUncontested } from './rivals.ts'
import { cutAt, NO_CUT, PEERS, ROW, SEEN, SELF, type Space } from './space.ts'
import { hears } from './watched.ts'

/** What a rule claims: to commute always, as long as nothing befalls it, in some states, or nothing. */
// biome-ignore lint/suspicious/noExplicitAny: claims of rules of every actor kind alike
export type Claim = true | 'in peace' | Commuting<any, any> | null

const NOTHING: readonly string[] = []

function claimOfRule({ claimOf }: Reduction, rule: string, own: Claim | undefined): Claim {
  return claimOf === undefined ? (own ?? null) : claimOf(rule, own ?? null)
}

/** Every kind of envelope that some claim excepts. */
export function claimsOf({ system }: Space, reduction: Reduction): readonly string[] {
  const kinds = system.actors.flatMap(({ kind }) =>
    kind.rules.flatMap(({ rule }) => {
      const claim = claimOfRule(reduction, rule.name, rule.commutes)
      return typeof claim === 'object' && claim !== null ? (claim.except ?? NOTHING) : NOTHING
    }),
  )
  return [...new Set(kinds)].sort()
}

function isMeant(claim: Claim, state: Json, me: Actor['me']): boolean {
  if (claim === null || typeof claim !== 'object') return true
  return claim.given?.(me.settings) !== false && claim.where?.(state, me) !== false
}

/** What every way to go on claims; null when one of them claims nothing here. */
function claimsAt(
  self: Eager,
  actor: Actor,
  cursor: Cursor,
  ways: readonly number[],
): readonly Claim[] | null {
  const claims = ways.map((way) => {
    const { rule } = (self.space.known[way] as Space['known'][0]).local.rule
    const claim = claimOfRule(self.reduction, rule.name, rule.commutes)
    return isMeant(claim, cursor.actors[actor.index] as Json, actor.me) ? claim : null
  })
  return claims.includes(null) ? null : claims
}

/** A world of which nothing counts but this actor and what waits for it. */
function around(space: Space, actor: number, component: number): Cursor {
  const cursor = cursorOf(space.blank)
  writeComponent(space.components[actor] as Components, component, cursor)
  return cursor
}

/** Which of the misfortunes that may happen can befall this very actor; a timer that fires untimely is a pause. */
function threats({ kind }: Actor, kinds: readonly string[]): readonly string[] {
  const found = kind.rules.flatMap(({ rule }) => {
    if (rule.fault !== undefined) return [rule.fault.kind]
    return rule.timer === true && rule.usual !== undefined ? [PAUSE] : []
  })
  return [...new Set(found)].filter((each) => kinds.includes(each))
}

/** Whether the state in which this is claimed stays such through these misfortunes of others. */
function outlasts(claim: Claim, kinds: readonly string[]): boolean {
  if (claim === null || typeof claim !== 'object' || claim.where === undefined) return true
  return kinds.every((kind) => claim.despite?.includes(kind))
}

/** Connections that a step takes from, or may have sent on. */
function touched(space: Space, actor: Actor, way: number): readonly number[] {
  const list = space.rows[way * ROW + PEERS] as number
  const peers = Array.from(
    { length: space.peers[list] as number },
    (_, i) => space.peers[list + 1 + 2 * i] as number,
  )
  const queue = space.known[way]?.local.queue ?? -1
  return space.system.links.flatMap(({ index, mode, fromIndex, toIndex }) => {
    if (mode !== 'connection' || ![fromIndex, toIndex].includes(actor.index)) return []
    const peer = fromIndex === actor.index ? toIndex : fromIndex
    return queue >> 1 === index || peers.includes(peer) ? [index] : []
  })
}

/** Whether a cut makes no difference to this step: there is none to come, or it takes away all that it did. */
function outlivesCuts(self: Eager, actor: Actor, component: number, way: number): boolean {
  const { space, watched } = self
  const at = way * ROW
  const links = touched(space, actor, way)
  return links.every((link) => {
    const cut = cutAt(space, link, actor.index, component)
    if (cut === NO_CUT) return true
    if (links.length > 1 || hears(watched, space.rows[at + SEEN] as number)) return false
    return cutAt(space, link, actor.index, space.rows[at + SELF] as number) === cut
  })
}

/**
 * Whether this choice may be taken at once: null when not, else the kinds of envelopes of which none may come any
 * more.
 */
export function isSafe(
  self: Eager,
  index: number,
  component: number,
  ways: readonly number[],
): readonly string[] | null {
  const { space, reduction } = self
  const actor = space.system.actors[index] as Actor
  const cursor = around(space, index, component)
  const claims = claimsAt(self, actor, cursor, ways)
  if (claims === null) return null
  if (claims.every((claim) => claim === true)) return NOTHING
  const except = claims.flatMap((claim) =>
    typeof claim === 'object' ? (claim?.except ?? NOTHING) : NOTHING,
  )
  if (!reduction.inPeace) {
    if (!claims.every((claim) => outlasts(claim, reduction.kinds))) return null
    const feared = threats(actor, reduction.kinds)
    if (!ways.every((way) => isSwallowed(self, index, component, way, feared))) return null
    const cuts = reduction.kinds.includes(CUT)
    if (cuts && !ways.every((way) => outlivesCuts(self, actor, component, way))) return null
  }
  const areMeant = (here: number, then: readonly number[]) =>
    claimsAt(self, actor, around(space, index, here), then) !== null
  return isUncontested(self, index, component, ways, areMeant) ? except : null
}
