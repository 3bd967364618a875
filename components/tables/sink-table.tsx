'use client'
// The sinks as a table: what is there against what should be. What is written stays written.
import type { TablePart } from '@/lib/picture/types'
import { VerdictMark } from '../checks/marks'
import { useRunFields } from '../session/context'
import { rowProps } from '../session/rows'
import { usePicture } from '../session/views'
import { KeyShape } from '../ui/key-shape'
import { FaultButton } from './fault-button'

export function SinkTable() {
  const sinks = usePicture().parts.filter((part): part is TablePart => part.kind === 'table')
  return (
    <table className="ui-table">
      <thead>
        <tr>
          <th scope="col">sink</th>
          <th scope="col">kind</th>
          <th scope="col">holds</th>
          <th scope="col">
            <span className="sr-only">faults</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sinks.map((sink) => (
          <SinkRow key={sink.id} sink={sink} />
        ))}
      </tbody>
    </table>
  )
}

function SinkRow({ sink }: { readonly sink: TablePart }) {
  const { selected, set } = useRunFields('selected', 'set')
  return (
    <tr className={selected === sink.id ? 'is-selected' : ''} aria-current={selected === sink.id}>
      <th scope="row">
        <button
          type="button"
          {...rowProps}
          data-target={sink.id}
          className="cursor-pointer text-left font-semibold hover:underline"
          onClick={() => set({ selected: sink.id })}
        >
          {sink.title}
        </button>
      </th>
      <td>
        {sink.sinkKind || 'counters'}
        {sink.state === '' ? null : <b className="text-fault-ink"> {sink.state}</b>}
      </td>
      <td>
        <Contents sink={sink} />
      </td>
      <td className="text-right">
        <FaultButton target={sink.id} name={sink.title} />
      </td>
    </tr>
  )
}

function Contents({ sink }: { readonly sink: TablePart }) {
  if (sink.tokens.length + sink.rows.length === 0)
    return <span className="text-ink-3">nothing yet</span>
  return (
    <ul className="flex flex-wrap gap-x-2">
      {sink.tokens.map((token) => (
        <li key={token.message} className="whitespace-nowrap">
          <KeyShape shape={token.shape} /> {token.label}
          {token.times < 2 ? null : <b className="text-broken-ink"> ×{token.times}</b>}
        </li>
      ))}
      {sink.rows.map((row) => (
        <li key={row.name} className="whitespace-nowrap">
          {row.wrong ? <VerdictMark verdict="broken" size={16} /> : null} {row.name}{' '}
          <b className={row.wrong ? 'text-broken-ink' : 'text-ink'}>{row.actual}</b>
          {row.wrong ? <span className="text-broken-ink"> instead of {row.expected}</span> : null}
        </li>
      ))}
    </ul>
  )
}
