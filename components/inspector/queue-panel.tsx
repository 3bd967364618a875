'use client'
// Everything about one queue: how many wait, how many are in somebody's hands, and which come next.
import type { Picture, QueuePart } from '@/lib/picture/types'
import { useRunFields } from '../session/context'
import { count, eventWords } from '../session/words'
import { rowsOf } from '../tables/queue-table'
import { KeyShape } from '../ui/key-shape'
import { Section } from '../ui/section'
import { Intents } from './fault-list'
import { PanelHead } from './panel-head'
import { Reachable } from './reachable'

export function queueOf(picture: Picture, id: string): QueuePart | null {
  return (
    picture.parts.find((part): part is QueuePart => part.kind === 'queue' && part.id === id) ?? null
  )
}

const MOST = 12

export function QueuePanel({ queue }: { readonly queue: QueuePart }) {
  const set = useRunFields('set').set
  const rows = rowsOf(queue)
  return (
    <>
      <PanelHead title={`${queue.stream} ${queue.title}`.trim()} />
      <p className="text-ink-2">
        {count(queue.ready.length, 'message')} ready, {queue.unacked.length} unacknowledged in the
        hands of consumers.
      </p>
      <Section title="Next messages">
        {rows.length === 0 ? <p className="text-ink-3">None.</p> : null}
        <ol>
          {rows.slice(0, MOST).map(({ stands, slot: { token } }, i) =>
            token === null ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a message may stand in a queue twice
              <li key={i}>
                <button
                  type="button"
                  className="grid w-full cursor-pointer grid-cols-[24px_1fr_auto] gap-1 py-[2px] text-left text-ink-2 hover:text-ink"
                  onClick={() => set({ selected: token.message })}
                >
                  <KeyShape shape={token.shape} />
                  {eventWords(token.label, token.type)}
                  <span className="text-13 text-ink-3">{stands}</span>
                </button>
              </li>
            ),
          )}
        </ol>
      </Section>
      <Intents target={queue.id} />
      <Reachable target={queue.id} />
    </>
  )
}
