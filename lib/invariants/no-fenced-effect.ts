// No fenced effect: nobody acts on a lane that the coordinator has given to somebody else.
// Fencing refuses a zombie's commits; it does not stop the zombie's effects. Ownership is the
// coordinator's last word ('assigned', 'memberRemoved'), never what a consumer believes.
import type { Seen } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import { applied, assigned, delivered, subjectOf } from './_example.ts'
import { groupIndex, laneOf } from './_facts.ts'
import type { Invariant, Violation } from './types.ts'

/** Per stream, per lane: the owner; '' for a lane taken away and not given again; null: never given. */
type Owners = Record<string, (string | null)[]>

interface Acc {
  readonly owners: Owners[]
  /** 1 once a lane was taken from somebody. */
  tried: number
  readonly violations: Violation[]
}

function assign(acc: Acc, owners: Owners, given: Readonly<Record<string, string>>): void {
  for (const [stream, lanes] of Object.entries(owners)) {
    for (let lane = 0; lane < lanes.length; lane++) {
      const before = lanes[lane]
      if (!before || given[`${stream}/${lane}`] === before) continue
      lanes[lane] = ''
      acc.tried = 1
    }
  }
  for (const [name, owner] of Object.entries(given)) {
    const { stream, lane } = laneOf(name)
    owners[stream] ??= []
    const lanes = owners[stream]
    while (lanes.length <= lane) lanes.push(null)
    lanes[lane] = owner
  }
}

function remove(acc: Acc, owners: Owners, member: string): void {
  for (const lanes of Object.values(owners)) {
    for (let lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] !== member) continue
      lanes[lane] = ''
      acc.tried = 1
    }
  }
}

type Applied = Extract<Seen, { kind: 'effectApplied' }>

function judge(acc: Acc, owners: Owners, seen: Applied, index: number): void {
  const owner = owners[seen.place.stream]?.[seen.place.lane]
  if (owner === undefined || owner === null || owner === seen.by) return
  const lane = `${seen.place.stream}/${seen.place.lane}`
  const whose = owner === '' ? 'was no longer its own' : `belonged to ${owner}`
  const sentence = `${seen.by} applied ${seen.message.id} from ${lane}, which ${whose}.`
  const question = `Why did ${seen.by} act on ${eventIn(seen.message.id)}, which ${whose}?`
  const of = seen.group
  acc.violations.push({ step: index, messages: [seen.message.id], sentence, question, of })
}

export const noFencedEffect: Invariant<Acc> = {
  id: 'no-fenced-effect',
  title: 'No fenced effect',
  sentence: 'A consumer that lost its part of the stream has no more effects from it.',
  noun: ['fenced effect', 'fenced effects'],
  reads: ['assigned', 'memberRemoved', 'effectApplied'],
  init: (subject) => ({ owners: subject.groups.map(() => ({})), tried: 0, violations: [] }),
  step: (acc, seen, index, subject) => {
    if (
      seen.kind !== 'assigned' &&
      seen.kind !== 'memberRemoved' &&
      seen.kind !== 'effectApplied'
    ) {
      return
    }
    const owners = acc.owners[groupIndex(subject, seen.group)]
    if (owners === undefined) return
    if (seen.kind === 'assigned') assign(acc, owners, seen.owners)
    else if (seen.kind === 'memberRemoved') remove(acc, owners, seen.member)
    else judge(acc, owners, seen, index)
  },
  copy: (acc) => ({
    owners: acc.owners.map((owners) =>
      Object.fromEntries(Object.entries(owners).map(([stream, lanes]) => [stream, lanes.slice()])),
    ),
    tried: acc.tried,
    violations: acc.violations.slice(),
  }),
  violations: (acc) => acc.violations,
  notExercised: (acc) => (acc.tried === 1 ? null : 'nobody lost a part of the stream'),
  keeps: [
    assigned(1, 'payments-0'),
    applied(0),
    assigned(2, 'payments-1'),
    applied(1, 'charge', 'payments-1'),
  ],
  breaks: [assigned(1, 'payments-0'), delivered(0), assigned(2, 'payments-1'), applied(0)],
  example: subjectOf(),
}
