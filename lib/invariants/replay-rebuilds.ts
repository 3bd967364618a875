// Replay rebuilds: after a group was sent back over the stream, or was added to replay it, its sink ends
// as the oracle. Judged only when a replay happened: an effect that adds (a charge, a decrement) cannot
// be replayed, one that states (an upsert) can.
import { applied, committed, handled, published, rewound, subjectOf } from './_example.ts'
import { groupIndex } from './_facts.ts'
import { copyFold, FOLDED, type Fold, fold, repeated, startFold, unfinished } from './_sink-fold.ts'
import type { Invariant } from './types.ts'

interface Acc {
  readonly fold: Fold
  /** Per group: 1 once it was sent back. */
  readonly replayed: number[]
}

export const replayRebuilds: Invariant<Acc> = {
  id: 'replay-rebuilds',
  title: 'Replay rebuilds',
  sentence: 'After a replay of the stream the sink is what it should be, not the sum of two runs.',
  noun: ['row not rebuilt', 'rows not rebuilt'],
  reads: [...FOLDED, 'rewound'],
  init: (subject) => ({
    fold: startFold(subject),
    replayed: subject.groups.map((group) => (group.replays ? 1 : 0)),
  }),
  step: (acc, seen, _index, subject) => {
    if (seen.kind !== 'rewound') fold(acc.fold, seen, subject)
    else {
      const at = groupIndex(subject, seen.group)
      if (at >= 0) acc.replayed[at] = 1
    }
  },
  copy: (acc) => ({ fold: copyFold(acc.fold), replayed: acc.replayed.slice() }),
  violations: () => [],
  atRest: (acc, _subject, lastStep) => {
    const tables = new Set(acc.fold.of.filter((_, group) => acc.replayed[group] === 1))
    return [...tables].flatMap((at) => {
      const table = acc.fold.tables[at]
      if (table === undefined) return []
      const wrong = [...repeated(table), ...unfinished(table)]
      return wrong.map((each) => ({ step: lastStep, ...each }))
    })
  },
  notExercised: (acc) => (acc.replayed.includes(1) ? null : 'nothing was replayed'),
  keeps: [
    ...published(0),
    ...published(1),
    ...handled(0, 'upsert'),
    ...handled(1, 'upsert'),
    rewound(0),
    ...handled(0, 'upsert'),
    ...handled(1, 'upsert'),
  ],
  // Sent back, and it ends at the first fact: the second state is gone from the row.
  breaks: [
    ...published(0),
    ...published(1),
    ...handled(0, 'upsert'),
    ...handled(1, 'upsert'),
    rewound(0),
    applied(0, 'upsert'),
    committed(2),
  ],
  example: subjectOf('upsert'),
}
