// An event as it is drawn everywhere: the shape of its key with the number of its order; a second outline when it
// is handed over again (LOOK: Anatomy, Token).
import { paint, shapeName, shapePath } from '../ui/key-shape'

interface Props {
  readonly order: number
  readonly shape: number
  readonly again: boolean
}

export function EventToken({ order, shape, again }: Props) {
  const name = shapeName(shape)
  return (
    <svg width="40" height="36" viewBox="-20 -18 40 36" aria-hidden="true" focusable="false">
      {again ? (
        <path d={shapePath(name, 14.7)} fill="none" stroke={paint(name).stroke} strokeWidth={2} />
      ) : null}
      <path d={shapePath(name, 11.5)} strokeWidth={1.5} {...paint(name)} />
      <text
        y={4.7}
        textAnchor="middle"
        fontSize={13}
        fontWeight={600}
        fill={name === 'dot' ? 'var(--ink)' : `var(--k-${name}-on)`}
      >
        {order}
      </text>
    </svg>
  )
}
