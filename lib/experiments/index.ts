// The catalogue of experiments: one file each, one line in the index of its subject, those of the catalogue's rows
// first.
import { cluster } from './kafka/cluster/index.ts'
import { groups } from './kafka/groups/index.ts'
import { log } from './kafka/log/index.ts'
import { share } from './kafka/share/index.ts'
import { transactions } from './kafka/transactions/index.ts'
import type { Experiment } from './types.ts'

export const experiments: readonly Experiment[] = [
  ...log,
  ...groups,
  ...transactions,
  ...cluster,
  ...share,
]
