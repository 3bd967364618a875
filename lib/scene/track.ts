// A line that tokens travel: one or more cubic curves, and where on it a token is after a share of its time.
import type { Point } from './types.ts'

/** Eight numbers a curve: start, two controls, end. */
export interface Track {
  readonly curves: readonly (readonly number[])[]
  /** Length along the line at the end of each curve. */
  readonly ends: readonly number[]
}

export const round = (value: number): number => Math.round(value * 100) / 100

export const lengthOf = (track: Track): number => track.ends.at(-1) ?? 0

function curveLength(c: readonly number[]): number {
  let length = 0
  let [x, y] = [c[0] ?? 0, c[1] ?? 0]
  for (let i = 1; i <= 16; i++) {
    const p = pointOn(c, i / 16)
    length += Math.hypot(p.x - x, p.y - y)
    x = p.x
    y = p.y
  }
  return length
}

export function trackOf(curves: readonly (readonly number[])[]): Track {
  let sum = 0
  const ends = curves.map((curve) => {
    sum += curveLength(curve)
    return sum
  })
  return { curves, ends }
}

/** Horizontal at both ends; `bend` is the share of the way the controls reach. */
export function cubic(from: Point, to: Point, bend = 0.5): Track {
  const dx = to.x - from.x
  const c = [from.x, from.y, from.x + dx * bend, from.y, to.x - dx * bend, to.y, to.x, to.y]
  return trackOf([c.map(round)])
}

/** Straight pieces from corner to corner: the rails of the narrow layout. */
export function rail(points: readonly Point[]): Track {
  const curves: number[][] = []
  points.forEach((b, i) => {
    const a = points[i - 1]
    if (a === undefined || (a.x === b.x && a.y === b.y)) return
    const third = (s: number) => [a.x + (b.x - a.x) * s, a.y + (b.y - a.y) * s]
    curves.push([a.x, a.y, ...third(1 / 3), ...third(2 / 3), b.x, b.y])
  })
  return trackOf(curves)
}

function pointOn(c: readonly number[], t: number): Point {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = c
  const u = 1 - t
  const a = u * u * u
  const b = 3 * u * u * t
  const d = 3 * u * t * t
  const e = t * t * t
  return { x: a * x0 + b * x1 + d * x2 + e * x3, y: a * y0 + b * y1 + d * y2 + e * y3 }
}

/** The curve that holds a share of the whole length, and the share of that curve. */
function locate(track: Track, share: number): { readonly index: number; readonly t: number } {
  if (track.curves.length === 1) return { index: 0, t: share }
  const wanted = share * lengthOf(track)
  for (let index = 0; index < track.ends.length; index++) {
    const end = track.ends[index] ?? 0
    const start = track.ends[index - 1] ?? 0
    if (wanted <= end || index === track.ends.length - 1)
      return { index, t: end === start ? 1 : Math.min(1, (wanted - start) / (end - start)) }
  }
  return { index: 0, t: 0 }
}

export function pointAt(track: Track, share: number): Point {
  const { index, t } = locate(track, share)
  return pointOn(track.curves[index] ?? [], t)
}

export function pathOf(track: Track): string {
  const [first] = track.curves
  if (first === undefined) return ''
  const body = track.curves.map((c) =>
    isStraight(c) ? `L${c[6]} ${c[7]}` : `C${c.slice(2).map(round).join(' ')}`,
  )
  return `M${first[0]} ${first[1]}${body.join('')}`
}

function isStraight(c: readonly number[]): boolean {
  return (c[0] === c[6] && c[0] === c[2]) || (c[1] === c[7] && c[1] === c[3] && c[1] === c[5])
}

/** The stretch of the line between two shares of it, as a path. */
export function stretch(track: Track, from: number, to: number): string {
  const a = locate(track, from)
  const b = locate(track, to)
  let d = ''
  for (let index = a.index; index <= b.index; index++) {
    const curve = track.curves[index] ?? []
    const piece = sub(curve, index === a.index ? a.t : 0, index === b.index ? b.t : 1).map(round)
    if (d === '') d = `M${piece[0]} ${piece[1]}`
    d += `C${piece.slice(2).join(' ')}`
  }
  return d
}

/** The part of a cubic between two parameters, as a cubic: its blossom at a, b, d on each axis. */
function sub(c: readonly number[], from: number, to: number): number[] {
  const axis = (first: 0 | 1) => [
    c[first] ?? 0,
    c[first + 2] ?? 0,
    c[first + 4] ?? 0,
    c[first + 6] ?? 0,
  ]
  const [xs, ys] = [axis(0), axis(1)]
  const levels = [
    [from, from, from],
    [from, from, to],
    [from, to, to],
    [to, to, to],
  ]
  return levels.flatMap((at) => [blossom(xs, at), blossom(ys, at)])
}

/** De Casteljau's construction with another parameter at each level. */
function blossom(controls: readonly number[], at: readonly number[]): number {
  let points = controls
  for (const t of at) points = points.slice(1).map((q, i) => (points[i] ?? 0) * (1 - t) + q * t)
  return points[0] ?? 0
}

/**
 * cubic-bezier(a, 0, b, 1): the share of the way after a share of the time; .45 and .25 on a line. The
 * curve's x is inverted by Newton's method from a fixed start, so the same time gives the same place on
 * every machine.
 */
export function ease(time: number, a = 0.45, b = 0.25): number {
  if (time <= 0) return 0
  if (time >= 1) return 1
  const [cubed, squared] = [1 + 3 * a - 3 * b, 3 * b - 6 * a]
  let s = time
  for (let i = 0; i < 8; i++) {
    const x = (cubed * s + squared) * s * s + 3 * a * s
    const slope = 3 * cubed * s * s + 2 * squared * s + 3 * a
    s -= (x - time) / slope
    if (s < 0) s = 0
    if (s > 1) s = 1
  }
  return s * s * (3 - 2 * s)
}
