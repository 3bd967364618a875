// Searches over RabbitMQ: what a broker of queues is known to do, found and not told; each counterexample is a run that
// breaks, and Why has words for all of it. And what holds, held.
import { expect, test } from 'vitest'
import { searchedKinds } from '../faults/index.ts'
import { starterScenario } from '../scenario/catalogue.ts'
import { rabbitmqScenarios } from '../scenario/catalogue-rabbitmq.ts'
import type { Scenario } from '../scenario/types.ts'
import { explain } from '../why/index.ts'
import { type BareQueue, bareQueue } from './bare-rabbitmq.fixture.ts'
import { type Answer, ask, type Question } from './exploring.ts'
import { extend, startRun } from './run.ts'
import { variantsOf } from './variants.ts'

const how = { now: () => 0 }

function searched(scenario: Scenario, invariant: string, more: Partial<Question> = {}): Answer {
  const question = { invariant, scope: {}, faults: 1, maxStates: 300_000, ...more }
  const [answer] = ask(scenario, question, how)
  if (answer === undefined) throw new Error('nothing was searched')
  return answer
}

/** What Why says of the run that was found, line by line. */
function why({ scenario, script, invariant }: Answer): readonly string[] {
  const told = { ...scenario, checks: [invariant], script: script ?? [] }
  const run = startRun({ scenario: told, seed: scenario.seed, choices: [] })
  while (extend(run));
  const [verdict] = run.court.now(run.atRest, { planned: 0, fired: 0 })
  const [violation] = verdict?.violations ?? []
  if (violation === undefined) throw new Error('nothing is broken')
  const { title, steps } = explain({ scenario, script: script ?? [], invariant, violation })
  return [title, ...(steps ?? []).map(({ actor, text }) => `${actor}: ${text}`)]
}

interface Case {
  readonly what: string
  readonly settings: BareQueue
  readonly invariant: string
  readonly kinds: readonly string[]
  readonly faults?: number
}

const broken: readonly Case[] = [
  {
    what: 'an automatic acknowledgement loses what a crash takes',
    settings: { consumer: { no_ack: true } },
    invariant: 'no-loss',
    kinds: ['crash'],
  },
  {
    what: 'a crash after the effect: the message comes again',
    settings: {},
    invariant: 'no-duplicate-effect',
    kinds: ['crash'],
  },
  {
    what: 'a channel closed before the acknowledgement: the message is put back',
    settings: {},
    invariant: 'no-duplicate-effect',
    kinds: ['close-channel'],
  },
  {
    what: 'a confirm lost with its line: published twice',
    settings: { consumer: { no_ack: true } },
    invariant: 'no-duplicate-effect',
    kinds: ['cut-connection'],
  },
  {
    what: 'a publish that nobody confirms is lost with its line',
    settings: { producer: { 'confirm.select': false } },
    invariant: 'no-loss',
    kinds: ['cut-connection'],
  },
  {
    what: 'acknowledged before the effect: a crash loses',
    settings: { service: { ackPoint: 'before' } },
    invariant: 'no-loss',
    kinds: ['crash'],
  },
  {
    what: 'a transient message in a restart',
    settings: { messages: 2, producer: { delivery_mode: 1 } },
    invariant: 'no-loss',
    kinds: ['restart-broker'],
  },
  {
    what: 'confirmed, and dropped from the head of a full queue',
    settings: { messages: 3, queue: { 'x-max-length': 1, 'dead-letter-queue': false } },
    invariant: 'no-loss',
    kinds: [],
    faults: 0,
  },
  {
    what: 'competing consumers, no misfortune at all',
    settings: { messages: 2, instances: 2 },
    invariant: 'per-key-order',
    kinds: [],
    faults: 0,
  },
]

const search = ({ settings, invariant, kinds, faults = 1 }: Case) =>
  searched(bareQueue(settings), invariant, { kinds, faults })

test.each(broken)('$what: found, with as few misfortunes as it needs', (asked) => {
  const { kinds, faults = 1 } = asked
  const answer = search(asked)
  expect(answer).toMatchObject({ answer: 'counterexample', faults, from: 'settled' })
  expect(answer.story).toEqual(kinds)
})

// `vitest -u` writes the words anew, to be read again.
test('and explained, in words that were read one by one', async () => {
  const all = broken.map((each) => [each.what, ...why(search(each))].join('\n  '))
  await expect(`${all.join('\n\n')}\n`).toMatchFileSnapshot('exploring-rabbitmq.golden.txt')
})

test.each([
  ['no-duplicate-effect', { service: { strategy: { kind: 'idempotency-key' } } }],
  ['no-loss', {}],
  ['no-loss', { queue: { 'x-queue-type': 'quorum' }, producer: { delivery_mode: 1 } }],
  ['no-duplicate-effect', { consumer: { no_ack: true }, producer: { republish: false } }],
] as const)('%s holds with %o, whatever one misfortune does', (invariant, settings) => {
  // An answer that is lost is asked for again by whoever did not hear it, whichever broker delivered the message.
  const kinds = searchedKinds.filter((kind) => kind !== 'lose-answer')
  const { answer, states } = searched(bareQueue(settings), invariant, { kinds })
  expect(answer).toBe('holds within bounds')
  expect(states).toBeGreaterThan(100)
})

test('a search begins with consumers on their queues and nothing published', () => {
  const scenario = bareQueue({ messages: 3 })
  const { script } = searched(scenario, 'no-duplicate-effect', { kinds: ['crash'] })
  const published = (script ?? []).filter(({ rule }) => rule === 'Publish')
  expect(published).toHaveLength(1)
})

test.each(rabbitmqScenarios.map(({ id }) => [id] as const))(
  '%s, cut down, is searched: each of its guarantees has an answer',
  (id) => {
    const scenario = starterScenario(id) as Scenario
    for (const invariant of scenario.checks) {
      const scope = { messages: 1, consumers: 1 }
      const { answer, states } = searched(scenario, invariant, { scope, maxStates: 60_000 })
      expect(['counterexample', 'holds within bounds', 'not exhausted']).toContain(answer)
      expect(states).toBeGreaterThan(5)
    }
  },
)

test('what else a service of a queue might be is told in the words of queues', () => {
  const titles = variantsOf(bareQueue({}), 'payments').map(
    ({ title, detail }) => `${title}: ${detail}`,
  )
  expect(titles).toContain('Acknowledge before effect: no idempotency')
  expect(titles).toContain('no_ack=true: payments')
  expect(titles.join('\n')).not.toMatch(/commit/i)
})
