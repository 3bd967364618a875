// The catalogue of generators: one file each, one line here.
import type { Generator } from './types.ts'

export const generators: readonly Generator[] = []
