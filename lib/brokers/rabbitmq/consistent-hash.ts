// Where the consistent hash exchange puts a routing key: the numbers of the plugin itself, so that a key has the
// bucket that it has on a real node. Erlang's phash2 of the key seeds its generator exs1024, which drives Lamping
// and Veach's jump consistent hash. Bob Jenkins' lookup2 (1996) is inside phash2, Vigna's xorshift generators
// (2014) inside the other.

const GOLDEN = 0x9e3779b9 | 0
/** What phash2 begins with for a binary: thirteen times the golden ratio, modulo 2^32. */
const OF_A_BINARY = 0x08d12e65
const RANGE_MASK = 2 ** 27 - 1
const BLOCK = 12

type Three = readonly [a: number, b: number, c: number]

/** One of three rounds of lookup2's mixing, by how far each word is shifted. */
function round([a0, b0, c0]: Three, [right, left, last]: Three): Three {
  const a = (a0 - b0 - c0) ^ (c0 >>> right)
  const b = (b0 - c0 - a) ^ (a << left)
  const c = (c0 - a - b) ^ (b >>> last)
  return [a, b, c]
}

const ROUNDS: readonly Three[] = [
  [13, 8, 13],
  [12, 16, 5],
  [3, 10, 15],
]
const mixed = (words: Three): Three => ROUNDS.reduce(round, words)

/** erlang:phash2/1 of a binary, in 27 bits. */
export function phash2(text: string): number {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length === 0) return OF_A_BINARY & RANGE_MASK
  const byte = (i: number) => bytes[i] ?? 0
  const word = (i: number) =>
    byte(i) | (byte(i + 1) << 8) | (byte(i + 2) << 16) | (byte(i + 3) << 24)
  let state: Three = [GOLDEN, GOLDEN, OF_A_BINARY]
  let i = 0
  for (; bytes.length - i >= BLOCK; i += BLOCK) {
    const [a, b, c] = state
    state = mixed([(a + word(i)) | 0, (b + word(i + 4)) | 0, (c + word(i + 8)) | 0])
  }
  const [a, b, c] = state
  // The lowest byte of the last word is the length's.
  const tail = bytes.length + (word(i + 8) << 8)
  return mixed([(a + word(i)) | 0, (b + word(i + 4)) | 0, (c + tail) | 0])[2] & RANGE_MASK
}

const MASK_64 = (1n << 64n) - 1n
const MASK_21 = (1n << 21n) - 1n
const WORDS = 16
const PRIMES = [2097131n, 2097133n, 2097143n] as const

/** rand:seed_s(exs1024, {Key, Key, Key}): sixteen words of xorshift64*, the last one first. */
function seeded(key: number): bigint[] {
  const [x, y, z] = PRIMES.map((prime) => (((BigInt(key) & MASK_21) + 1n) * prime) & MASK_21)
  let state = ((x as bigint) << 43n) | ((y as bigint) << 22n) | ((z as bigint) << 1n) | 1n
  const words: bigint[] = []
  for (let i = 0; i < WORDS; i++) {
    state ^= state >> 12n
    state ^= (state << 25n) & MASK_64
    state ^= state >> 27n
    words.unshift((state * 2685821657736338717n) & MASK_64)
  }
  return words
}

/** Numbers from 0 to 1: xorshift1024*. */
function* uniform(key: number): Generator<number> {
  const words = seeded(key)
  for (let i = 0; ; i = (i + 1) % WORDS) {
    const next = (i + 1) % WORDS
    const s0 = words[i] as bigint
    let s1 = words[next] as bigint
    s1 ^= (s1 << 31n) & MASK_64
    s1 ^= s1 >> 11n
    const word = s0 ^ (s0 >> 30n) ^ s1
    words[next] = word
    yield Number((word * 1181783497276652981n) & MASK_64) / 2 ** 64
  }
}

/** The bucket of a routing key among so many: when one is added, few keys move, and all of them to it. */
export function bucketOf(key: string, buckets: number): number {
  if (buckets < 2) return 0
  const numbers = uniform(phash2(key))
  let [bucket, next] = [0, 0]
  while (next < buckets) {
    bucket = next
    next = Math.trunc((bucket + 1) / (numbers.next().value as number))
  }
  return bucket
}
