'use client'
import { useMemo } from 'react'
import type { StepRecord } from '@/lib/session/types'
// The causal steps as the graph and the timeline have them.
import { useRun } from '../session/context'
import { usePicture } from '../session/views'
import { type Lit, litBy } from './lit'

/** The steps that answer, in order; null while nobody asks or nothing is known. */
export function useCauses(): readonly StepRecord[] | null {
  const session = useRun((run) => run.session)
  const steps = useRun((run) => run.why?.why?.steps) ?? null
  return useMemo(() => steps?.map(({ step }) => session.step(step)) ?? null, [session, steps])
}

export function useLit(): Lit | null {
  const picture = usePicture()
  const steps = useCauses()
  return useMemo(() => (steps === null ? null : litBy(picture, steps)), [picture, steps])
}
