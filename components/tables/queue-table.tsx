'use client'
// The queues of a stream as a table: what is held unacknowledged first, then what is ready, the next one first.
import type { Picture, QueuePart, Slot } from '@/lib/picture/types'
import { useRunFields } from '../session/context'
import { rowProps } from '../session/rows'
import { eventWords } from '../session/words'
import { FaultButton } from './fault-button'
import { KeyOf } from './key-of'

export const queuesOf = (picture: Picture, stream: string): readonly QueuePart[] =>
  picture.parts.filter((part): part is QueuePart => part.kind === 'queue' && part.stream === stream)

export function QueueTable({ queues }: { readonly queues: readonly QueuePart[] }) {
  if (queues.length === 0) return null
  return (
    <table className="ui-table tables-partitions">
      <thead>
        <tr>
          <th scope="col">queue</th>
          <th scope="col">stands</th>
          <th scope="col">key</th>
          <th scope="col">event</th>
          <th scope="col">delivered before</th>
          <th scope="col">
            <span className="sr-only">faults</span>
          </th>
        </tr>
      </thead>
      {queues.map((queue) => (
        <QueueRows key={queue.id} queue={queue} />
      ))}
    </table>
  )
}

interface Row {
  readonly stands: string
  readonly slot: Slot
}

/** Each message with where it stands: in somebody's hands, or the how manieth it is to be delivered. */
export function rowsOf({ unacked, ready }: QueuePart): readonly Row[] {
  return [
    ...unacked.map((slot) => ({ stands: 'unacked', slot })),
    ...ready.map((slot, i) => ({ stands: i === 0 ? 'ready, next' : 'ready', slot })),
  ]
}

function QueueRows({ queue }: { readonly queue: QueuePart }) {
  const { selected, set } = useRunFields('selected', 'set')
  const rows = rowsOf(queue)
  const head = (
    <th
      scope="rowgroup"
      rowSpan={Math.max(1, rows.length)}
      className="font-mono"
      aria-current={selected === queue.id}
    >
      <button
        type="button"
        data-target={queue.id}
        className="cursor-pointer text-left hover:underline"
        onClick={() => set({ selected: queue.id })}
      >
        {queue.title}
      </button>
    </th>
  )
  if (rows.length === 0)
    return (
      <tbody>
        <tr className="is-first">
          {head}
          <td colSpan={5} className="text-ink-3">
            empty
          </td>
        </tr>
      </tbody>
    )
  return (
    <tbody>
      {rows.map((row, i) => (
        // A message may stand in a queue twice.
        // biome-ignore lint/suspicious/noArrayIndexKey: its place is what tells one row from another
        <QueueRow key={i} row={row} head={i === 0 ? head : null} />
      ))}
    </tbody>
  )
}

function QueueRow({ row, head }: { readonly row: Row; readonly head: React.ReactNode }) {
  const { selected, set } = useRunFields('selected', 'set')
  const { token } = row.slot
  if (token === null) return null
  const isSelected = token.message === selected
  const name = eventWords(token.label, token.type)
  return (
    <tr
      className={`${head === null ? '' : 'is-first'} ${isSelected ? 'is-selected' : ''}`}
      aria-current={isSelected}
    >
      {head}
      <td className="whitespace-nowrap">{row.stands}</td>
      <td className="whitespace-nowrap">
        <KeyOf token={token} />
      </td>
      <td>
        <button
          type="button"
          {...rowProps}
          data-target={token.message}
          className="cursor-pointer text-left hover:underline"
          onClick={() => set({ selected: token.message })}
        >
          {name}
        </button>
      </td>
      <td className={token.redelivered ? '' : 'text-ink-3'}>
        {token.redelivered ? 'yes' : 'no'}
        {row.slot.said === undefined ? null : (
          <span className="block font-mono text-13 text-ink-2">{row.slot.said}</span>
        )}
      </td>
      <td className="text-right">
        <FaultButton target={token.message} name={name} />
      </td>
    </tr>
  )
}
