import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keysOf, pointer } from './pointer.ts'
import { full, scenarioOf } from './sample.fixture.ts'
import { withValue } from './with-value.ts'

const scenario = scenarioOf(full)

function changed(path: string, value: unknown) {
  const parsed = withValue(scenario, path, value)
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message)
  return parsed.scenario
}

it('changes one value and leaves the scenario it was given as it was', () => {
  const after = changed('/deployment/consumer/max.poll.records', 3)
  expect(after.deployment.consumer).toEqual({ 'max.poll.records': 3 })
  expect(after).toEqual({
    ...full,
    deployment: { ...full.deployment, consumer: after.deployment.consumer },
  })
  expect(scenario).toEqual(full)
})

it('makes the object that a first setting of its kind needs', () => {
  const without = changed('/deployment/services/payments', undefined)
  expect(without.deployment.services).toEqual({})
  const parsed = withValue(without, '/deployment/services/payments/max.poll.records', 5)
  expect(parsed).toMatchObject({
    ok: true,
    scenario: { deployment: { services: { payments: { 'max.poll.records': 5 } } } },
  })
})

it('sets whole objects, list items and new list items', () => {
  const strategy = { kind: 'in-memory-set' }
  expect(changed('/story/services/0/strategy', strategy).story.services[0]?.strategy).toEqual(
    strategy,
  )
  expect(changed('/moments/0/atMs', 8000).moments[0]?.atMs).toBe(8000)
  expect(changed('/checks/-', 'some-effect').checks).toHaveLength(3)
  expect(changed('/faults/0', undefined).faults).toEqual(full.faults.slice(1))
})

it('gives a value that is taken away its default again', () => {
  expect(changed('/story/services/0/workers', undefined).story.services[0]?.workers).toBe(1)
})

it.each([
  ['/deployment/nodes', 0, '/deployment/nodes'],
  ['/deployment/nodes', 'three', '/deployment/nodes'],
  ['/deployment/consumers/max.poll.records', 5, '/deployment/consumers'],
  ['/story/services/0/strategy', { kind: 'luck' }, '/story/services/0/strategy/kind'],
  ['', null, ''],
])('refuses nonsense: %s = %j', (path, value, at) => {
  const parsed = withValue(scenario, path, value)
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) expect(parsed.errors[0]?.path).toBe(at)
})

it.each([
  'deployment',
  '/story/services/1/workers',
  '/title/0',
  '/faults/x',
  '/__proto__/x',
  '/~2',
])('refuses a pointer that leads nowhere: %s', (path) => {
  const parsed = withValue(scenario, path, 1)
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) expect(parsed.errors[0]?.message).toMatch(/JSON pointer|a place in the document/)
})

it('never throws', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.anything(), (keys, value) => {
      expect(withValue(scenario, pointer(keys), value)).toHaveProperty('ok')
    }),
  )
})

it('a pointer names its keys, whatever they hold', () => {
  expect(pointer(['a/b', 'c~d', 'max.poll.records', 0])).toBe('/a~1b/c~0d/max.poll.records/0')
  fc.assert(
    fc.property(fc.array(fc.string()), (keys) => {
      expect(keysOf(pointer(keys))).toEqual(keys)
    }),
  )
})
