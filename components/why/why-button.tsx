'use client'
// The way in, wherever a breach is told.
import type { Verdict, Violation } from '@/lib/invariants/types'
import { useRunStore } from '../session/context'
import { openWhy } from '../session/why'

interface Props {
  readonly verdict: Verdict
  readonly step?: number
}

export function WhyButton({ verdict, step }: Props) {
  const violation = verdict.violations.find((each) => each.step === step) ?? verdict.violations[0]
  if (violation === undefined) return null
  return <WhyOf invariant={verdict.invariant} violation={violation} />
}

interface OfProps {
  readonly invariant: string
  readonly violation: Violation
}

/** About this very breach. */
export function WhyOf({ invariant, violation }: OfProps) {
  const store = useRunStore()
  return (
    <button
      type="button"
      data-why
      className="ui-link font-normal"
      aria-label={`Why? ${violation.question}`}
      onClick={() => openWhy(store, invariant, violation)}
    >
      Why?
    </button>
  )
}
