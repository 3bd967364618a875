// Going through the messages of a part with the keyboard: which is next, where it stands, what it is called.

import type { Token } from '../../lib/picture/types.ts'
import { styleOf } from '../../lib/scene/style.ts'
import type { CircleShape, PlacedPart, TokenShape } from '../../lib/scene/types.ts'
import { eventWords } from '../session/words.ts'

/** The message pointed at: the nth of a part when it was come to; it may have moved on since. */
export interface Pointed {
  readonly part: string
  readonly nth: number
  readonly message: string
}

export const tokensIn = (part: PlacedPart): readonly TokenShape[] =>
  part.shapes.filter(
    (shape): shape is TokenShape => shape.shape === 'token' && shape.token.message !== '',
  )

/** The place among its part's tokens of the one pointed at; -1 when it is gone. */
function placeOf(tokens: readonly TokenShape[], { nth, message }: Pointed): number {
  if (tokens[nth]?.token.message === message) return nth
  return tokens.findIndex(({ token }) => token.message === message)
}

/** Where an arrow leads, round and round; null for any other key, and where there is no message. */
export function afterKey(key: string, part: PlacedPart, now: Pointed | null): Pointed | null {
  const tokens = tokensIn(part)
  const count = tokens.length
  const from = now?.part === part.id ? placeOf(tokens, now) : -1
  const [next, previous] = [from + 1, from < 0 ? count - 1 : from - 1 + count]
  const to: Record<string, number> = {
    ArrowRight: next,
    ArrowDown: next,
    ArrowLeft: previous,
    ArrowUp: previous,
    Home: 0,
    End: count - 1,
  }
  const nth = (to[key] ?? Number.NaN) % count
  const message = tokens[nth]?.token.message
  return message === undefined ? null : { part: part.id, nth, message }
}

/** The token pointed at; null when it is gone, or none is. */
export function pointedAt(
  parts: readonly PlacedPart[],
  pointed: Pointed | null,
): TokenShape | null {
  const part = parts.find(({ id }) => id === pointed?.part)
  if (pointed === null || part === undefined) return null
  const tokens = tokensIn(part)
  return tokens[placeOf(tokens, pointed)] ?? null
}

/** The focus on a message: 2px of accent, 2px out of the widest shape of its size. */
export function ringOf({ x, y, radius, motion }: TokenShape): CircleShape {
  const width = styleOf('selection').width ?? 2
  const at = { x, y, radius: Math.round(radius * 1.22) + 2 + width / 2 }
  return { shape: 'circle', ...at, role: 'selection', ...(motion === undefined ? {} : { motion }) }
}

/** What is said of a message when one comes to it. */
export function nameOf(token: Token): string {
  const words = [eventWords(token.label, token.type)]
  if (token.seq > 0) words.push(`event ${token.seq} of its key`)
  if (token.redelivered) words.push('redelivered')
  if (token.times > 1) words.push(`stands here ${token.times} times`)
  if (token.ghost) words.push('lost in the crash')
  return words.join(', ')
}
