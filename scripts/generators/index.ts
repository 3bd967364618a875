// The catalogue of generators: one file each, one line here.
import { experimentSchemaGenerator } from './experiment-schema.ts'
import { fidelityGenerator } from './fidelity.ts'
import { fidelityRabbitmqGenerator } from './fidelity-rabbitmq.ts'
import { kafkaReadmeGenerator } from './kafka-readme.ts'
import { rabbitmqReadmeGenerator } from './rabbitmq-readme.ts'
import { scenarioSchemaGenerator } from './scenario-schema.ts'
import type { Generator } from './types.ts'

export const generators: readonly Generator[] = [
  scenarioSchemaGenerator,
  experimentSchemaGenerator,
  kafkaReadmeGenerator,
  rabbitmqReadmeGenerator,
  fidelityGenerator,
  fidelityRabbitmqGenerator,
]
