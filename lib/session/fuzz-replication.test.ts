// Property tests of replication: three replicas, several misfortunes of nodes, processes and lines together, then
// healing. What was acknowledged with acks=all is in every log at the end. A failure names its seed.
import { expect, test } from 'vitest'
import type { ControllerState } from '../brokers/kafka/controller.ts'
import { epochAt, logEnd, messageIn } from '../brokers/kafka/log.ts'
import type { NodeState } from '../brokers/kafka/node-state.ts'
import type { Message, Place, Seen } from '../clients/types.ts'
import { fuzz } from '../drivers/fuzz.ts'
import type { System } from '../engine/compile.ts'
import { at } from '../engine/tape.ts'
import type { World } from '../engine/types.ts'
import { invariantsOf } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import { kafkaScenario } from '../scenario/catalogue.ts'
import type { KafkaScenario, Scenario, Settings } from '../scenario/types.ts'

const NODES = ['broker-0', 'broker-1', 'broker-2']
const KINDS = [
  'kill-node',
  'isolate-node',
  'slow-follower',
  'pause',
  'cut-connection',
  'move-coordinator',
  'crash',
  'refuse-batch',
]

/** Two partitions in three replicas, two of which must be in sync. */
function scenarioWith(producer: Settings): KafkaScenario {
  const scenario = kafkaScenario('acks-all-and-a-dead-leader')
  const settings = { 'replication.factor': 3, 'min.insync.replicas': 2 }
  const producers = scenario.story.producers.map((each) => ({
    ...each,
    count: 12,
    keys: ['user-7', 'user-8', 'user-9'],
  }))
  return {
    ...scenario,
    faults: [],
    story: { ...scenario.story, producers },
    deployment: {
      ...scenario.deployment,
      topics: { orders: { partitions: 2, settings } },
      producer: { ...scenario.deployment.producer, ...producer },
    },
  }
}

function stateOf<S>(system: System, world: World, id: string): S {
  return world.actors[system.actorById.get(id)!.index] as S
}

/** High watermarks that went back under a leader that stayed the same: 'broker-0 of orders/1 at step 7'. */
function goneBack(system: System, before: World, after: World, step: number): readonly string[] {
  return NODES.flatMap((id) => {
    const [was, is] = [before, after].map((world) => stateOf<NodeState>(system, world, id))
    if (was === is) return []
    return Object.entries(is!.replicas).flatMap(([name, replica]) => {
      const old = was!.replicas[name]
      const stayed = old?.leading != null && replica.leading !== null && old.epoch === replica.epoch
      const isLess = stayed && replica.highWatermark < old.highWatermark
      return isLess ? [`${id} of ${name} at step ${step}`] : []
    })
  })
}

/** What does not fit at rest, in words. */
function misfits(system: System, world: World): readonly string[] {
  const { partitions, brokers } = stateOf<ControllerState>(system, world, 'controller')
  const alive = brokers.every((each) => !each.fenced && !each.silent && each.listening)
  return [
    ...(alive ? [] : [`brokers: ${JSON.stringify(brokers)}`]),
    ...(partitions.orders ?? []).flatMap(({ leader, isr }, partition) => {
      const name = `orders/${partition}`
      const logs = NODES.map((id) => stateOf<NodeState>(system, world, id).replicas[name])
      const first = logs[leader]
      if (first?.leading == null) return [`${name} is not led by ${leader}`]
      const end = logEnd(first.log)
      return [
        ...(isr.length === 3 ? [] : [`${name} has ISR ${isr}`]),
        ...(first.highWatermark === end ? [] : [`${name} shows ${first.highWatermark} of ${end}`]),
        ...(first.leading.delayed.length === 0 ? [] : [`${name} owes answers`]),
        ...logs.flatMap((replica, node) => {
          if (replica === undefined) return end === 0 ? [] : [`${name} is not on ${node}`]
          if (logEnd(replica.log) !== end) return [`${name} ends otherwise on ${node}`]
          const others = Array.from({ length: end }, (_, i) => i).filter(
            (i) =>
              JSON.stringify(at(replica.log.records, i)) !==
                JSON.stringify(at(first.log.records, i)) ||
              epochAt(replica.log, i) !== epochAt(first.log, i),
          )
          return others.length === 0 ? [] : [`${name} differs on ${node} at ${others}`]
        }),
      ]
    }),
  ]
}

