// Every kind's own tests are found where its name says, so that most mutants meet their test within a second.
import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds } from './kinds.ts'
import { ownFilesOf, stagesFor } from './own-tests.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const tests = globSync('lib/**/*.test.ts', { cwd: ROOT })
const matching = (filters: readonly string[]) =>
  tests.filter((file) => filters.some((filter) => file.includes(filter)))

test.each(kinds.map(({ name }) => [name] as const))('%s has tests of its own', (kind) => {
  const own = matching([ownFilesOf(kind)])
  expect(own.length).toBeGreaterThan(0)
  expect(matching(stagesFor(kind)[1] as readonly string[]).length).toBeGreaterThan(own.length)
})

test('a kind of one broker does not meet the other’s tests first', () => {
  expect(matching([ownFilesOf('RabbitMQ node')])).toEqual(['lib/brokers/rabbitmq/node.test.ts'])
  expect(matching([ownFilesOf('sink')])).toEqual(['lib/clients/sink.test.ts'])
})
