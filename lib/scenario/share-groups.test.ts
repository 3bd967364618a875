// Share groups in a document: which services read so, and with which settings.
import { expect, test } from 'vitest'
import { build } from './build.ts'
import { starterScenario } from './catalogue.ts'
import { parseScenario } from './parse.ts'
import type { Scenario } from './types.ts'

const scenario = starterScenario('share-group-redelivery-to-archive') as Scenario

function errors(deployment: object, story: Scenario['story'] = scenario.story): readonly string[] {
  const changed = { ...scenario, story, deployment: { ...scenario.deployment, ...deployment } }
  const parsed = parseScenario(changed)
  return parsed.ok ? [] : parsed.errors.map(({ path, expected }) => `${path}: ${expected}`)
}

test('the group’s settings and its consumers’ stand apart, and other consumers’ do not concern it', () => {
  expect(errors({})).toEqual([])
  expect(errors({ consumer: { 'enable.auto.commit': false } })).toEqual([])
  const mixed = { shareGroups: { email: { 'max.poll.records': 1 } } }
  expect(errors(mixed)[0]).toMatch(/shareGroups\/email\/max.poll.records: a share group setting/)
  const classic = { services: { email: { 'enable.auto.commit': false } } }
  expect(errors(classic)[0]).toMatch(
    /services\/email\/enable.auto.commit: a share consumer setting/,
  )
})

test('only a service of the story can be one, and a retry topic is not for it', () => {
  expect(errors({ shareGroups: { nobody: {} } })[0]).toMatch(/a service of the story/)
  const [email] = scenario.story.services
  const story = { ...scenario.story, services: [{ ...email!, onFailure: 'retry-topic' as const }] }
  expect(errors({}, story)[0]).toMatch(/onFailure: no retry topic in a share group/)
})

test('monitors are told that no order is promised, and what it need not hear', () => {
  const { subject, system } = build(scenario)
  expect(subject.groups[0]).toMatchObject({ orderPromised: false, hearsAll: true })
  const kinds = system.actors
    .filter(({ group }) => group === 'email')
    .map(({ kind }) => kind.kind.name)
  expect(kinds).toEqual(['Kafka share consumer', 'Kafka share consumer'])
  const late = { ...scenario.deployment, shareGroups: { email: {} } }
  expect(build({ ...scenario, deployment: late }).subject.groups[0]?.hearsAll).toBe(false)
})
