// What each sink holds against what it should hold: the effects that happened, folded, beside the oracle,
// in which each stored fact happened once, in key order. Shared by the two invariants that compare them.
import type { EffectKind, Message, Seen } from '../clients/types.ts'
import { groupIndex, handles, reach } from './_facts.ts'
import type { Subject } from './types.ts'

/** One sink's rows made by one kind of effect. Which fields are used depends on the effect. */
export interface Table {
  readonly sink: string
  readonly effect: EffectKind
  /** Per fact: 1 once the oracle holds it; and how often it happened. */
  readonly due: number[]
  readonly times: number[]
  readonly ids: string[]
  /** Per row: what the oracle holds and what the sink holds: a count, or the last version. */
  readonly expected: Record<string, number>
  readonly actual: Record<string, number>
}

export interface Fold {
  readonly tables: Table[]
  /** Per group: index of its table. */
  readonly of: number[]
}

export interface Difference {
  readonly messages: readonly string[]
  readonly sentence: string
}

export const FOLDED: readonly Seen['kind'][] = ['stored', 'delivered', 'effectApplied']

export function startFold(subject: Subject): Fold {
  const tables: Table[] = []
  const of = subject.groups.map(({ sink, effect }) => {
    const at = tables.findIndex((table) => table.sink === sink && table.effect === effect)
    if (at >= 0) return at
    return tables.push({ sink, effect, due: [], times: [], ids: [], expected: {}, actual: {} }) - 1
  })
  return { tables, of }
}

export function copyFold(fold: Fold): Fold {
  const tables = fold.tables.map((table) => ({
    ...table,
    due: table.due.slice(),
    times: table.times.slice(),
    ids: table.ids.slice(),
    expected: { ...table.expected },
    actual: { ...table.actual },
  }))
  return { tables, of: fold.of }
}

/** The row an effect writes (lib/clients/sink-state.ts): a count's is its type's, else its key's. */
function rowOf(effect: EffectKind, message: Message): string {
  return effect === 'count' ? message.type : (message.key ?? message.subject)
}

const isOneRowAFact = (effect: EffectKind): boolean => effect === 'charge' || effect === 'email'

function expect(table: Table, message: Message): void {
  reach(table.due, message.n, 0)
  if (table.due[message.n] === 1) return
  table.due[message.n] = 1
  if (isOneRowAFact(table.effect)) {
    reach(table.ids, message.n, '')
    table.ids[message.n] = message.id
    return
  }
  const row = rowOf(table.effect, message)
  const before = table.expected[row] ?? 0
  if (table.effect !== 'upsert') table.expected[row] = before + 1
  else if (message.seq > Math.abs(before)) table.expected[row] = versionOf(message)
}

/** A row that is gone is gone at a version: an older state must not bring it back. Written as its negative. */
function versionOf({ seq, gone }: Message): number {
  return gone === true ? -seq : seq
}

/** What a row shows: one that is gone shows what one shows that never was. */
const shown = (version: number | undefined): number => Math.max(0, version ?? 0)

/** Lets one effect happen. Returns what is wrong for good from now on, or null. */
function happen(table: Table, message: Message): Difference | null {
  if (isOneRowAFact(table.effect)) {
    reach(table.times, message.n, 0)
    const times = (table.times[message.n] as number) + 1
    table.times[message.n] = times
    if (times < 2) return null
    const sentence = `${table.sink} holds ${times} rows for ${message.id}, which should have one.`
    return { messages: [message.id], sentence }
  }
  const row = rowOf(table.effect, message)
  const before = table.actual[row] ?? 0
  if (table.effect !== 'upsert') {
    table.actual[row] = before + 1
    return null
  }
  table.actual[row] = versionOf(message)
  if (message.seq >= Math.abs(before)) return null
  const sentence = `${message.id} overwrote the row of ${row} in ${table.sink} with an older state.`
  return { messages: [message.id], sentence }
}

/** Folds one observation. Returns what is wrong for good from now on, or null. */
export function fold(acc: Fold, seen: Seen, subject: Subject): Difference | null {
  const groups = subject.groups
  if (seen.kind === 'stored') {
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i]
      if (group?.stream !== seen.place.stream || !group.hearsAll) continue
      if (!handles(group, seen.message.type)) continue
      expect(acc.tables[acc.of[i] as number] as Table, seen.message)
    }
    return null
  }
  if (seen.kind !== 'delivered' && seen.kind !== 'effectApplied') return null
  const at = groupIndex(subject, seen.group)
  const table = acc.tables[acc.of[at] ?? -1]
  if (table === undefined) return null
  if (seen.kind === 'effectApplied') return happen(table, seen.message)
  // A group that begins at the end of the stream answers for what it was given, and for no more.
  const group = groups[at]
  if (group?.hearsAll === false && handles(group, seen.message.type)) expect(table, seen.message)
  return null
}

function missingRows(table: Table): Difference[] {
  return table.due.flatMap((due, n) => {
    if (due !== 1 || (table.times[n] ?? 0) > 0) return []
    const id = table.ids[n] as string
    return [{ messages: [id], sentence: `${table.sink} has no row for ${id}.` }]
  })
}

function wrongRows(table: Table): Difference[] {
  const rows = [...new Set([...Object.keys(table.expected), ...Object.keys(table.actual)])].sort()
  const what = table.effect === 'upsert' ? 'is at version' : 'has had'
  return rows.flatMap((row) => {
    const expected = shown(table.expected[row])
    const actual = shown(table.actual[row])
    if (expected === actual) return []
    const sentence = `${row} in ${table.sink} ${what} ${actual}; it should be ${expected}.`
    return [{ messages: [], sentence }]
  })
}

/** What is missing or wrong in a table now, besides the rows it holds twice. */
export function unfinished(table: Table): Difference[] {
  return isOneRowAFact(table.effect) ? missingRows(table) : wrongRows(table)
}

/** What a table holds more than once. */
export function repeated(table: Table): Difference[] {
  return table.times.flatMap((times, n) => {
    if (times < 2) return []
    const id = table.ids[n] || `fact ${n}`
    return [{ messages: [id], sentence: `${table.sink} holds ${times} rows for ${id}.` }]
  })
}
