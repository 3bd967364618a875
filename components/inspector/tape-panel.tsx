'use client'
// Everything about one partition: how far it is written, how far each group has committed, how far behind.
import type { Picture, PointerPart, TapePart } from '@/lib/picture/types'
import { useRunFields } from '../session/context'
import { usePicture } from '../session/views'
import { count, eventWords } from '../session/words'
import { KeyShape } from '../ui/key-shape'
import { Section } from '../ui/section'
import { Intents } from './fault-list'
import { PanelHead } from './panel-head'
import { PartitionsField } from './story-fields'

export function tapeOf(picture: Picture, id: string): TapePart | null {
  return (
    picture.parts.find((part): part is TapePart => part.kind === 'tape' && part.id === id) ?? null
  )
}

export function TapePanel({ tape }: { readonly tape: TapePart }) {
  return (
    <>
      <PanelHead title={`${tape.stream} ${tape.title}`}>
        {tape.badge === '' ? null : <span className="text-ink-3">{tape.badge}</span>}
      </PanelHead>
      <p className="text-ink-2">
        {count(tape.end, 'event')} written; the next one gets offset {tape.end}.
      </p>
      <Section title="Committed offsets">
        <Committed tape={tape} />
      </Section>
      <Section title="Last events">
        <LastEvents tape={tape} />
      </Section>
      <PartitionsField stream={tape.stream} />
      <Intents target={tape.id} />
    </>
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
              {group.at ?? 'nothing committed'}
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
