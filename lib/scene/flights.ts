// Tokens under way: where each is at a moment of simulated time. Nothing here depends on wall time, so a
// still picture, a scrub and a replay agree to the pixel.
import type { FlightPart, Token } from '../picture/types.ts'
import { ease, lengthOf, pointAt, stretch, type Track } from './track.ts'
import type { LayoutName, Moving, PlacedFlight, PlacedWire, Point, View } from './types.ts'

/** How much of the line behind a token its wake covers, in canvas units. */
const WAKE = 36
/** On a short line a token is drawn a little smaller. */
const SHORT = 80
/** Tokens of one batch follow one another by this share of the flight's time, and arrive within it. */
const TRAIN = 0.12

export function placeFlights(
  flights: readonly FlightPart[],
  wires: readonly PlacedWire[],
  layout: LayoutName,
): readonly PlacedFlight[] {
  const byId = new Map(wires.flatMap((wire) => wire.ids.map((id) => [id, wire] as const)))
  return flights.flatMap((flight): readonly PlacedFlight[] => {
    const wire = byId.get(flight.wire)
    if (wire === undefined || flight.tokens.length === 0) return []
    const { track, dim } = wire
    return [{ ...flight, track, radius: radiusOn(track, layout), dim }]
  })
}

/** The share of its line that the nth token of a flight has behind it; null: not on the line. */
export function shareAt(
  flight: PlacedFlight,
  nth: number,
  timeMs: number,
  motion: View['motion'],
): number | null {
  if (timeMs < flight.sentMs || timeMs >= flight.dueMs) return null
  const count = flight.tokens.length
  if (motion === 'jump') return 0.62 - (0.4 * nth) / count
  const lag = count === 1 ? 0 : Math.min(TRAIN, 0.5 / (count - 1))
  const share = (timeMs - flight.sentMs) / (flight.dueMs - flight.sentMs)
  const own = (share - nth * lag) / (1 - (count - 1) * lag)
  return own < 0 ? null : ease(own)
}

/** Calls `visit` for every token on a line, in drawing order, without making anything. */
export function eachMoving(
  flights: readonly PlacedFlight[],
  timeMs: number,
  motion: View['motion'],
  visit: (flight: PlacedFlight, token: Token, share: number) => void,
): void {
  if (motion === 'count') return
  for (const flight of flights) {
    // The first of a batch is ahead: draw it last, over the others.
    for (let nth = flight.tokens.length - 1; nth >= 0; nth--) {
      const token = flight.tokens[nth]
      const share = shareAt(flight, nth, timeMs, motion)
      if (token !== undefined && share !== null) visit(flight, token, share)
    }
  }
}

/** Rails run in the margin, where only a bare token fits. */
function radiusOn(track: Track, layout: LayoutName): number {
  if (layout !== 'row' && track.curves.length > 1) return 7
  return lengthOf(track) < SHORT ? 12.5 : 15
}

/** Where along its line a flight is: backwards for what returns. */
export const along = (flight: PlacedFlight, share: number): number =>
  flight.back ? 1 - share : share

/** Start and end of the wake, as shares of the line in its own direction. */
export function wakeOf(flight: PlacedFlight, share: number): readonly [from: number, to: number] {
  const behind = Math.max(0, share - WAKE / Math.max(1, lengthOf(flight.track)))
  return flight.back ? [1 - share, 1 - behind] : [behind, share]
}

export function movingAt(
  flights: readonly PlacedFlight[],
  timeMs: number,
  motion: View['motion'] = 'fly',
): readonly Moving[] {
  const moving: Moving[] = []
  eachMoving(flights, timeMs, motion, (flight, token, share) => {
    const at: Point = pointAt(flight.track, along(flight, share))
    const [from, to] = wakeOf(flight, share)
    moving.push({
      ...at,
      token,
      wire: flight.wire,
      radius: flight.radius,
      wake: stretch(flight.track, from, to),
      dim: flight.dim,
    })
  })
  return moving
}
