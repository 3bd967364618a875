// Runs before every test file of a mutation run: plants the mutant in the kinds that the tests import.
import { inject } from 'vitest'
import { kinds } from './kinds.ts'
import { type Mutant, mutate } from './mutants.ts'

declare module 'vitest' {
  interface ProvidedContext {
    mutant: Mutant | null
  }
}

// Test files of one run share their modules, so the mutant is planted once in a worker's life.
const planted = globalThis as { mutantIsPlanted?: true }
const mutant = inject('mutant')
if (mutant !== null && planted.mutantIsPlanted === undefined) {
  planted.mutantIsPlanted = true
  mutate(kinds, mutant)
}
