'use client'
// What React Flow draws: nodes and edges whose content is the scene's own shapes, nothing of the library's.
import {
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
} from '@xyflow/react'
import { DIM } from '../../lib/scene/style.ts'
import { pathOf } from '../../lib/scene/track.ts'
import type { Box, CircleShape, PlacedPart, PlacedWire, Shape } from '../../lib/scene/types.ts'
import { Shapes } from './shape-view.tsx'

export type PartNode = Node<
  {
    readonly part: PlacedPart /** Round the message pointed at by keyboard. */
    readonly ring?: CircleShape
  },
  'part'
>
/** Shapes that belong to no part: brackets, plates, step numbers. Never reached by pointer or keyboard. */
export type StillNode = Node<
  { readonly box: Box; readonly shapes: readonly Shape[]; readonly dim: boolean },
  'still'
>
export type WireEdge = Edge<{ readonly wire: PlacedWire }, 'wire'>

function Drawing({ box, shapes }: { readonly box: Box; readonly shapes: readonly Shape[] }) {
  return (
    <svg
      className="block overflow-visible"
      width={box.width}
      height={box.height}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      aria-hidden="true"
    >
      <Shapes shapes={shapes} />
    </svg>
  )
}

function PartView({ data: { part, ring } }: NodeProps<PartNode>) {
  const shapes = ring === undefined ? part.shapes : [...part.shapes, ring]
  return (
    <div
      className="graph-node"
      data-part={part.id}
      data-kind={part.kind}
      style={{ opacity: part.dim ? DIM : 1 }}
    >
      {/* The node's name: as content, since what is drawn beside it is hidden and must not be part of it. */}
      {part.selectable ? <span className="sr-only">{part.label}</span> : null}
      <Drawing box={part.box} shapes={shapes} />
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}

const StillView = ({ data }: NodeProps<StillNode>) => (
  <div data-line style={{ opacity: data.dim ? DIM : 1 }}>
    <Drawing box={data.box} shapes={data.shapes} />
  </div>
)

/** The line is the scene's, in canvas units; where React Flow thinks the ends are does not matter. */
function WireView({ data }: EdgeProps<WireEdge>) {
  if (data === undefined) return null
  const { wire } = data
  return (
    <g data-wire={wire.ids.join(' ')} opacity={wire.dim ? DIM : undefined}>
      <Shapes shapes={wire.shapes} />
      <path d={pathOf(wire.track)} fill="none" stroke="transparent" strokeWidth={16} />
    </g>
  )
}

// One type of node for every kind of part: React Flow has types of its own called `group` and `input`.
export const nodeTypes = { part: PartView, still: StillView }
export const edgeTypes = { wire: WireView }
