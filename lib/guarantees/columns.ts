// The columns: guarantees, by the ids of their invariants.
import { invariantsOf } from '../invariants/index.ts'

export const columns: readonly string[] = [
  'no-duplicate-effect',
  'no-loss',
  'per-key-order',
  'sink-equals-oracle',
  'no-fenced-effect',
  'no-dirty-read',
]

export const columnTitle = (id: string): string => invariantsOf([id])[0]?.title ?? id
