'use client'
// Everything about one partition: how far it is written, how far each group has committed, how far behind.
import type { Picture, PointerPart, TapePart } from '@/lib/picture/types'
import { formsOf } from '@/lib/session/forms'
import { useRunFields } from '../session/context'
import { usePicture } from '../session/views'
import { count, eventWords } from '../session/words'
import { ReplicaTable, replicasOf } from '../tables/replica-table'
import { KeyShape } from '../ui/key-shape'
import { Section } from '../ui/section'
import { Intents } from './fault-list'
import { PanelHead } from './panel-head'
import { Reachable } from './reachable'
import { PartitionsField } from './story-fields'

export function tapeOf(picture: Picture, id: string): TapePart | null {
  return (
    picture.parts.find((part): part is TapePart => part.kind === 'tape' && part.id === id) ?? null
  )
}

export function TapePanel({ tape }: { readonly tape: TapePart }) {
  const { log } = formsOf(useRunFields('session').session.scenario)
  return (
    <>
      <PanelHead title={`${tape.stream} ${tape.title}`}>
        {tape.badge === '' ? null : (
          <span className="font-semibold text-fault-ink">{tape.badge}</span>
        )}
      </PanelHead>
      <Extent tape={tape} />
      <Replicas tape={tape} />
      <Section title={log.positions}>
        <Committed tape={tape} />
      </Section>
      <Section title="Last events">
        <LastEvents tape={tape} />
      </Section>
      <PartitionsField stream={tape.stream} />
      <Intents target={tape.id} />
      <Reachable target={tape.id} />
    </>
  )
}

/** How far it is written, and how far readers get where that is less. */
function Extent({ tape }: { readonly tape: TapePart }) {
  const picture = usePicture()
  const begin = tape.start ?? 0
  const isPlain = tape.slots.every(({ control, gone }) => control === undefined && gone !== true)
  return (
    <>
      <p className="text-ink-2">
        {count(tape.end, isPlain ? 'event' : 'record')} written; the next one gets offset {tape.end}
        .{begin === 0 ? null : ` It begins at ${begin}: what was before is deleted.`}
      </p>
      {settledWords(picture, tape).map((words) => (
        <p key={words} className="text-ink-2">
          {words}
        </p>
      ))}
    </>
  )
}

/** High watermark and last stable offset, where readers do not get to the end of the log. */
export function settledWords(picture: Picture, tape: TapePart): readonly string[] {
  const at = (flag: PointerPart['flag']) =>
    picture.parts.find(
      (part): part is PointerPart =>
        part.kind === 'pointer' && part.of === tape.id && part.flag === flag,
    )?.at
  const [watermark, stable] = [at('HW') ?? tape.end, at('LSO')]
  return [
    ...(watermark >= tape.end
      ? []
      : [`High watermark ${watermark}: what lies above is not on every replica in sync yet.`]),
    ...(stable === undefined
      ? []
      : [`Last stable offset ${stable}: a transaction that began there is open.`]),
  ]
}

function Replicas({ tape }: { readonly tape: TapePart }) {
  const replicas = replicasOf(usePicture(), tape.id)
  if (replicas.length === 0) return null
  return (
    <Section title="Replicas">
      <ReplicaTable replicas={replicas} />
    </Section>
  )
}

/** The committed offset is the next one to read; what lies between it and the end is the lag. */
export function lagsOf(picture: Picture, tape: TapePart) {
  const pointers = picture.parts.filter(
    (part): part is PointerPart =>
      part.kind === 'pointer' && part.of === tape.id && part.flag === 'committed',
  )
  return picture.groups.map(({ id, title, letter }) => {
    const at = pointers.find(({ groups }) => groups.some((group) => group.id === id))?.at
    return { id, title, letter, at: at ?? null, lag: tape.end - (at ?? 0) }
  })
}

function Committed({ tape }: { readonly tape: TapePart }) {
  const picture = usePicture()
  const { log } = formsOf(useRunFields('session').session.scenario)
  return (
    <table className="ui-table">
      <thead>
        <tr>
          <th scope="col">group</th>
          <th scope="col">next to read</th>
          <th scope="col">lag</th>
        </tr>
      </thead>
      <tbody>
        {lagsOf(picture, tape).map((group) => (
          <tr key={group.id}>
            <th scope="row">
              {group.title} <code>{group.letter}</code>
            </th>
            <td className={group.at === null ? 'text-ink-3' : 'font-mono'}>
              {group.at ?? log.none}
            </td>
            <td className="font-mono">{group.lag}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function LastEvents({ tape }: { readonly tape: TapePart }) {
  const set = useRunFields('set').set
  if (tape.slots.length === 0) return <p className="text-ink-3">None yet.</p>
  return (
    <ul>
      {tape.slots.slice(-8).map(({ offset, token }) =>
        token === null ? null : (
          <li key={offset}>
            <button
              type="button"
              className="grid w-full cursor-pointer grid-cols-[32px_24px_1fr] py-[2px] text-left text-ink-2 hover:text-ink"
              onClick={() => set({ selected: token.message })}
            >
              <span className="font-mono text-ink-3">{offset}</span>
              <KeyShape shape={token.shape} />
              {eventWords(token.label, token.type)}
            </button>
          </li>
        ),
      )}
    </ul>
  )
}
