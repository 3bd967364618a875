// The catalogue of generators: one file each, one line here.
import { scenarioSchemaGenerator } from './scenario-schema.ts'
import type { Generator } from './types.ts'

export const generators: readonly Generator[] = [scenarioSchemaGenerator]
