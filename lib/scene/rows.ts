// The rows of an opened partition: its nodes' boxes, the followers' cells in line with the leader's, and who
// is in sync. A node can be selected, so that what befalls it can be chosen.
import { boxRoles, grown } from './card.ts'
import { drawSmallSlot } from './cell.ts'
import { labels } from './labels.ts'
import type { Make } from './make.ts'
import { textWidth } from './measure.ts'
import type { Moves } from './motion.ts'
import { bolt, mono, path, rect, text } from './shapes.ts'
import { drawBand, hot, shiftOf } from './tape.ts'
import { CELL, firstCell, type Row, slotAt, type TapePlace } from './tape-place.ts'
import type { BasicShape, Box, PlacedLine, PlacedPart, Shape, View } from './types.ts'

const PAD = 12

/** Letters of the groups whose coordinator a node holds, in one outline as on a flag. */
function lettersOf({ node, letters }: Pick<Row, 'node' | 'letters'>): string {
  const held = (node.holds ?? []).map(({ letter }) => letter).join('')
  return held.length <= letters ? held : `${held.slice(0, letters - 1)}+`
}
const lettersWidth = (count: number): number => (count === 0 ? 0 : 9 + 13 * count)

/** What the box of a node needs for its name, a bolt, and the letters that may come to stand in it. */
export function nodeWidth(row: Pick<Row, 'node' | 'replica' | 'letters'>): number {
  const name = PAD + textWidth(row.node.title, 15, 600) + 17
  const letters = row.letters === 0 ? 0 : lettersWidth(row.letters) + 8
  const pill = textWidth(pillOf(row), 15, 600)
  return Math.ceil(Math.max(name + letters, pill === 0 ? 0 : pill + 14 + PAD * 2))
}

/** Who leads says so, and so does who only believes that it does. */
const pillOf = ({ replica }: Pick<Row, 'replica'>): string =>
  replica.leads ? 'leader' : replica.claims ? replica.believes : ''

const ailsOf = ({ node }: Pick<Row, 'node'>): string =>
  node.ails ?? (node.state === 'running' ? '' : 'down')

interface Drawing {
  readonly view: View
  readonly make: Make
  readonly moves: Moves
  readonly isSelected: (message: string) => boolean
}

export function rowParts(place: TapePlace, drawing: Drawing): readonly PlacedPart[] {
  const { view, make } = drawing
  return place.rows.map((row, i) => {
    const { box, node } = row
    const right = i === 0 ? box.x + box.width : place.x + place.cells * CELL + 4
    const shapes = [
      ...drawNode(row, view.selected === node.id),
      ...(i === 0 ? [] : drawFollower(place, row, drawing)),
    ]
    const whole = { ...box, width: right - box.x }
    return make({
      id: node.id,
      kind: 'node',
      box: whole,
      shapes,
      label: labels.node(node, row.replica, `${place.part.stream} ${place.part.title}`),
    })
  })
}

function drawNode(row: Row, selected: boolean): readonly Shape[] {
  const { box, node, replica } = row
  const [pill, letters] = [pillOf(row), lettersOf(row)]
  const ails = ailsOf(row) !== ''
  const isOut = node.state === 'running' && (ails || !replica.inSync)
  const baseline = pill === '' ? box.y + box.height / 2 + 5 : box.y + 18
  const shapes: Shape[] = [
    rect(box, 8, isOut ? 'box.paused' : boxRoles[node.state]),
    text({ x: box.x + PAD, y: baseline }, node.title, 'ink', { weight: 600 }),
  ]
  const after = box.x + PAD + textWidth(node.title, 15, 600)
  if (ails) shapes.push(bolt(after + 10, baseline - 5))
  if (pill !== '') shapes.push(...drawPill(pill, box, replica.believes !== ''))
  if (letters !== '') {
    const width = lettersWidth(letters.length)
    const x = box.x + box.width - PAD / 2 - width
    shapes.push(
      rect({ x, y: baseline - 14, width, height: 18 }, 0, 'letter'),
      mono({ x: x + width / 2 + 1, y: baseline - 0.4 }, letters, 'ink', {
        weight: 600,
        anchor: 'middle',
        tracking: 0.18,
      }),
    )
  }
  if (selected) shapes.push(rect(grown(box, 4), 11, 'selection'))
  return shapes
}

function drawPill(words: string, box: Box, believed: boolean): readonly BasicShape[] {
  const width = textWidth(words, 15, 600) + 14
  const at = { x: box.x + 10, y: box.y + 24, width, height: 20 }
  const role = believed ? 'text.fault' : 'ink'
  return [
    rect(at, 4, believed ? 'pill.believed' : 'pill'),
    text({ x: at.x + width / 2, y: at.y + 15 }, words, role, { weight: 600, anchor: 'middle' }),
  ]
}

function drawFollower(
  place: TapePlace,
  { replica, y, height }: Row,
  { moves, isSelected }: Drawing,
): readonly Shape[] {
  const first = firstCell(place)
  const shifting = shiftOf(place, moves)
  const cells = Array.from({ length: place.cells }, (_, i) => {
    const box = { x: place.x + i * CELL, y, width: CELL, height }
    const slot = slotAt(replica, first + i)
    if (slot === null) return []
    const own = drawSmallSlot(slot, box).map((shape) => ({ ...shape, ...shifting }))
    return isSelected(slot.token?.message ?? '') ? [hot(box), ...own] : own
  })
  return [...drawBand(place, { y, height, start: replica.start ?? 0 }), ...cells.flat()]
}

/** Room right of the cells for the bracket and its word. */
export const ROWS_RIGHT = 46

/** Who is in sync, as a bracket right of the cells; who is not, in a word. */
export function syncLine(place: TapePlace, dim: boolean): PlacedLine {
  const right = place.x + place.cells * CELL
  const middle = (row: Row): number => Math.round(row.y + row.height / 2) + (row === first ? 6 : 0)
  const [first] = place.rows
  const ins = place.rows.filter(({ replica }) => replica.inSync)
  const shapes: BasicShape[] = []
  const ys = ins.map(middle)
  const x = right + 16
  if (ys.length > 0) {
    const stubs = ys.map((y) => `M${right + 8} ${y}H${x}`).join('')
    const spine = ys.length > 1 ? `M${x} ${Math.min(...ys)}V${Math.max(...ys)}` : ''
    shapes.push(path(stubs + spine, 'bracket'))
    const second = ys[1] ?? (ys[0] ?? 0) + 14
    // Under the word beside the leader's row, where there is one.
    const lower = first !== undefined && ailsOf(first) !== '' ? 4 : 0
    const y = ((ys[0] ?? 0) + Math.min(second, (ys[0] ?? 0) + 56)) / 2 + 5 + lower
    shapes.push(text({ x: x + 4, y }, 'ISR', 'ink', { weight: 600 }))
  }
  for (const row of place.rows) {
    const words = ailsOf(row) || (row.replica.inSync ? '' : 'out')
    if (words === '') continue
    // Beside the bracket of those in sync it stands right of that, else in its place; a leader's a bit lower.
    const isAmong = middle(row) <= Math.max(...ys)
    const y = row === first ? row.y + 42 : middle(row) + 5
    shapes.push(text({ x: isAmong ? x + 4 : right + 12, y }, words, 'text.fault', { weight: 600 }))
  }
  return { shapes, dim }
}
