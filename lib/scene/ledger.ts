// A sink: a title on an ink rule, its kind, then what was written. What is written stays written.
import type { TablePart, Token } from '../picture/types.ts'
import { fitText, textWidth } from './measure.ts'
import { isUnderWay, MOVE_MS, type Moves } from './motion.ts'
import { mono, octagon, path, text } from './shapes.ts'
import type { Box, Point, Shape } from './types.ts'

export const LEDGER_WIDTH = 108
/** From one token to the next, and from one row of tokens to the next. */
const columnWidth = (width: number): number => (width > 200 ? 40 : 36)
const TOKEN_ROW = 44
const NUMBER_ROW = 26
/** Line that says what was expected, under a wrong number. */
const EXPECTED_LINE = 20
const ABOVE = 14
const BELOW = 9

/** Where a token of the ledger stands; `null` is the mark that says how many earlier ones are not shown. */
interface Place {
  readonly token: Token | null
  readonly column: number
  readonly row: number
}

const headHeight = (table: TablePart, flat: boolean): number =>
  ABOVE + 9 + (table.sinkKind === '' || flat ? 0 : 20)

const columnsIn = (width: number): number => Math.max(2, Math.floor(width / columnWidth(width)))

const placesOf = (token: Token): number => (token.times > 1 ? 2 : 1)

/** Tokens in their places, left to right; a tag takes two places and does not break over a line. */
function flow(tokens: readonly (Token | null)[], columns: number): readonly Place[] {
  let [column, row] = [0, 0]
  return tokens.map((token) => {
    const takes = token === null ? 1 : placesOf(token)
    if (column + takes > columns) {
      column = 0
      row++
    }
    const place = { token, column, row }
    column += takes
    return place
  })
}

const rowsOf = (places: readonly Place[]): number => 1 + Math.max(-1, ...places.map((p) => p.row))

/** The last tokens that fit; what stands twice is kept before what stands once, for it is the finding. */
export function placeTokens(
  tokens: readonly Token[],
  width: number,
  rows: number,
): { readonly places: readonly Place[]; readonly hidden: number } {
  const columns = columnsIn(width)
  const all = flow(tokens, columns)
  if (rowsOf(all) <= rows) return { places: all, hidden: 0 }
  const room = columns * rows - 1
  const kept = new Set<number>()
  let taken = 0
  for (const wanted of [(t: Token) => t.times > 1, () => true])
    for (let i = tokens.length - 1; i >= 0; i--) {
      const token = tokens[i]
      if (token === undefined || kept.has(i) || !wanted(token)) continue
      if (taken + placesOf(token) > room) continue
      kept.add(i)
      taken += placesOf(token)
      if (taken >= room) break
    }
  const shown = tokens.filter((_, i) => kept.has(i))
  let places = flow([null, ...shown], columns)
  // Two tags on one line may leave a place empty and push the last token out: drop the oldest plain one.
  while (rowsOf(places) > rows && shown.length > 0) {
    const plain = shown.findIndex((token) => token.times < 2)
    shown.splice(Math.max(0, plain), 1)
    places = flow([null, ...shown], columns)
  }
  return { places, hidden: tokens.length - shown.length }
}

export function ledgerHeight(table: TablePart, width: number, rows: number, flat = false): number {
  const top = headHeight(table, flat)
  const tokenRows =
    table.tokens.length === 0 ? 0 : rowsOf(placeTokens(table.tokens, width, rows).places)
  // Beside others a ledger keeps its room from the start, so that nothing moves when something is written.
  const kept = table.rows.length > 0 ? 0 : flat ? 1 : rows
  const written = Math.max(tokenRows, kept)
  const wrong = table.rows.filter((row) => row.wrong).length
  const first = table.sinkKind === '' ? -3 : 2
  const numbers = table.rows.length * NUMBER_ROW + wrong * EXPECTED_LINE + first
  if (table.rows.length === 0) return top + written * TOKEN_ROW + BELOW
  return top + tokenRows * TOKEN_ROW + numbers + BELOW
}

