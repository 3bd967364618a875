// How a Kafka consumer is drawn: its card, and one line of stages for each worker.
import type { Item, Work } from '../../clients/handler.ts'
import { itemOf } from '../../clients/handler.ts'
import type { Look, LookGroup } from '../../picture/look.ts'
import { tokenOf } from '../../picture/look.ts'
import type { CardPart, Part, PipelinePart, Token, WirePart } from '../../picture/types.ts'
import type { ConsumerSettings, ConsumerState, Wreck } from './consumer-state.ts'

const STOPS = ['poll', 'dedup', 'effect', 'commit'] as const
const POLL = 0
const DEDUP = 1
const EFFECT = 2
const COMMIT = 3

const STOP_OF_STAGE: Readonly<Record<string, number>> = {
  polled: POLL,
  checking: DEDUP,
  deduped: DEDUP,
  marking: DEDUP,
  marked: DEDUP,
  'effect sent': EFFECT,
  retrying: EFFECT,
  'effect applied': EFFECT,
  parking: EFFECT,
  blocked: EFFECT,
  committing: COMMIT,
  committed: COMMIT,
}

const STOP_OF_PHASE: Readonly<Record<string, number>> = {
  idle: -1,
  polled: POLL,
  checking: DEDUP,
  checkAgain: DEDUP,
  deduped: DEDUP,
  marking: DEDUP,
  markAgain: DEDUP,
  marked: DEDUP,
  unmarked: EFFECT,
  sent: EFFECT,
  sendAgain: EFFECT,
  applied: EFFECT,
  committing: COMMIT,
  commitAgain: COMMIT,
  parking: EFFECT,
  parkAgain: EFFECT,
  blocked: EFFECT,
}

function stops(group: LookGroup): PipelinePart['stops'] {
  return STOPS.map((id) => ({ id, label: id, off: group.off.includes(id) }))
}

function redelivered(item: Item, group: LookGroup, look: Look): Partial<Token> {
  return { redelivered: look.deliveries(group.id, item.message.id) > 1 }
}

/** Where one worker stands: at its own item, or with the whole batch while that is committed as one. */
function standing(work: Work, worker: number): { readonly at: number; readonly item: Item | null } {
  const { batch } = work
  const phase = work.workers[worker]?.phase ?? 'idle'
  if (phase !== 'idle') return { at: STOP_OF_PHASE[phase] ?? -1, item: itemOf(work, worker) }
  if (batch === null || worker > 0) return { at: -1, item: null }
  const last = batch.items[batch.items.length - 1] ?? null
  if (batch.phase === 'before') return { at: POLL, item: batch.items[0] ?? null }
  if (batch.phase === 'before-sent') return { at: COMMIT, item: batch.items[0] ?? null }
  if (batch.phase === 'after') return { at: EFFECT, item: last }
  if (batch.phase === 'after-sent') return { at: COMMIT, item: last }
  return { at: -1, item: null }
}

/** Who is drawn, and how people see it. */
interface Drawn {
  readonly id: string
  readonly group: LookGroup
  readonly look: Look
}

function pipeline(s: ConsumerState, worker: number, { id, group, look }: Drawn): PipelinePart {
  const wreck = s.wrecks.find((each) => each.worker === worker)
  const base = { kind: 'pipeline', of: id, worker, stops: stops(group) } as const
  if (wreck !== undefined && s.process === 'crashed') {
    const at = STOP_OF_STAGE[wreck.stage] ?? POLL
    return { ...base, at, token: tokenOf(wreck.message, look, { ghost: true }), broken: true }
  }
  const { at, item } = standing(s.work, worker)
  const token = item === null ? null : tokenOf(item.message, look, redelivered(item, group, look))
  return { ...base, at, token, broken: false }
}

const DIED: Readonly<Record<string, string>> = {
  polled: 'Crashed after poll,\nbefore the effect',
  'effect sent': 'Crashed while the effect\nwas under way',
  'effect applied': 'Crashed after effect,\nbefore commit',
  committing: 'Crashed while its commit\nwas under way',
  committed: 'Crashed after commit,\nbefore the effect',
}

function said(s: ConsumerState): string {
  if (s.process === 'stopped') return s.said
  if (s.paused) return 'Paused: no heartbeats,\nit does not know'
  if (s.stalled) return 'The handler hangs,\nheartbeats go on'
  if (s.process !== 'crashed') return ''
  const wreck: Wreck | undefined = s.wrecks[0]
  return wreck === undefined
    ? 'Crashed with nothing in hand'
    : (DIED[wreck.stage] ?? `Crashed: ${wreck.stage}`)
}

function stateOf(s: ConsumerState): CardPart['state'] {
  if (s.process === 'crashed') return 'crashed'
  if (s.process !== 'running') return 'left'
  if (s.paused || s.stalled) return 'paused'
  return s.group.phase === 'stable' && !s.group.rejoin ? 'running' : 'rebalancing'
}

/** The line to the leader of a partition. */
function lineTo(id: string, nodes: readonly string[], partition: number): string {
  return `${id}/${nodes[partition % nodes.length]}`
}

export function drawConsumer(
  s: ConsumerState,
  settings: ConsumerSettings,
  drawn: Drawn,
): readonly Part[] {
  const { id, group } = drawn
  const card: CardPart = {
    kind: 'card',
    id,
    role: 'consumer',
    title: id,
    subtitle: '',
    notes: [],
    group: group.id,
    letter: group.letter,
    assignment: s.lanes
      .filter((lane) => lane.topic === group.stream)
      .map((lane) => `P${lane.partition}`),
    state: stateOf(s),
    said: said(s),
  }
  const lines = s.work.workers.map((_, worker) => pipeline(s, worker, drawn))
  return [card, ...lines, ...wires(s, settings, drawn)]
}

function wires(
  s: ConsumerState,
  settings: ConsumerSettings,
  { id, group }: Drawn,
): readonly WirePart[] {
  const lost = s.process !== 'running' || s.paused
  const reads = s.lanes.map((lane): WirePart => {
    const tape = `${lane.topic}/${lane.partition}`
    const state = lost ? 'lost' : s.group.lost ? 'rebalancing' : 'idle'
    const link = lineTo(id, settings.nodes, lane.partition)
    return { kind: 'wire', id: `${tape}>${id}`, link, from: tape, to: id, state, label: '' }
  })
  const writes: WirePart = {
    kind: 'wire',
    id: `${id}>${group.sink}`,
    link: `${id}/${group.sink}`,
    from: id,
    to: group.sink,
    state: lost ? 'lost' : 'idle',
    label: '',
  }
  return [...reads, writes]
}
