'use client'
import { useState } from 'react'
// Everything about one actor: how it is, what it believes against what is so, its choices, settings, faults.
import type { InspectorFacts } from '@/lib/session/types'
import { useRunFields } from '../session/context'
import { BoltIcon } from '../ui/icons'
import { RadioList } from '../ui/radio-list'
import { Section } from '../ui/section'
import { Segmented } from '../ui/segmented'
import { Stepper } from '../ui/stepper'
import { FaultList, Intents } from './fault-list'
import { PanelHead } from './panel-head'
import { SettingRow } from './setting-row'

const MOST_WORKERS = 16

export function ActorPanel({ facts }: { readonly facts: InspectorFacts }) {
  return (
    <>
      <PanelHead title={facts.title}>
        <Status facts={facts} />
      </PanelHead>
      {facts.facts.map((fact) => (
        <p key={fact} className="text-ink-2">
          {fact}
        </p>
      ))}
      <Handling key={facts.id} facts={facts} />
      {facts.settings.length === 0 ? null : (
        <Section title="Settings">
          {facts.settings.map((field) => (
            <SettingRow key={`${facts.id} ${field.path}`} field={field} />
          ))}
        </Section>
      )}
      {facts.faults.length === 0 ? null : (
        <Section title="Inject a fault">
          <FaultList faults={facts.faults} id={facts.id} />
          <Intents target={facts.id} />
        </Section>
      )}
    </>
  )
}

function Status({ facts }: { readonly facts: InspectorFacts }) {
  return (
    <span
      className={`inline-flex items-center gap-0.5 whitespace-nowrap ${facts.faulty ? 'font-semibold text-fault-ink' : 'text-ink-3'}`}
    >
      {facts.faulty ? <BoltIcon /> : null}
      {facts.status}
    </span>
  )
}

/** How a handler guards against repetition, when it commits, how many at a time. */
function Handling({ facts }: { readonly facts: InspectorFacts }) {
  const change = useRunFields('change').change
  const [error, setError] = useState<string | null>(null)
  const use = (path: string, value: unknown) => setError(change(path, value))
  const { strategies, ackPoint, workers } = facts
  return (
    <>
      {strategies.length === 0 ? null : (
        <Section title="Idempotency">
          <RadioList
            label="Idempotency"
            items={strategies}
            onChoose={(id) => {
              const choice = strategies.find((each) => each.id === id)
              if (choice !== undefined) use(choice.path, choice.value)
            }}
          />
        </Section>
      )}
      {ackPoint === null && workers === null ? null : (
        <section className="mt-[14px] grid gap-1 border-t border-hair pt-[14px]">
          {ackPoint === null ? null : (
            <div className="flex items-center justify-between gap-1">
              <h3 className="font-semibold">Commit offset</h3>
              <Segmented
                label="Commit offset"
                value={ackPoint.value}
                segments={[
                  { value: 'before', label: 'before', says: 'before the effect' },
                  { value: 'after', label: 'after effect', says: 'after the effect' },
                ]}
                onChange={(value) => use(ackPoint.path, value)}
              />
            </div>
          )}
          {workers === null ? null : (
            <div className="flex items-center justify-between gap-1">
              <h3 className="font-semibold">Concurrency</h3>
              <Stepper
                label="Concurrency"
                value={workers.value}
                min={1}
                max={MOST_WORKERS}
                onChange={(value) => use(workers.path, value)}
              />
            </div>
          )}
        </section>
      )}
      {error === null ? null : (
        <p role="alert" className="mt-1 text-13 text-broken-ink">
          {error}
        </p>
      )}
    </>
  )
}
