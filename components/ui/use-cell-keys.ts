'use client'
// A table of buttons as one stop of Tab, with arrows inside it.
import { type KeyboardEvent, useState } from 'react'
import { placeAfter } from './cell-keys'

export interface CellKeys {
  /** The id of the element at which Tab stops. */
  readonly stop: string
  readonly onKeyDown: (event: KeyboardEvent) => void
  /** To be told which element has the focus now. */
  readonly onVisit: (id: string) => void
}

/** `ids`: of the elements of each row; all rows are equally long. */
export function useCellKeys(ids: readonly (readonly string[])[]): CellKeys {
  const [visited, setVisited] = useState('')
  const onKeyDown = (event: KeyboardEvent) => {
    const { id } = event.target as HTMLElement
    const row = ids.findIndex((each) => each.includes(id))
    const columns = ids[row]
    if (columns === undefined) return
    const size = { rows: ids.length, columns: columns.length }
    const to = placeAfter(event, { row, column: columns.indexOf(id) }, size)
    if (to === null) return
    event.preventDefault()
    document.getElementById(ids[to.row]?.[to.column] ?? '')?.focus()
  }
  // What was visited last may be gone.
  const stop = ids.flat().includes(visited) ? visited : (ids[0]?.[0] ?? '')
  return { stop, onKeyDown, onVisit: setVisited }
}
