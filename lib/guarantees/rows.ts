// The rows of the matrix, broker by broker.
import { type Change, type Rows, scenarioOf } from './base.ts'
import { columnsOf } from './bounds.ts'
import { kafkaDeployment, kafkaRows } from './rows-kafka.ts'
import { rabbitmqDeployment, rabbitmqRows } from './rows-rabbitmq.ts'
import type { Plain, Row } from './types.ts'

function made(
  lists: readonly Rows[],
  deploymentOf: (change: Change, family: string) => Plain,
): readonly Row[] {
  return lists.flatMap(({ family, prefix, entries }) =>
    entries.map((entry): Row => {
      const { title, note, change } = entry
      const id = `${prefix}${entry.id}`
      const deployment = deploymentOf(change, family)
      const scenario = scenarioOf({ ...entry, id }, deployment, columnsOf(family))
      return { id, family, title, note, scenario }
    }),
  )
}

export const rows: readonly Row[] = [
  ...made(kafkaRows, kafkaDeployment),
  ...made(rabbitmqRows, rabbitmqDeployment),
]

export function rowOf(id: string): Row {
  const found = rows.find((row) => row.id === id)
  if (found === undefined) throw new Error(`there is no row ${id}`)
  return found
}
