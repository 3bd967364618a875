// The five shapes that name keys. A shape never stands for its colour alone: it has a word as well.
const NAMES = ['circle', 'square', 'triangle', 'diamond', 'hexagon'] as const
export type ShapeName = (typeof NAMES)[number] | 'dot'

/** The shape of a key index; a keyless event is a plain dot of ink. */
export function shapeName(index: number): ShapeName {
  return index < 0 ? 'dot' : (NAMES[index % NAMES.length] ?? 'dot')
}

const round = (value: number): number => Math.round(value * 100) / 100

/** The outline of a shape around the origin, `r` being its nominal radius (LOOK: Anatomy, Token). */
export function shapePath(shape: ShapeName, r: number): string {
  const n = (factor: number) => round(factor * r)
  switch (shape) {
    case 'square':
      return `M${n(-0.9)} ${n(-0.9)}H${n(0.9)}V${n(0.9)}H${n(-0.9)}Z`
    case 'triangle':
      return `M0 ${n(-1.133)}L${n(1.2)} ${n(0.907)}H${n(-1.2)}Z`
    case 'diamond':
      return `M0 ${n(-1.213)}L${n(1.213)} 0L0 ${n(1.213)}L${n(-1.213)} 0Z`
    case 'hexagon':
      return `M${n(-0.573)} ${-r}H${n(0.573)}L${n(1.147)} 0L${n(0.573)} ${r}H${n(-0.573)}L${n(-1.147)} 0Z`
    default: {
      const radius = shape === 'dot' ? n(0.6) : r
      return `M${-radius} 0A${radius} ${radius} 0 1 1 ${radius} 0A${radius} ${radius} 0 1 1 ${-radius} 0Z`
    }
  }
}

interface Props {
  readonly shape: number
  readonly size?: number
}

export function KeyShape({ shape, size = 18 }: Props) {
  const name = shapeName(shape)
  return (
    <svg
      className="ui-icon"
      width={size}
      height={size}
      viewBox="-19 -19 38 38"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapePath(name, 15)} strokeWidth={1.5} {...paint(name)} />
    </svg>
  )
}

/** Fill and line of a shape, by its tokens. */
export function paint(name: ShapeName): { readonly fill: string; readonly stroke: string } {
  if (name === 'dot') return { fill: 'var(--ink-3)', stroke: 'var(--ink-2)' }
  return { fill: `var(--k-${name})`, stroke: `var(--k-${name}-line)` }
}
