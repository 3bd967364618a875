// No duplicate effect: one business fact takes effect at most once in each group.
// A message sent again under a new id is still the same fact. An upsert that lands twice leaves one row
// and is not counted here; landing late it is a stale overwrite, which sink-equals-oracle judges.
import { applied, handled, published, subjectOf } from './_example.ts'
import { groupIndex, reach } from './_facts.ts'
import { happened, nameIn } from './_words.ts'
import type { Invariant, Violation } from './types.ts'

interface Acc {
  /** Per group, per fact: how often it took effect. */
  readonly times: number[][]
  readonly violations: Violation[]
}

const TIMES = ['', 'once', 'twice', 'three times']

export const noDuplicateEffect: Invariant<Acc> = {
  id: 'no-duplicate-effect',
  title: 'No duplicate effect',
  sentence: 'Every fact takes effect at most once in each group, also when it is delivered again.',
  noun: ['duplicate', 'duplicates'],
  reads: ['effectApplied'],
  init: (subject) => ({ times: subject.groups.map(() => []), violations: [] }),
  step: (acc, seen, index, subject) => {
    if (seen.kind !== 'effectApplied' || seen.effect === 'upsert') return
    const times = acc.times[groupIndex(subject, seen.group)]
    if (times === undefined) return
    const n = seen.message.n
    reach(times, n, 0)
    const now = (times[n] as number) + 1
    times[n] = now
    if (now < 2) return
    const often = TIMES[now] ?? `${now} times`
    const sentence = `${seen.message.id} took effect ${often} in ${seen.group}, now by ${seen.by}.`
    const what = happened(seen.effect, nameIn(subject, seen.group, seen.message.id))
    const question = `Why was ${what} ${often}?`
    acc.violations.push({
      step: index,
      messages: [seen.message.id],
      sentence,
      question,
      of: seen.group,
    })
  },
  copy: (acc) => ({
    times: acc.times.map((times) => times.slice()),
    violations: acc.violations.slice(),
  }),
  violations: (acc) => acc.violations,
  notExercised: (acc, subject) => {
    if (acc.times.some((times) => times.length > 0)) return null
    return subject.groups.every((group) => group.effect === 'upsert')
      ? 'every effect is an upsert, which may land twice'
      : 'no effect was applied'
  },
  keeps: [...published(0), ...published(1), ...handled(0), ...handled(1)],
  breaks: [...published(0), ...handled(0), applied(0)],
  example: subjectOf(),
}
