// The strategies by which a handler keeps an effect from happening twice: what each asks of its sink,
// where it fits, and the request it makes of an event.
import type {
  ApplyEffect,
  EffectKind,
  HandlerEffect,
  HandlerSettings,
  Message,
  Place,
  SinkKind,
  Strategy,
} from './types.ts'

/** One row of the inspector's choice. `dedup-table` is one row; where it marks is a choice inside it. */
export interface StrategyInfo {
  readonly id: Strategy['kind']
  readonly title: string
  readonly hint: string
}

export const strategies: readonly StrategyInfo[] = [
  { id: 'none', title: 'none', hint: 'duplicates reach the sink' },
  { id: 'in-memory-set', title: 'in-memory set', hint: 'forgotten in a crash' },
  { id: 'dedup-table', title: 'dedup table', hint: 'own write, own crash window' },
  { id: 'idempotency-key', title: 'idempotency key', hint: 'the API keeps it 24 h' },
  { id: 'transactional-inbox', title: 'transactional inbox', hint: 'needs a database sink' },
  { id: 'upsert', title: 'upsert', hint: 'the event must carry the state' },
  { id: 'version-guard', title: 'version guard', hint: 'an older version is refused' },
]

const DAY_MS = 86_400_000

/** What there is to choose of each, with ordinary values. Where a dedup table marks is a choice inside it. */
const CHOICES: Readonly<Record<Strategy['kind'], readonly Strategy[]>> = {
  none: [{ kind: 'none' }],
  'in-memory-set': [{ kind: 'in-memory-set' }],
  'dedup-table': [
    { kind: 'dedup-table', marks: 'after' },
    { kind: 'dedup-table', marks: 'before' },
  ],
  'transactional-inbox': [{ kind: 'transactional-inbox' }],
  upsert: [{ kind: 'upsert' }],
  'version-guard': [{ kind: 'version-guard' }],
  'idempotency-key': [{ kind: 'idempotency-key', scope: 'message', retentionMs: DAY_MS }],
}

export const choicesOfStrategy = (id: Strategy['kind']): readonly Strategy[] => CHOICES[id]

const NEEDS: Readonly<Record<Strategy['kind'], readonly [SinkKind | 'any', because: string]>> = {
  none: ['any', ''],
  'in-memory-set': ['any', ''],
  'dedup-table': ['any', ''],
  'transactional-inbox': [
    'database',
    'needs a database sink: the inbox is a table in the transaction that holds the effect',
  ],
  upsert: ['database', 'needs a database sink: an upsert replaces a row'],
  'version-guard': ['database', 'needs a database sink: the version stands in the row it guards'],
  'idempotency-key': [
    'external-api',
    'needs an API that honours the key: for an own database take the transactional inbox',
  ],
}

/** Why the strategy cannot work on this sink; null when it can. With the effect, also whether that can. */
export function strategyFits(
  strategy: Strategy['kind'],
  sink: SinkKind,
  effect?: HandlerEffect,
): string | null {
  const [needs, because] = NEEDS[strategy]
  if (needs !== 'any' && needs !== sink) return because
  if (strategy === 'upsert' && effect !== undefined && effect !== 'upsert') {
    return `an upsert replaces a row by a state, and "${effect}" carries none`
  }
  if (strategy === 'version-guard' && effect !== undefined && !ROW_EFFECTS.includes(effect)) {
    return `a version stands in a row, and "${effect}" writes none`
  }
  return null
}

/** Effects that change a row in place; the others add one, or count. */
const ROW_EFFECTS: readonly HandlerEffect[] = ['upsert', 'decrement']

/** The key under which an API is to remember the request. An order id covers a resend with a new event id. */
export function idempotencyKeyOf(message: Message, scope: 'message' | 'order'): string {
  return scope === 'message' ? message.id : `${message.order}:${message.type}`
}

export interface EffectCall {
  readonly call: string
  readonly group: string
  readonly by: string
  readonly message: Message
  readonly place: Place
}

/** The request that a handler with these settings makes of its sink for one event. */
export function effectRequest(handler: HandlerSettings, made: EffectCall): ApplyEffect {
  const { strategy } = handler
  const effect = handler.effect as EffectKind
  const { call, group, by, message, place } = made
  const about = message.id
  const plain = { kind: 'ApplyEffect', about, call, group, by, message, place, effect } as const
  switch (strategy.kind) {
    case 'idempotency-key':
      return { ...plain, idempotencyKey: idempotencyKeyOf(message, strategy.scope) }
    case 'transactional-inbox':
      return { ...plain, inbox: `${group}:${message.id}` }
    case 'version-guard':
      return { ...plain, version: message.seq }
    default:
      return plain
  }
}

/** Whether an event is looked up before its effect, and where. */
export function looksUp(strategy: Strategy): 'memory' | 'store' | 'nowhere' {
  if (strategy.kind === 'in-memory-set') return 'memory'
  return strategy.kind === 'dedup-table' ? 'store' : 'nowhere'
}
