// No dirty read: a group that reads committed records only is handed none of a transaction that is open or
// was aborted. To a group that reads everything nobody promises that, so it is not judged.
import type { Place, Seen } from '../clients/types.ts'
import { fact, place, subjectOf } from './_example.ts'
import { groupIndex } from './_facts.ts'
import type { Invariant, Subject, Violation } from './types.ts'

interface Acc {
  /** 'stream/lane/offset' of records whose transaction is open, or was aborted. */
  readonly open: string[]
  readonly aborted: string[]
  /** 1 once a record was written inside a transaction, and once such a group was handed anything. */
  written: number
  delivered: number
  readonly violations: Violation[]
}

const keyOf = ({ stream, lane, offset }: Place): string => `${stream}/${lane}/${offset}`

function settle(acc: Acc, at: Place, outcome: 'committed' | 'aborted'): void {
  const key = keyOf(at)
  const index = acc.open.indexOf(key)
  if (index >= 0) acc.open.splice(index, 1)
  if (outcome === 'aborted') acc.aborted.push(key)
}

type Delivered = Extract<Seen, { kind: 'delivered' }>

function deliver(acc: Acc, seen: Delivered, index: number): void {
  acc.delivered = 1
  const key = keyOf(seen.place)
  const isOpen = acc.open.includes(key)
  if (!isOpen && !acc.aborted.includes(key)) return
  const how = isOpen ? 'is still open' : 'was aborted'
  const { id } = seen.message
  const sentence = `${seen.group} was handed ${id}, whose transaction ${how}.`
  acc.violations.push({ step: index, messages: [id], sentence })
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
  init: () => ({ open: [], aborted: [], written: 0, delivered: 0, violations: [] }),
  step: (acc, seen, index, subject) => {
    if (seen.kind === 'settled') settle(acc, seen.place, seen.outcome)
    else if (seen.kind === 'stored') {
      if (seen.transactional !== true) return
      acc.written = 1
      acc.open.push(keyOf(seen.place))
    } else if (seen.kind === 'delivered' && readsCommitted(subject, seen.group)) {
      deliver(acc, seen, index)
    }
  },
  copy: (acc) => ({
    ...acc,
    open: acc.open.slice(),
    aborted: acc.aborted.slice(),
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
