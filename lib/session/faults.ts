// Faults at a moment: which of the scenario's have fired, and which are possible here and now.
import { faults } from '../faults/index.ts'
import { palette } from '../faults/palette.ts'
import { anchorInWords } from './plans-of.ts'
import type { Run } from './run.ts'
import type { FaultStatus, IntentChoice } from './types.ts'
import type { View } from './view.ts'

export function faultTitle(id: string): string {
  return faults.find((fault) => fault.id === id)?.title ?? id
}

export function faultStatuses(run: Run, position: number): readonly FaultStatus[] {
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

export function paletteAt(run: Run, view: View, target: string): readonly IntentChoice[] {
  return palette(run.built.system, view.moment.world, target)
}
