// A run without a watcher: to rest, judged, summed up. The same code as the app judges with.
import type { SinkState } from '../clients/sink-state.ts'
import { dueMs, follow, next, type Played, play } from '../drivers/play.ts'
import { replay } from '../drivers/replay.ts'
import type { System } from '../engine/compile.ts'
import type { Action, Json, Observation } from '../engine/types.ts'
import { faultOf } from '../engine/world.ts'
import type { RunVerdict } from '../invariants/types.ts'
import { type Built, build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { plansOf } from './plans-of.ts'
import { sinkRows } from './rows.ts'
import { faultsIn, mustFollow } from './script.ts'
import { isDrained } from './settled.ts'
import { courtOf } from './verdicts.ts'

/** One object a run, as `npm run simulate -- FILE --json` prints it. */
export interface Summary {
  readonly scenario: string
  readonly broker: string
  readonly seed: string
  readonly steps: number
  readonly timeMs: number
  readonly faults: readonly {
    readonly fault: string
    readonly fired: boolean
    readonly step: number | null
  }[]
  readonly verdicts: readonly {
    readonly invariant: string
    readonly verdict: RunVerdict
    readonly step: number | null
    readonly messages: readonly string[]
    readonly detail: string
  }[]
  readonly sinks: Readonly<Record<string, Json>>
}

export interface SimulateOptions {
  readonly seed?: string
  /** Play exactly these actions instead of the scenario's own script and of what the seed chooses. */
  readonly script?: readonly Action[]
  readonly maxSteps?: number
}

interface Ran {
  readonly steps: number
  readonly timeMs: number
  readonly atRest: boolean
  readonly firedAt: readonly number[]
  readonly actors: readonly Json[]
}

type See = (observations: readonly Observation[], step: number) => void

function runPlay(scenario: Scenario, built: Built, options: SimulateOptions, see: See): Ran {
  const plans = plansOf(scenario, built.system)
  const onStep = (played: Played) => {
    if (played.observations.length > 0) see(played.observations, played.index)
  }
  const player = play(built.system, { seed: options.seed ?? scenario.seed, plans, onStep })
  mustFollow(scenario, built.system)
  for (const action of scenario.script ?? []) follow(player, action)
  const most = options.maxSteps ?? 50_000_000
  while (player.steps < most && next(player));
  return {
    steps: player.steps,
    timeMs: player.agenda.nowMs,
    atRest: dueMs(player) === Number.POSITIVE_INFINITY,
    firedAt: player.armed.firedAt,
    actors: player.cursor.actors,
  }
}

/** A script's faults are its own: a plan counts as fired by the script's first fault of that kind. */
function runScript(scenario: Scenario, built: Built, script: readonly Action[], see: See): Ran {
  const { system } = built
  const first = new Map<string, number>()
  const world = replay(system, script, (index, action, observations) => {
    see(observations, index)
    const fault = faultOf(system, action)
    if (fault !== '' && !first.has(fault)) first.set(fault, index)
  })
  return {
    steps: script.length,
    timeMs: 0,
    atRest: isDrained(scenario, system, script, world),
    firedAt: scenario.faults.map((plan) => first.get(plan.fault) ?? 0),
    actors: world.actors,
  }
}

export function simulate(scenario: Scenario, options: SimulateOptions = {}): Summary {
  const built = build(scenario)
  const court = courtOf(scenario.checks, built.subject)
  const ran =
    options.script === undefined
      ? runPlay(scenario, built, options, court.see)
      : runScript(scenario, built, options.script, court.see)
  const own = options.script === undefined ? faultsIn(built.system, scenario.script ?? []) : []
  const fired = ran.firedAt.filter((step) => step > 0).length
  const planned = options.script === undefined ? scenario.faults.length : fired
  return {
    scenario: scenario.id,
    broker: scenario.deployment.broker,
    seed: options.seed ?? scenario.seed,
    steps: ran.steps,
    timeMs: ran.timeMs,
    faults: [
      ...scenario.faults.map(({ fault }, index) => {
        const step = ran.firedAt[index] ?? 0
        return { fault, fired: step > 0, step: step > 0 ? step : null }
      }),
      ...own.map(({ fault, step }) => ({ fault, fired: true, step })),
    ],
    verdicts: court
      .now(ran.atRest, { planned, fired })
      .map(({ invariant, verdict, step, messages, detail }) => ({
        invariant,
        verdict,
        step,
        messages,
        detail,
      })),
    sinks: sinksOf(scenario, built.system, ran.actors),
  }
}

function sinksOf(
  scenario: Scenario,
  system: System,
  actors: readonly Json[],
): Record<string, Json> {
  return Object.fromEntries(
    scenario.story.sinks.map(({ id }) => {
      const index = system.actorById.get(id)?.index ?? -1
      return [id, sinkRows(actors[index] as unknown as SinkState)]
    }),
  )
}
