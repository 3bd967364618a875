// Per-key order: in each group, the first effects of one key's facts happen in the order they were sent.
// Judged on FIRST effects: a replayed batch (1 2 1 2) is a duplicate, not a reordering. A message without
// a key is judged by its subject, which is what the reader still means by "in order".

import { eventIn } from '../clients/words.ts'
import { applied, handled, published, subjectOf } from './_example.ts'
import { groupIndex, reach } from './_facts.ts'
import type { Invariant, Violation } from './types.ts'

interface Order {
  /** Per fact: 1 once it took effect. */
  readonly done: number[]
  /** Per key: the highest sequence number that took effect, and whose it was. */
  readonly last: Record<string, number>
  readonly lastId: Record<string, string>
}

interface Acc {
  readonly groups: Order[]
  /** 1 once some key had two effects in one group. */
  tried: number
  readonly violations: Violation[]
}

export const perKeyOrder: Invariant<Acc> = {
  id: 'per-key-order',
  title: 'Order per key',
  sentence: 'In each group the facts of one key first take effect in the order they were sent.',
  noun: ['out of order', 'out of order'],
  reads: ['effectApplied'],
  init: (subject) => ({
    groups: subject.groups.map(() => ({ done: [], last: {}, lastId: {} })),
    tried: 0,
    violations: [],
  }),
  step: (acc, seen, index, subject) => {
    if (seen.kind !== 'effectApplied') return
    const at = groupIndex(subject, seen.group)
    const order = acc.groups[at]
    if (order === undefined || subject.groups[at]?.orderPromised !== true) return
    const { n, id, seq } = seen.message
    reach(order.done, n, 0)
    if (order.done[n] === 1) return
    order.done[n] = 1
    const key = seen.message.key ?? seen.message.subject
    const last = order.last[key]
    if (last !== undefined) acc.tried = 1
    if (last === undefined || seq > last) {
      order.last[key] = seq
      order.lastId[key] = id
      return
    }
    const before = order.lastId[key] as string
    const sentence = `${id} of ${key} first took effect in ${seen.group} after the later ${before}.`
    const question = `Why did ${eventIn(before)} take effect before ${eventIn(id)}?`
    const of = seen.group
    acc.violations.push({ step: index, messages: [id, before], sentence, question, of })
  },
  copy: (acc) => ({
    groups: acc.groups.map((order) => ({
      done: order.done.slice(),
      last: { ...order.last },
      lastId: { ...order.lastId },
    })),
    tried: acc.tried,
    violations: acc.violations.slice(),
  }),
  violations: (acc) => acc.violations,
  notExercised: (acc) => (acc.tried === 1 ? null : 'no key had two effects in one group'),
  notPromised: (subject) =>
    subject.groups.some((group) => group.orderPromised)
      ? null
      : 'this broker does not promise order',
  // The batch is replayed whole, 1 2 1 2: duplicates, and in order all the same.
  keeps: [...published(0), ...published(1), ...handled(0), ...handled(1), applied(0), applied(1)],
  breaks: [...published(0), ...published(1), ...handled(1), ...handled(0)],
  example: subjectOf(),
}
