'use client'
// What holds messages, as tables. Logs: partition, offset, key, event, how it stands with it, and which groups have
// committed past it; of partitions with replicas, what each node has. Queues have a table of their own.
import type { Picture, PointerPart, Slot, TapePart } from '@/lib/picture/types'
import { formsOf } from '@/lib/session/forms'
import { useRunFields } from '../session/context'
import { rowProps } from '../session/rows'
import { usePicture } from '../session/views'
import { eventWords } from '../session/words'
import { FaultButton } from './fault-button'
import { KeyOf } from './key-of'
import { QueueTable, queuesOf } from './queue-table'
import { ReplicaTable, replicasOf } from './replica-table'

export function PartitionTables() {
  const picture = usePicture()
  const tapes = picture.parts.filter((part): part is TapePart => part.kind === 'tape')
  const groups = picture.groups.map(({ letter, title }) => `${letter} ${title}`).join(', ')
  return picture.streams.map((stream) => (
    <section key={stream.id} aria-labelledby={`stream-${stream.id}`} className="structured-section">
      <h2 id={`stream-${stream.id}`}>
        <span>
          {stream.title} <span className="font-normal text-ink-3">{stream.note}</span>
        </span>
        <small>{groups}</small>
      </h2>
      <div className="overflow-x-auto">
        <PartitionTable
          picture={picture}
          tapes={tapes.filter((tape) => tape.stream === stream.id || tape.stream === stream.title)}
        />
        <QueueTable queues={queuesOf(picture, stream.id)} />
        <ReplicaTables picture={picture} stream={stream.id} />
      </div>
    </section>
  ))
}

function ReplicaTables({
  picture,
  stream,
}: {
  readonly picture: Picture
  readonly stream: string
}) {
  return picture.parts.flatMap((part) => {
    if (part.kind !== 'tape' || part.stream !== stream) return []
    const replicas = replicasOf(picture, part.id)
    if (replicas.length === 0) return []
    return [
      <ReplicaTable key={part.id} replicas={replicas} caption={`Replicas of ${part.title}`} />,
    ]
  })
}

interface TableProps {
  readonly picture: Picture
  readonly tapes: readonly TapePart[]
}

function PartitionTable({ picture, tapes }: TableProps) {
  const { log } = formsOf(useRunFields('session').session.scenario)
  if (tapes.length === 0) return null
  return (
    <table className="ui-table tables-partitions">
      <thead>
        <tr>
          <th scope="col">{log.one}</th>
          <th scope="col">offset</th>
          <th scope="col">key</th>
          <th scope="col">event</th>
          <th scope="col">replicated</th>
          <th scope="col">{log.passed}</th>
          <th scope="col">
            <span className="sr-only">faults</span>
          </th>
        </tr>
      </thead>
      {tapes.map((tape) => (
        <TapeRows key={tape.id} tape={tape} pointers={pointersOf(picture, tape.id)} />
      ))}
    </table>
  )
}

const pointersOf = (picture: Picture, tape: string): readonly PointerPart[] =>
  picture.parts.filter((part): part is PointerPart => part.kind === 'pointer' && part.of === tape)

/** Watermarks that lie below the end of the log: there readers stop before it. */
const limitsOf = (tape: TapePart, pointers: readonly PointerPart[]): readonly string[] =>
  pointers
    .filter(({ flag, at }) => flag !== 'committed' && at < tape.end)
    .map(({ flag, at }) => `${flag} ${at}`)

interface RowsProps {
  readonly tape: TapePart
  readonly pointers: readonly PointerPart[]
}

function TapeRows({ tape, pointers }: RowsProps) {
  const rows = Math.max(1, tape.slots.length) + (tape.first > 0 ? 1 : 0)
  const head = <TapeHead tape={tape} rows={rows} limits={limitsOf(tape, pointers)} />
  return (
    <tbody>
      {tape.first === 0 ? null : (
        <tr className="is-first">
          {head}
          <td colSpan={6} className="text-ink-3">
            offsets 0 to {tape.first - 1} are {tape.start === tape.first ? 'deleted' : 'not listed'}
          </td>
        </tr>
      )}
      {tape.slots.length === 0 ? (
        <tr className="is-first">
          {head}
          <td colSpan={6} className="text-ink-3">
            empty
          </td>
        </tr>
      ) : null}
      {tape.slots.map((slot, index) => (
        <SlotRow
          key={slot.offset}
          slot={slot}
          committed={lettersPast(pointers, slot.offset)}
          first={index === 0 && tape.first === 0}
          head={index === 0 && tape.first === 0 ? head : null}
        />
      ))}
    </tbody>
  )
}

