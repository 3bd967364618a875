// Some effect: every group applied something. It keeps the other invariants honest: a system that does
// nothing neither loses by accident nor duplicates.
import type { Seen } from '../clients/types.ts'
import { acknowledged, delivered, handled, published, stored, subjectOf } from './_example.ts'
import { groupIndex, handles } from './_facts.ts'
import type { Invariant } from './types.ts'

interface Acc {
  /** Per group: 1 once its stream held something, was delivered something, applied something. */
  readonly stored: number[]
  readonly delivered: number[]
  readonly applied: number[]
}

/** What is aborted is nothing to do for anybody, and what is open not yet. */
function stands(seen: Extract<Seen, { kind: 'stored' | 'settled' }>): boolean {
  return seen.kind === 'stored' ? seen.transactional !== true : seen.outcome === 'committed'
}

export const someEffect: Invariant<Acc> = {
  id: 'some-effect',
  title: 'Some effect',
  sentence: 'Every group that had something to do did some of it.',
  noun: ['idle group', 'idle groups'],
  reads: ['stored', 'settled', 'delivered', 'effectApplied'],
  init: (subject) => ({
    stored: subject.groups.map(() => 0),
    delivered: subject.groups.map(() => 0),
    applied: subject.groups.map(() => 0),
  }),
  step: (acc, seen, _index, subject) => {
    if (seen.kind === 'stored' || seen.kind === 'settled') {
      if (!stands(seen)) return
      const groups = subject.groups
      for (let i = 0; i < groups.length; i++) {
        const group = groups[i]
        if (group?.stream !== seen.place.stream) continue
        if (handles(group, seen.message.type)) acc.stored[i] = 1
      }
      return
    }
    if (seen.kind !== 'delivered' && seen.kind !== 'effectApplied') return
    const at = groupIndex(subject, seen.group)
    const group = subject.groups[at]
    if (group === undefined || !handles(group, seen.message.type)) return
    ;(seen.kind === 'delivered' ? acc.delivered : acc.applied)[at] = 1
  },
  copy: (acc) => ({
    stored: acc.stored.slice(),
    delivered: acc.delivered.slice(),
    applied: acc.applied.slice(),
  }),
  violations: () => [],
  // A group that begins at the end of the stream has nothing to do until something is delivered to it.
  atRest: (acc, subject, lastStep) =>
    subject.groups.flatMap((group, i) => {
      const had = group.hearsAll ? acc.stored[i] : acc.delivered[i]
      if (had !== 1 || acc.applied[i] === 1) return []
      const sentence = `${group.id} applied nothing at all.`
      const question = `Why did ${group.id} apply nothing at all?`
      return [{ step: lastStep, messages: [], sentence, question, of: group.id }]
    }),
  notExercised: (acc) => (acc.stored.includes(1) ? null : 'nothing was stored'),
  keeps: [...published(0), ...handled(0)],
  breaks: [stored(0), acknowledged(0), delivered(0)],
  example: subjectOf(),
}
