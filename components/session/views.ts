'use client'
import { useMemo } from 'react'
// Derived facts of the moment shown. Each is asked of the session only when the step shown changes.
import type { Verdict } from '@/lib/invariants/types'
import type { Picture } from '@/lib/picture/types'
import type {
  FaultStatus,
  InspectorFacts,
  IntentChoice,
  Session,
  StepRecord,
} from '@/lib/session/types'
import { useRun, useRunFields, useRunStore } from './context'

/** Asks the session something that depends on the step shown and on nothing finer. */
function useAtStep<T>(ask: (session: Session) => T, key = ''): T {
  const { session, position, revision, length, atRest } = useRunFields(
    'session',
    'position',
    'revision',
    'length',
    'atRest',
  )
  const atEnd = atRest && position === length
  // biome-ignore lint/correctness/useExhaustiveDependencies: the session changes in place; these say when
  return useMemo(() => ask(session), [session, position, revision, atEnd, key])
}

export const useVerdicts = (): readonly Verdict[] => useAtStep((session) => session.verdicts())
export const usePicture = (): Picture => useAtStep((session) => session.picture())
export const useFaults = (): readonly FaultStatus[] => useAtStep((session) => session.faults())
export const useExpected = () => useAtStep((session) => session.expected())

/** The moment shown, for those who follow it without being drawn again. */
export function useClock() {
  const { subscribe, getState } = useRunStore()
  return useMemo(() => ({ subscribe, now: () => getState().nowMs }), [subscribe, getState])
}

export function useFacts(id: string): InspectorFacts | null {
  return useAtStep((session) => (session.actorIds().includes(id) ? session.inspect(id) : null), id)
}

export const usePalette = (target: string): readonly IntentChoice[] =>
  useAtStep((session) => session.palette(target), target)

/** The last `count` steps that somebody could see at the moment shown, newest first. */
export function useRecent(count: number): readonly StepRecord[] {
  return useAtStep((session) => recent(session, count), String(count))
}

const FAR_BACK = 2_000

/** Whether a step shows anywhere outside: the rest is protocol. */
export const isTold = (step: StepRecord): boolean =>
  step.observations.length > 0 || step.fault !== ''

export function recent(session: Session, count: number): readonly StepRecord[] {
  const steps: StepRecord[] = []
  const last = Math.max(0, session.position - FAR_BACK)
  for (let index = session.position; index > last && steps.length < count; index--) {
    const step = session.step(index)
    if (isTold(step)) steps.push(step)
  }
  return steps
}

/** True at the last step of a run that has come to rest. */
export const useAtEnd = (): boolean => useRun((run) => run.atRest && run.position === run.length)
