// Which partition a record goes to: exactly what the Java client computes for a key, and its sticky
// partitioner (KIP-794) for none. KafkaProducer.partition, BuiltInPartitioner, Utils.murmur2.
import { finish, hashInt, hashString } from '../../engine/hash.ts'

const M = 0x5bd1e995
const SEED = 0x9747b28c

/** UTF-8, as StringSerializer writes a key. Lone surrogates become '?' there, as they do here. */
export function utf8(text: string): readonly number[] {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code))
    else if (code >= 0xd800 && code < 0xe000) bytes.push(0x3f)
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code))
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code))
  }
  return bytes
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f)
}

/** MurmurHash2, 32 bits, little-endian blocks, with Kafka's seed. Signed, as in Java. */
export function murmur2(data: readonly number[]): number {
  const byte = (index: number) => data[index] as number
  const blocks = data.length >> 2
  let h = SEED ^ data.length
  for (let block = 0; block < blocks; block++) {
    const i = block * 4
    let k = byte(i) | (byte(i + 1) << 8) | (byte(i + 2) << 16) | (byte(i + 3) << 24)
    k = Math.imul(k, M)
    k = Math.imul(k ^ (k >>> 24), M)
    h = Math.imul(h, M) ^ k
  }
  const rest = blocks * 4
  const left = data.length - rest
  if (left >= 3) h ^= byte(rest + 2) << 16
  if (left >= 2) h ^= byte(rest + 1) << 8
  if (left >= 1) h = Math.imul(h ^ byte(rest), M)
  h = Math.imul(h ^ (h >>> 13), M)
  return h ^ (h >>> 15)
}

/** For a record with a key: over all partitions, whether their leaders can be reached or not. */
export function partitionForKey(key: string, partitions: number): number {
  return (murmur2(utf8(key)) & 0x7fffffff) % partitions
}

/**
 * Where the sticky partitioner stands. The real one picks at random; a model has no randomness in its
 * state, so the pick is a hash of the producer's id and of how often it has picked.
 */
export interface Sticky {
  readonly partition: number
  /** Records produced to it since it was picked. */
  readonly produced: number
  /** Picks so far, modulo PICKS: enough to look mixed, and bounded. */
  readonly picks: number
}

const PICKS = 1024

export const NOT_STUCK: Sticky = { partition: -1, produced: 0, picks: 0 }

/**
 * Uniform over the partitions: weighing by queue length (partitioner.adaptive.partitioning.enable) is left
 * out, as brokers of the model do not differ in speed.
 */
function pick(sticky: Sticky, producer: string, partitions: number): Sticky {
  const hash = finish(hashInt(sticky.picks, hashString(producer)))
  return { partition: hash % partitions, produced: 0, picks: (sticky.picks + 1) % PICKS }
}

/** The partition for the next keyless record; picks one when none is current. */
export function stuckTo(sticky: Sticky, producer: string, partitions: number): Sticky {
  return sticky.partition < 0 ? pick(sticky, producer, partitions) : sticky
}

/**
 * After a record was appended: it moves on once `batchRecords` were produced and no batch of that partition
 * is partly filled, or in any case at twice that (BuiltInPartitioner.updatePartitionInfo).
 */
export function afterAppend(sticky: Sticky, batchRecords: number, allFull: boolean): Sticky {
  const produced = sticky.produced + 1
  const moves = (produced >= batchRecords && allFull) || produced >= 2 * batchRecords
  return { ...sticky, produced, partition: moves ? -1 : sticky.partition }
}
