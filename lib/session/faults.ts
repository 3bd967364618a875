// Faults at a moment: which of the scenario's have fired, and which are possible here and now.
import { faultOf } from '../engine/world.ts'
import { faults } from '../faults/index.ts'
import { palette } from '../faults/palette.ts'
import { anchorInWords } from './plans-of.ts'
import type { Run } from './run.ts'
import type { FaultStatus, IntentChoice } from './types.ts'
import type { View } from './view.ts'

export function faultTitle(id: string): string {
  return faults.find((fault) => fault.id === id)?.title ?? id
}

/** The scenario's faults and then those injected by hand, in the order of the run's document; or the script's. */
export function faultStatuses(run: Run, position: number): readonly FaultStatus[] {
  const listed = [...planned(run, position), ...byHand(run, position)]
  return [
    ...listed.map((each, index) => ({
      ...each,
      without: { path: `/faults/${index}`, value: undefined },
    })),
    ...scripted(run, position),
  ]
}

type Listed = Omit<FaultStatus, 'without'>

function scripted({ script, scriptFaults }: Run, position: number): readonly FaultStatus[] {
  return scriptFaults.map(({ fault, step, anchor }) => {
    const fired = step <= position
    const before = step === 1 ? undefined : script.slice(0, step - 1)
    const without = { path: '/script', value: before }
    return { fault, title: faultTitle(fault), anchor, fired, step: fired ? step : null, without }
  })
}

function planned(run: Run, position: number): readonly Listed[] {
  const { firedAt } = run.recording.player.armed
  return run.document.scenario.faults.map((plan, index) => {
    const step = firedAt[index] ?? 0
    const fired = step > 0 && step <= position
    return {
      fault: plan.fault,
      title: faultTitle(plan.fault),
      anchor: anchorInWords(plan),
      fired,
      step: fired ? step : null,
    }
  })
}

function byHand(run: Run, position: number): readonly Listed[] {
  return run.document.choices.flatMap(({ after, action }): Listed[] => {
    const fault = faultOf(run.built.system, action)
    if (fault === '') return []
    const fired = after < position
    const step = fired ? after + 1 : null
    const who = 'link' in action ? action.link : action.actor
    return [{ fault, title: faultTitle(fault), anchor: `${who}, by hand`, fired, step }]
  })
}

export function paletteAt(run: Run, view: View, target: string): readonly IntentChoice[] {
  return palette(run.built.system, view.moment.world, target)
}
