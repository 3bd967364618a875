// A run that follows a script first: whether the script fits its scenario, and what becomes of it where it does not.
import { costOf, PAUSE } from '../drivers/misfortune.ts'
import { tryReplay } from '../drivers/replay.ts'
import type { System } from '../engine/compile.ts'
import type { Action, World } from '../engine/types.ts'
import { faultOf, init, localOf } from '../engine/world.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'

interface Misfit {
  /** The first step that cannot happen, counted from 1. */
  readonly step: number
  readonly sentence: string
}

const whoOf = (action: Action): string => ('link' in action ? action.link : action.actor)

function misfitOf(system: System, script: readonly Action[]): Misfit | null {
  const { refused } = tryReplay(system, script)
  if (refused === null) return null
  const action = script[refused.index - 1] as Action
  const which = `${action.rule} of ${whoOf(action)}`
  const sentence = `${which} cannot happen there: not so that ${refused.reason}.`
  return { step: refused.index, sentence }
}

/** Throws where the scenario's script cannot be followed, and says at which step and why. */
export function mustFollow({ script = [] }: Scenario, system: System): void {
  const misfit = misfitOf(system, script)
  if (misfit === null) return
  const where = `step ${misfit.step} of ${script.length}`
  throw new Error(`The script does not fit at its ${where}: ${misfit.sentence}`)
}

/** The scenario with as much of its script as can happen, and what there is to say where that is not all. */
export function asFarAsItFits(scenario: Scenario): {
  readonly scenario: Scenario
  readonly said?: string
} {
  const { script, ...rest } = scenario
  if (script === undefined) return { scenario }
  const misfit = misfitOf(build(rest).system, script)
  if (misfit === null) return { scenario }
  const before = misfit.step - 1
  const kept = before === 0 ? rest : { ...rest, script: script.slice(0, before) }
  const said = `With that the script ends before its step ${misfit.step} of ${script.length}: ${misfit.sentence} The run goes on by itself.`
  return { scenario: kept, said }
}

export interface ScriptFault {
  readonly fault: string
  readonly step: number
  readonly anchor: string
}

/**
 * The misfortunes of a script, and at which of its steps each happens. A timer that fires although the
 * scenario's own durations do not let it is one too: somebody must have stood still meanwhile.
 */
export function faultsIn(system: System, script: readonly Action[]): readonly ScriptFault[] {
  const found: ScriptFault[] = []
  let before = init(system)
  tryReplay(system, script, (step, action, _, world) => {
    const where = `step ${step} of the script`
    const fault = faultOf(system, action)
    if (fault !== '') found.push({ fault, step, anchor: `${whoOf(action)}, ${where}` })
    else if (isUntimely(system, before, action)) {
      const anchor = `${whoOf(action)} waits for it in vain, ${where}`
      found.push({ fault: PAUSE, step, anchor })
    }
    before = world
  })
  return found
}

function isUntimely(system: System, world: World, action: Action): boolean {
  if ('link' in action) return false
  const local = localOf(system, world, action)
  const index = system.actorById.get(action.actor)?.index ?? -1
  return typeof local !== 'string' && costOf(system, world, index, local) === PAUSE
}