export interface LedgerLook {
  readonly rows: number
  /** Title and kind on one line: the narrow layout. */
  readonly flat: boolean
  readonly isDim: (token: Token) => boolean
  readonly moves: Moves
}

export function drawLedger(table: TablePart, box: Box, look: LedgerLook): readonly Shape[] {
  const { x, y, width } = box
  const right = x + width
  const ruleY = y + ABOVE + 9
  const shapes: Shape[] = [
    text({ x, y: y + ABOVE }, table.title, 'ink', { weight: 600 }),
    path(`M${x} ${ruleY}H${right}`, 'rule.ink'),
  ]
  const isDown = table.state !== ''
  const kind = isDown ? table.state : table.sinkKind
  const weight = isDown ? 600 : 400
  const tone = isDown ? 'text.fault' : 'ink-3'
  if (look.flat)
    shapes.push(text({ x: right, y: y + ABOVE }, kind, tone, { anchor: 'end', weight }))
  else if (kind !== '') shapes.push(text({ x, y: ruleY + 20 }, kind, tone, { weight }))
  const top = y + headHeight(table, look.flat)
  const { places, hidden } = placeTokens(table.tokens, width, look.rows)
  for (const place of places) {
    const at = {
      x: x + 18 + place.column * columnWidth(width),
      y: top + 27 + place.row * TOKEN_ROW,
    }
    if (place.token === null)
      shapes.push(text({ x: at.x, y: at.y + 5.4 }, `+${hidden}`, 'ink-3', { anchor: 'middle' }))
    else {
      shapes.push(written(place.token, at, look))
    }
  }
  const below = top + rowsOf(places) * TOKEN_ROW
  shapes.push(...drawRows(table, x, right, below))
  return shapes
}

function written(token: Token, at: Point, { isDim, moves }: LedgerLook): Shape {
  const { redelivered, sinceMs } = token
  const shape = { shape: 'token', ...at, token, radius: redelivered ? 13 : 15 } as const
  // At the very moment, where a run stops at its breach, the tag is what is to be seen.
  const isComing = isUnderWay(moves, sinceMs, MOVE_MS) && moves.timeMs !== sinceMs
  return {
    ...shape,
    dim: isDim(token),
    ...(isComing && sinceMs !== undefined ? { taggedMs: sinceMs } : {}),
  }
}

/** A value that is a word leaves its row so much for the name. */
const NAME_ROOM = 56
const VALUE = { size: 15, weight: 600, family: 'mono' } as const

function drawRows(table: TablePart, x: number, right: number, top: number): readonly Shape[] {
  const shapes: Shape[] = []
  let y = top + (table.sinkKind === '' ? 23 : 28)
  table.rows.forEach((row, i) => {
    if (i > 0) shapes.push(path(`M${x} ${y - 17.5}H${right}`, 'rule.hair'))
    const actual = fitText(row.actual, right - x - NAME_ROOM, VALUE)
    const room = right - x - textWidth(actual, 15, 600, 'mono') - 8 - (row.wrong ? 24 : 0)
    shapes.push(text({ x, y }, fitText(row.name, room), 'ink-2'))
    const tone = row.wrong ? 'text.broken' : 'ink'
    shapes.push(
      mono({ x: right, y }, actual, tone, { anchor: 'end', weight: row.wrong ? 600 : 500 }),
    )
    if (row.wrong) {
      const left = right - textWidth(actual, 15, 600, 'mono') - 15
      shapes.push(...octagon(left, y - 5.4, 0.89))
      y += EXPECTED_LINE
      shapes.push(text({ x: right, y }, `expected ${row.expected}`, 'ink-3', { anchor: 'end' }))
    }
    y += NUMBER_ROW
  })
  return shapes
}
