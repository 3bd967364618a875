'use client'
// Everything about one actor: how it is, what it believes against what is so, its choices, settings, faults.
import { formsOf } from '@/lib/session/forms'
import type { InspectorFacts } from '@/lib/session/types'
import { useRunFields } from '../session/context'
import { Button } from '../ui/button'
import { BoltIcon } from '../ui/icons'
import { RadioList } from '../ui/radio-list'
import { Section } from '../ui/section'
import { Segmented } from '../ui/segmented'
import { Stepper } from '../ui/stepper'
import { FaultList, Intents } from './fault-list'
import { PanelHead } from './panel-head'
import { SettingRow } from './setting-row'
import { FieldRow, ProducerFields, Refusal, ServiceFields, useChange } from './story-fields'

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
      <Repairs facts={facts} />
      <Handling key={`handling ${facts.id}`} facts={facts} />
      <Producing key={`producing ${facts.id}`} id={facts.id} />
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

/** A crashed process starts again by itself; here at once. */
function Repairs({ facts }: { readonly facts: InspectorFacts }) {
  const inject = useRunFields('inject').inject
  return facts.repairs.map((repair) => (
    <Button key={repair.title} look="line" className="mt-1" onClick={() => inject(repair)}>
      {repair.title}
    </Button>
  ))
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

/** How a handler guards against repetition, when it commits, how many at a time, and how many there are. */
function Handling({ facts }: { readonly facts: InspectorFacts }) {
  const { strategies, ackPoint, workers } = facts
  const { settling } = formsOf(useRunFields('session').session.scenario)
  const { error, use } = useChange()
  const service = useService(facts)
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
      {ackPoint === null || workers === null ? null : (
        <section className="mt-[14px] grid gap-1 border-t border-hair pt-[14px]">
          <FieldRow title={settling}>
            <Segmented
              label={settling}
              value={ackPoint.value}
              segments={[
                { value: 'before', label: 'before', says: 'before the effect' },
                { value: 'after', label: 'after effect', says: 'after the effect' },
              ]}
              onChange={(value) => use(ackPoint.path, value)}
            />
          </FieldRow>
          <FieldRow title="Concurrency">
            <Stepper
              label="Concurrency"
              value={workers.value}
              min={1}
              max={MOST_WORKERS}
              onChange={(value) => use(workers.path, value)}
            />
          </FieldRow>
          {service === null ? null : <ServiceFields service={service.service} at={service.at} />}
        </section>
      )}
      <Refusal error={error} />
    </>
  )
}

/** The service of the story that a handler is an instance of: its place is where its commit point stands. */
function useService(facts: InspectorFacts) {
  const { services } = useRunFields('session').session.scenario.story
  const at = facts.ackPoint?.path.replace(/\/ackPoint$/, '')
  const service = at === undefined ? undefined : services[Number(at.split('/').at(-1))]
  return at === undefined || service === undefined ? null : { service, at }
}

function Producing({ id }: { readonly id: string }) {
  const { producers } = useRunFields('session').session.scenario.story
  const index = producers.findIndex((producer) => producer.id === id)
  const producer = producers[index]
  if (producer === undefined) return null
  return <ProducerFields producer={producer} at={`/story/producers/${index}`} />
}
