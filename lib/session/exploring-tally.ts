// Where a search stands, in figures to be shown: states by depth, and at which number of messages and faults it is.
// A search begins again with more messages, with another group, reduced or in full: what was seen before is
// kept as a sum only; so is what is looked at aside, once something is found.
import type { WiderProgress } from './exploring-wider.ts'

export interface Tally {
  readonly consumers: number
  readonly messages: number
  readonly faults: number
  /** Steps from where the search begins. */
  readonly depth: number
  /** Of this search; `earlier` are those of the searches before it. */
  readonly states: number
  readonly earlier: number
  /** States of the deepest layer so far: what is to be looked at next. */
  readonly frontier: number
  /** States by depth, those of all fault levels together; the first is where it begins. */
  readonly depths: readonly number[]
}

export const NO_TALLY: Tally = {
  consumers: 0,
  messages: 0,
  faults: 0,
  depth: 0,
  states: 0,
  earlier: 0,
  frontier: 0,
  depths: [],
}

export interface Counting {
  consumers: number
  messages: number
  faults: number
  depth: number
  states: number
  earlier: number
  frontier: number
  depths: number[]
  /** States of a search aside that are in `earlier` already. */
  aside: number
}

export const counting = (): Counting => ({ ...NO_TALLY, depths: [], aside: 0 })

/** Takes up what the search said last; it may say so thousands of times a second. */
export function count(self: Counting, progress: WiderProgress): void {
  const { consumers, messages, faults, depth, states } = progress
  if (progress.aside === true) {
    self.earlier += Math.max(0, states - self.aside)
    self.aside = states
    return
  }
  self.aside = 0
  const wider = messages !== self.messages || consumers !== self.consumers
  const another = wider || states < self.states || faults < self.faults
  if (another) {
    self.earlier += self.states
    self.states = 0
    self.depths = []
  }
  const fresh = states - self.states
  const deeper = another || depth !== self.depth || faults !== self.faults
  self.frontier = deeper ? fresh : self.frontier + fresh
  for (let at = self.depths.length; at <= depth; at++) self.depths.push(0)
  self.depths[depth] = (self.depths[depth] as number) + fresh
  Object.assign(self, { consumers, messages, faults, depth, states })
}

export function tallyOf({ aside: _aside, ...self }: Counting): Tally {
  return { ...self, depths: [...self.depths] }
}
