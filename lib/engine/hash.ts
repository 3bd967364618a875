// 32-bit hashing of strings and numbers: the source of every delay and every fingerprint.
// FNV-1a over UTF-16 units, finished as in MurmurHash3 so that near inputs land far apart.

/** Folds a string into a running 32-bit hash. */
export function hashString(text: string, seed = 0x811c9dc5): number {
  let h = seed | 0
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  }
  return h
}

/** Folds an integer into a running 32-bit hash. */
export function hashInt(n: number, seed: number): number {
  return Math.imul(seed ^ (n | 0), 0x01000193) ^ (seed >>> 15)
}

/** Finishes a running hash; returns an unsigned 32-bit integer. */
export function finish(h: number): number {
  let x = h
  x ^= x >>> 16
  x = Math.imul(x, 0x85ebca6b)
  x ^= x >>> 13
  x = Math.imul(x, 0xc2b2ae35)
  x ^= x >>> 16
  return x >>> 0
}
