// Draws the tokens of a scene that are under way, thousands a frame: each kind of token is drawn once to a
// sprite, wakes of one colour are one stroke, and nothing is set per token.
import type { Token } from '../../lib/picture/types.ts'
import { along, eachMoving, wakeOf } from '../../lib/scene/flights.ts'
import { DIM, type Role, styleOf } from '../../lib/scene/style.ts'
import { tokenShapes, wakeRole } from '../../lib/scene/token.ts'
import { pointAt } from '../../lib/scene/track.ts'
import type { PlacedFlight, View } from '../../lib/scene/types.ts'
import { colourOf, type Palette, paintShape, readPalette } from './paint.ts'

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** What is under way, and when it is looked at. */
export interface Moment {
  readonly flights: readonly PlacedFlight[]
  readonly timeMs: number
  readonly motion: View['motion']
}

export interface TokenPainter {
  /** The size of the canvas in CSS pixels. */
  resize(width: number, height: number): void
  draw(moment: Moment, viewport: Viewport): void
  /** Reads the colours again: the theme or the fonts have changed. */
  refresh(): void
}

/** A token with its tag and outlines: 24 to the left and up, 58 to the right. */
const LEFT = 26
const UP = 26
const WIDTH = 86
const PLAIN_WIDTH = 52
const HEIGHT = 52

interface Sprite {
  readonly image: HTMLCanvasElement | OffscreenCanvas
  readonly width: number
}

const spriteKey = (t: Token, radius: number): string =>
  `${t.shape}|${t.label}|${t.redelivered ? 1 : 0}|${t.times}|${t.ghost ? 1 : 0}|${radius}`

export function createTokenPainter(canvas: HTMLCanvasElement): TokenPainter {
  const context = canvas.getContext('2d')
  let palette: Palette = readPalette(canvas)
  let size = { width: 0, height: 0 }
  let scale = 0
  let byKey = new Map<string, Sprite>()
  // Tokens are the same objects from frame to frame: no key is built for one that was seen.
  let byToken = new Map<number, WeakMap<Token, Sprite>>()

  function forget(): void {
    byKey = new Map()
    byToken = new Map()
  }

  function spriteOf(token: Token, radius: number): Sprite {
    let seen = byToken.get(radius)
    if (seen === undefined) {
      seen = new WeakMap()
      byToken.set(radius, seen)
    }
    const known = seen.get(token)
    if (known !== undefined) return known
    const key = spriteKey(token, radius)
    const sprite = byKey.get(key) ?? makeSprite(token, radius, scale, palette)
    byKey.set(key, sprite)
    seen.set(token, sprite)
    return sprite
  }

  return {
    resize(width, height) {
      size = { width, height }
      const density = globalThis.devicePixelRatio || 1
      canvas.width = Math.max(1, Math.round(width * density))
      canvas.height = Math.max(1, Math.round(height * density))
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    },
    refresh() {
      palette = readPalette(canvas)
      forget()
    },
    draw(moment, viewport) {
      if (context === null) return
      const density = canvas.width / Math.max(1, size.width)
      const wanted = density * viewport.zoom
      if (wanted !== scale) {
        scale = wanted
        forget()
      }
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, canvas.width, canvas.height)
      if (moment.flights.length === 0) return
      const [dx, dy] = [viewport.x * density, viewport.y * density]
      context.setTransform(scale, 0, 0, scale, dx, dy)
      drawWakes(context, palette, moment)
      context.setTransform(1, 0, 0, 1, dx, dy)
      drawTokens(moment)
    },
  }

  function drawTokens({ flights, timeMs, motion }: Moment): void {
    if (context === null) return
    context.globalAlpha = 1
    let isDim = false
    eachMoving(flights, timeMs, motion, (flight, token, share) => {
      if (flight.dim !== isDim) {
        isDim = flight.dim
        context.globalAlpha = isDim ? DIM : 1
      }
      const at = pointAt(flight.track, along(flight, share))
      const sprite = spriteOf(token, flight.radius)
      // Whole device pixels: an unfiltered copy is several times faster, and moves no more than half a pixel.
      context.drawImage(
        sprite.image,
        Math.round((at.x - LEFT) * scale),
        Math.round((at.y - UP) * scale),
      )
    })
    context.globalAlpha = 1
  }
}

function makeSprite(token: Token, radius: number, scale: number, palette: Palette): Sprite {
  const width = token.times > 1 ? WIDTH : PLAIN_WIDTH
  const pixels = { width: Math.ceil(width * scale), height: Math.ceil(HEIGHT * scale) }
  const image =
    typeof OffscreenCanvas === 'undefined'
      ? Object.assign(document.createElement('canvas'), pixels)
      : new OffscreenCanvas(pixels.width, pixels.height)
  const context = image.getContext('2d') as
    | CanvasRenderingContext2D
    | OffscreenCanvasRenderingContext2D
    | null
  if (context === null) return { image, width }
  context.setTransform(scale, 0, 0, scale, LEFT * scale, UP * scale)
  for (const shape of tokenShapes(token, { x: 0, y: 0 }, radius))
    paintShape(context, shape, palette)
  return { image, width }
}

/** All wakes of one colour as one path; dimmed ones apart. */
function drawWakes(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { flights, timeMs, motion }: Moment,
): void {
  const bright = new Map<Role, Path2D>()
  const dim = new Map<Role, Path2D>()
  eachMoving(flights, timeMs, motion, (flight, token, share) => {
    const [from, to] = wakeOf(flight, share)
    if (to - from < 0.001) return
    const paths = flight.dim ? dim : bright
    const role = wakeRole(token)
    let path = paths.get(role)
    if (path === undefined) {
      path = new Path2D()
      paths.set(role, path)
    }
    const pieces = 3
    const start = pointAt(flight.track, from)
    path.moveTo(start.x, start.y)
    for (let i = 1; i <= pieces; i++) {
      const p = pointAt(flight.track, from + ((to - from) * i) / pieces)
      path.lineTo(p.x, p.y)
    }
  })
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const [paths, alpha] of [
    [dim, DIM],
    [bright, 1],
  ] as const)
    for (const [role, path] of paths) {
      const style = styleOf(role)
      context.globalAlpha = (style.opacity ?? 1) * alpha
      context.strokeStyle = colourOf(palette, style.stroke)
      context.lineWidth = style.width ?? 4
      context.stroke(path)
    }
  context.globalAlpha = 1
}
