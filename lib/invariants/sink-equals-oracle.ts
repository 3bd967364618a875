// The sink equals the oracle: at rest every sink holds what it would hold had each stored fact taken
// effect once, in key order. An upsert that overwrites a newer state breaks it at once, even if a later
// one mends the row: whoever read in between read the past.
import { applied, handled, published, subjectOf } from './_example.ts'
import { copyFold, FOLDED, type Fold, fold, startFold, unfinished } from './_sink-fold.ts'
import type { Invariant, Violation } from './types.ts'

interface Acc {
  readonly fold: Fold
  readonly violations: Violation[]
}

export const sinkEqualsOracle: Invariant<Acc> = {
  id: 'sink-equals-oracle',
  title: 'Sinks as they should be',
  sentence: 'Every sink ends as if each stored fact had taken effect exactly once, in key order.',
  noun: ['wrong row', 'wrong rows'],
  reads: FOLDED,
  init: (subject) => ({ fold: startFold(subject), violations: [] }),
  step: (acc, seen, index, subject) => {
    const wrong = fold(acc.fold, seen, subject)
    if (wrong !== null) acc.violations.push({ step: index, ...wrong })
  },
  copy: (acc) => ({ fold: copyFold(acc.fold), violations: acc.violations.slice() }),
  violations: (acc) => acc.violations,
  atRest: (acc, _subject, lastStep) =>
    acc.fold.tables.flatMap(unfinished).map((wrong) => ({ step: lastStep, ...wrong })),
  notExercised: (acc) =>
    acc.fold.tables.some((table) => table.due.length > 0) ? null : 'nothing was stored',
  keeps: [...published(0), ...published(1), ...handled(0, 'upsert'), ...handled(1, 'upsert')],
  // The stale overwrite: 1 2 1. The row of user-1 goes back to an older state.
  breaks: [
    ...published(0),
    ...published(1),
    ...handled(0, 'upsert'),
    ...handled(1, 'upsert'),
    applied(0, 'upsert'),
  ],
  example: subjectOf('upsert'),
}
