// No dirty read: a group that reads committed records only is handed none of a transaction that is open or
// was aborted. To a group that reads everything nobody promises that, so it is not judged.
import type { Seen } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import { fact, place, subjectOf } from './_example.ts'
import { groupIndex } from './_facts.ts'
import { copyOutcomes, note, OPEN, type Outcomes, outcomeOf, STANDS } from './_outcomes.ts'
import type { Invariant, Subject, Violation } from './types.ts'

interface Acc {
  readonly outcomes: Outcomes
  /** 1 once a record was written inside a transaction, and once such a group was handed anything. */
  written: number
  delivered: number
  readonly violations: Violation[]
}

type Delivered = Extract<Seen, { kind: 'delivered' }>

function deliver(acc: Acc, seen: Delivered, index: number): void {
  acc.delivered = 1
  const outcome = outcomeOf(acc.outcomes, seen.place)
  if (outcome === STANDS) return
  const how = outcome === OPEN ? 'is still open' : 'was aborted'
  const { id } = seen.message
  const sentence = `${seen.group} was handed ${id}, whose transaction ${how}.`
  const question = `Why was ${seen.group} handed ${eventIn(id)}, whose transaction ${how}?`
  acc.violations.push({ step: index, messages: [id], sentence, question, of: seen.group })
}

const readsCommitted = (subject: Subject, group: string): boolean =>
  subject.groups[groupIndex(subject, group)]?.readsCommitted === true

const written: Seen = {
  kind: 'stored',
  actor: 'broker-0',
  message: fact(0),
  place: place(0),
  transactional: true,
}
const ends = (outcome: 'committed' | 'aborted'): Seen => ({
  kind: 'settled',
  actor: 'broker-0',
  message: fact(0),
  place: place(0),
  outcome,
})
const read: Seen = {
  kind: 'delivered',
  actor: 'payments-0',
  group: 'payments',
  message: fact(0),
  place: place(0),
}

export const noDirtyRead: Invariant<Acc> = {
  id: 'no-dirty-read',
  title: 'No dirty read',
  sentence: 'Who reads committed records only is handed none of an open or aborted transaction.',
  noun: ['dirty read', 'dirty reads'],
  reads: ['stored', 'settled', 'delivered'],
  init: () => ({ outcomes: {}, written: 0, delivered: 0, violations: [] }),
  step: (acc, seen, index, subject) => {
    if (seen.kind === 'stored' || seen.kind === 'settled') {
      if (!note(acc.outcomes, seen)) acc.written = 1
    } else if (seen.kind === 'delivered' && readsCommitted(subject, seen.group)) {
      deliver(acc, seen, index)
    }
  },
  copy: (acc) => ({
    ...acc,
    outcomes: copyOutcomes(acc.outcomes),
    violations: acc.violations.slice(),
  }),
  violations: (acc) => acc.violations,
  notPromised: (subject) =>
    subject.groups.some((group) => group.readsCommitted === true)
      ? null
      : 'no group reads committed records only: what is open or aborted is read as well',
  notExercised: (acc) => {
    if (acc.written === 0) return 'nothing was written inside a transaction'
    return acc.delivered === 0 ? 'no group that reads committed records only was handed any' : null
  },
  keeps: [written, ends('committed'), read],
  breaks: [written, ends('aborted'), read],
  example: subjectOf('charge', { readsCommitted: true }),
}
