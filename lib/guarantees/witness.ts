// Runs in which a misfortune happened and a guarantee held. One is the run of a row in which everybody takes the
// first choice, but for a single misfortune of one kind at one moment; of all such runs that is taken in which
// the most came of it. So "it holds" is never said of misfortunes that nothing noticed.
import type { Seen } from '../clients/types.ts'
import { type Choice, choicesOf } from '../drivers/fuzz.ts'
import { replay } from '../drivers/replay.ts'
import type { System } from '../engine/compile.ts'
import type { Action, World } from '../engine/types.ts'
import { apply } from '../engine/world.ts'
import type { Subject, Verdict } from '../invariants/types.ts'
import { build } from '../scenario/build.ts'
import { cutTo } from '../session/scope.ts'
import { beginningAt } from '../session/settled.ts'
import { courtOf } from '../session/verdicts.ts'
import { columnsOf, familyOf } from './bounds.ts'
import { momentAt } from './moments.ts'
import type { Row, Size, Witness } from './types.ts'

/** A run that has not come to rest by then never will. */
const MOST_STEPS = 2000
/** Moments of the plain run at which a kind is tried. */
const TRIES = 60

/** What shows that something had to be made good. */
const TELLING: readonly Seen['kind'][] = [
  'effectSkipped',
  'effectFailed',
  'refused',
  'commitRefused',
  'delivered',
  'memberRemoved',
  'sent',
  'elected',
  'settled',
  'crashed',
  'paused',
]

/** Where all runs of a row begin. */
export interface Stage {
  readonly system: System
  readonly subject: Subject
  readonly columns: readonly string[]
  readonly list: (world: World) => readonly Choice[]
  readonly beginning: World
  readonly prefix: readonly Action[]
}

type Begun = Pick<Row, 'family' | 'scenario'>

export function stageFor({ family, scenario }: Begun): Stage {
  const { system, subject } = build(scenario)
  const beginning = beginningAt(familyOf(family).from, scenario, system)
  if (beginning === null) throw new Error(`${scenario.id} never settles`)
  const { world, script } = beginning
  const columns = columnsOf(family)
  return { system, subject, columns, list: choicesOf(system), beginning: world, prefix: script }
}

/** Where they begin when no more of it takes part. */
export const stageAt = ({ family, scenario }: Begun, size: Size): Stage =>
  stageFor({ family, scenario: cutTo(scenario, size).scenario })

interface Taken {
  readonly script: readonly Action[]
  /** The world before each step, and after the last. */
  readonly worlds: readonly World[]
  readonly atRest: boolean
}

/** Everybody takes the first choice, until nothing ordinary is left to do. */
function firstChoices({ list, system }: Stage, from: World): Taken {
  const script: Action[] = []
  const worlds: World[] = [from]
  while (script.length < MOST_STEPS) {
    const world = worlds[script.length] as World
    const next = list(world).find(({ cost }) => cost === '')
    if (next === undefined) return { script, worlds, atRest: true }
    script.push(next.action)
    worlds.push(apply(system, world, next.action).world)
  }
  return { script, worlds, atRest: false }
}

type Counts = Readonly<Record<string, number>>

interface Ran {
  readonly verdicts: readonly Verdict[]
  readonly counts: Counts
}

/** What monitors say of a run from its very start, and how often clients saw what. */
export function judged({ system, subject, columns }: Stage, script: readonly Action[]): Ran {
  const court = courtOf(columns, subject)
  const counts: Record<string, number> = {}
  replay(system, script, (index, _action, observations) => {
    court.see(observations, index)
    for (const { kind } of observations) counts[kind] = (counts[kind] ?? 0) + 1
  })
  return { verdicts: court.now(true, { planned: 0, fired: 0 }), counts }
}

export interface Candidate {
  readonly witness: Witness
  readonly verdicts: readonly Verdict[]
}

/** What was seen more often than without the misfortune. */
function more(counts: Counts, plain: Counts): Counts {
  const extra = TELLING.map((kind) => [kind, (counts[kind] ?? 0) - (plain[kind] ?? 0)] as const)
  return Object.fromEntries(extra.filter(([, count]) => count > 0))
}

const weight = (counts: Counts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** The whole script of a witness, from the row's very start. */
export function scriptOf(
  stage: Stage,
  { after, action }: Pick<Witness, 'after' | 'action'>,
  plain = firstChoices(stage, stage.beginning),
) {
  const world = plain.worlds[after] as World
  const rest = firstChoices(stage, apply(stage.system, world, action).world)
  const script = [...stage.prefix, ...plain.script.slice(0, after), action, ...rest.script]
  return { script, atRest: rest.atRest }
}

/** Runs with one misfortune of a kind, those in which the most came of it first. */
export function candidates(stage: Stage, fault: string): readonly Candidate[] {
  const { system, list, prefix } = stage
  const plain = firstChoices(stage, stage.beginning)
  const usual = judged(stage, [...prefix, ...plain.script]).counts
  const found: Candidate[] = []
  const every = Math.max(1, Math.floor(plain.worlds.length / TRIES))
  plain.worlds.forEach((world, after) => {
    if (after % every !== 0) return
    for (const { action, cost } of list(world)) {
      if (cost !== fault) continue
      const moment = momentAt(system, world, action, prefix.length + after + 1)
      const { script, atRest } = scriptOf(stage, { after, action }, plain)
      if (!atRest) continue
      const { verdicts, counts } = judged(stage, script)
      const besides = more(counts, usual)
      const witness = { fault, after, action, steps: script.length, moment, besides }
      found.push({ witness, verdicts })
    }
  })
  return found.sort((a, b) => weight(b.witness.besides) - weight(a.witness.besides))
}

/** What monitors say of the run in which nothing goes wrong. */
export function plainVerdicts(stage: Stage): readonly Verdict[] {
  const { script } = firstChoices(stage, stage.beginning)
  return judged(stage, [...stage.prefix, ...script]).verdicts
}
