import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { scenarioSchemaGenerator } from './scenario-schema.ts'

const files = Object.entries(await scenarioSchemaGenerator.files())
const [path, text] = files[0] ?? ['', '{}']

/** Every schema below `node`, with the names that lead to it. */
function* schemas(node: unknown, names: readonly string[] = []): Generator<[string, object]> {
  if (typeof node !== 'object' || node === null) return
  for (const [name, child] of Object.entries(node))
    if (name === 'properties')
      for (const [field, schema] of Object.entries(child as Record<string, object>)) {
        yield [[...names, field].join('.'), schema]
        yield* schemas(schema, [...names, field])
      }
    else yield* schemas(child, names)
}

it('stands in public/schema as the code makes it', () => {
  expect(path).toBe('public/schema/scenario-v1.json')
  expect(readFileSync(path, 'utf8')).toBe(text)
})

it('has a title and a description for every field', () => {
  const fields = [...schemas(JSON.parse(text))]
  expect(fields.length).toBeGreaterThan(60)
  for (const [name, schema] of fields) {
    // A setting's name is its title.
    if (
      !name.includes('.ms') &&
      !/deployment\.(producers?|consumer|services|queues?|brokerSettings|shareGroups|topics\.settings)\../.test(
        name,
      )
    )
      expect(schema, name).toHaveProperty('title', expect.stringMatching(/^[A-Z].*[^.]$/))
    expect(schema, name).toHaveProperty('description', expect.stringMatching(/^.{10,}\.$/))
  }
})

it('refuses unknown fields, as the parser does, and asks for nothing that has a default', () => {
  const schema = JSON.parse(text)
  expect(schema).toMatchObject({
    $id: 'urn:at-least-once:scenario-v1',
    additionalProperties: false,
  })
  expect(schema.required).toEqual(['version', 'id', 'title', 'story', 'deployment'])
})

it('knows the settings by their real names', () => {
  const [deployment, rabbitmq] = JSON.parse(text).properties.deployment.oneOf
  expect(deployment.properties.consumer.properties['max.poll.records']).toMatchObject({
    type: 'integer',
    default: 500,
    minimum: 1,
    description: expect.stringMatching(/./),
  })
  const own = deployment.properties.producers.additionalProperties
  expect(own.properties.acks.enum).toEqual(['all', '1', '0'])
  expect(own.additionalProperties).toBe(false)
  const { queue } = rabbitmq.properties
  expect(queue.properties['x-overflow'].enum).toContain('reject-publish')
})
