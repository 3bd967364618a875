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
      if (specs !== null) Object.assign(jsonSchema, settingsSchema(specs))
    },
  })
  const link = {
    type: 'string',
    title: 'JSON Schema',
    description: 'Where this schema lies, for the author’s editor.',
  }
  return { $schema, $id: ID, type, ...rest, properties: { $schema: link, ...properties } }
}

/** The settings of one owner that stand at this place of the schema; null elsewhere. */
function specsAt(path: readonly (string | number)[]): readonly SettingInfo[] | null {
  const place = path.filter((key) => key !== 'properties').join('/')
  const found = /^deployment\/oneOf\/(\d)\/(.+)$/.exec(place)
  const owner = OWNERS[found?.[2] ?? '']
  const broker = BROKERS[Number(found?.[1])]
  return owner === undefined || broker === undefined ? null : broker(owner)
}

type Owner = 'producer' | 'consumer' | 'broker' | 'queue'

const OWNERS: Readonly<Record<string, Owner>> = {
  brokerSettings: 'broker',
  producer: 'producer',
  consumer: 'consumer',
  'producers/additionalProperties': 'producer',
  'services/additionalProperties': 'consumer',
  queue: 'queue',
  'queues/additionalProperties': 'queue',
}

/** In the order of the schema's alternatives. */
const BROKERS: readonly ((owner: Owner) => readonly SettingInfo[])[] = [
  (owner) => (owner === 'queue' ? [] : kafka.settingsOf(owner)),
  rabbitmq.settingsOf,
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
  if (spec.kind === 'choice') return { type: 'string', enum: spec.choices, ...about }
  return { type: 'integer', minimum: spec.min, maximum: spec.max, ...about }
}
