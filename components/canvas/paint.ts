// Basic shapes on a 2D canvas, in colours read once from the custom properties of an element.
import { type ColourName, type Role, styleOf, styles } from '../../lib/scene/style.ts'
import type { BasicShape } from '../../lib/scene/types.ts'

export interface Palette {
  readonly colours: ReadonlyMap<ColourName, string>
  readonly sans: string
  readonly mono: string
}

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

export function readPalette(element: Element): Palette {
  const computed = getComputedStyle(element)
  const colours = new Map<ColourName, string>()
  for (const role of Object.keys(styles) as Role[]) {
    const { fill, stroke } = styleOf(role)
    for (const name of [fill, stroke])
      if (name !== undefined && !colours.has(name))
        colours.set(name, computed.getPropertyValue(`--${name}`).trim())
  }
  const family = (name: string) => computed.getPropertyValue(name).trim() || 'sans-serif'
  return { colours, sans: family('--sans'), mono: family('--mono') }
}

export const colourOf = (palette: Palette, name: ColourName | undefined): string =>
  (name === undefined ? undefined : palette.colours.get(name)) || 'transparent'

function outline(shape: Exclude<BasicShape, { shape: 'text' }>): Path2D {
  if (shape.shape === 'path') {
    const moved = new Path2D()
    moved.addPath(new Path2D(shape.d), new DOMMatrix([1, 0, 0, 1, shape.x, shape.y]))
    return moved
  }
  const path = new Path2D()
  if (shape.shape === 'circle') path.arc(shape.x, shape.y, shape.radius, 0, Math.PI * 2)
  else path.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius)
  return path
}

export function paintShape(context: Context, shape: BasicShape, palette: Palette): void {
  const style = styleOf(shape.role)
  context.globalAlpha = style.opacity ?? 1
  if (shape.shape === 'text') {
    const family = shape.family === 'mono' ? palette.mono : palette.sans
    context.font = `${shape.weight} ${shape.size}px ${family}`
    context.letterSpacing = `${shape.tracking * shape.size}px`
    context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor
    context.textBaseline = 'alphabetic'
    context.fillStyle = colourOf(palette, style.fill)
    // Letter spacing trails the last sign: half of it back centres the word.
    const shift = shape.anchor === 'middle' ? (shape.tracking * shape.size) / 2 : 0
    context.fillText(shape.text, shape.x + shift, shape.y)
    return
  }
  const path = outline(shape)
  if (style.fill !== undefined) {
    context.globalAlpha = (style.opacity ?? 1) * (style.fillOpacity ?? 1)
    context.fillStyle = colourOf(palette, style.fill)
    context.fill(path)
    context.globalAlpha = style.opacity ?? 1
  }
  if (style.stroke === undefined) return
  context.strokeStyle = colourOf(palette, style.stroke)
  context.lineWidth = style.width ?? 1
  context.setLineDash(style.dash === undefined ? [] : [...style.dash])
  context.lineCap = style.round === true ? 'round' : 'butt'
  context.lineJoin = style.round === true ? 'round' : 'miter'
  context.stroke(path)
}
