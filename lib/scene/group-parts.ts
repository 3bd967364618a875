// The cards of a group: all of them under a heading, or one for the whole group.
import { drawCollapsed, drawConsumer } from './card.ts'
import { labels } from './labels.ts'
import type { Make } from './make.ts'
import { textWidth } from './measure.ts'
import type { Moves } from './motion.ts'
import type { PlacedGroup } from './placed.ts'
import { letterBox, text } from './shapes.ts'
import type { PlacedPart, View } from './types.ts'

/** What it is drawn by. */
export interface Drawing {
  readonly view: View
  readonly make: Make
  readonly moves: Moves
}

export function collapsedParts(
  placed: PlacedGroup,
  { view, make }: Drawing,
): readonly PlacedPart[] {
  const { group, box } = placed
  const { id, title, letter, cards } = group
  // The line of the member that works; of several, of the first.
  const busy = cards.find(({ lines }) => lines.some((line) => line.at >= 0)) ?? cards[0]
  const lanes = new Set(cards.flatMap(({ card }) => card.assignment))
  const members = cards.map(({ card }) => card.id)
  const look = {
    title,
    letter,
    count: cards.length,
    assignment: [...lanes].toSorted(byNumber),
    line: busy?.lines.find((line) => line.at >= 0) ?? busy?.lines[0] ?? null,
    faulty: cards.filter(({ card }) => card.state === 'crashed' || card.state === 'paused').length,
    selected: view.selected === id || members.some((member) => member === view.selected),
  }
  const shapes = drawCollapsed(look, box)
  return [make({ id, kind: 'collapsed', box, shapes, label: labels.collapsed(look) })]
}

export function fullParts(
  placed: PlacedGroup,
  { view, make, moves }: Drawing,
): readonly PlacedPart[] {
  const cards = placed.cards.map(({ card, lines, box }) => {
    const shapes = drawConsumer({ card, lines, selected: view.selected === card.id, moves }, box)
    const label = labels.consumer(card, lines)
    return make({ id: card.id, kind: 'consumer', box, shapes, label })
  })
  return [...headOf(placed, make), ...cards]
}

function headOf({ group, headY, box }: PlacedGroup, make: Make): readonly PlacedPart[] {
  if (headY === null) return []
  const letterX = box.x + textWidth(group.title, 15, 600) + 9
  const words = group.cards.length === 1 ? '1 instance' : `${group.cards.length} instances`
  const shapes = [
    text({ x: box.x, y: headY }, group.title, 'ink', { weight: 600 }),
    ...(group.letter === '' ? [] : letterBox(letterX, headY - 15, group.letter, 'heading')),
    text({ x: box.x + box.width, y: headY }, words, 'ink-3', { anchor: 'end' }),
  ]
  const at = { x: box.x, y: headY - 16, width: box.width, height: 24 }
  const label = `${group.title}, ${words}`
  return [
    make({ id: `group:${group.id}`, kind: 'group', box: at, shapes, label, selectable: false }),
  ]
}

/** P2 before P10. */
const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1)
