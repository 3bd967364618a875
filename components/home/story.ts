// The story of the home page in three acts: it runs; its consumer is crashed between effect and commit; it
// runs again, same seed and same fault, with an idempotency key. Everything told is read off the run.

import type { Seen } from '@/lib/clients/types'
import { starterScenario } from '@/lib/scenario/catalogue'
import type { FaultPlan, Scenario } from '@/lib/scenario/types'
import type { Session, StepRecord } from '@/lib/session/types'

const STORY = 'crash-between-effect-and-commit'
/** The service whose instance is crashed. */
export const SERVICE = 'payments'
const DOWN_FOR = 3_000

/** The story before anything went wrong. */
export function calmStory(): Scenario | null {
  const scenario = starterScenario(STORY)
  return scenario === null ? null : { ...scenario, faults: [] }
}

/** The story with the consumer crashed right after it had this message's effect applied. */
export function withCrash(scenario: Scenario, message: string): Scenario {
  const crash: FaultPlan = {
    fault: 'crash',
    at: { actor: SERVICE, stage: 'effect applied', message },
    forMs: DOWN_FOR,
  }
  return { ...scenario, faults: [crash] }
}

/** The same with a key by which the card API recognises a charge it has already made. */
export function withIdempotencyKey(scenario: Scenario): Scenario {
  const services = scenario.story.services.map((service) =>
    service.id === SERVICE
      ? {
          ...service,
          strategy: { kind: 'idempotency-key', scope: 'message', retentionMs: 86_400_000 } as const,
        }
      : service,
  )
  return { ...scenario, story: { ...scenario.story, services } }
}

type Applied = Extract<Seen, { kind: 'effectApplied' }>

/** The next charge after a step: whose crash would have it made twice. */
export function nextCharge(session: Session, after: number): StepRecord | null {
  return findStep(session, after + 1, (step) => observed(step, 'effectApplied') !== null)
}

export function chargeOf(step: StepRecord): Applied | null {
  return observed(step, 'effectApplied') as Applied | null
}

/** The step at which a request was answered as already done. */
export const answeredAsDone = (session: Session): StepRecord | null =>
  findStep(session, 1, (step) => observed(step, 'effectSkipped') !== null)

/** The step at which the fault fired. */
export const faultStep = (session: Session): StepRecord | null =>
  findStep(session, 1, (step) => step.fault !== '')

/** The fault among the causes of the first breach comes from causes.ts; this is the breach itself. */
export const breachStep = (session: Session): number | null =>
  session.verdicts().find(({ invariant }) => invariant === 'no-duplicate-effect')?.step ?? null

function observed(step: StepRecord, kind: Seen['kind']): Seen | null {
  return (step.observations as readonly Seen[]).find((seen) => seen.kind === kind) ?? null
}

function findStep(
  session: Session,
  from: number,
  is: (step: StepRecord) => boolean,
): StepRecord | null {
  for (let index = Math.max(1, from); index <= session.length; index++) {
    const step = session.step(index)
    if (is(step)) return step
  }
  return null
}
