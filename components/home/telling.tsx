'use client'
// What the acts tell: sentences read off the run, with the fault that caused the breach named.
import { VerdictChip } from '../checks/verdict-chip'
import { faultBehind } from '../session/causes'
import { useRunFields } from '../session/context'
import { useVerdicts } from '../session/views'
import { seconds } from '../session/words'
import { BoltIcon } from '../ui/icons'
import type { Act } from './acts'
import { answeredAsDone, faultStep } from './story'

export function Telling({ act }: { readonly act: Act }) {
  return (
    <div aria-live="polite" className="home-telling">
      {act === 'crashing' || act === 'crashed' ? <Crash /> : null}
      {act === 'shown' ? <Breach /> : null}
      {act === 'kept' ? <Kept /> : null}
    </div>
  )
}

interface FactProps {
  readonly atMs: number
  readonly text: string
  readonly fault?: boolean
}

function Fact({ atMs, text, fault = false }: FactProps) {
  return (
    <li className="grid grid-cols-[64px_1fr] py-[2px]">
      <span className="font-mono text-13 leading-[24px] text-ink-3">{seconds(atMs, 2)}</span>
      <span className={fault ? 'font-medium text-fault-ink' : 'text-ink-2'}>
        {fault ? <BoltIcon /> : null} {text}
      </span>
    </li>
  )
}

function Crash() {
  const { session, position } = useRunFields('session', 'position')
  const fault = faultStep(session)
  if (fault === null || fault.index > position) return null
  return (
    <ul>
      <Fact atMs={fault.timeMs} text={fault.sentence} fault />
    </ul>
  )
}

/** The breach, and the fault found among its causes. */
function Breach() {
  const session = useRunFields('session').session
  const broken = useVerdicts().filter(({ verdict }) => verdict === 'broken')
  const first = broken.flatMap(({ violations }) => violations)[0]
  if (first === undefined) return null
  const fault = faultBehind(session, first.step)
  const step = session.step(first.step)
  return (
    <>
      <p className="mb-0.5 flex flex-wrap gap-2">
        {broken.map((verdict) => (
          <VerdictChip key={verdict.invariant} verdict={verdict} />
        ))}
      </p>
      <ul>
        {fault === null ? null : (
          <Fact atMs={fault.timeMs} text={`The cause: ${fault.sentence}`} fault />
        )}
        <Fact atMs={step.timeMs} text={first.sentence} />
      </ul>
    </>
  )
}

/** The same fault fires; the second request is answered as already done; at rest the verdict holds. */
function Kept() {
  const { session, position } = useRunFields('session', 'position')
  const verdict = useVerdicts().find(({ invariant }) => invariant === 'no-duplicate-effect')
  const fault = faultStep(session)
  const done = answeredAsDone(session)
  return (
    <>
      {verdict === undefined ? null : (
        <p className="mb-0.5">
          <VerdictChip verdict={verdict} />
          <span className="text-ink-3"> {verdict.verdict}</span>
        </p>
      )}
      <ul>
        {fault === null || fault.index > position ? null : (
          <Fact atMs={fault.timeMs} text={`The same fault: ${fault.sentence}`} fault />
        )}
        {done === null || done.index > position ? null : (
          <Fact atMs={done.timeMs} text={done.sentence} />
        )}
      </ul>
    </>
  )
}
