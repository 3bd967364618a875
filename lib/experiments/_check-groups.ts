// Groups and processes of an experiment: a group has one protocol, and each actor of the model a name of its own.
import { CONTROLLER, nodesOf } from './_model/cluster.ts'
import { shareGroupsOf } from './_model/share-system.ts'
import { groupsOf, TRANSACTIONS } from './_model/system.ts'
import type { Experiment } from './types.ts'

interface Used {
  readonly group: string
  readonly protocol: string
  readonly at: string
}

function usesIn({ consumers, steps }: Experiment): readonly Used[] {
  const ofConsumers = Object.entries(consumers ?? {}).map(([who, { group, settings }]) => ({
    group,
    protocol: String(settings['group.protocol'] ?? 'classic'),
    at: `/consumers/${who}/group`,
  }))
  const ofSteps = steps.flatMap((step, i): readonly Used[] => {
    const at = `/steps/${i}/group`
    if (step.do === 'joinGroup') return [{ group: step.group, protocol: 'classic', at }]
    if (step.do !== 'consumerGroupHeartbeat') return []
    return [{ group: step.group, protocol: 'consumer', at }]
  })
  return [...ofConsumers, ...ofSteps]
}

/** A group of the model is of one protocol from its beginning to its end. */
export function inGroups(experiment: Experiment): readonly string[] {
  const used = usesIn(experiment)
  const other = used.flatMap(({ group, protocol, at }) => {
    const first = used.find((each) => each.group === group) as Used
    if (first.protocol === protocol) return []
    const expected = `${first.protocol} as at ${first.at}: a group has one protocol`
    return [`${at}: found ${group} with group.protocol=${protocol}, expected ${expected}`]
  })
  return [...other, ...inShareGroups(experiment)]
}

function inShareGroups(experiment: Experiment): readonly string[] {
  const shared = shareGroupsOf(experiment)
  return groupsOf(experiment)
    .filter((group) => shared.includes(group))
    .map(
      (group) =>
        `/shareGroups: found ${group}, which is a consumer group too, expected one or the other`,
    )
}

/** Names of its processes, which no other process has, and nothing else of the model. */
export function inIds(experiment: Experiment): readonly string[] {
  const taken = new Map([CONTROLLER, TRANSACTIONS, ...nodesOf(experiment)].map((id) => [id, '']))
  return (['producers', 'consumers', 'shareConsumers'] as const).flatMap((kind) =>
    Object.keys(experiment[kind] ?? {}).flatMap((id) => {
      const at = `/${kind}/${id}`
      const by = taken.get(id)
      if (by === undefined) taken.set(id, at)
      if (by === undefined) return []
      const whose = by === '' ? 'which the model calls something else' : `the name of ${by} too`
      return [`${at}: found ${id}, ${whose}, expected a name of its own`]
    }),
  )
}
