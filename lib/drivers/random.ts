// The drivers' own dice: a stream of numbers from a seed (mulberry32, Tommy Ettinger, public domain).
// Models never see it; only the driver that chooses does.
import { finish, hashString } from '../engine/hash.ts'

export interface Dice {
  /** A number in [0, 1). */
  readonly next: () => number
  /** An integer in [0, below). */
  readonly below: (below: number) => number
}

export function dice(seed: string): Dice {
  let state = finish(hashString(seed))
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
  return { next, below: (below) => Math.floor(next() * below) }
}
