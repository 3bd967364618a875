// A persistent map from strings: a hash array mapped trie as plain JSON (Bagwell, Ideal Hash Trees, 2001).
// Setting and deleting copy one path; equal contents have equal shapes, so fingerprints agree.
import { finish, hashString } from './hash.ts'

const BITS = 5
const MASK = (1 << BITS) - 1
const HASH_BITS = 32

interface Entry<T> {
  readonly key: string
  readonly value: T
}
/** Entries whose 32-bit hashes are equal, sorted by key. */
interface Bucket<T> {
  readonly same: readonly Entry<T>[]
}
/** `bits` has a one for every slot in use; `slots` holds only those, in order. */
interface Branch<T> {
  readonly bits: number
  readonly slots: readonly Slot<T>[]
}
type Slot<T> = Entry<T> | Bucket<T> | Branch<T>

export interface Trie<T> {
  readonly size: number
  readonly root: Branch<T>
}

const EMPTY: Trie<never> = { size: 0, root: { bits: 0, slots: [] } }

export function emptyTrie<T>(): Trie<T> {
  return EMPTY
}

export function get<T>(trie: Trie<T>, key: string): T | undefined {
  if (trie.size === 0) return undefined
  const hash = finish(hashString(key))
  let slot: Slot<T> = trie.root
  for (let shift = 0; 'slots' in slot; shift += BITS) {
    const next: Slot<T> | undefined = slot.slots[indexOf(slot.bits, hash, shift)]
    if (next === undefined || (slot.bits & bitOf(hash, shift)) === 0) return undefined
    slot = next
  }
  if ('same' in slot) return slot.same.find((entry) => entry.key === key)?.value
  return slot.key === key ? slot.value : undefined
}

export function has<T>(trie: Trie<T>, key: string): boolean {
  return get(trie, key) !== undefined
}

export function set<T>(trie: Trie<T>, key: string, value: T): Trie<T> {
  const size = has(trie, key) ? trie.size : trie.size + 1
  const entry = { key, value }
  return { size, root: insert(trie.root, finish(hashString(key)), 0, entry) }
}

/** Without `key`; the very same trie when it was not there. */
export function remove<T>(trie: Trie<T>, key: string): Trie<T> {
  if (!has(trie, key)) return trie
  if (trie.size === 1) return EMPTY
  const root = without(trie.root, finish(hashString(key)), 0, key)
  return { size: trie.size - 1, root: 'slots' in root ? root : branchOf(root, 0) }
}

/** Keys in the trie's own order (by hash), at most `limit` of them. */
export function keys<T>(trie: Trie<T>, limit: number = trie.size): readonly string[] {
  return entries(trie, limit).map((entry) => entry.key)
}

export function entries<T>(trie: Trie<T>, limit: number = trie.size): readonly Entry<T>[] {
  const found: Entry<T>[] = []
  collect(trie.root, limit, found)
  return found
}

function collect<T>(slot: Slot<T>, limit: number, into: Entry<T>[]): void {
  if (into.length >= limit) return
  if ('slots' in slot) for (const inner of slot.slots) collect(inner, limit, into)
  else if ('same' in slot) into.push(...slot.same.slice(0, limit - into.length))
  else into.push(slot)
}

function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & MASK)
}

/** How many slots in use lie before the one for this hash. */
function indexOf(bits: number, hash: number, shift: number): number {
  return ones(bits & (bitOf(hash, shift) - 1))
}

function ones(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function hashOf<T>(slot: Entry<T> | Bucket<T>): number {
  return finish(hashString('same' in slot ? (slot.same[0] as Entry<T>).key : slot.key))
}

function branchOf<T>(slot: Entry<T> | Bucket<T>, shift: number): Branch<T> {
  return { bits: bitOf(hashOf(slot), shift), slots: [slot] }
}

function insert<T>(branch: Branch<T>, hash: number, shift: number, entry: Entry<T>): Branch<T> {
  const bit = bitOf(hash, shift)
  const index = indexOf(branch.bits, hash, shift)
  if ((branch.bits & bit) === 0) {
    const slots = branch.slots.slice()
    slots.splice(index, 0, entry)
    return { bits: branch.bits | bit, slots }
  }
  const slots = branch.slots.slice()
  slots[index] = merge(branch.slots[index] as Slot<T>, hash, shift + BITS, entry)
  return { bits: branch.bits, slots }
}

/** `slot`, which stands where `entry` belongs, with `entry` in it. */
function merge<T>(slot: Slot<T>, hash: number, shift: number, entry: Entry<T>): Slot<T> {
  if ('slots' in slot) return insert(slot, hash, shift, entry)
  if ('key' in slot && slot.key === entry.key) return entry
  if (shift < HASH_BITS) return insert(branchOf(slot, shift), hash, shift, entry)
  const others = ('same' in slot ? slot.same : [slot]).filter((one) => one.key !== entry.key)
  return { same: [...others, entry].sort((a, b) => (a.key < b.key ? -1 : 1)) }
}

/** The branch without `key`; collapsed to what is left when that is a single entry or bucket. */
function without<T>(branch: Branch<T>, hash: number, shift: number, key: string): Slot<T> {
  const index = indexOf(branch.bits, hash, shift)
  const slot = branch.slots[index] as Slot<T>
  const left = leftOf(slot, hash, shift + BITS, key)
  const slots = branch.slots.slice()
  if (left === null) slots.splice(index, 1)
  else slots[index] = left
  const only = slots[0]
  if (slots.length === 1 && only !== undefined && !('slots' in only)) return only
  return { bits: left === null ? branch.bits & ~bitOf(hash, shift) : branch.bits, slots }
}

function leftOf<T>(slot: Slot<T>, hash: number, shift: number, key: string): Slot<T> | null {
  if ('slots' in slot) return without(slot, hash, shift, key)
  if (!('same' in slot)) return null
  const same = slot.same.filter((entry) => entry.key !== key)
  return same.length === 1 ? (same[0] as Entry<T>) : { same }
}
