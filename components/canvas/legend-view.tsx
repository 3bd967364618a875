// The legend under a graph.
import { legend } from '../../lib/scene/legend.ts'
import { Shapes } from './shape-view.tsx'

export function LegendView({ width }: { readonly width: number }) {
  const { width: needed, height, shapes } = legend(width)
  return (
    <svg
      className="block"
      width={needed}
      height={height}
      viewBox={`0 0 ${needed} ${height}`}
      role="img"
      aria-label="Legend: key, nth event of its key, committed offset, redelivered, duplicate"
    >
      <Shapes shapes={shapes} />
    </svg>
  )
}
