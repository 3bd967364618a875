'use client'
// Which settings hold: a row for each thing that the service might be instead, a column for each guarantee. Every
// cell is computed here, one after the other; pressing one shows what was found. One stop of Tab, with arrows inside.
import { invariants } from '@/lib/invariants/index'
import type { Variant } from '@/lib/session/variants'
import { VerdictMark } from '../checks/marks'
import { titleOf } from '../checks/names'
import { SearchMark } from '../checks/search-mark'
import { useCellKeys } from '../ui/use-cell-keys'
import { useExplorer, useExplorerStore } from './context'
import { type Cell, cellAt, holds, isBroken, keyOf } from './plan'
import { cellWords, isUnusual, partOf } from './words'

export function Matrix() {
  const service = useExplorer((explorer) => explorer.service)
  const rows = useExplorer((explorer) => explorer.rows)
  const checks = useExplorer((explorer) => explorer.checks)
  const title = useServiceTitle(service)
  const keys = useCellKeys(
    rows.map(({ id }) => checks.map((check) => elementOf(keyOf(service, id, check)))),
  )
  if (service === '') return null
  return (
    <section aria-label={`Which settings hold for ${title}`} className="explorer-right">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5">
        <h2 className="text-22 font-semibold tracking-[-0.012em]">
          Which settings hold for {title}
        </h2>
        <Key />
      </div>
      <ServiceChoice />
      <table className="explorer-matrix" onKeyDown={keys.onKeyDown}>
        <thead>
          <tr>
            <th scope="col">{title} consumer</th>
            {checks.map((check) => (
              <th key={check} scope="col" title={sentenceOf(check)}>
                {titleOf(check)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((variant) => (
            <MatrixRow
              key={variant.id}
              service={service}
              variant={variant}
              checks={checks}
              stop={keys.stop}
              onVisit={keys.onVisit}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The id of a cell's button. */
const elementOf = (cell: string): string => cell.replace(/\W+/g, '-')

const sentenceOf = (check: string): string =>
  invariants.find(({ id }) => id === check)?.sentence ?? ''

function useServiceTitle(service: string): string {
  return useExplorer(
    ({ scenario }) => scenario.story.services.find(({ id }) => id === service)?.title ?? service,
  )
}

function Key() {
  return (
    <div className="flex flex-wrap gap-x-2 text-ink-2">
      <span className="inline-flex items-center gap-[6px]">
        <SearchMark answer="counterexample" size={18} /> counterexample
      </span>
      <span className="inline-flex items-center gap-[6px]">
        <SearchMark answer="holds within bounds" size={18} /> holds within bounds
      </span>
      <span className="inline-flex items-center gap-[6px]">
        <SearchMark answer="not exhausted" part={0.4} size={18} /> not exhausted
      </span>
    </div>
  )
}

/** Only where there is a choice. */
function ServiceChoice() {
  const service = useExplorer((explorer) => explorer.service)
  const services = useExplorer((explorer) => explorer.services)
  const story = useExplorer(({ scenario }) => scenario.story)
  const { chooseService } = useExplorerStore().getState()
  if (services.length < 2) return null
  return (
    <label className="mt-1 flex items-center gap-1.5">
      Service
      <select
        className="ui-field"
        value={service}
        onChange={({ target }) => chooseService(target.value)}
      >
        {services.map((id) => (
          <option key={id} value={id}>
            {story.services.find((each) => each.id === id)?.title ?? id}
          </option>
        ))}
      </select>
    </label>
  )
}

interface RowProps {
  readonly service: string
  readonly variant: Variant
  readonly checks: readonly string[]
  readonly stop: string
  readonly onVisit: (id: string) => void
}

function MatrixRow({ service, variant, checks, stop, onVisit }: RowProps) {
  const holdsAll = useExplorer((explorer) =>
    checks.every((check) => holds(cellAt(explorer, keyOf(service, variant.id, check)))),
  )
  return (
    <tr className={holdsAll ? 'is-all' : ''}>
      <th scope="row">
        <span className="block">
          <b>{variant.title}</b>
          {variant.asItIs ? <span className="explorer-mark">as it is</span> : null}
          {holdsAll ? (
            <span className="explorer-all">
              {' '}
              holds {checks.length === 1 ? 'it' : `all ${checks.length}`}
            </span>
          ) : null}
        </span>
        <span className="block text-13 text-ink-3">{variant.detail}</span>
      </th>
      {checks.map((check) => {
        const id = keyOf(service, variant.id, check)
        return (
          <MatrixCell
            key={check}
            id={id}
            label={titleOf(check)}
            isStop={elementOf(id) === stop}
            onFocus={() => onVisit(elementOf(id))}
          />
        )
      })}
    </tr>
  )
}

interface CellProps {
  readonly id: string
  readonly label: string
  /** Whether Tab stops here: at one cell of the table. */
  readonly isStop: boolean
  readonly onFocus: () => void
}

function MatrixCell({ id, label, isStop, onFocus }: CellProps) {
  const cell = useExplorer((explorer) => cellAt(explorer, id))
  const maxStates = useExplorer(({ bounds }) => bounds.maxStates)
  const shown = useExplorer((explorer) => explorer.shown === id)
  const { choose } = useExplorerStore().getState()
  const [answer] = cell.answers
  return (
    <td data-label={label}>
      <button
        type="button"
        id={elementOf(id)}
        tabIndex={isStop ? 0 : -1}
        aria-pressed={shown}
        className={`explorer-cell ${inkOf(cell)}`}
        onClick={() => choose(id)}
        onFocus={onFocus}
      >
        <CellMark cell={cell} part={partOf(cell, maxStates)} />
        <span>
          <span className={isBroken(cell) ? 'explorer-breach' : ''}>
            {cellWords(cell, maxStates)}
          </span>
          {answer?.answer === 'counterexample' && isUnusual(answer) ? (
            <span className="block text-13 font-normal text-ink-2">unusual timing</span>
          ) : null}
        </span>
      </button>
    </td>
  )
}

function CellMark({ cell, part }: { readonly cell: Cell; readonly part: number }) {
  const [answer] = cell.answers
  if (answer !== undefined) return <SearchMark answer={answer.answer} part={1} />
  if (cell.state === 'not promised') return <VerdictMark verdict="not promised" size={20} />
  if (cell.state === 'idle') return <VerdictMark verdict="not exercised" size={20} />
  return cell.state === 'queued' ? null : <SearchMark answer="not exhausted" part={part} />
}

function inkOf(cell: Cell): string {
  if (isBroken(cell)) return 'text-broken-ink font-medium'
  if (holds(cell)) return 'text-hold-ink'
  return cell.state === 'searching' ? 'text-accent' : 'text-ink-3'
}
