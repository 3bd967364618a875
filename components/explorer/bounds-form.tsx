'use client'
// How far to search: faults and messages in sight, the rest behind a disclosure, and what was cut.
import { useId } from 'react'
import { thousands } from '@/lib/scenario/show'
import { formsOf } from '@/lib/session/forms'
import { type From, froms } from '@/lib/session/settled'
import { titleOf } from '../checks/names'
import { Stepper } from '../ui/stepper'
import { type Counted, KINDS, MEMORY, RANGES, STATES } from './bounds'
import { useExplorer, useExplorerStore } from './context'
import { checksOf } from './store'

export function BoundsForm() {
  const { lanes } = formsOf(useExplorer(({ scenario }) => scenario))
  return (
    <>
      <div className="mt-[20px] flex flex-wrap gap-x-4 gap-y-1">
        <Bound name="faults" title="Faults" />
        <Bound name="messages" title="Messages" />
      </div>
      <details className="explorer-more">
        <summary>More bounds, guarantees and kinds of fault</summary>
        <div className="grid gap-2 pt-1">
          <div className="grid grid-cols-2 gap-x-3 gap-y-1 max-sm:grid-cols-1">
            <Bound name="consumers" title="Consumers" wide />
            {lanes === null ? null : <Bound name="partitions" title={lanes.several} wide />}
            <Bound name="keys" title="Keys" wide />
            <Choice name="maxStates" title="States" values={STATES} />
            <Choice name="maxMb" title="Memory" values={MEMORY} unit=" MB" />
          </div>
          <Beginning />
          <Guarantees />
          <Kinds />
        </div>
      </details>
      <Cut />
    </>
  )
}

interface BoundProps {
  readonly name: Counted
  readonly title: string
  readonly wide?: boolean
}

function Bound({ name, title, wide = false }: BoundProps) {
  const value = useExplorer(({ bounds }) => bounds[name])
  const { setBounds } = useExplorerStore().getState()
  const [least, most] = RANGES[name]
  return (
    <div className={`flex items-center gap-1.5 ${wide ? 'justify-between' : ''}`}>
      <span aria-hidden="true">{title}</span>
      <Stepper
        label={`${title} at most`}
        sign="≤ "
        value={value}
        min={least}
        max={most}
        onChange={(next) => setBounds({ [name]: next })}
      />
    </div>
  )
}

interface ChoiceProps {
  readonly name: 'maxStates' | 'maxMb'
  readonly title: string
  readonly values: readonly number[]
  readonly unit?: string
}

function Choice({ name, title, values, unit = '' }: ChoiceProps) {
  const id = useId()
  const value = useExplorer(({ bounds }) => bounds[name])
  const { setBounds } = useExplorerStore().getState()
  const offered = values.includes(value) ? values : [...values, value].sort((a, b) => a - b)
  return (
    <div className="flex items-center justify-between gap-1.5">
      <label htmlFor={id}>{title}</label>
      <select
        id={id}
        className="ui-field"
        value={value}
        onChange={(event) => setBounds({ [name]: Number(event.target.value) })}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {`≤ ${thousands(each)}${unit}`}
          </option>
        ))}
      </select>
    </div>
  )
}

const BEGINNINGS: Readonly<Record<From, string>> = {
  start: 'at the start',
  settled: 'when the groups have formed',
  published: 'when all is written and nothing polled',
}

/** The later it begins, the more it can look at of what comes after. */
function Beginning() {
  const id = useId()
  const value = useExplorer(({ bounds }) => bounds.from)
  const { setBounds } = useExplorerStore().getState()
  return (
    <div className="flex flex-wrap items-center justify-between gap-1.5">
      <label htmlFor={id}>The search begins</label>
      <select
        id={id}
        className="ui-field"
        value={value}
        onChange={(event) => setBounds({ from: event.target.value as From })}
      >
        {froms.map((each) => (
          <option key={each} value={each}>
            {BEGINNINGS[each]}
          </option>
        ))}
      </select>
    </div>
  )
}

interface TickProps {
  readonly title: string
  readonly hint?: string
  readonly on: boolean
  /** The last one of its group stays. */
  readonly fixed?: boolean
  readonly onChange: (on: boolean) => void
}

function Tick({ title, hint, on, fixed = false, onChange }: TickProps) {
  return (
    <label className="flex items-start gap-1 py-[2px]" title={hint}>
      <input
        type="checkbox"
        className="mt-0.5 size-2 accent-accent"
        checked={on}
        disabled={fixed}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{title}</span>
    </label>
  )
}

/** In the list, or not; the order of `all` is kept. */
function toggled(all: readonly string[], on: readonly string[], id: string): readonly string[] {
  return all.filter((each) => (each === id ? !on.includes(id) : on.includes(each)))
}

function Guarantees() {
  const scenario = useExplorer((explorer) => explorer.scenario)
  const checks = useExplorer((explorer) => explorer.checks)
  const { setChecks } = useExplorerStore().getState()
  const all = checksOf(scenario)
  return (
    <fieldset>
      <legend className="font-semibold">Guarantees, one after the other</legend>
      {all.map((id) => (
        <Tick
          key={id}
          title={titleOf(id)}
          on={checks.includes(id)}
          fixed={checks.length === 1 && checks.includes(id)}
          onChange={() => setChecks(toggled(all, checks, id))}
        />
      ))}
    </fieldset>
  )
}

const ALL_KINDS = KINDS.map(({ id }) => id)

function Kinds() {
  const { kinds, unusualTiming } = useExplorer((explorer) => explorer.bounds)
  const { setBounds } = useExplorerStore().getState()
  return (
    <fieldset>
      <legend className="font-semibold">Kinds of fault</legend>
      <div className="grid grid-cols-2 gap-x-3 max-sm:grid-cols-1">
        {KINDS.map(({ id, title, sentence }) => (
          <Tick
            key={id}
            title={title}
            hint={sentence}
            on={kinds.includes(id)}
            fixed={kinds.length === 1 && kinds.includes(id)}
            onChange={() => setBounds({ kinds: toggled(ALL_KINDS, kinds, id) })}
          />
        ))}
      </div>
      <Tick
        title="Unusual timing: timers that fire though the durations say they would not"
        on={unusualTiming}
        onChange={(on) => setBounds({ unusualTiming: on })}
      />
    </fieldset>
  )
}

/** What is left out of the scenario, as far as a search has said so. */
function Cut() {
  const cut = useExplorer(({ cells, shown }) => cells[shown]?.answers[0]?.cut)
  if (cut === undefined || cut.length === 0) return null
  return (
    <details className="explorer-more">
      <summary>What was cut to search it</summary>
      <ul className="pt-0.5 text-13 text-ink-2">
        {cut.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  )
}
