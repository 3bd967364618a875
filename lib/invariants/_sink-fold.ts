// What each sink holds against what it should hold: the effects that happened, folded, beside the oracle,
// in which each stored fact happened once, in key order. What is written in a transaction is due once that is
// committed, and what was aborted never. Shared by the two invariants that compare them.
import type { EffectKind, Message, Seen } from '../clients/types.ts'
import { eventIn } from '../clients/words.ts'
import { groupIndex, handles, reach } from './_facts.ts'
import { copyOutcomes, note, OPEN, type Outcomes, outcomeOf, STANDS } from './_outcomes.ts'
import type { Subject, Violation } from './types.ts'

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
  readonly outcomes: Outcomes
  /** Per group that begins at the end, per fact: 1 once it was given it out of a transaction still open. */
  readonly given: number[][]
}

export type Difference = Omit<Violation, 'step'>

export const FOLDED: readonly Seen['kind'][] = ['stored', 'settled', 'delivered', 'effectApplied']

export function startFold(subject: Subject): Fold {
  const tables: Table[] = []
  const of = subject.groups.map(({ sink, effect }) => {
    const at = tables.findIndex((table) => table.sink === sink && table.effect === effect)
    if (at >= 0) return at
    return tables.push({ sink, effect, due: [], times: [], ids: [], expected: {}, actual: {} }) - 1
  })
  return { tables, of, outcomes: {}, given: subject.groups.map(() => []) }
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
  return {
    tables,
    of: fold.of,
    outcomes: copyOutcomes(fold.outcomes),
    given: fold.given.map((facts) => facts.slice()),
  }
}

/** The row an effect writes (lib/clients/sink-state.ts): a count's is its type's, else its key's. */
function rowOf(effect: EffectKind, message: Message): string {
  return effect === 'count' ? message.type : (message.key ?? message.subject)
}

const isOneRowAFact = (effect: EffectKind): boolean => effect === 'charge' || effect === 'email'

function name(table: Table, { n, id }: Message): void {
  if (!isOneRowAFact(table.effect)) return
  reach(table.ids, n, '')
  table.ids[n] = id
}

function expect(table: Table, message: Message): void {
  reach(table.due, message.n, 0)
  if (table.due[message.n] === 1) return
  table.due[message.n] = 1
  name(table, message)
  if (isOneRowAFact(table.effect)) return
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

const rowsAsked = ({ sink }: Table, times: number, id: string): string =>
  `Why does ${sink} hold ${times} rows for ${eventIn(id)}?`

/** Lets one effect happen. Returns what is wrong for good from now on, or null. */
function happen(table: Table, message: Message): Difference | null {
  if (isOneRowAFact(table.effect)) {
    name(table, message)
    reach(table.times, message.n, 0)
    const times = (table.times[message.n] as number) + 1
    table.times[message.n] = times
    if (times < 2) return null
    const sentence = `${table.sink} holds ${times} rows for ${message.id}, which should have one.`
    return {
      messages: [message.id],
      sentence,
      question: rowsAsked(table, times, message.id),
      of: table.sink,
    }
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
  const question = `Why did ${eventIn(message.id)} overwrite the row of ${row} with an older state?`
  return { messages: [message.id], sentence, question, of: `${table.sink} ${row}` }
}

/** A record stands: it is due in the groups that hear all, and in those that were given it before. */
function stand(acc: Fold, message: Message, stream: string, subject: Subject): void {
  const groups = subject.groups
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i]
    if (group?.stream !== stream || !handles(group, message.type)) continue
    if (!group.hearsAll && acc.given[i]?.[message.n] !== 1) continue
    expect(acc.tables[acc.of[i] as number] as Table, message)
  }
}

type Delivered = Extract<Seen, { kind: 'delivered' }>

/** A group that begins at the end of the stream answers for what it was given, and for no more. */
function give(acc: Fold, { message, place }: Delivered, at: number, table: Table): void {
  const outcome = outcomeOf(acc.outcomes, place)
  if (outcome === STANDS) expect(table, message)
  if (outcome !== OPEN) return
  const given = acc.given[at] as number[]
  reach(given, message.n, 0)
  given[message.n] = 1
}

/** Folds one observation. Returns what is wrong for good from now on, or null. */
export function fold(acc: Fold, seen: Seen, subject: Subject): Difference | null {
  if (seen.kind === 'stored' || seen.kind === 'settled') {
    if (note(acc.outcomes, seen)) stand(acc, seen.message, seen.place.stream, subject)
    return null
  }
  if (seen.kind !== 'delivered' && seen.kind !== 'effectApplied') return null
  const at = groupIndex(subject, seen.group)
  const table = acc.tables[acc.of[at] ?? -1]
  if (table === undefined) return null
  if (seen.kind === 'effectApplied') return happen(table, seen.message)
  const group = subject.groups[at]
  if (group?.hearsAll === false && handles(group, seen.message.type)) give(acc, seen, at, table)
  return null
}

/** Rows that are missing, and rows of facts that do not stand: their transactions were aborted. */
function oddRows({ sink, ids, due, times }: Table): Difference[] {
  return ids.flatMap((id, n) => {
    const isDue = due[n] === 1
    const isThere = (times[n] ?? 0) > 0
    if (isDue === isThere) return []
    const sentence = isDue
      ? `${sink} has no row for ${id}.`
      : `${sink} holds a row for ${id}, which was not committed.`
    const question = isDue
      ? `Why does ${sink} hold no row for ${eventIn(id)}?`
      : `Why does ${sink} hold a row for ${eventIn(id)}, which was not committed?`
    return [{ messages: [id], sentence, question, of: sink }]
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
    const question =
      table.effect === 'upsert'
        ? `Why is ${row} in ${table.sink} at version ${actual} and not ${expected}?`
        : `Why did ${table.sink} take ${actual} effect${actual === 1 ? '' : 's'} for ${row} and not ${expected}?`
    return [{ messages: [], sentence, question, of: `${table.sink} ${row}` }]
  })
}

/** What is missing or wrong in a table now, besides the rows it holds twice. */
export function unfinished(table: Table): Difference[] {
  return isOneRowAFact(table.effect) ? oddRows(table) : wrongRows(table)
}

/** What a table holds more than once. */
export function repeated(table: Table): Difference[] {
  return table.times.flatMap((times, n) => {
    if (times < 2) return []
    const id = table.ids[n] as string
    const sentence = `${table.sink} holds ${times} rows for ${id}.`
    return [{ messages: [id], sentence, question: rowsAsked(table, times, id), of: table.sink }]
  })
}
