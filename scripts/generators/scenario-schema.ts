// The JSON Schema of the scenario document, from which editors complete, explain and check one.
import * as z from 'zod/mini'
import type { SettingOwner, SettingSpec } from '../../lib/brokers/kafka/settings.ts'
import { settingsOf } from '../../lib/brokers/kafka/settings.ts'
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
    override: ({ jsonSchema, path }) => {
      const owners = ownersOf(path)
      if (owners.length > 0) Object.assign(jsonSchema, settingsSchema(owners))
    },
  })
  const link = {
    type: 'string',
    title: 'JSON Schema',
    description: 'Where this schema lies, for the author’s editor.',
  }
  return { $schema, $id: ID, type, ...rest, properties: { $schema: link, ...properties } }
}

/** Whose settings stand at this place of the schema; nobody's elsewhere. */
function ownersOf(path: readonly (string | number)[]): readonly SettingOwner[] {
  const place = path.filter((key) => key !== 'properties').join('/')
  if (place === SERVICES) return ['share consumer', 'consumer']
  const owner = OWNERS[place]
  return owner === undefined ? [] : [owner]
}

const OWNERS: Readonly<Record<string, SettingOwner>> = {
  'deployment/brokerSettings': 'broker',
  'deployment/topics/additionalProperties/settings': 'topic',
  'deployment/producer': 'producer',
  'deployment/consumer': 'consumer',
  'deployment/producers/additionalProperties': 'producer',
  'deployment/shareGroups/additionalProperties': 'share group',
}

/** Settings of one service's consumers, of whichever kind: a name that both have means the same. */
const SERVICES = 'deployment/services/additionalProperties'

/** Every setting by its real name, so that an editor completes it and says what it means. */
function settingsSchema(owners: readonly SettingOwner[]): object {
  const specs = owners.flatMap(settingsOf)
  const properties = specs.map((spec) => [spec.name, settingSchema(spec)])
  return {
    properties: Object.fromEntries(properties),
    additionalProperties: false,
    propertyNames: undefined,
  }
}

function settingSchema(spec: SettingSpec): object {
  const unit = spec.unit === '' ? '' : ` In ${spec.unit}.`
  const about = { default: spec.default, description: spec.meaning + unit }
  if (spec.kind === 'boolean') return { type: 'boolean', ...about }
  if (spec.kind === 'text') return { type: 'string', maxLength: spec.max, ...about }
  if (spec.kind === 'choice') return { type: 'string', enum: spec.choices, ...about }
  const type = spec.kind === 'decimal' ? 'number' : 'integer'
  return { type, minimum: spec.min, maximum: spec.max, ...about }
}
