'use client'
// The experiments as a list that opens: a line each, and below it what the model and the broker did.
import { Fragment, useId, useState } from 'react'
import type { FidelityRow } from '@/lib/fidelity/types'
import { VerdictMark } from '../checks/marks'
import { FilterChoice } from '../ui/filter-choice'
import { type Filter, filtered, NO_FILTER } from './filter'

export function Experiments({ rows }: { readonly rows: readonly FidelityRow[] }) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER)
  const shown = filtered(rows, filter)
  const choose = (change: Partial<Filter>) => setFilter({ ...filter, ...change })
  const brokers = [...new Set(rows.map(({ broker }) => broker))]
  const ofBroker = filtered(rows, { ...NO_FILTER, broker: filter.broker })
  const subjects = [...new Set(ofBroker.map(({ subject }) => subject))].sort()
  return (
    <section aria-labelledby="experiments">
      <h2 id="experiments" className="text-22 font-semibold tracking-[-0.012em]">
        Experiments
      </h2>
      <form className="fidelity-filter" onSubmit={(event) => event.preventDefault()}>
        <FilterChoice
          label="Broker"
          value={filter.broker}
          all={brokers}
          // Each broker has subjects of its own.
          onChoose={(broker) => choose({ broker, subject: '' })}
        />
        <FilterChoice
          label="Subject"
          value={filter.subject}
          all={subjects}
          onChoose={(subject) => choose({ subject })}
        />
        <FilterChoice
          label="Class"
          value={filter.class}
          all={['deterministic', 'set', 'unspecified']}
          onChoose={(kind) => choose({ class: kind })}
        />
        <Search value={filter.text} onType={(text) => choose({ text })} />
        <p role="status" className="text-13 text-ink-3">
          {shown.length} of {rows.length} experiments
        </p>
      </form>
      <ul className="fidelity-list">
        {shown.map((row) => (
          <li key={`${row.broker} ${row.id}`} id={row.id}>
            <Experiment row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Search({
  value,
  onType,
}: {
  readonly value: string
  readonly onType: (text: string) => void
}) {
  const id = useId()
  return (
    <span>
      <label htmlFor={id} className="block text-13 text-ink-3">
        Row or words
      </label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        className="ui-field"
        value={value}
        onChange={(event) => onType(event.target.value)}
      />
    </span>
  )
}

/** The shape says it too: no colour stands alone. */
const MARKS = {
  agrees: 'holds',
  differs: 'broken',
  'not run since it changed': 'not exercised',
} as const

function Experiment({ row }: { readonly row: FidelityRow }) {
  const { verdict, repetitions } = row
  return (
    <details>
      <summary className="fidelity-line">
        <span className="font-mono text-13 text-ink-3">{row.row}</span>
        <span className="font-medium">{row.title}</span>
        <span className="text-13 text-ink-3">
          {row.broker}: {row.subject}, {row.class}
        </span>
        <span className="fidelity-verdict">
          <VerdictMark verdict={MARKS[verdict]} size={16} />
          {verdict}
          {repetitions === 0 ? '' : `, ${repetitions} times`}
        </span>
      </summary>
      <dl className="fidelity-outcomes">
        <dt>Source</dt>
        <dd>{row.source}</dd>
        {row.outcomes.map(({ of, model, broker }) => (
          <Fragment key={of}>
            {of === '' ? null : <Variants names={of} />}
            <Outcomes who="The model" all={model} />
            <Outcomes who="The broker" all={broker} />
          </Fragment>
        ))}
        {row.never === '' ? null : <Outcomes who="Never" all={[row.never]} />}
      </dl>
    </details>
  )
}

const Variants = ({ names }: { readonly names: string }) => (
  <>
    <dt>On</dt>
    <dd className="font-medium">{names}</dd>
  </>
)

function Outcomes({ who, all }: { readonly who: string; readonly all: readonly string[] }) {
  if (all.length === 0) return null
  return (
    <>
      <dt>{who}</dt>
      <dd>
        {all.map((text) => (
          <code key={text} className="block text-13">
            {text}
          </code>
        ))}
      </dd>
    </>
  )
}
