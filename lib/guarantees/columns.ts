// The columns: guarantees, by the ids of their invariants. Four are asked of every broker, two more of each: those that
// tell most about it.
import { invariantsOf } from '../invariants/index.ts'

const OF_ALL: readonly string[] = [
  'no-duplicate-effect',
  'no-loss',
  'per-key-order',
  'sink-equals-oracle',
]

const OF_BROKERS: Readonly<Record<string, readonly string[]>> = {
  kafka: ['no-fenced-effect', 'no-dirty-read'],
  rabbitmq: ['group-order', 'dead-letters-accounted'],
}

export const columnsFor = (broker: string): readonly string[] => [
  ...OF_ALL,
  ...(OF_BROKERS[broker] ?? []),
]

export const columnTitle = (id: string): string => invariantsOf([id])[0]?.title ?? id
