// What a line can end at, with the points where lines leave and arrive.
import type { Point } from './types.ts'

export interface Port {
  readonly id: string
  /** stream: an exchange. */
  readonly kind: 'producer' | 'stream' | 'tape' | 'consumer' | 'sink'
  readonly collapsed: boolean
  /** Of a tape: the stream it is of. */
  readonly stream: string
  readonly in: Point
  readonly out: Point
}

/** Rails stand in the margin, with room for a small token on each side. */
export const RAIL = 8
