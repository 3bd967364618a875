'use client'
// The nodes that have a copy of a partition: who leads, who is in sync, how far each has got.
import type { Picture, ReplicaPart } from '@/lib/picture/types'
import { useRunFields } from '../session/context'
import { rowProps } from '../session/rows'
import { BoltIcon } from '../ui/icons'
import { FaultButton } from './fault-button'

export const replicasOf = (picture: Picture, tape: string): readonly ReplicaPart[] =>
  picture.parts.filter((part): part is ReplicaPart => part.kind === 'replica' && part.of === tape)

interface Props {
  readonly replicas: readonly ReplicaPart[]
  /** Above the rows, where several partitions stand in one place. */
  readonly caption?: string
}

export function ReplicaTable({ replicas, caption }: Props) {
  return (
    <table className="ui-table">
      {caption === undefined ? null : (
        <caption className="pt-1 text-left text-ink-2">{caption}</caption>
      )}
      <thead>
        <tr>
          <th scope="col">broker</th>
          <th scope="col">role</th>
          <th scope="col">log end</th>
          <th scope="col">HW</th>
          <th scope="col">
            <span className="sr-only">faults</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {replicas.map((replica) => (
          <ReplicaRow key={replica.id} replica={replica} />
        ))}
      </tbody>
    </table>
  )
}

function ReplicaRow({ replica }: { readonly replica: ReplicaPart }) {
  const { selected, set } = useRunFields('selected', 'set')
  const { node, title, end, watermark } = replica
  return (
    <tr className={selected === node ? 'is-selected' : ''} aria-current={selected === node}>
      <th scope="row">
        <button
          type="button"
          {...rowProps}
          data-target={node}
          className="cursor-pointer text-left font-semibold whitespace-nowrap hover:underline"
          onClick={() => set({ selected: node })}
        >
          {title}
        </button>
      </th>
      <td>
        <Role replica={replica} />
      </td>
      <td className="font-mono">{end}</td>
      <td className="font-mono">{watermark}</td>
      <td className="text-right">
        <FaultButton target={node} name={title} />
      </td>
    </tr>
  )
}

function Role({ replica }: { readonly replica: ReplicaPart }) {
  const { leads, inSync, up, believes } = replica
  return (
    <>
      {leads ? <b>leader, </b> : null}
      {inSync ? 'in sync' : <span className="text-fault-ink">out of the ISR</span>}
      {up ? null : (
        <span className="font-semibold whitespace-nowrap text-fault-ink">
          , <BoltIcon size={16} /> down
        </span>
      )}
      {believes === '' ? null : <span className="block text-fault-ink">believes: {believes}</span>}
    </>
  )
}
