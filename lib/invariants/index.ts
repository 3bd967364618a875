// The catalogue of invariants: one file each, one line here, in the order they are shown.
import { deadLettersAccounted } from './dead-letters-accounted.ts'
import { groupOrder } from './group-order.ts'
import { noDirtyRead } from './no-dirty-read.ts'
import { noDuplicateEffect } from './no-duplicate-effect.ts'
import { noFencedEffect } from './no-fenced-effect.ts'
import { noLoss } from './no-loss.ts'
import { noStuckMessage } from './no-stuck-message.ts'
import { perKeyOrder } from './per-key-order.ts'
import { replayRebuilds } from './replay-rebuilds.ts'
import { sinkEqualsOracle } from './sink-equals-oracle.ts'
import { someEffect } from './some-effect.ts'
import type { Invariant } from './types.ts'

/** An invariant whose accumulator's type is its own business. */
// biome-ignore lint/suspicious/noExplicitAny: each entry is handed only the accumulator it made
export type AnyInvariant = Invariant<any>

export const invariants: readonly AnyInvariant[] = [
  noDuplicateEffect,
  perKeyOrder,
  groupOrder,
  noLoss,
  noStuckMessage,
  sinkEqualsOracle,
  noFencedEffect,
  replayRebuilds,
  someEffect,
  noDirtyRead,
  deadLettersAccounted,
]

/** Invariants by id, in the order asked for. Throws on an id that the catalogue does not know. */
export function invariantsOf(ids: readonly string[]): readonly AnyInvariant[] {
  return ids.map((id) => {
    const found = invariants.find((invariant) => invariant.id === id)
    if (found === undefined) throw new Error(`there is no invariant ${id}`)
    return found
  })
}