interface Acknowledged {
  readonly message: Message
  readonly place: Place
}

function lost(system: System, world: World, acknowledged: readonly Acknowledged[]) {
  return acknowledged.flatMap(({ message, place }) => {
    const name = `${place.stream}/${place.lane}`
    const kept = NODES.every((id) => {
      const replica = stateOf<NodeState>(system, world, id).replicas[name]
      return (
        replica !== undefined && messageIn(at(replica.log.records, place.offset))?.id === message.id
      )
    })
    return kept ? [] : [`${message.id} at ${name}@${place.offset}`]
  })
}

/** One run; everything about it that must not be. */
function wrongIn(scenario: Scenario, seed: string, met: Set<string>): readonly string[] {
  const { system, subject } = build(scenario)
  const bench = judge(invariantsOf(['no-loss', 'no-stuck-message']), subject)
  const acknowledged: Acknowledged[] = []
  const back: string[] = []
  let before: World | undefined
  const run = fuzz(system, {
    ...{ seed, chaos: 500, heal: 20_000, faults: 7, kinds: KINDS, malice: 0.06 },
    onStep: (step, _action, observations, world) => {
      bench.see(observations, step)
      for (const seen of observations as readonly Seen[]) {
        if (seen.kind === 'acknowledged' && seen.place !== null)
          acknowledged.push(seen as Acknowledged)
      }
      if (before !== undefined) back.push(...goneBack(system, before, world, step))
      before = world
    },
  })
  for (const kind of run.fired) met.add(kind)
  const verdicts = bench.verdicts({ atRest: run.atRest, faults: { planned: 0, fired: 0 } })
  const wrong = [
    ...(run.atRest ? [] : ['it does not come to rest']),
    ...back,
    ...misfits(system, run.world),
    ...lost(system, run.world, acknowledged),
    ...verdicts.flatMap(({ invariant, verdict, detail }) =>
      verdict === 'broken' ? [`${invariant} ${detail}`] : [],
    ),
  ]
  return wrong.map((each) => `${seed} (${run.fired.join(', ')}): ${each}`)
}

const RUNS = 60

test.each([
  ['numbered', {}],
  ['not numbered', { 'enable.idempotence': false }],
] as const)('nothing acknowledged is lost, and all heals: batches %s', (name, producer) => {
  const scenario = scenarioWith(producer)
  const met = new Set<string>()
  const wrong = Array.from({ length: RUNS }, (_, i) => `${name} ${i}`).flatMap((seed) =>
    wrongIn(scenario, seed, met),
  )
  expect(wrong).toEqual([])
  expect([...met].sort()).toEqual([...KINDS].sort())
})

test('with one replica of each partition no step is taken for replication', () => {
  const scenario = scenarioWith({})
  const topics = { orders: { partitions: 2, settings: {} } }
  const { system } = build({ ...scenario, deployment: { ...scenario.deployment, topics } })
  const rules = new Set<string>()
  const run = fuzz(system, {
    ...{ seed: 'one', chaos: 0, heal: 20_000, faults: 0, kinds: [] },
    onStep: (_step, action) => {
      if (!('actor' in action)) return
      if ([...NODES, 'controller'].includes(action.actor)) rules.add(action.rule)
    },
  })
  expect(run.atRest).toBe(true)
  expect([...rules].sort()).toEqual([
    'Fetch',
    'InitProducerId',
    'ListOffsets',
    'Metadata',
    'ParkFetch',
    'ParkMetadata',
    'Produce',
  ])
})
