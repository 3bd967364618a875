// Members of groups as a script knows them: what it calls them, and how their requests tell who they are.
import { ask } from './asking.ts'
import { coordinatorOf } from './cluster.ts'
import type { MemberKnown, Moment, Setup } from './moment.ts'
import { portOf } from './system.ts'

export function memberOf(moment: Moment, name: string): MemberKnown {
  const known = moment.known.members[name]
  if (known === undefined) throw new Error(`${name} has joined no group yet`)
  return known
}

export const memberPort = (moment: Moment, name: string): string =>
  portOf(name, coordinatorOf(memberOf(moment, name).group))

/** Sorted by topic, partitions ascending, as a member tells what it has. */
export function lanesOf(
  assignment: Readonly<Record<string, readonly number[]>>,
): readonly string[] {
  return Object.entries(assignment)
    .flatMap(([topic, partitions]) => partitions.map((partition) => `${topic}/${partition}`))
    .sort()
}

export function assignmentOf(
  lanes: readonly string[],
): Readonly<Record<string, readonly number[]>> {
  const topics = [...new Set(lanes.map((lane) => lane.split('/')[0] as string))]
  return Object.fromEntries(
    topics.map((topic) => [
      topic,
      lanes
        .filter((lane) => lane.startsWith(`${topic}/`))
        .map((lane) => Number(lane.split('/')[1])),
    ]),
  )
}

/** Its group.instance.id as a field of a request. */
export const instanceOf = ({ instance }: MemberKnown) =>
  instance === undefined ? {} : ({ instance } as const)

/** Told once, or again for somebody new. */
export function namedBy(
  step: { readonly instance?: string },
  before: MemberKnown | undefined,
): { readonly instance?: string } {
  const instance = step.instance ?? before?.instance
  return instance === undefined ? {} : { instance }
}

export function silent(setup: Setup, moment: Moment, name: string): Moment {
  const { id: member } = memberOf(moment, name)
  const stop = { kind: 'HeartbeatsStop', about: member, member }
  return ask(setup, moment, memberPort(moment, name), stop)
}
