// The catalogue of generators: one file each, one line here.
import { kafkaReadmeGenerator } from './kafka-readme.ts'
import { scenarioSchemaGenerator } from './scenario-schema.ts'
import type { Generator } from './types.ts'

export const generators: readonly Generator[] = [scenarioSchemaGenerator, kafkaReadmeGenerator]
