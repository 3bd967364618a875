'use client'
import { useId, useState } from 'react'
// Anchors a crash to a stage of one message: it strikes the same moment under other settings, too.
import type { Service } from '@/lib/scenario/types'
import { formsOf } from '@/lib/session/forms'
import { useRunFields } from '../session/context'
import { Button } from '../ui/button'
import { Section } from '../ui/section'

const FIELD = 'h-4 w-full rounded-1 border border-rule bg-surface px-1'

export function ArmCrash({ message, type }: { readonly message: string; readonly type: string }) {
  const { session, change } = useRunFields('session', 'change')
  const services = session.scenario.story.services.filter((each) => acts(each, type))
  const [service, setService] = useState(services[0]?.id ?? '')
  const [stage, setStage] = useState<string>('effect applied')
  const [error, setError] = useState<string | null>(null)
  if (services.length === 0) return null
  const arm = () =>
    setError(change('/faults/-', { fault: 'crash', at: { actor: service, stage, message } }))
  return (
    <Section title="Crash at a stage of it">
      <div className="grid gap-1">
        <Choice label="Who" value={service} onChoose={setService}>
          {services.map(({ id, title }) => [id, title] as const)}
        </Choice>
        <Choice label="When" value={stage} onChoose={setStage}>
          {formsOf(session.scenario).stages}
        </Choice>
        <Button look="line" onClick={arm}>
          Arm the crash
        </Button>
        {error === null ? null : (
          <p role="alert" className="text-13 text-broken-ink">
            {error}
          </p>
        )}
      </div>
    </Section>
  )
}

function acts({ handles }: Service, type: string): boolean {
  return handles.length === 0 || handles.includes(type)
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly onChoose: (value: string) => void
  readonly children: readonly (readonly [value: string, words: string])[]
}

function Choice({ label, value, onChoose, children }: ChoiceProps) {
  const id = useId()
  return (
    <div className="grid grid-cols-[56px_1fr] items-center gap-1">
      <label htmlFor={id} className="text-ink-2">
        {label}
      </label>
      <select
        id={id}
        className={FIELD}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        {children.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}
