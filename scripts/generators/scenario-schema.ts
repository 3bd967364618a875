// The JSON Schema of the scenario document, from which editors complete, explain and check one.
import * as z from 'zod'
import { scenarioSchema } from '../../lib/scenario/schema.ts'
import type { Generator } from './types.ts'

const path = 'public/schema/scenario-v1.json'

/** A name, not an address: where the site stands is its operator's business. */
const ID = 'urn:at-least-once:scenario-v1'

export const scenarioSchemaGenerator: Generator = {
  name: 'scenario schema',
  files: () => ({ [path]: `${JSON.stringify(jsonSchema(), null, 2)}\n` }),
}

/** Draft 7, the newest that the common editors complete from without gaps. */
function jsonSchema(): object {
  const { $schema, type, properties, ...rest } = z.toJSONSchema(scenarioSchema, {
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