interface HeadProps {
  readonly tape: TapePart
  readonly rows: number
  readonly limits: readonly string[]
}

function TapeHead({ tape, rows, limits }: HeadProps) {
  const { selected, set } = useRunFields('selected', 'set')
  return (
    <th scope="rowgroup" rowSpan={rows} className="font-mono" aria-current={selected === tape.id}>
      <button
        type="button"
        data-target={tape.id}
        className="cursor-pointer text-left hover:underline"
        onClick={() => set({ selected: tape.id })}
      >
        {tape.title}
      </button>
      {tape.badge === '' ? null : <span className="block text-fault-ink">{tape.badge}</span>}
      {limits.map((limit) => (
        <span key={limit} className="block font-normal whitespace-nowrap text-ink-2">
          {limit}
        </span>
      ))}
    </th>
  )
}

/** The letters of the groups whose committed offset lies beyond this one. */
export function lettersPast(pointers: readonly PointerPart[], offset: number): string {
  return pointers
    .filter(({ at, flag }) => flag === 'committed' && at > offset)
    .flatMap(({ groups }) => groups.map(({ letter }) => letter))
    .join(' ')
}

interface SlotProps {
  readonly slot: Slot
  readonly committed: string
  readonly first: boolean
  readonly head: React.ReactNode
}

function SlotRow({ slot, committed, first, head }: SlotProps) {
  const { selected, set } = useRunFields('selected', 'set')
  const { token } = slot
  const isSelected = token !== null && token.message === selected
  const name = [first ? 'is-first' : '', isSelected ? 'is-selected' : ''].join(' ')
  return (
    <tr className={name} aria-current={isSelected}>
      {head}
      <td className="font-mono">{slot.offset}</td>
      <td className="whitespace-nowrap">{token === null ? '' : <KeyOf token={token} />}</td>
      <td>
        {token === null ? null : (
          <button
            type="button"
            {...rowProps}
            data-target={token.message}
            className={`cursor-pointer text-left hover:underline ${slot.transaction === 'aborted' ? 'line-through' : ''}`}
            onClick={() => set({ selected: token.message })}
          >
            {eventWords(token.label, token.type)}
          </button>
        )}
        <Standing slot={slot} />
      </td>
      <td className={slot.status === 'pending' ? 'text-ink-3' : ''}>
        {slot.gone === true ? '' : slot.status === 'pending' ? 'not yet' : 'yes'}
      </td>
      <td className={committed === '' ? 'text-ink-3' : 'font-mono'}>{committed || 'none'}</td>
      <td className="text-right">
        {token === null ? null : (
          <FaultButton target={token.message} name={eventWords(token.label, token.type)} />
        )}
      </td>
    </tr>
  )
}

/** What else there is to be said of an offset: whose transaction, whose end of one, or nothing any more. */
function Standing({ slot }: { readonly slot: Slot }) {
  const words = slotWords(slot)
  if (words === '') return null
  return (
    <span className="text-ink-2">
      {slot.token === null ? '' : ', '}
      {words}
    </span>
  )
}

export function slotWords({ transaction, control, gone, taken }: Slot): string {
  const locks = (taken ?? []).map(
    ({ group, state, count }) => `${group}: ${state}, delivery ${count}`,
  )
  const words = [
    ...(transaction === 'open' ? ['its transaction is open'] : []),
    ...(transaction === 'aborted' ? ['aborted'] : []),
    ...(control === undefined ? [] : [`control record: ${control} of a transaction`]),
    ...(gone === true ? ['compacted away'] : []),
    ...locks,
  ]
  return words.join(', ')
}
