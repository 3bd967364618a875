// The column of consumers: the group in focus with full cards, the others one card each.
import { CARD_WIDTH, COLLAPSED_HEIGHT, cardHeight } from './card.ts'
import type { Frame, PlacedGroup } from './placed.ts'
import type { Plan, PlannedGroup } from './plan.ts'

const GROUP_HEAD = 30
const CARD_GAP = 10
const AFTER_FOCUS = 48
const COLLAPSED_GAP = 32
/** A card that crashes grows by two lines; the room is kept, so that nothing below it moves. */
const CRASH_ROOM = 40

export interface GroupGaps {
  readonly afterFocus: number
  readonly between: number
  readonly crashRoom: number
}
export const GROUP_GAPS = {
  wide: { afterFocus: AFTER_FOCUS, between: COLLAPSED_GAP, crashRoom: CRASH_ROOM },
  close: { afterFocus: 24, between: 16, crashRoom: 0 },
} as const satisfies Record<string, GroupGaps>

const isFull = (group: PlannedGroup): boolean => !group.collapsed

function fullHeight(group: PlannedGroup, gaps: GroupGaps): number {
  const cards = group.cards.map(({ card, lines }) => cardHeight(card, lines))
  const grown = group.cards.some(({ card }) => card.said !== '') ? 0 : gaps.crashRoom
  const room = cards.reduce((sum, height) => sum + height, 0) + grown
  return GROUP_HEAD + room + CARD_GAP * Math.max(0, cards.length - 1)
}

export function groupsHeight(plan: Plan, gaps: GroupGaps): number {
  const heights = plan.groups.map((group) =>
    isFull(group) ? fullHeight(group, gaps) : COLLAPSED_HEIGHT,
  )
  return heights.reduce((sum, height, i) => sum + height + gapAfter(plan, i, gaps), 0)
}

function gapAfter(plan: Plan, i: number, gaps: GroupGaps): number {
  const group = plan.groups[i]
  if (group === undefined || i === plan.groups.length - 1) return 0
  return isFull(group) ? gaps.afterFocus : gaps.between
}

export function placeGroups(
  { plan, columns }: Frame,
  top: number,
  gaps: GroupGaps,
): readonly PlacedGroup[] {
  let y = top
  const x = columns.cardX
  return plan.groups.map((group, i): PlacedGroup => {
    if (!isFull(group)) {
      const box = { x, y, width: CARD_WIDTH, height: COLLAPSED_HEIGHT }
      y += COLLAPSED_HEIGHT + gapAfter(plan, i, gaps)
      return { group, headY: null, cards: [], box }
    }
    const start = y
    const hasHead = plan.groups.length > 1
    let cardY = y + GROUP_HEAD
    const cards = group.cards.map((planned) => {
      const height = cardHeight(planned.card, planned.lines)
      const placed = { ...planned, notes: [], box: { x, y: cardY, width: CARD_WIDTH, height } }
      cardY += height + (hasHead ? CARD_GAP : CARD_GAP + gaps.crashRoom)
      return placed
    })
    y += fullHeight(group, gaps) + gapAfter(plan, i, gaps)
    const box = { x, y: start, width: CARD_WIDTH, height: fullHeight(group, gaps) }
    return { group, headY: hasHead ? start + 16 : null, cards, box }
  })
}
