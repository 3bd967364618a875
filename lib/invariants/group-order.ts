// Order within a group: what stands in one queue or partition first takes effect in a group in the order in which
// it came to stand there, whatever its key. Stronger than order per key; several consumers at one queue, a larger
// prefetch and returned messages break it while each key may still be in order. Judged on first effects, and where a
// message came to stand twice, by the first time.
import type { Message, Place } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import { applied, handled, published, subjectOf } from './_example.ts'
import { groupIndex, reach } from './_facts.ts'
import type { Invariant, Violation } from './types.ts'

interface Lane {
  /** How many have come to stand here, and per fact the how manieth it was; 0: it never did. */
  count: number
  readonly at: number[]
}

interface Group {
  /** Per fact: 1 once it took effect. */
  readonly done: number[]
  /** Per lane: the latest that took effect, and its event. */
  readonly last: Record<string, number>
  readonly lastId: Record<string, string>
}

interface Acc {
  readonly lanes: Record<string, Lane>
  readonly groups: Group[]
  /** 1 once two facts of one lane took effect in one group. */
  tried: number
  readonly violations: Violation[]
}

const nameOf = ({ stream, lane }: Place): string => `${stream}/${lane}`

function stand(acc: Acc, place: Place, { n }: Message): void {
  const name = nameOf(place)
  acc.lanes[name] ??= { count: 0, at: [] }
  const lane = acc.lanes[name]
  reach(lane.at, n, 0)
  lane.count += 1
  if (lane.at[n] === 0) lane.at[n] = lane.count
}

/** The one that it was overtaken by; null where it is in order. */
function overtaken(acc: Acc, group: Group, place: Place, { id, n }: Message): string | null {
  const name = nameOf(place)
  const at = acc.lanes[name]?.at[n] ?? 0
  if (at === 0) return null
  const last = group.last[name]
  if (last !== undefined) acc.tried = 1
  if (last !== undefined && at < last) return group.lastId[name] as string
  group.last[name] = at
  group.lastId[name] = id
  return null
}

export const groupOrder: Invariant<Acc> = {
  id: 'group-order',
  title: 'Order within a group',
  sentence: 'In each group the messages of one queue or partition first take effect in its order.',
  noun: ['out of turn', 'out of turn'],
  reads: ['stored', 'effectApplied'],
  init: (subject) => ({
    lanes: {},
    groups: subject.groups.map(() => ({ done: [], last: {}, lastId: {} })),
    tried: 0,
    violations: [],
  }),
  step: (acc, seen, index, subject) => {
    if (seen.kind === 'stored') {
      stand(acc, seen.place, seen.message)
      return
    }
    if (seen.kind !== 'effectApplied') return
    const at = groupIndex(subject, seen.group)
    const group = acc.groups[at]
    if (group === undefined || subject.groups[at]?.orderPromised !== true) return
    const { id, n } = seen.message
    reach(group.done, n, 0)
    if (group.done[n] === 1) return
    group.done[n] = 1
    const before = overtaken(acc, group, seen.place, seen.message)
    if (before === null) return
    const sentence = `${id} first took effect in ${seen.group} after ${before}, which came behind it.`
    const question = `Why did ${eventIn(before)} take effect before ${eventIn(id)}?`
    acc.violations.push({ step: index, messages: [id, before], sentence, question, of: seen.group })
  },
  copy: (acc) => ({
    lanes: Object.fromEntries(
      Object.entries(acc.lanes).map(([name, { count, at }]) => [name, { count, at: at.slice() }]),
    ),
    groups: acc.groups.map((group) => ({
      done: group.done.slice(),
      last: { ...group.last },
      lastId: { ...group.lastId },
    })),
    tried: acc.tried,
    violations: acc.violations.slice(),
  }),
  violations: (acc) => acc.violations,
  notExercised: (acc) => (acc.tried === 1 ? null : 'no queue or partition had two effects'),
  notPromised: (subject) =>
    subject.groups.some((group) => group.orderPromised)
      ? null
      : 'this broker does not promise order',
  keeps: [...published(0), ...published(1), ...handled(0), ...handled(1), applied(0), applied(1)],
  breaks: [...published(0), ...published(1), ...handled(1), ...handled(0)],
  example: subjectOf(),
}
