// The world at one moment of a run, with the times of what is under way.
import type { Moment } from '../drivers/record.ts'
import type { Run } from './run.ts'

export interface View {
  readonly position: number
  readonly moment: Moment
}

export function viewOf(run: Run, position: number): View {
  return { position, moment: run.recording.at(position) }
}
