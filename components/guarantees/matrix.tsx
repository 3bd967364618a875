'use client'
// The tables. Each is one stop of Tab, with arrows inside. On a phone each row is a card with a line for each guarantee.
import { useState } from 'react'
import type { Sheet, ShownFamily, ShownRow } from '@/lib/guarantees/sheet'
import { FilterChoice } from '../ui/filter-choice'
import { useCellKeys } from '../ui/use-cell-keys'
import { CellButton, cellId } from './cell'
import { Detail } from './detail'
import { choicesOf, type Filter, filtered, NO_FILTER } from './filter'

const lowerFirst = (text: string): string => text.replace(/^./, (first) => first.toLowerCase())

export function Matrix({ sheet }: { readonly sheet: Sheet }) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER)
  const [open, setOpen] = useState('')
  const shown = filtered(sheet, filter)
  const choose = (change: Partial<Filter>) => setFilter({ ...filter, ...change })
  const total = sheet.families.reduce((sum, { rows }) => sum + rows.length, 0)
  const left = shown.reduce((sum, { rows }) => sum + rows.length, 0)
  return (
    <>
      <form className="guarantees-filter" onSubmit={(event) => event.preventDefault()}>
        <FilterChoice
          label="Broker"
          value={filter.broker}
          all={choicesOf(sheet, 'broker')}
          onChoose={(broker) => choose({ broker })}
        />
        <FilterChoice
          label="Kind of sink"
          value={filter.sink}
          all={choicesOf(sheet, 'sink')}
          onChoose={(sink) => choose({ sink })}
        />
        <FilterChoice
          label="Strategy"
          value={filter.strategy}
          all={choicesOf(sheet, 'strategy')}
          onChoose={(strategy) => choose({ strategy })}
        />
        <p role="status" className="text-13 text-ink-3">
          {left} of {total} rows
        </p>
      </form>
      {shown.map((family) => (
        <Family key={family.id} family={family} open={open} onOpen={setOpen} />
      ))}
    </>
  )
}

interface FamilyProps {
  readonly family: ShownFamily
  readonly open: string
  readonly onOpen: (id: string) => void
}

function Family({ family, open, onOpen }: FamilyProps) {
  const { stop, onKeyDown, onVisit } = useCellKeys(
    family.rows.map((row) => row.cells.map(({ column }) => cellId(row.id, column))),
  )
  return (
    <section aria-labelledby={`family-${family.id}`} className="guarantees-part">
      <h2 id={`family-${family.id}`} className="text-22 font-semibold tracking-[-0.012em]">
        {family.broker}: {lowerFirst(family.title)}
      </h2>
      <p className="text-ink-2">Bounds: {family.bounds}.</p>
      <table className="guarantees-table" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">Settings</th>
            {family.columns.map(({ id, title }) => (
              <th key={id} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {family.rows.map((row) => (
            <Rows
              key={row.id}
              columns={family.columns}
              row={row}
              open={open}
              stop={stop}
              onOpen={onOpen}
              onVisit={onVisit}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface RowsProps {
  readonly columns: ShownFamily['columns']
  readonly row: ShownRow
  readonly open: string
  readonly stop: string
  readonly onOpen: (id: string) => void
  readonly onVisit: (id: string) => void
}

function Rows({ columns, row, open, stop, onOpen, onVisit }: RowsProps) {
  const opened = row.cells.find(({ column }) => cellId(row.id, column) === open)
  return (
    <>
      <tr id={row.id}>
        <th scope="row">
          <b className="block font-semibold">{row.title}</b>
          <span className="block text-13 text-ink-3">{row.note}</span>
        </th>
        {row.cells.map((cell, at) => {
          const id = cellId(row.id, cell.column)
          return (
            <td key={cell.column} data-label={columns[at]?.title}>
              <CellButton
                cell={cell}
                id={id}
                open={open === id}
                isStop={stop === id}
                onFocus={() => onVisit(id)}
                onPress={() => onOpen(open === id ? '' : id)}
              />
            </td>
          )
        })}
      </tr>
      {opened === undefined ? null : (
        <tr className="guarantees-opened">
          <td colSpan={columns.length + 1}>
            <Detail
              id={`${open}-detail`}
              row={row}
              cell={opened}
              title={columns.find(({ id }) => id === opened.column)?.title ?? opened.column}
            />
          </td>
        </tr>
      )}
    </>
  )
}
