// Tokens drawn once and copied many times: one small image for each look a token can have.
import type { Token } from '../../lib/picture/types.ts'
import { halfWidth, tokenShapes } from '../../lib/scene/token.ts'
import { type Palette, paintShape } from './paint.ts'

export interface Sprite {
  readonly image: ImageBitmap
  /** From the image's corner to the token's middle, in device pixels. */
  readonly left: number
  readonly up: number
}

export interface Sprites {
  of(token: Token, radius: number): Sprite
}

/** How far the tag of a duplicate reaches to the right. */
const TAGGED = 58
/** A long run has many order ids. Past this many looks those not asked for since the last time are let go. */
const GENERATION = 1600

const keyOf = (t: Token, radius: number): string =>
  `${t.shape}|${t.label}|${t.redelivered ? 1 : 0}|${t.times}|${t.ghost ? 1 : 0}|${radius}`

export function createSprites(scale: number, palette: Palette): Sprites {
  let young = new Map<string, Sprite>()
  let old = new Map<string, Sprite>()
  // Tokens are the same objects from frame to frame: no key is built for one that was seen.
  let byToken = new Map<number, WeakMap<Token, Sprite>>()

  function add(token: Token, radius: number, seen: WeakMap<Token, Sprite>): Sprite {
    const key = keyOf(token, radius)
    const sprite = young.get(key) ?? old.get(key) ?? makeSprite(token, radius, scale, palette)
    if (young.size >= GENERATION && !young.has(key)) {
      old = young
      young = new Map()
      byToken = new Map()
    }
    young.set(key, sprite)
    seen.set(token, sprite)
    return sprite
  }

  return {
    of(token, radius) {
      let seen = byToken.get(radius)
      if (seen === undefined) {
        seen = new WeakMap()
        byToken.set(radius, seen)
      }
      return seen.get(token) ?? add(token, radius, seen)
    },
  }
}

function makeSprite(token: Token, radius: number, scale: number, palette: Palette): Sprite {
  const around = token.redelivered || token.shape > 4 ? 1.3 : 1
  // Half the largest shape is 18.2 at radius 15; a pixel more for its line. Small images stay in the cache.
  const half = Math.ceil((halfWidth(token, radius) * around + 1.5) * scale)
  const high = Math.ceil((radius * (18.2 / 15) * around + 1.5) * scale)
  const right = token.times > 1 ? Math.max(half, Math.ceil(TAGGED * scale)) : half
  const image = new OffscreenCanvas(half + right, high * 2)
  const context = image.getContext('2d')
  if (context !== null) {
    context.setTransform(scale, 0, 0, scale, half, high)
    for (const shape of tokenShapes(token, { x: 0, y: 0 }, radius))
      paintShape(context, shape, palette)
  }
  return { image: image.transferToImageBitmap(), left: half, up: high }
}
