'use client'
import { useMemo } from 'react'
// Everything about one message: what it is, what has happened to it, what could happen to it now.
import type { Token } from '@/lib/picture/types'
import { formsOf } from '@/lib/session/forms'
import type { StepRecord } from '@/lib/session/types'
import { VerdictMark } from '../checks/marks'
import { useRunFields } from '../session/context'
import { usePicture, useVerdicts } from '../session/views'
import { eventWords, seconds } from '../session/words'
import { KeyShape, shapeName } from '../ui/key-shape'
import { Section } from '../ui/section'
import { WhyOf } from '../why/why-button'
import { ArmCrash } from './arm-crash'
import { PanelHead } from './panel-head'
import { Reachable } from './reachable'
import { tokenOf } from './tokens'

export function MessagePanel({ token }: { readonly token: Token }) {
  const steps = useStepsAbout(token.message)
  const { seek, session } = useRunFields('seek', 'session')
  const keyless = formsOf(session.scenario).lanes?.keyless ?? 'No key.'
  return (
    <>
      <PanelHead title={eventWords(token.label, token.type)} />
      <p className="text-ink-2">
        <KeyShape shape={token.shape} />{' '}
        {token.key === null
          ? keyless
          : `Key ${token.key}, ${shapeName(token.shape)}; event ${token.seq} of its key.`}
      </p>
      <p className="text-ink-2">
        Type <code>{token.type}</code>, id <code>{token.message}</code>.
      </p>
      <Breaches message={token.message} />
      <Section title="What has happened to it">
        {steps.length === 0 ? <p className="text-ink-3">Nothing yet.</p> : null}
        <ol>
          {steps.map((step) => (
            <li key={step.index}>
              <button
                type="button"
                onClick={() => seek(step.index)}
                className="grid w-full cursor-pointer grid-cols-[64px_1fr] py-[2px] text-left leading-[20px] text-ink-2 hover:text-ink"
              >
                <span className="font-mono text-13 text-ink-3">{seconds(step.timeMs, 2)}</span>
                <span>{step.sentence}</span>
              </button>
            </li>
          ))}
        </ol>
      </Section>
      <ArmCrash key={token.message} message={token.message} type={token.type} />
      <Reachable target={token.message} />
    </>
  )
}

/** Guarantees that were broken for it, so far. */
function Breaches({ message }: { readonly message: string }) {
  const found = useVerdicts().flatMap(({ invariant, violations }) =>
    violations
      .filter(({ messages }) => messages.includes(message))
      .map((violation) => ({ invariant, violation })),
  )
  if (found.length === 0) return null
  return (
    <Section title="Broken guarantees">
      <ul className="grid gap-0.5">
        {found.map(({ invariant, violation }) => (
          <li
            key={`${invariant} ${violation.step} ${violation.of}`}
            className="grid grid-cols-[24px_1fr] gap-1"
          >
            <VerdictMark verdict="broken" />
            <span className="leading-[20px] text-ink-2">
              {violation.sentence} <WhyOf invariant={invariant} violation={violation} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const MOST = 40

/** The steps so far that are about the message, oldest first; of very many the last ones. */
function useStepsAbout(message: string): readonly StepRecord[] {
  const { session, position, revision } = useRunFields('session', 'position', 'revision')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a revision replaces steps in place
  return useMemo(() => {
    const found: StepRecord[] = []
    for (let index = position; index > 0 && found.length < MOST; index--) {
      const step = session.step(index)
      if (step.about === message) found.push(step)
    }
    return found.reverse()
  }, [session, position, revision, message])
}

export function useToken(message: string): Token | null {
  const picture = usePicture()
  return useMemo(() => tokenOf(picture, message), [picture, message])
}
