// How a RabbitMQ consumer is drawn: its card, and one line of stages for each worker: deliver, dedup, effect,
// ack.
import { type Item, isIn } from '../../clients/handler.ts'
import type { Look, LookGroup } from '../../picture/look.ts'
import { tokenOf } from '../../picture/look.ts'
import type { CardPart, Part, PipelinePart, WirePart } from '../../picture/types.ts'
import type { Stand } from '../types.ts'
import type { ConsumerSettings, ConsumerState, Wreck } from './consumer-state.ts'

const STOPS = ['deliver', 'dedup', 'effect', 'ack'] as const
const [DELIVER, DEDUP, EFFECT, ACK] = [0, 1, 2, 3]

const STOP_OF_STAGE: Readonly<Record<string, number>> = {
  polled: DELIVER,
  checking: DEDUP,
  deduped: DEDUP,
  marking: DEDUP,
  marked: DEDUP,
  'effect sent': EFFECT,
  retrying: EFFECT,
  'effect applied': EFFECT,
  committed: ACK,
}
const STOP_OF_PHASE: Readonly<Record<string, number>> = {
  polled: DELIVER,
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
}

interface Drawn {
  readonly id: string
  readonly group: LookGroup
  readonly look: Look
  /** The single active consumer of its queue, by the word of the broker. */
  readonly active: boolean
}

function wreckOf(s: ConsumerState, worker: number): Wreck | null {
  if (s.process !== 'crashed') return null
  return s.wrecks.find((each) => each.worker === worker) ?? null
}

function itemIn(s: ConsumerState, worker: number): Item | null {
  if (isIn(s.work, worker, 'idle')) return null
  return s.work.batch?.items[s.work.workers[worker]?.item ?? -1] ?? null
}

export function standsOf(s: ConsumerState): readonly Stand[] {
  return s.work.workers.map(({ phase }, worker): Stand => {
    const wreck = wreckOf(s, worker)
    if (wreck !== null) {
      return { at: STOP_OF_STAGE[wreck.stage] ?? DELIVER, message: wreck.message.id }
    }
    return { at: STOP_OF_PHASE[phase] ?? -1, message: itemIn(s, worker)?.message.id ?? '' }
  })
}

function pipeline(s: ConsumerState, worker: number, { id, group, look }: Drawn): PipelinePart {
  const off = (stop: string) => group.off.includes(stop)
  const stops = STOPS.map((stop) => ({ id: stop, label: stop, off: off(stop) }))
  const base = { kind: 'pipeline', of: id, worker, stops, ways: look.ways(id, worker) } as const
  const stand = standsOf(s)[worker] as Stand
  const wreck = wreckOf(s, worker)
  if (wreck !== null) {
    const token = tokenOf(wreck.message, look, { ghost: true })
    return { ...base, at: stand.at, token, broken: true }
  }
  const item = itemIn(s, worker)
  if (item === null) return { ...base, at: -1, token: null, broken: false }
  const redelivered = look.deliveries(group.id, item.message.id) > 1
  const token = tokenOf(item.message, look, { redelivered })
  return { ...base, at: stand.at, token, broken: false }
}

const DIED: Readonly<Record<string, string>> = {
  polled: 'Crashed after delivery,\nbefore the effect',
  'effect sent': 'Crashed while the effect\nwas under way',
  'effect applied': 'Crashed after effect,\nbefore ack',
  committed: 'Crashed after ack',
}

function said(s: ConsumerState): string {
  if (s.paused) return 'Paused: no heartbeats,\nit does not know'
  if (s.stalled) return 'The handler hangs,\nheartbeats go on'
  if (s.process !== 'crashed') return ''
  const [wreck] = s.wrecks
  if (wreck === undefined) return 'Crashed with nothing in hand'
  return DIED[wreck.stage] ?? `Crashed: ${wreck.stage}`
}

function stateOf(s: ConsumerState): CardPart['state'] {
  if (s.process !== 'running') return s.process
  return s.paused || s.stalled ? 'paused' : 'running'
}

export function drawConsumer(
  s: ConsumerState,
  settings: ConsumerSettings,
  drawn: Drawn,
): readonly Part[] {
  const { id, group } = drawn
  const since = drawn.look.downSinceMs(id)
  const { prefetch_count: prefetch } = settings
  const card: CardPart = {
    kind: 'card',
    id,
    role: 'consumer',
    title: id,
    subtitle: '',
    notes: [],
    group: group.id,
    letter: group.letter,
    assignment: [prefetch === 0 ? 'no prefetch limit' : `prefetch ${prefetch}`],
    state: stateOf(s),
    said: said(s),
    ...(since === null ? {} : { sinceMs: since }),
  }
  const lost = s.process !== 'running' || s.paused || s.connection !== 'open'
  const wire = (from: string, to: string, link: string, label = ''): WirePart => ({
    kind: 'wire',
    id: `${from}>${to}`,
    link,
    from,
    to,
    state: lost ? 'lost' : 'idle',
    label,
  })
  const lines = s.work.workers.map((_, worker) => pipeline(s, worker, drawn))
  return [
    card,
    ...lines,
    wire(settings.queue, id, `${id}/rabbitmq`, drawn.active ? 'active' : ''),
    wire(id, group.sink, `${id}/${group.sink}`),
  ]
}
