// Dead letters accounted for: whatever a group gives up on is among its dead letters, or the application has said
// that it passes it over. A queue that drops what was rejected, expired, delivered too often or one too many, and a
// share group that archives, lose sight of it: nobody can look later at what it was. Judged copy by copy: whether
// the event is lost besides is asked by no-loss.
import type { Message, Place, Seen } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import { fact, handled, place, published, subjectOf } from './_example.ts'
import type { Invariant, Subject, Violation } from './types.ts'

interface Acc {
  /** 1 once something was given up on. */
  tried: number
  readonly violations: Violation[]
}

const groupAt = (subject: Subject, { stream }: Place): string =>
  subject.groups.find((group) => group.stream === stream)?.id ?? ''

function gone(
  { violations }: Acc,
  step: number,
  of: string,
  { message: { id }, reason }: { readonly message: Message; readonly reason: string },
): void {
  const sentence = `${id} left ${of} and is among no dead letters: ${reason}.`
  const question = `Why is ${eventIn(id)} of ${of} among no dead letters?`
  violations.push({ step, messages: [id], sentence, question, of })
}

export const deadLettersAccounted: Invariant<Acc> = {
  id: 'dead-letters-accounted',
  title: 'Dead letters accounted for',
  sentence:
    'What a group gives up on stands among its dead letters, or was passed over on purpose.',
  noun: ['unaccounted', 'unaccounted'],
  reads: ['removed', 'deadLettered', 'archived', 'skipped'],
  init: () => ({ tried: 0, violations: [] }),
  step: (acc, seen, index, subject) => {
    if (seen.kind === 'removed') {
      const { end } = seen
      if (end === 'settled' || end === 'taken away') return
      acc.tried = 1
      const of = groupAt(subject, seen.place)
      if (end === 'given up' && of !== '') gone(acc, index, of, seen)
      return
    }
    acc.tried = 1
    if (seen.kind === 'archived') gone(acc, index, seen.group, seen)
  },
  copy: (acc) => ({ tried: acc.tried, violations: acc.violations.slice() }),
  violations: (acc) => acc.violations,
  notExercised: (acc) => (acc.tried === 1 ? null : 'nothing was given up on'),
  keeps: [...published(0), ...handled(0), ...left('dead-lettered')],
  breaks: [...published(0), ...left('given up')],
  example: subjectOf(),
}

function left(end: 'dead-lettered' | 'given up'): readonly Seen[] {
  const reason = 'rejected and not requeued'
  return [{ kind: 'removed', actor: 'broker-0', message: fact(1), place: place(1), end, reason }]
}
