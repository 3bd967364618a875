// The matrix as the page shows it: words and addresses, made once when the site is built. Scripts stay behind; a
// run travels in the link that plays it.
import { brokerOf } from '../brokers/index.ts'
import type { Action } from '../engine/types.ts'
import type { Scenario } from '../scenario/types.ts'
import { counterexampleHref, linkOf } from '../session/links.ts'
import { cutTo } from '../session/scope.ts'
import { boundsOf, columnsOf, families, familyOf } from './bounds.ts'
import { columnTitle } from './columns.ts'
import { type Facets, facetsOf } from './facets.ts'
import {
  boundsInWords,
  cellInWords,
  counted,
  isCredited,
  momentInWords,
  rowInWords,
} from './prose.ts'
import { rowOf, rows } from './rows.ts'
import type { Cell, Matrix, Row, Witness } from './types.ts'
import { type Stage, scriptOf, stageAt, stageFor } from './witness.ts'

/** A search's answer, or why there is none. `not threatened`: it holds, and nothing that may happen here breaks it. */
export type Status = Cell['answer'] | 'not threatened'

interface Played {
  readonly words: string
  readonly href: string
}

export interface ShownCell {
  readonly column: string
  readonly status: Status
  /** What stands in the table. */
  readonly short: string
  readonly sentence: string
  readonly play: Played | null
  readonly witnesses: readonly Played[]
  readonly weaker: { readonly id: string; readonly title: string } | null
  /** The explorer, asked the same; null where there is nothing to ask. */
  readonly again: string | null
}

export interface ShownRow {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly prose: string
  readonly facets: Facets
  readonly cells: readonly ShownCell[]
}

export interface ShownFamily {
  readonly id: string
  readonly broker: string
  readonly title: string
  readonly bounds: string
  readonly columns: readonly { readonly id: string; readonly title: string }[]
  readonly rows: readonly ShownRow[]
}

export interface Sheet {
  readonly families: readonly ShownFamily[]
}

function shortOf(cell: Cell, lead: number): string {
  if (cell.answer === 'counterexample')
    return `${counted(cell.faults, 'fault')}, ${counted(cell.steps - lead, 'step')}`
  if (cell.answer === 'holds within bounds')
    return isCredited(cell) ? 'within bounds' : 'not threatened'
  if (cell.answer === 'not exhausted')
    return cell.upTo < 1 ? 'not exhausted' : `open beyond ${counted(cell.upTo, 'fault')}`
  return cell.answer
}

/** The explorer's page on this row and this guarantee, at the same bounds. */
function againOf(row: Row, column: string): string {
  const { faults, messages, consumers, kinds, from, maxStates } = boundsOf(row.family)
  const query = new URLSearchParams({
    faults: `${faults}`,
    messages: `${messages}`,
    consumers: `${consumers}`,
    maxStates: `${maxStates}`,
    maxMb: '2048',
    kinds: kinds.join(' '),
    from,
  })
  return `/explore/?${query}#${linkOf({ ...row.scenario, checks: [column] })}`
}

function hrefOf(scenario: Scenario, script: readonly Action[], column: string): string {
  return counterexampleHref({ scenario: { ...scenario, checks: [column] }, script })
}

function witnessShown(row: Row, stage: Stage, witness: Witness, column: string): Played {
  const { script } = scriptOf(stage, witness)
  return {
    words: momentInWords(witness.moment, familyOf(row.family).broker),
    href: hrefOf(row.scenario, script, column),
  }
}

function cellShown(row: Row, stage: Stage, cell: Cell): ShownCell {
  const { column } = cell
  const lead = stage.prefix.length
  const status =
    cell.answer === 'holds within bounds' && !isCredited(cell) ? 'not threatened' : cell.answer
  const unthreatened =
    status === 'not threatened'
      ? ' No row breaks it at these bounds: such faults do not threaten it.'
      : ''
  const held = cell.answer === 'holds within bounds' ? cell : null
  const weaker = held?.weaker ?? null
  const searched = cell.answer !== 'not promised' && cell.answer !== 'not exercised'
  return {
    column,
    status,
    short: shortOf(cell, lead),
    sentence: cellInWords(cell, row.family) + unthreatened,
    play:
      cell.answer === 'counterexample'
        ? {
            words: `${counted(cell.steps, 'step')} in all, ${lead} of them before the search begins.`,
            href: hrefOf(
              cutTo(row.scenario, cell.size).scenario,
              [...stage.prefix, ...cell.tail],
              column,
            ),
          }
        : null,
    witnesses: (held?.witnesses ?? []).map((each) => witnessShown(row, stage, each, column)),
    weaker: weaker === null ? null : { id: weaker, title: titleOf(rowOf(weaker)) },
    again: searched ? againOf(row, column) : null,
  }
}

const titleOf = ({ title, note }: Row): string => `${title} (${note})`

function rowShown(row: Row, cells: readonly Cell[]): ShownRow {
  const whole = stageFor(row)
  const { id, title, note } = row
  const shown = cells.map((cell) =>
    cellShown(row, cell.answer === 'counterexample' ? stageAt(row, cell.size) : whole, cell),
  )
  return {
    id,
    title,
    note,
    prose: rowInWords(cells, row.family),
    facets: facetsOf(row),
    cells: shown,
  }
}

export function sheetOf(matrix: Matrix): Sheet {
  const cellsFor = (id: string) => matrix.rows.find((row) => row.id === id)?.cells ?? []
  return {
    families: families.map(({ id, title, broker }) => ({
      id,
      broker: brokerOf(broker).title,
      title,
      bounds: boundsInWords(id),
      columns: columnsOf(id).map((column) => ({ id: column, title: columnTitle(column) })),
      rows: rows
        .filter(({ family }) => family === id)
        .map((row) => rowShown(row, cellsFor(row.id))),
    })),
  }
}
