// Property test of share groups whose partitions have replicas: leaders die, stand still and are cut off, and then all
// heals. What a group has passed stays passed, and nothing waits for ever. A failure names its seed.
import { expect, test } from 'vitest'
import type { Seen } from '../clients/types.ts'
import { fuzz } from '../drivers/fuzz.ts'
import { invariantsOf } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import { kafkaScenario } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'

/** Not a cut line: with what was on it, and a leader that dies before it hears of it, a write is gone. */
const KINDS = ['kill-node', 'isolate-node', 'pause', 'crash', 'slow-follower']

function replicatedShares(): Scenario {
  const scenario = kafkaScenario('share-group-redelivery-to-archive')
  const settings = { 'replication.factor': 3, 'min.insync.replicas': 2 }
  const { deployment, story } = scenario
  return {
    ...scenario,
    faults: [],
    story: { ...story, producers: story.producers.map((each) => ({ ...each, count: 12 })) },
    deployment: {
      ...deployment,
      nodes: 3,
      topics: { orders: { partitions: 2, settings } },
      shareGroups: { email: { 'share.auto.offset.reset': 'earliest' } },
    },
  }
}

/** Where the group passes once more what it had passed: 'orders/0 from 4 to 3'. */
function goneBack(starts: Map<string, number>, seen: Seen): readonly string[] {
  if (seen.kind !== 'committed') return []
  const name = `${seen.stream}/${seen.lane}`
  const before = starts.get(name) ?? 0
  starts.set(name, seen.offset)
  return seen.offset <= before ? [`${name} from ${before} to ${seen.offset}`] : []
}

function wrongIn(scenario: Scenario, seed: string, met: Set<string>): readonly string[] {
  const { system, subject } = build(scenario)
  const bench = judge(invariantsOf(['no-loss', 'no-stuck-message']), subject)
  const starts = new Map<string, number>()
  const back: string[] = []
  const run = fuzz(system, {
    ...{ seed, chaos: 2000, heal: 20_000, faults: 6, kinds: KINDS, malice: 0.02 },
    onStep: (step, _action, observations) => {
      bench.see(observations, step)
      for (const seen of observations as readonly Seen[]) back.push(...goneBack(starts, seen))
    },
  })
  for (const kind of run.fired) met.add(kind)
  const verdicts = bench.verdicts({ atRest: run.atRest, faults: { planned: 0, fired: 0 } })
  const wrong = [
    ...(run.atRest ? [] : ['it does not come to rest']),
    ...back,
    ...verdicts.flatMap(({ verdict, detail }) => (verdict === 'broken' ? [detail] : [])),
  ]
  return wrong.map((each) => `${seed} (${run.fired.join(', ')}): ${each}`)
}

test('what a share group has passed stays passed, whoever leads', () => {
  const scenario = replicatedShares()
  const met = new Set<string>()
  const wrong = Array.from({ length: 40 }, (_, i) => `${i}`).flatMap((seed) =>
    wrongIn(scenario, seed, met),
  )
  expect(wrong).toEqual([])
  expect([...met].sort()).toEqual([...KINDS].sort())
})
