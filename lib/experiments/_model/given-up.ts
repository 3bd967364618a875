// What consumers give up while a step runs: a rebalance may take a partition and bring it back.
import type { ConsumerState } from '../../brokers/kafka/consumer.ts'
import { laneName } from '../../brokers/kafka/node-state.ts'
import type { Json } from '../../engine/types.ts'
import { type Moment, type Setup, stateOf } from './moment.ts'

export const lanesOf = (s: ConsumerState): readonly string[] =>
  s.lanes.map(({ topic, partition }) => laneName(topic, partition))

export type Noted = Readonly<
  Record<string, { readonly had: readonly string[]; readonly gave: readonly string[] }>
>

/** Of what each consumer had when the step began, what it has given up since; after every action. */
export function notedLoss(setup: Setup, moment: Moment): Moment {
  if (setup.experiment.steps[moment.at]?.do !== 'join' || moment.noted === null) return moment
  const noted = moment.noted as Noted
  const next = Object.entries(noted).map(([name, { had, gave }]) => {
    const now = lanesOf(stateOf<ConsumerState>(setup, moment, name))
    const given = had.filter((lane) => !now.includes(lane) && !gave.includes(lane))
    return [name, { had, gave: [...gave, ...given] }] as const
  })
  return { ...moment, noted: Object.fromEntries(next) as Json }
}
