// Draws the tokens of a scene that are under way, thousands a frame: each look of a token is drawn once to
// a sprite, wakes of one colour are stroked together, and nothing is set per token.
import { along, eachMoving, wakeOf } from '../../lib/scene/flights.ts'
import { DIM, type Role, styleOf } from '../../lib/scene/style.ts'
import { wakeRole } from '../../lib/scene/token.ts'
import { pointAt } from '../../lib/scene/track.ts'
import type { PlacedFlight, View } from '../../lib/scene/types.ts'
import { colourOf, type Palette, readPalette } from './paint.ts'
import { createSprites, type Sprites } from './sprites.ts'

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

export function createTokenPainter(canvas: HTMLCanvasElement): TokenPainter {
  const context = canvas.getContext('2d')
  let palette = readPalette(canvas)
  let width = 1
  let scale = 1
  let sprites = createSprites(scale, palette)
  return {
    resize(wide, high) {
      const density = window.devicePixelRatio || 1
      width = Math.max(1, wide)
      canvas.width = Math.max(1, Math.round(wide * density))
      canvas.height = Math.max(1, Math.round(high * density))
      canvas.style.width = `${wide}px`
      canvas.style.height = `${high}px`
    },
    refresh() {
      palette = readPalette(canvas)
      sprites = createSprites(scale, palette)
    },
    draw(moment, viewport) {
      if (context === null) return
      const density = canvas.width / width
      if (density * viewport.zoom !== scale) {
        scale = density * viewport.zoom
        sprites = createSprites(scale, palette)
      }
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, canvas.width, canvas.height)
      if (moment.flights.length === 0) return
      const origin = { x: viewport.x * density, y: viewport.y * density }
      context.setTransform(scale, 0, 0, scale, origin.x, origin.y)
      drawWakes(context, palette, moment)
      context.setTransform(1, 0, 0, 1, 0, 0)
      drawTokens(context, moment, { sprites, scale, origin })
    },
  }
}

interface Copying {
  readonly sprites: Sprites
  readonly scale: number
  readonly origin: { readonly x: number; readonly y: number }
}

function drawTokens(context: CanvasRenderingContext2D, moment: Moment, copying: Copying): void {
  const { sprites, scale, origin } = copying
  let isDim = false
  context.globalAlpha = 1
  context.imageSmoothingEnabled = false
  eachMoving(moment.flights, moment.timeMs, moment.motion, (flight, token, share) => {
    if (flight.dim !== isDim) {
      isDim = flight.dim
      context.globalAlpha = isDim ? DIM : 1
    }
    const at = pointAt(flight.track, along(flight, share))
    const { image, left, up } = sprites.of(token, flight.radius)
    // To whole device pixels: an unfiltered copy is several times faster, and at most half a pixel off.
    const x = Math.round(origin.x + at.x * scale - left)
    const y = Math.round(origin.y + at.y * scale - up)
    context.drawImage(image, x, y)
  })
  context.globalAlpha = 1
}

/** Where few fly, a wake bends with its line and ends round; among hundreds it is a straight dash. */
const MANY = 300
const WAKE_PIECES = 3

/** Under the tokens. Each by itself: software rendering is slower with one long path than with many short. */
function drawWakes(context: CanvasRenderingContext2D, palette: Palette, moment: Moment): void {
  const drawWake = moment.flights.length > MANY ? dash : curve
  let last: Role | null = null
  let lastDim = false
  context.lineCap = 'round'
  context.lineJoin = 'round'
  const { a: scale, e: x, f: y } = context.getTransform()
  eachMoving(moment.flights, moment.timeMs, moment.motion, (flight, token, share) => {
    const role = wakeRole(token)
    if (role !== last || flight.dim !== lastDim) {
      const style = styleOf(role)
      const colour = colourOf(palette, style.stroke)
      context.globalAlpha = (style.opacity ?? 1) * (flight.dim ? DIM : 1)
      context.lineWidth = style.width ?? 4
      context.strokeStyle = colour
      context.fillStyle = colour
      last = role
      lastDim = flight.dim
    }
    drawWake(context, flight, share)
  })
  context.setTransform(scale, 0, 0, scale, x, y)
  context.globalAlpha = 1

  function dash(on: CanvasRenderingContext2D, flight: PlacedFlight, share: number): void {
    const [from, to] = wakeOf(flight, share)
    const a = pointAt(flight.track, from)
    const b = pointAt(flight.track, to)
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    if (length < 0.5) return
    const cos = (scale * (b.x - a.x)) / length
    const sin = (scale * (b.y - a.y)) / length
    on.setTransform(cos, sin, -sin, cos, x + a.x * scale, y + a.y * scale)
    on.fillRect(0, -on.lineWidth / 2, length, on.lineWidth)
  }
}

function curve(context: CanvasRenderingContext2D, flight: PlacedFlight, share: number): void {
  const [from, to] = wakeOf(flight, share)
  if (to - from < 0.001) return
  context.beginPath()
  for (let i = 0; i <= WAKE_PIECES; i++) {
    const p = pointAt(flight.track, from + ((to - from) * i) / WAKE_PIECES)
    if (i === 0) context.moveTo(p.x, p.y)
    else context.lineTo(p.x, p.y)
  }
  context.stroke()
}
