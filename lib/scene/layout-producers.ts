// Producers: beside the topic in the middle of its partitions, or above it.
import { noteLines, PRODUCER_HEIGHT } from './card.ts'
import type { Frame, PlacedCard, PlacedStream } from './placed.ts'
import { STORE_HEIGHT } from './placed.ts'
import { TAPE_HEIGHT } from './tape-place.ts'

export function producersBeside(
  { plan, view, columns }: Frame,
  streams: readonly PlacedStream[],
  height: number,
): readonly PlacedCard[] {
  const noted = plan.producers.map((producer) => ({
    producer,
    notes: view.compact === true ? [] : noteLines(producer.card.notes, columns.producerWidth + 24),
  }))
  const heights = noted.map(
    ({ notes }) => PRODUCER_HEIGHT + (notes.length > 0 ? 20 + notes.length * 24 : 0),
  )
  const plate = streams.find((placed) => placed.plate !== null)?.plate
  const cells = streams.flatMap(({ tapes }) => tapes.map((tape) => tape.y + TAPE_HEIGHT / 2))
  const ys = plate ? [plate.y + plate.height / 2] : cells
  const middle = ys.length === 0 ? height / 2 : ((ys[0] ?? 0) + (ys.at(-1) ?? 0)) / 2
  const gap = 24
  const total = heights.reduce((sum, one) => sum + one + gap, -gap)
  // One producer has its box, not its notes, in the middle: its wires then leave level with the topic's.
  let y = noted.length === 1 ? middle - PRODUCER_HEIGHT / 2 : Math.max(8, middle - total / 2)
  return noted.map(({ producer, notes }, i) => {
    const box = {
      x: columns.producerX,
      y: Math.round(y),
      width: columns.producerWidth,
      height: PRODUCER_HEIGHT,
    }
    y += (heights[i] ?? 0) + gap
    return { ...producer, notes, box }
  })
}

export function producersAbove({ plan, columns }: Frame, top: number): readonly PlacedCard[] {
  return plan.producers.map((producer, i) => ({
    ...producer,
    notes: [],
    box: {
      x: columns.producerX,
      y: Math.round(top + i * (STORE_HEIGHT + 16)),
      width: columns.producerWidth,
      height: STORE_HEIGHT,
    },
  }))
}
