// Which misfortunes a search may pay for. A plain purse takes any of some kinds and remembers nothing: the
// budget is no part of the state. The purse of one story takes exactly these misfortunes, so many of each
// kind, and what was spent is part of the state (0 for nothing), else one story's way would hide another's.
import { hashesOf } from './interning.ts'

export interface Purse {
  readonly kinds: readonly string[]
  /** What is spent after this misfortune, or -1 when it is not to be had. */
  readonly pay: (spent: number, kind: string) => number
  /** Every way to have spent less than this: who got here with less need not be looked at again. */
  readonly below: (spent: number) => readonly number[]
}

const NOTHING_LESS: readonly number[] = []

export function purseOf(kinds: readonly string[]): Purse {
  const allowed = new Set(kinds)
  return {
    kinds,
    pay: (_spent, kind) => (allowed.has(kind) ? 0 : -1),
    below: () => NOTHING_LESS,
  }
}

/** The purse of one story: a list of kinds in which a kind may stand several times. */
export function purseOfStory(story: readonly string[]): Purse {
  const kinds = [...new Set(story)].sort()
  const most = kinds.map((kind) => story.filter((each) => each === kind).length)
  const weights = most.map((_, i) => most.slice(0, i).reduce((all, count) => all * (count + 1), 1))
  const countOf = (spent: number, i: number) =>
    Math.floor(spent / (weights[i] as number)) % ((most[i] as number) + 1)
  const size = most.reduce((all, count) => all * (count + 1), 1)
  const isBelow = (a: number, b: number) => kinds.every((_, i) => countOf(a, i) <= countOf(b, i))
  const all = Array.from({ length: size }, (_, spent) => spent)
  const below = all.map((spent) => all.filter((each) => each !== spent && isBelow(each, spent)))
  return {
    kinds,
    pay(spent, kind) {
      const i = kinds.indexOf(kind)
      if (i < 0 || countOf(spent, i) >= (most[i] as number)) return -1
      return spent + (weights[i] as number)
    },
    below: (spent) => below[spent] ?? NOTHING_LESS,
  }
}

/** Every way to choose so many of these kinds, a kind as often as one likes, in order. */
export function storiesOf(kinds: readonly string[], count: number): readonly (readonly string[])[] {
  if (count === 0) return [[]]
  return kinds.flatMap((kind, i) =>
    storiesOf(kinds.slice(i), count - 1).map((rest) => [kind, ...rest]),
  )
}

/** What having spent this adds to the two sums of a fingerprint. */
export function spentHash(spent: number): readonly [high: number, low: number] {
  return spent === 0 ? [0, 0] : hashesOf(`spent ${spent}`)
}
