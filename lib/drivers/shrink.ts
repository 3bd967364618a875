// Makes a failing script shorter: leaves out ranges of actions, then single ones, then pairs, as long as
// what was interesting about it stays so. What is left cannot lose any one action.
// The result is small, not least: the least comes from explore (exploration.md 2.4).
import type { Action } from '../engine/types.ts'

type Script = readonly Action[]

const without = (script: Script, from: number, count: number): Script => [
  ...script.slice(0, from),
  ...script.slice(from + count),
]

/** One pass with ranges of one length, from the end, where most of what is needless stands. */
function pass(script: Script, count: number, holds: (script: Script) => boolean): Script {
  let kept = script
  for (let from = kept.length - count; from >= 0; from -= count) {
    const shorter = without(kept, from, count)
    if (holds(shorter)) kept = shorter
  }
  return kept
}

function singles(script: Script, holds: (script: Script) => boolean): Script {
  let kept = script
  for (;;) {
    const shorter = pass(kept, 1, holds)
    if (shorter.length === kept.length) return kept
    kept = shorter
  }
}

/** Two actions that need each other (a cause and its effect) can only go together. */
function pairs(script: Script, holds: (script: Script) => boolean): Script | null {
  for (let first = 0; first < script.length; first++) {
    for (let second = first + 1; second < script.length; second++) {
      const shorter = script.filter((_, at) => at !== first && at !== second)
      if (holds(shorter)) return shorter
    }
  }
  return null
}

const PAIRS_UP_TO = 40

/** `holds` must be true of the script itself; it should itself cope with actions that cannot happen. */
export function shrink(script: Script, holds: (script: Script) => boolean): Script {
  if (!holds(script)) throw new Error('a script that does not hold cannot be shrunk')
  let kept = script
  for (let count = kept.length >> 1; count > 1; count >>= 1) kept = pass(kept, count, holds)
  kept = singles(kept, holds)
  while (kept.length <= PAIRS_UP_TO) {
    const shorter = pairs(kept, holds)
    if (shorter === null) return kept
    kept = singles(shorter, holds)
  }
  return kept
}
