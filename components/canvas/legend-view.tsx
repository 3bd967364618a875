// The legend under a graph.

import type { Picture } from '../../lib/picture/types.ts'
import { legend, marksIn } from '../../lib/scene/legend.ts'
import { Shapes } from './shape-view.tsx'

interface Props {
  readonly width: number
  readonly picture: Picture
}

export function LegendView({ width, picture }: Props) {
  const { width: needed, height, shapes, words } = legend(width, marksIn(picture))
  return (
    <svg
      className="block"
      width={needed}
      height={height}
      viewBox={`0 0 ${needed} ${height}`}
      role="img"
      aria-label={`Legend: ${words.join(', ')}`}
    >
      <Shapes shapes={shapes} />
    </svg>
  )
}
