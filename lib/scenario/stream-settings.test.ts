// What a stream asks of those who consume it is refused in the document, before a broker would refuse it for ever.
import { expect, it } from 'vitest'
import { starterScenario } from './catalogue.ts'
import { toDocument } from './document.ts'
import { parseScenario } from './parse.ts'
import type { RabbitmqDeployment, Scenario } from './types.ts'

const scenario = starterScenario('stream-replay-and-dedup') as Scenario
const deployment = scenario.deployment as RabbitmqDeployment

function errorsOf(change: Partial<RabbitmqDeployment>) {
  const parsed = parseScenario(
    toDocument({ ...scenario, deployment: { ...deployment, ...change } }),
  )
  return parsed.ok ? [] : parsed.errors.map(({ path }) => path)
}

it('takes a stream with a prefetch count', () => expect(errorsOf({})).toEqual([]))

it('refuses one without, and one without acknowledgements', () => {
  expect(errorsOf({ consumer: {} })).toEqual(['/deployment/consumer/prefetch_count'])
  expect(errorsOf({ consumer: { prefetch_count: 1, no_ack: true } })).toEqual([
    '/deployment/consumer/no_ack',
  ])
})

it('says so of the one service that reads a stream', () => {
  const queues = { payments: { 'x-queue-type': 'stream' } }
  expect(errorsOf({ queue: {}, queues, consumer: {} })).toEqual([
    '/deployment/services/payments/prefetch_count',
  ])
  const services = { payments: { prefetch_count: 3 } }
  expect(errorsOf({ queue: {}, queues, consumer: {}, services })).toEqual([])
})
