// Property tests of pipelines by the fuzzing driver: chaos, then heal. What a read_committed reader of the output
// sees is compared with what the input holds: for each record its consequence, once with a transaction, and at
// least once without. A failure names its seed.
import { describe, expect, test } from 'vitest'
import type { Place, Seen } from '../clients/types.ts'
import { fuzz } from '../drivers/fuzz.ts'
import type { System } from '../engine/compile.ts'
import type { World } from '../engine/types.ts'
import { invariantsOf } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import type { Subject } from '../invariants/types.ts'
import { build } from '../scenario/build.ts'
import { kafkaScenario } from '../scenario/catalogue.ts'
import type { KafkaScenario, Scenario } from '../scenario/types.ts'
import { simulate } from './simulate.ts'

const ACCIDENTS = [
  'crash',
  'pause',
  'stall-handler',
  'deploy',
  'force-rebalance',
  'cut-connection',
  'refuse-batch',
  'abort-transaction',
  'abandon-transaction',
]
const PIPELINES = [
  'exactly-once-pipeline-crash',
  'exactly-once-and-an-e-mail',
  'pipeline-crash-without-transactions',
]

const RUNS = 60

/** Two instances, two partitions and several records a poll: more can go wrong than in the starter. */
function wider(scenario: KafkaScenario): Scenario {
  const { story, deployment } = scenario
  const services = story.services.map((service) =>
    service.publishes === undefined ? service : { ...service, instances: 2 },
  )
  const topics = Object.fromEntries(
    Object.entries(deployment.topics).map(([id, topic]) => [id, { ...topic, partitions: 2 }]),
  )
  const consumer = { ...deployment.consumer, 'max.poll.records': 3 }
  return {
    ...scenario,
    story: { ...story, services },
    deployment: { ...deployment, topics, consumer },
    faults: [],
  }
}

const keyOf = ({ stream, lane, offset }: Place): string => `${stream}/${lane}/${offset}`

interface Ledger {
  /** Records that stand, and those a read_committed reader was handed: place and fact. */
  readonly standing: Map<string, number>
  readonly read: Map<string, number>
}

function enter({ standing, read }: Ledger, seen: Seen, { groups }: Subject): void {
  if (seen.kind === 'stored' && seen.transactional !== true) {
    standing.set(keyOf(seen.place), seen.message.n)
  }
  if (seen.kind === 'settled' && seen.outcome === 'committed') {
    standing.set(keyOf(seen.place), seen.message.n)
  }
  if (seen.kind !== 'delivered') return
  const group = groups.find(({ id }) => id === seen.group)
  if (group?.readsCommitted === true) read.set(keyOf(seen.place), seen.message.n)
}

function countOf(records: ReadonlyMap<string, number>, stream: string): number[] {
  const counts: number[] = []
  for (const [key, n] of records) {
    if (key.startsWith(`${stream}/`)) counts[n] = (counts[n] ?? 0) + 1
  }
  return counts
}

/**
 * An application ends for good when its producer was fenced: a transaction that took too long does that. What
 * it has not come to by then it has not lost: no-loss says so.
 */
function hasEnded(system: System, world: World, service: string): boolean {
  const processes = system.actors.flatMap(({ group }, at) => {
    const { process } = world.actors[at] as { readonly process?: string }
    return group === service && process !== undefined ? [process] : []
  })
  expect(processes.length).toBeGreaterThan(0)
  return processes.every((process) => process === 'stopped')
}

const CHECKS = ['no-loss', 'no-dirty-read']

/** One run to rest: what is wrong with it, a sentence each. */
function wrong(scenario: Scenario, seed: string, times: 'once' | 'at least once') {
  const { system, subject } = build(scenario)
  const bench = judge(invariantsOf(CHECKS), subject)
  const ledger: Ledger = { standing: new Map(), read: new Map() }
  const run = fuzz(system, {
    seed,
    chaos: 500,
    heal: 40_000,
    faults: 6,
    kinds: ACCIDENTS,
    malice: 0.05,
    onStep: (index, _action, observations) => {
      bench.see(observations, index)
      for (const seen of observations) enter(ledger, seen as Seen, subject)
    },
  })
  const found: string[] = run.atRest ? [] : ['it does not come to rest']
  const ended = hasEnded(system, run.world, 'billing')
  const [publisher] = subject.publishers ?? []
  const inputs = countOf(ledger.standing, publisher!.stream)
  const outputs = countOf(ledger.read, 'invoices')
  inputs.forEach((count, n) => {
    const followed = outputs[publisher!.firstN + n] ?? 0
    const enough = ended || followed >= count
    const ok = times === 'once' ? enough && followed <= count : enough
    if (!ok) found.push(`fact ${n} stands ${count} times and is followed ${followed} times`)
  })
  for (const each of bench.verdicts({ atRest: run.atRest, faults: { planned: 0, fired: 0 } })) {
    if (each.verdict === 'broken') found.push(`${each.invariant}: ${each.detail}`)
  }
  return { found: found.map((each) => `${seed} (${run.fired.join(', ')}): ${each}`), ...run }
}

test('an event that was read, committed and never published is lost, and no-loss says which', () => {
  const scenario = kafkaScenario('pipeline-crash-without-transactions')
  const services = scenario.story.services.map((service) =>
    service.id === 'billing' ? { ...service, ackPoint: 'before' as const } : service,
  )
  const at = { ...scenario.faults[0]!.at, stage: 'publishing' }
  const crash = { ...scenario.faults[0]!, at } as Scenario['faults'][number]
  const document = { ...scenario, story: { ...scenario.story, services }, faults: [crash] }
  const summary = simulate(document)
  expect(summary.faults.map(({ fired }) => fired)).toEqual([true])
  expect(summary.verdicts.find(({ invariant }) => invariant === 'no-loss')).toMatchObject({
    verdict: 'broken',
    messages: ['order-42/OrderCreated'],
    detail:
      'order-42/OrderCreated was acknowledged and billing never published what follows from it.',
  })
})

describe.each(PIPELINES)('%s', (id) => {
  const scenario = kafkaScenario(id)
  const transactional = scenario.deployment.producers['billing']?.['transactional.id'] !== undefined
  const times = transactional ? 'once' : 'at least once'
  test.each([
    ['as it is', { ...scenario, faults: [] }],
    ['with two instances', wider(scenario)],
  ])(`each order is followed by its invoice ${times}: %s`, (name, document) => {
    const met = new Set<string>()
    const found = Array.from({ length: RUNS }, (_, at) => `${id}-${name}-${at}`).flatMap((seed) => {
      const run = wrong(document as Scenario, seed, times)
      for (const kind of run.fired) met.add(kind)
      return run.found
    })
    expect(found).toEqual([])
    expect(met.size).toBeGreaterThan(4)
  })
})
