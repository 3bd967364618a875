// What a sink has written: charges and e-mails as they came, rows by name, or counts. And how it decides
// about one request: written, answered as already done, refused.
import { append, emptyTape, type Tape } from '../engine/tape.ts'
import { emptyTrie, get, has, remove, set, type Trie } from '../engine/trie.ts'
import type { Range } from '../engine/types.ts'
import type { ApplyEffect, EffectAnswer, Seen, SinkKind } from './types.ts'

export interface SinkSettings {
  readonly kind: SinkKind
  readonly answerMs: Range
  /** Accepts a request first and answers later; meanwhile the same idempotency key is "in progress". */
  readonly slow: boolean
  /** How long an idempotency key is remembered. */
  readonly retentionMs: number
  /** Event ids whose effect fails whenever it is tried. */
  readonly poison: readonly string[]
  /** What a row holds before its first decrement. */
  readonly stock: number
  /** How long an outage lasts. */
  readonly downMs: Range
}

/** One charge or e-mail. */
export interface EffectRow {
  readonly message: string
  readonly order: number
  readonly key: string | null
  readonly seq: number
  readonly type: string
  readonly idempotencyKey?: string
}

/** One row of a database table: a stock (number) or a state (event type), and the version it was last given. */
export interface TableRow {
  readonly value: number | string
  readonly version: number
}

export interface Pending {
  readonly port: string
  readonly request: ApplyEffect
}

export interface SinkState {
  readonly up: boolean
  readonly rows: Tape<EffectRow>
  /** Idempotency keys still remembered, with the event id that was done under each. */
  readonly keys: Trie<string>
  readonly table: Trie<TableRow>
  readonly inbox: Trie<true>
  readonly counts: Readonly<Record<string, number>>
  readonly pending: readonly Pending[]
  readonly poison: readonly string[]
}

export function emptySink(settings: SinkSettings): SinkState {
  return {
    up: true,
    rows: emptyTape(),
    keys: emptyTrie(),
    table: emptyTrie(),
    inbox: emptyTrie(),
    counts: {},
    pending: [],
    poison: settings.poison,
  }
}

/** The row an event is about: its key, or what it is about where it has none. */
export function rowName(request: ApplyEffect): string {
  return request.message.key ?? request.message.subject
}

/** How a request ends: why it is skipped, or that it is written. */
export type Decision =
  | { readonly result: 'applied' }
  | { readonly result: 'failed' | 'in progress' }
  | { readonly result: 'already done' | 'stale'; readonly reason: string }

/** The order of the checks is that of a real handler's transaction: look up first, guard last. */
export function decide(state: SinkState, request: ApplyEffect): Decision {
  const { inbox, idempotencyKey: key, version } = request
  if (state.poison.includes(request.message.id)) return { result: 'failed' }
  if (inbox !== undefined && has(state.inbox, inbox)) {
    return { result: 'already done', reason: 'transactional inbox' }
  }
  if (key !== undefined && has(state.keys, key)) {
    return { result: 'already done', reason: 'idempotency key' }
  }
  if (key !== undefined && isPending(state, key)) return { result: 'in progress' }
  const row = version === undefined ? undefined : get(state.table, rowName(request))
  if (row !== undefined && (version as number) <= row.version) {
    return { result: 'stale', reason: 'version guard' }
  }
  if (request.effect === 'upsert' && holdsSame(state, request)) {
    return { result: 'already done', reason: 'upsert, same value' }
  }
  return { result: 'applied' }
}

function isPending(state: SinkState, key: string): boolean {
  return state.pending.some((each) => each.request.idempotencyKey === key)
}

function holdsSame(state: SinkState, request: ApplyEffect): boolean {
  const row = get(state.table, rowName(request))
  return row?.value === request.message.type && row.version === request.message.seq
}

/** The state with the effect written and, in the same transaction, whatever remembers it. */
export function write(state: SinkState, request: ApplyEffect, settings: SinkSettings): SinkState {
  const { inbox, idempotencyKey: key } = request
  let written = writeEffect(state, request, settings)
  if (inbox !== undefined) written = { ...written, inbox: set(written.inbox, inbox, true) }
  if (key !== undefined) written = { ...written, keys: set(written.keys, key, request.message.id) }
  return written
}

function writeEffect(state: SinkState, request: ApplyEffect, settings: SinkSettings): SinkState {
  const { type, seq, gone } = request.message
  switch (request.effect) {
    case 'charge':
    case 'email':
      return { ...state, rows: append(state.rows, rowOf(request)) }
    case 'count':
      return { ...state, counts: { ...state.counts, [type]: (state.counts[type] ?? 0) + 1 } }
    case 'upsert':
      if (gone === true) return { ...state, table: remove(state.table, rowName(request)) }
      return withRow(state, request, { value: type, version: seq })
    case 'decrement': {
      const value = get(state.table, rowName(request))?.value ?? settings.stock
      return withRow(state, request, { value: Number(value) - 1, version: seq })
    }
  }
}

function withRow(state: SinkState, request: ApplyEffect, row: TableRow): SinkState {
  return { ...state, table: set(state.table, rowName(request), row) }
}

function rowOf(request: ApplyEffect): EffectRow {
  const { id, order, key, seq, type } = request.message
  const row = { message: id, order, key, seq, type }
  return request.idempotencyKey === undefined
    ? row
    : { ...row, idempotencyKey: request.idempotencyKey }
}

export function answerOf(request: ApplyEffect, result: EffectAnswer['result']): EffectAnswer {
  return { kind: 'EffectAnswer', about: request.message.id, call: request.call, result }
}

/** What a client of the sink could see of the decision. */
export function seenOf(sink: string, request: ApplyEffect, decision: Decision): readonly Seen[] {
  const { group, by, message, place, effect } = request
  const base = { actor: sink, group, by, sink, message }
  switch (decision.result) {
    case 'applied':
      return [{ ...base, kind: 'effectApplied', place, effect }]
    case 'failed':
      return [{ ...base, kind: 'effectFailed', reason: 'poison message' }]
    case 'in progress':
      return []
    default:
      return [{ ...base, kind: 'effectSkipped', reason: decision.reason }]
  }
}
