// How to add an invariant: copy this file to <slug>.ts, rename the constant, and add one line to index.ts.
// The contract test then runs both scripts and checks the rest. This one says: nothing is delivered.
import { delivered, published, subjectOf } from './_example.ts'
import type { Invariant, Violation } from './types.ts'

/** Plain JSON, small, and free of step numbers except inside violations: searches hash it. */
interface Acc {
  seen: number
  readonly violations: Violation[]
}

export const skeleton: Invariant<Acc> = {
  id: '_skeleton',
  title: 'Two or three words',
  sentence: 'What always holds, as one sentence a learner can check.',
  noun: ['breach', 'breaches'],
  reads: ['stored', 'delivered'],
  init: () => ({ seen: 0, violations: [] }),
  // O(1), may write into acc, allocates nothing unless something is wrong.
  step: (acc, seen, index) => {
    acc.seen = 1
    if (seen.kind !== 'delivered') return
    const sentence = `${seen.message.id} was delivered to ${seen.group}.`
    const question = `Why was ${seen.message.id} delivered to ${seen.group}?`
    const of = seen.group
    acc.violations.push({ step: index, messages: [seen.message.id], sentence, question, of })
  },
  copy: (acc) => ({ seen: acc.seen, violations: acc.violations.slice() }),
  violations: (acc) => acc.violations,
  notExercised: (acc) => (acc.seen === 1 ? null : 'nothing was stored'),
  keeps: published(0),
  breaks: [...published(0), delivered(0)],
  example: subjectOf(),
}
