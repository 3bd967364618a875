// How a sink is drawn, whichever broker stands before it: charges and e-mails as tokens, tables and counts
// as rows with what they should hold beside what they hold.
import { slice } from '../engine/tape.ts'
import { entries } from '../engine/trie.ts'
import { factOf, type Look, type LookSink } from '../picture/look.ts'
import type { TablePart, Token } from '../picture/types.ts'
import type { EffectRow, SinkSettings, SinkState } from './sink-state.ts'
import { typeInWords } from './words.ts'

const KIND_IN_WORDS: Readonly<Record<string, string>> = {
  'external-api': 'external API',
  database: 'database',
  counts: '',
}

/** More rows than a ledger shows. */
const TOKENS = 200

function tokens(rows: readonly EffectRow[], sink: string, look: Look): readonly Token[] {
  const times = new Map<string, number>()
  for (const row of rows) times.set(factOf(row), (times.get(factOf(row)) ?? 0) + 1)
  const drawn = new Set<string>()
  return rows.flatMap((row): Token[] => {
    if (drawn.has(factOf(row))) return []
    drawn.add(factOf(row))
    const count = times.get(factOf(row)) ?? 1
    const sinceMs = count > 1 ? look.appliedMs(sink, factOf(row)) : null
    return [
      {
        message: row.message,
        key: row.key,
        shape: row.key === null ? -1 : look.keys.indexOf(row.key),
        label: String(row.order),
        type: row.type,
        seq: row.seq,
        redelivered: false,
        times: count,
        ghost: false,
        ...(sinceMs === null ? {} : { sinceMs }),
      },
    ]
  })
}

/** Stocks are shown as what has been taken from them, states and counts as they are. */
function shown(value: number | string, settings: SinkSettings): number | string {
  return typeof value === 'number' ? settings.stock - value : typeInWords(value)
}

function rows(state: SinkState, settings: SinkSettings, sink: LookSink): TablePart['rows'] {
  const held = new Map<string, number | string>([
    ...entries(state.table).map(({ key, value }) => [key, shown(value.value, settings)] as const),
    ...Object.entries(state.counts),
  ])
  const names = [...new Set([...Object.keys(sink.expected), ...held.keys()])].sort()
  return names.map((name) => {
    const actual = held.get(name) ?? 0
    const expected = sink.expected[name] ?? 0
    const wrong = typeof actual === 'number' && actual > Number(expected)
    const said = sink.kind === 'counts' ? typeInWords(name) : name
    return { name: said, actual: String(actual), expected: String(expected), wrong }
  })
}

export function drawSink(
  state: SinkState,
  settings: SinkSettings,
  sink: LookSink,
  look: Look,
): TablePart {
  const listed = state.rows.length > 0
  return {
    kind: 'table',
    id: sink.id,
    title: sink.title,
    sinkKind: KIND_IN_WORDS[sink.kind] ?? sink.kind,
    tokens: listed ? tokens(slice(state.rows, state.rows.length - TOKENS), sink.id, look) : [],
    rows: listed || sink.kind === 'external-api' ? [] : rows(state, settings, sink),
    state: state.up ? '' : 'down',
  }
}
