// A watch beside a space: its accumulators get numbers too, and what it makes of one step's observations is
// remembered.

import type { Watch } from '../engine/watch.ts'
import { grown, type Ints } from './growing.ts'
import { hashesOf, type Intern, intern } from './interning.ts'
import { type Pairs, pairs, recall, remember } from './pairs.ts'
import { observationsOf, type Space } from './space.ts'

export interface Watched {
  readonly watch: Watch
  readonly space: Space
  start: number
  /** What each accumulator adds to the two sums of a fingerprint. */
  high: Ints
  low: Ints
  /** Per accumulator: 1 when it is broken, 2 when nothing can break it any more; and whether it is at rest, once somebody has asked. */
  verdicts: Ints
  readonly atRest: (boolean | undefined)[]
  readonly accs: Intern<unknown>
  readonly steps: Pairs
  /** Per number of an observation: whether this watch reads it. */
  readonly heard: (boolean | undefined)[]
}

export function watched(watch: Watch, space: Space): Watched {
  const self: Watched = {
    watch,
    space,
    start: 0,
    high: new Int32Array(16),
    low: new Int32Array(16),
    verdicts: new Int32Array(16),
    atRest: [],
    accs: intern(),
    steps: pairs(),
    heard: [],
  }
  self.start = idOf(self, watch.init())
  return self
}

function idOf(self: Watched, acc: unknown): number {
  const before = self.accs.size()
  const id = self.accs.idOf(acc)
  if (id < before) return id
  const [high, low] = hashesOf(`acc ${self.accs.hashOf(id).join(' ')}`)
  self.high = grown(self.high, id + 1)
  self.low = grown(self.low, id + 1)
  self.verdicts = grown(self.verdicts, id + 1)
  self.high[id] = high
  self.low[id] = low
  self.verdicts[id] = verdictOf(self.watch, acc)
  return id
}

function verdictOf(watch: Watch, acc: unknown): 0 | 1 | 2 {
  if (watch.broken(acc, false)) return 1
  return watch.decided?.(acc) === true ? 2 : 0
}

/** An accumulator as plain data, for somebody else who has other numbers; and back. */
export function tellAcc(self: Watched, acc: number): unknown {
  return self.accs.valueOf(acc)
}

export function hearAcc(self: Watched, told: unknown): number {
  return idOf(self, told)
}

/** Whether this watch reads anything of what was observed. */
export function hears(self: Watched, seen: number): boolean {
  const known = self.heard[seen]
  if (known !== undefined) return known
  const { reads } = self.watch
  const now = observationsOf(self.space, seen).some((each) => reads.includes(each.kind))
  self.heard[seen] = now
  return now
}

/** Number of the accumulator after these observations. */
export function accAfter(self: Watched, acc: number, seen: number): number {
  const known = recall(self.steps, acc, seen)
  if (known >= 0) return known
  const id = hears(self, seen) ? fold(self, acc, seen) : acc
  remember(self.steps, acc, seen, id)
  return id
}

function fold(self: Watched, acc: number, seen: number): number {
  const { watch } = self
  const next = watch.copy(self.accs.valueOf(acc))
  for (const each of observationsOf(self.space, seen)) {
    if (watch.reads.includes(each.kind)) watch.step(next, each)
  }
  return idOf(self, next)
}

export function isBroken(self: Watched, acc: number): boolean {
  return self.verdicts[acc] === 1
}

export function isDecided(self: Watched, acc: number): boolean {
  return self.verdicts[acc] === 2
}

export function isBrokenAtRest(self: Watched, acc: number): boolean {
  const known = self.atRest[acc]
  if (known !== undefined) return known
  const now = self.watch.broken(self.accs.valueOf(acc), true)
  self.atRest[acc] = now
  return now
}
