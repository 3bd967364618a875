// The JSON Schema of an experiment, from which editors complete, explain and check one.
import * as z from 'zod/mini'
import { experimentSchema } from '../../lib/experiments/_schema.ts'
import type { Generator } from './types.ts'

const path = 'public/schema/experiment-v1.json'
const ID = 'urn:at-least-once:experiment-v1'

function jsonSchema(): object {
  const { $schema, type, properties, ...rest } = z.toJSONSchema(experimentSchema, {
    io: 'input',
    target: 'draft-7',
  })
  const link = {
    type: 'string',
    title: 'JSON Schema',
    description: 'Where this schema lies, for the author’s editor.',
  }
  return { $schema, $id: ID, type, ...rest, properties: { $schema: link, ...properties } }
}

export const experimentSchemaGenerator: Generator = {
  name: 'experiment schema',
  files: () => ({ [path]: `${JSON.stringify(jsonSchema(), null, 2)}\n` }),
}
