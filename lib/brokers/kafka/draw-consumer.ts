// How a Kafka consumer is drawn: its card, and one line of stages for each worker.
import type { Item, Work } from '../../clients/handler.ts'
import { itemOf } from '../../clients/handler.ts'
import type { Look, LookGroup } from '../../picture/look.ts'
import { tokenOf } from '../../picture/look.ts'
import type { CardPart, Part, PipelinePart, Token, WirePart } from '../../picture/types.ts'
import type { Stand } from '../types.ts'
import {
  type ConsumerSettings,
  type ConsumerState,
  type Lane,
  nodeOf,
  type Wreck,
} from './consumer-state.ts'
import type { Assignment } from './protocol.ts'
import { instanceIdOf } from './settings.ts'

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

type Names = Partial<Record<(typeof STOPS)[number], string>>

function stops(group: LookGroup, named: Names): PipelinePart['stops'] {
  return STOPS.map((id) => ({ id, label: named[id] ?? id, off: group.off.includes(id) }))
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
export interface Drawn {
  readonly id: string
  readonly group: LookGroup
  readonly look: Look
  /** What the coordinator holds to be its partitions: a dead process has forgotten them. */
  readonly held: Assignment
}

/** What a line of stages is drawn from, whatever kind of group its consumer is in. */
type Worked = Pick<ConsumerState, 'work' | 'wrecks'> & { readonly process: string }

/** What a dead process had in a worker's hands; null while it lives. */
function wreckOf(s: Worked, worker: number): Wreck | null {
  if (s.process !== 'crashed') return null
  return s.wrecks.find((each) => each.worker === worker) ?? null
}

/** Where each worker's work stands, and what it is: what the session remembers of the way there. */
export function standsOf(s: Worked): readonly Stand[] {
  return s.work.workers.map((_, worker): Stand => {
    const wreck = wreckOf(s, worker)
    if (wreck !== null) return { at: STOP_OF_STAGE[wreck.stage] ?? POLL, message: wreck.message.id }
    const { at, item } = standing(s.work, worker)
    return { at, message: item?.message.id ?? '' }
  })
}

interface Line extends Omit<Drawn, 'held'> {
  /** Stops that go by another name. */
  readonly named?: Names
}

export function drawLine(
  s: Worked,
  worker: number,
  { id, group, look, named = {} }: Line,
): PipelinePart {
  const wreck = wreckOf(s, worker)
  const ways = look.ways(id, worker)
  const base = { kind: 'pipeline', of: id, worker, stops: stops(group, named), ways } as const
  if (wreck !== null) {
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
  return s.process === 'crashed' ? diedAt(s.wrecks) : ''
}

/** Where in its work a process died. */
export function diedAt([wreck]: readonly Wreck[]): string {
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

/** What a classic, dynamic member has no need to say: its own name, and how far it has come by itself. */
function notesOf(s: ConsumerState, settings: ConsumerSettings, id: string): readonly string[] {
  const instance = instanceIdOf(settings, id)
  const { generation } = s.group
  const isModern = settings['group.protocol'] === 'consumer' && generation >= 0
  return [
    ...(instance === '' ? [] : [`group.instance.id ${instance}`]),
    ...(isModern ? [`member epoch ${generation}`] : []),
  ]
}

export function drawConsumer(
  s: ConsumerState,
  settings: ConsumerSettings,
  drawn: Drawn,
): readonly Part[] {
  const { id, group } = drawn
  const since = drawn.look.downSinceMs(id)
  const card: CardPart = {
    kind: 'card',
    id,
    role: 'consumer',
    title: id,
    subtitle: '',
    notes: notesOf(s, settings, id),
    group: group.id,
    letter: group.letter,
    assignment: s.lanes
      .filter((lane) => lane.topic === group.stream)
      .map((lane) => `P${lane.partition}`),
    state: stateOf(s),
    said: said(s),
    ...(since === null ? {} : { sinceMs: since }),
  }
  const lines = s.work.workers.map((_, worker) => drawLine(s, worker, drawn))
  return [card, ...lines, ...wires(s, settings, drawn)]
}

function wires(
  s: ConsumerState,
  settings: ConsumerSettings,
  { id, group, look, held }: Drawn,
): readonly WirePart[] {
  const lost = s.process !== 'running' || s.paused
  const state = lost ? 'lost' : stateOf(s) === 'rebalancing' ? 'rebalancing' : 'idle'
  const dueMs = lost ? look.timerDueMs(id, 'session.timeout.ms') : null
  const lanes = [...s.lanes, ...without(s.lanes, lost ? held : (s.group.pending ?? {}))]
  const reads = lanes.map(({ topic, partition }, i): WirePart => {
    const tape = `${topic}/${partition}`
    const link = `${id}/${nodeOf(s, settings, { topic, partition })}`
    const wire = { kind: 'wire', id: `${tape}>${id}`, link, from: tape, to: id, state } as const
    // The coordinator waits for the member, not for a partition: it is said once.
    if (dueMs === null || i < lanes.length - 1) return { ...wire, label: '' }
    return { ...wire, label: 'no heartbeat', dueMs }
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

type Drawable = Pick<Lane, 'topic' | 'partition'>

/** Partitions assigned beyond those in hand: still held for a dead member, or about to be taken over. */
function without(lanes: readonly Drawable[], assigned: Assignment): readonly Drawable[] {
  return Object.entries(assigned).flatMap(([topic, partitions]) =>
    partitions
      .filter((each) => !lanes.some((lane) => lane.topic === topic && lane.partition === each))
      .map((partition) => ({ topic, partition })),
  )
}
