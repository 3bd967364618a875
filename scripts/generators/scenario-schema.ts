// The JSON Schema of the scenario document, from which editors complete, explain and check one.
import * as z from 'zod/mini'
import * as kafka from '../../lib/brokers/kafka/settings.ts'
import * as rabbitmq from '../../lib/brokers/rabbitmq/settings.ts'
import type { SettingInfo } from '../../lib/brokers/types.ts'
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
      const specs = specsAt(path)
      if (specs.length > 0) Object.assign(jsonSchema, settingsSchema(specs))
    },
  })
  const link = {
    type: 'string',
    title: 'JSON Schema',
    description: 'Where this schema lies, for the author’s editor.',
  }
  return { $schema, $id: ID, type, ...rest, properties: { $schema: link, ...properties } }
}

/** The settings that stand at this place of the schema; none elsewhere. */
function specsAt(path: readonly (string | number)[]): readonly SettingInfo[] {
  const place = path.filter((key) => key !== 'properties').join('/')
  const [, broker, below = ''] = /^deployment\/oneOf\/(\d)\/(.+)$/.exec(place) ?? []
  return BROKERS[Number(broker)]?.(below) ?? []
}

const KAFKA: Readonly<Record<string, readonly kafka.SettingOwner[]>> = {
  brokerSettings: ['broker'],
  'topics/additionalProperties/settings': ['topic'],
  producer: ['producer'],
  consumer: ['consumer'],
  'producers/additionalProperties': ['producer'],
  'shareGroups/additionalProperties': ['share group'],
  // Of consumers of whichever kind: a name that both have means the same.
  'services/additionalProperties': ['share consumer', 'consumer'],
}

const RABBITMQ: Readonly<Record<string, 'producer' | 'consumer' | 'broker' | 'queue'>> = {
  brokerSettings: 'broker',
  producer: 'producer',
  consumer: 'consumer',
  'producers/additionalProperties': 'producer',
  'services/additionalProperties': 'consumer',
  queue: 'queue',
  'queues/additionalProperties': 'queue',
}

/** In the order of the schema's alternatives: the settings at a place of a deployment. */
const BROKERS: readonly ((place: string) => readonly SettingInfo[])[] = [
  (place) => (KAFKA[place] ?? []).flatMap(kafka.settingsOf),
  (place) => {
    const owner = RABBITMQ[place]
    return owner === undefined ? [] : rabbitmq.settingsOf(owner)
  },
]

/** Every setting by its real name, so that an editor completes it and says what it means. */
function settingsSchema(specs: readonly SettingInfo[]): object {
  const properties = specs.map((spec) => [spec.name, settingSchema(spec)])
  return {
    properties: Object.fromEntries(properties),
    additionalProperties: false,
    propertyNames: undefined,
  }
}

function settingSchema(spec: SettingInfo): object {
  const unit = spec.unit === '' ? '' : ` In ${spec.unit}.`
  const about = { default: spec.default, description: spec.meaning + unit }
  if (spec.kind === 'boolean') return { type: 'boolean', ...about }
  if (spec.kind === 'text') return { type: 'string', maxLength: spec.max, ...about }
  if (spec.kind === 'choice') return { type: 'string', enum: spec.choices, ...about }
  const type = spec.kind === 'decimal' ? 'number' : 'integer'
  return { type, minimum: spec.min, maximum: spec.max, ...about }
}
