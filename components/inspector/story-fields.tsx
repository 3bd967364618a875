'use client'
import { type ReactNode, useId, useState } from 'react'
// What of an actor the story says rather than the broker's settings: how many there are, what a handler does
// with what fails, how a producer chooses keys. Edited in place, like settings.
import type { Producer, Service } from '@/lib/scenario/types'
import { type Choice, formsOf } from '@/lib/session/forms'
import { useRunFields } from '../session/context'
import { Stepper } from '../ui/stepper'

const MOST_INSTANCES = 16
const MOST_PARTITIONS = 64

/** Changes a value of the document; what is refused is said, and the run stays. */
export function useChange() {
  const change = useRunFields('change').change
  const [error, setError] = useState<string | null>(null)
  const use = (path: string, value: unknown) => setError(change(path, value))
  return { error, use }
}

export function Refusal({ error }: { readonly error: string | null }) {
  if (error === null) return null
  return (
    <p role="alert" className="mt-1 text-13 text-broken-ink">
      {error}
    </p>
  )
}

export function FieldRow({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <div className="flex min-h-4 items-center justify-between gap-1">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </div>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChoose: (value: string) => void
}

function ChoiceRow({ title, value, choices, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <div className="flex min-h-4 items-center justify-between gap-1">
      <label htmlFor={id} className="font-semibold">
        {title}
      </label>
      <select
        id={id}
        className="ui-field"
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        {choices.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

const COMMIT_OF = [
  ['lowest-contiguous', 'lowest contiguous'],
  ['highest-finished', 'highest finished'],
] as const

/** A value that a form does not offer can stand in a document all the same. */
const offering = (choices: readonly Choice[], value: string): readonly Choice[] =>
  choices.some(([each]) => each === value) ? choices : [...choices, [value, value]]

export function ServiceFields({ service, at }: { readonly service: Service; readonly at: string }) {
  const { error, use } = useChange()
  const { position, failing } = formsOf(useRunFields('session').session.scenario)
  return (
    <>
      <FieldRow title="Instances">
        <Stepper
          label="Instances"
          value={service.instances}
          min={1}
          max={MOST_INSTANCES}
          onChange={(value) => use(`${at}/instances`, value)}
        />
      </FieldRow>
      {service.workers < 2 || position === null ? null : (
        <ChoiceRow
          title={position}
          value={service.commitOf}
          choices={COMMIT_OF}
          onChoose={(value) => use(`${at}/commitOf`, value)}
        />
      )}
      <ChoiceRow
        title="When it fails"
        value={service.onFailure}
        choices={offering(failing, service.onFailure)}
        onChoose={(value) => use(`${at}/onFailure`, value)}
      />
      <Refusal error={error} />
    </>
  )
}

export function ProducerFields({
  producer,
  at,
}: {
  readonly producer: Producer
  readonly at: string
}) {
  const { error, use } = useChange()
  const { lanes } = formsOf(useRunFields('session').session.scenario)
  const key = typeof producer.keyChoice === 'number' ? 'lane' : producer.keyChoice
  return (
    <section className="mt-[14px] grid gap-1 border-t border-hair pt-[14px]">
      {lanes === null ? null : (
        <ChoiceRow
          title={lanes.choosing}
          value={key}
          choices={[
            ['key', 'the key'],
            ['none', 'no key'],
            ...(key === 'lane'
              ? [['lane', lanes.always(Number(producer.keyChoice))] as const]
              : []),
          ]}
          onChoose={(value) => value !== 'lane' && use(`${at}/keyChoice`, value)}
        />
      )}
      <ChoiceRow
        title="Unconfirmed events"
        value={String(producer.resendsWithNewId)}
        choices={[
          ['false', 'left to the client'],
          ['true', 'sent again, new id'],
        ]}
        onChoose={(value) => use(`${at}/resendsWithNewId`, value === 'true')}
      />
      <Refusal error={error} />
    </section>
  )
}

export function PartitionsField({ stream }: { readonly stream: string }) {
  const session = useRunFields('session').session
  const { error, use } = useChange()
  const { deployment } = session.scenario
  const topic = 'topics' in deployment ? deployment.topics[stream] : undefined
  if (topic === undefined) return null
  return (
    <section className="mt-[14px] border-t border-hair pt-[14px]">
      <FieldRow title="Partitions from the start">
        <Stepper
          label="Partitions"
          value={topic.partitions}
          min={1}
          max={MOST_PARTITIONS}
          onChange={(value) => use(`/deployment/topics/${stream}/partitions`, value)}
        />
      </FieldRow>
      <Refusal error={error} />
    </section>
  )
}
