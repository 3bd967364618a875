// Where the stops of a handler's line stand: as in the design, and further right where words need it.
import { expect, test } from 'vitest'
import { CARD_WIDTH, stopX } from './card.ts'
import { textWidth } from './measure.ts'

const stops = (...labels: readonly string[]) => labels.map((label) => ({ label }))
const places = (...labels: readonly string[]) =>
  labels.map((_, i) => stopX(stops(...labels), i, CARD_WIDTH))

test('short words leave them where the design has them', () => {
  const shares = places('poll', 'dedup', 'effect', 'commit').map((x) => x / CARD_WIDTH)
  expect(shares.map((share) => Number(share.toFixed(3)))).toEqual([0.105, 0.345, 0.6, 0.85])
})

test.each([[['deliver', 'dedup', 'effect', 'ack']], [['receive', 'dedup', 'effect', 'delete']]])(
  '%j keep clear of one another and of the edges, whichever is the current one',
  (labels) => {
    const xs = places(...labels)
    const half = (label: string, lit: boolean) =>
      (lit ? Math.max(44, textWidth(label, 15, 600) + 16) : textWidth(label, 15)) / 2
    for (const current of labels.keys()) {
      const sides = labels.map((label, i) => {
        const reach = half(label, i === current)
        return { left: (xs[i] ?? 0) - reach, right: (xs[i] ?? 0) + reach }
      })
      expect(sides[0]?.left).toBeGreaterThanOrEqual(2)
      expect(sides.at(-1)?.right).toBeLessThanOrEqual(CARD_WIDTH - 2)
      for (const [i, { left }] of sides.slice(1).entries())
        expect(left).toBeGreaterThan(sides[i]?.right ?? 0)
    }
  },
)
