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

/** Wakes in one stroke. Software rendering slows down with the size of a path: more are worse, fewer too. */
const STROKED_TOGETHER = 48
/** Where few fly, a wake bends with its line and ends round; among hundreds it is a straight dash. */
const MANY = 300

/** Wakes of one colour by the stroke; dimmed ones apart. */
function drawWakes(context: CanvasRenderingContext2D, palette: Palette, moment: Moment): void {
  const open = [new Map<Role, Wakes>(), new Map<Role, Wakes>()] as const
  const isCrowded = moment.flights.length > MANY
  const pieces = isCrowded ? 1 : 3
  context.lineCap = isCrowded ? 'butt' : 'round'
  context.lineJoin = 'round'
  const stroke = (wakes: Wakes) => {
    context.globalAlpha = wakes.alpha
    context.strokeStyle = wakes.colour
    context.lineWidth = wakes.width
    context.stroke(wakes.path)
  }
  eachMoving(moment.flights, moment.timeMs, moment.motion, (flight, token, share) => {
    const [from, to] = wakeOf(flight, share)
    if (to - from < 0.001) return
    const role = wakeRole(token)
    const byRole = open[flight.dim ? 1 : 0]
    let wakes = byRole.get(role)
    if (wakes === undefined || wakes.count === STROKED_TOGETHER) {
      if (wakes !== undefined) stroke(wakes)
      wakes = newWakes(role, flight.dim, palette)
      byRole.set(role, wakes)
    }
    wakes.count++
    for (let i = 0; i <= pieces; i++) {
      const p = pointAt(flight.track, from + ((to - from) * i) / pieces)
      if (i === 0) wakes.path.moveTo(p.x, p.y)
      else wakes.path.lineTo(p.x, p.y)
    }
  })
  for (const byRole of open) for (const wakes of byRole.values()) stroke(wakes)
  context.globalAlpha = 1
}

interface Wakes {
  readonly path: Path2D
  readonly colour: string
  readonly width: number
  readonly alpha: number
  count: number
}

function newWakes(role: Role, dim: boolean, palette: Palette): Wakes {
  const style = styleOf(role)
  return {
    path: new Path2D(),
    colour: colourOf(palette, style.stroke),
    width: style.width ?? 4,
    alpha: (style.opacity ?? 1) * (dim ? DIM : 1),
    count: 0,
  }
}
