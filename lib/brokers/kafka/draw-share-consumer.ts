// How a member of a share group is drawn: a card as any consumer's, with the partitions it may read. Others may
// read the same ones.
import type { LookGroup } from '../../picture/look.ts'
import type { CardPart, Part, WirePart } from '../../picture/types.ts'
import { type Drawn, diedAt, drawLine } from './draw-consumer.ts'
import {
  nodeOf,
  type ShareConsumerSettings,
  type ShareConsumerState,
} from './share-consumer-state.ts'

/** The last stop is named for what is said there. */
const STOPS = { commit: 'ack' } as const

function said(s: ShareConsumerState): string {
  if (s.process === 'crashed') return diedAt(s.wrecks)
  if (s.paused) return 'Paused: no heartbeats,\nit does not know'
  return s.stalled ? 'The handler hangs,\nheartbeats go on' : ''
}

function stateOf(s: ShareConsumerState): CardPart['state'] {
  if (s.process === 'crashed') return 'crashed'
  if (s.process !== 'running') return 'left'
  return s.paused || s.stalled ? 'paused' : 'running'
}

const lanesOf = (s: ShareConsumerState, { stream }: LookGroup): readonly number[] =>
  s.process === 'running' ? (s.assigned[stream] ?? []) : []

export function drawShareConsumer(
  s: ShareConsumerState,
  settings: ShareConsumerSettings,
  drawn: Omit<Drawn, 'held'>,
): readonly Part[] {
  const { id, group, look } = drawn
  const since = look.downSinceMs(id)
  const card: CardPart = {
    kind: 'card',
    id,
    role: 'consumer',
    title: id,
    subtitle: '',
    notes: [],
    group: group.id,
    letter: group.letter,
    assignment: lanesOf(s, group).map((partition) => `P${partition}`),
    state: stateOf(s),
    said: said(s),
    ...(since === null ? {} : { sinceMs: since }),
  }
  const lines = s.work.workers.map((_, worker) => drawLine(s, worker, { ...drawn, named: STOPS }))
  return [card, ...lines, ...wires(s, settings, drawn)]
}

function wires(
  s: ShareConsumerState,
  settings: ShareConsumerSettings,
  { id, group }: Omit<Drawn, 'held'>,
): readonly WirePart[] {
  const { stream } = group
  const state = s.process !== 'running' || s.paused ? 'lost' : 'idle'
  const reads = lanesOf(s, group).map((partition): WirePart => {
    const tape = `${stream}/${partition}`
    const link = `${id}/${nodeOf(s, settings, { topic: stream, partition })}`
    return { kind: 'wire', id: `${tape}>${id}`, link, from: tape, to: id, state, label: '' }
  })
  const { sink } = group
  const link = `${id}/${sink}`
  const writes: WirePart = {
    kind: 'wire',
    id: `${id}>${sink}`,
    link,
    from: id,
    to: sink,
    state,
    label: '',
  }
  return [...reads, writes]
}
