// A fixed loop whose speed says how fast this machine is right now: small objects made, a map read and
// written, integers hashed. Other figures are printed as ratios to it, because machines differ.

/** Rounds a second, in millions. */
export function calibrate(): number {
  const rounds = 3_000_000
  const from = performance.now()
  let state = { a: 1, b: 2, c: 3 }
  const map = new Map<number, number>()
  let hash = 17
  for (let i = 0; i < rounds; i++) {
    hash = Math.imul(hash ^ i, 0x01000193) >>> 0
    state = { ...state, a: hash & 1023 }
    map.set(state.a, (map.get(state.a) ?? 0) + 1)
  }
  const ms = performance.now() - from
  return rounds / ms / 1000 + (map.size < 0 ? 1 : 0)
}
