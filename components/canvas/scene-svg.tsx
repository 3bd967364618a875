'use client'
// A whole scene as one SVG: rendered on the server, in the hero, in embeds and thumbnails. A still of the
// scene's moment, unless it is given a clock to follow.
import { useMemo } from 'react'
import './canvas.css'
import { DIM } from '../../lib/scene/style.ts'
import { tokenShapes, wakeRole } from '../../lib/scene/token.ts'
import type { BasicShape, Moving, PlacedPart, Scene } from '../../lib/scene/types.ts'
import { ClockContext, type SceneClock, stillAt } from './clock.ts'
import { Shapes } from './shape-view.tsx'

interface Props {
  readonly scene: Scene
  readonly label: string
  /** Tokens on lines too: for a still. Leave out where a TokenLayer draws them. */
  readonly withTokens?: boolean
  /** The moment shown, where it goes on between two scenes. */
  readonly clock?: SceneClock
  readonly onSelect?: (part: string) => void
}

export function SceneSvg({ clock, ...drawn }: Props) {
  const still = useMemo(() => stillAt(drawn.scene.timeMs), [drawn.scene.timeMs])
  return (
    <ClockContext value={clock ?? still}>
      <Drawn {...drawn} />
    </ClockContext>
  )
}

function Drawn({ scene, label, withTokens = false, onSelect }: Omit<Props, 'clock'>) {
  return (
    <svg
      className="block overflow-visible"
      width={scene.width}
      height={scene.height}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
      role="img"
      aria-label={label}
    >
      {scene.lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <g key={i} data-line opacity={line.dim ? DIM : undefined}>
          <Shapes shapes={line.shapes} />
        </g>
      ))}
      {scene.wires.map((wire) => (
        <g
          key={wire.ids.join(' ')}
          data-wire={wire.ids.join(' ')}
          opacity={wire.dim ? DIM : undefined}
        >
          <Shapes shapes={wire.shapes} />
        </g>
      ))}
      {scene.parts.map((part) => (
        <Part key={part.id} part={part} onSelect={onSelect} />
      ))}
      {withTokens &&
        // biome-ignore lint/suspicious/noArrayIndexKey: one message may be under way twice on one wire
        scene.moving.map((token, i) => <Flying key={i} token={token} />)}
      <Shapes shapes={scene.over} />
    </svg>
  )
}

function Part({
  part,
  onSelect,
}: {
  readonly part: PlacedPart
  readonly onSelect: ((part: string) => void) | undefined
}) {
  const select = onSelect !== undefined && part.selectable ? () => onSelect(part.id) : undefined
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a convenience for pointers; buttons beside the picture do the same
    <g
      className="graph-part"
      data-part={part.id}
      data-kind={part.kind}
      opacity={part.dim ? DIM : undefined}
      onClick={select}
    >
      <Shapes shapes={part.shapes} />
    </g>
  )
}

function Flying({ token }: { readonly token: Moving }) {
  const wake: BasicShape = { shape: 'path', x: 0, y: 0, d: token.wake, role: wakeRole(token.token) }
  return (
    <g data-flying={token.token.message} opacity={token.dim ? DIM : undefined}>
      <Shapes shapes={[wake, ...tokenShapes(token.token, token, token.radius)]} />
    </g>
  )
}
