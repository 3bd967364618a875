'use client'
// The figures of the search that is looked at: states seen, how fast, the frontier, the time; and where it is.
import { thousands } from '@/lib/scenario/show'
import { titleOf } from '../checks/names'
import { count, seconds } from '../session/words'
import { useExplorer } from './context'
import { Histogram } from './histogram'
import type { Standing } from './messages'
import { cellAt, isOver, keyOf } from './plan'
import type { Explorer } from './store'
import { stepsOf } from './words'

export function Figures() {
  const cell = useExplorer((explorer) => cellAt(explorer, explorer.shown))
  const standing = cell.standing
  const [answer] = cell.answers
  const found = answer?.answer === 'counterexample' ? stepsOf(answer) : null
  return (
    <section aria-label="Figures" className="mt-[20px] border-t border-hair pt-[14px]">
      <div className="flex flex-wrap justify-between gap-x-2">
        <h2 className="font-semibold">Search</h2>
        <Done />
      </div>
      <dl className="explorer-figures">
        <Figure name="states seen" value={thousands(seen(standing))} />
        <Figure name="states/s" value={thousands(speed(standing))} />
        <Figure name="frontier" value={thousands(standing?.frontier ?? 0)} />
        <Figure name="elapsed" value={seconds(standing?.ms ?? 0)} />
      </dl>
      <Where standing={standing} searching={cell.state === 'searching'} />
      <Histogram
        depths={standing?.depths ?? []}
        found={found}
        searching={cell.state === 'searching'}
      />
    </section>
  )
}

const seen = (standing: Standing | null): number =>
  standing === null ? 0 : standing.states + standing.earlier

function speed(standing: Standing | null): number {
  if (standing === null || standing.ms === 0) return 0
  return Number(((seen(standing) / standing.ms) * 1000).toPrecision(3))
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-ink-3">{name}</dt>
      <dd className="font-mono text-22 leading-[28px] font-medium tracking-[-0.03em]">{value}</dd>
    </div>
  )
}

/** Cells of the rows in sight that are over. */
function doneOf(explorer: Explorer): number {
  const { rows, checks, service } = explorer
  const cells = rows.flatMap(({ id }) =>
    checks.map((check) => cellAt(explorer, keyOf(service, id, check))),
  )
  return cells.filter(isOver).length
}

function Done() {
  const done = useExplorer(doneOf)
  const all = useExplorer(({ rows, checks }) => rows.length * checks.length)
  const onPage = useExplorer((explorer) => explorer.onPage)
  return (
    <span className="text-ink-3">
      {`${done} of ${all} cells done`}
      {onPage ? ', in this page: no worker can be had here' : ''}
    </span>
  )
}

interface WhereProps {
  readonly standing: Standing | null
  readonly searching: boolean
}

/** At which level of faults the search is, and of what. */
function Where({ standing, searching }: WhereProps) {
  const shown = useExplorer((explorer) => explorer.shown)
  const most = useExplorer(({ bounds }) => bounds.faults)
  const invariant = shown.split(' | ').at(-1) ?? ''
  if (invariant === '') return null
  const level = standing === null ? '' : `${count(standing.faults, 'fault')} of ${most}, `
  const size =
    standing === null || standing.messages === 0
      ? ''
      : `${count(standing.messages, 'message')}, ${count(standing.consumers, 'consumer')}`
  return (
    <p className="mt-0.5 text-13 text-ink-3">
      {titleOf(invariant)}
      {searching ? `: searching with ${level}${size}` : size === '' ? '' : `: ${level}${size}`}
    </p>
  )
}
