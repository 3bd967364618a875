'use client'
// Basic shapes as SVG elements. Colours are custom properties, so a change of theme needs no new drawing.
import { Fragment, memo, type ReactNode, useCallback } from 'react'
import { leftWords, transformAt } from '../../lib/scene/motion.ts'
import { DIM, type Role, styleOf } from '../../lib/scene/style.ts'
import { tokenShapes } from '../../lib/scene/token.ts'
import type { BasicShape, Motion, Shape, TextShape, TokenShape } from '../../lib/scene/types.ts'
import { useMoment } from './clock.ts'

const colour = (name: string | undefined): string =>
  name === undefined ? 'none' : `var(--${name})`

/** A role as SVG attributes. */
function paint(role: Role) {
  const style = styleOf(role)
  return {
    'data-role': role,
    fill: colour(style.fill),
    fillOpacity: style.fillOpacity,
    stroke: style.stroke === undefined ? undefined : colour(style.stroke),
    strokeWidth: style.width,
    strokeDasharray: style.dash?.join(' '),
    strokeLinecap: style.round === true ? ('round' as const) : undefined,
    strokeLinejoin: style.round === true ? ('round' as const) : undefined,
    opacity: style.opacity,
  }
}

function Letters({ shape }: { readonly shape: TextShape }) {
  return (
    <text
      {...paint(shape.role)}
      x={shape.x}
      y={shape.y}
      fontSize={shape.size}
      fontWeight={shape.weight}
      textAnchor={shape.anchor === 'start' ? undefined : shape.anchor}
      letterSpacing={shape.tracking === 0 ? undefined : `${shape.tracking}em`}
      style={
        shape.family === 'mono'
          ? { fontFamily: 'var(--mono)', fontVariantLigatures: 'none' }
          : undefined
      }
    >
      {shape.countdown === undefined ? shape.text : <Countdown {...shape.countdown} />}
    </text>
  )
}

function Countdown({ before, dueMs }: NonNullable<TextShape['countdown']>) {
  const left = useMoment(useCallback((timeMs) => leftWords(dueMs, timeMs), [dueMs]))
  return before + left
}

/** On its way to its place, as far as it has come at the moment shown. */
function Moved({ motion, children }: { readonly motion: Motion; readonly children: ReactNode }) {
  const transform = useMoment(useCallback((timeMs) => transformAt(motion, timeMs), [motion]))
  return (
    <g data-motion={motion.kind} transform={transform === '' ? undefined : transform}>
      {children}
    </g>
  )
}

function Basic({ shape }: { readonly shape: BasicShape }) {
  switch (shape.shape) {
    case 'rect':
      return (
        <rect
          {...paint(shape.role)}
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          rx={shape.radius === 0 ? undefined : shape.radius}
        />
      )
    case 'circle':
      return <circle {...paint(shape.role)} cx={shape.x} cy={shape.y} r={shape.radius} />
    case 'path': {
      const moved = shape.x !== 0 || shape.y !== 0
      return (
        <path
          {...paint(shape.role)}
          d={shape.d}
          transform={moved ? `translate(${shape.x} ${shape.y})` : undefined}
        />
      )
    }
    case 'text':
      return <Letters shape={shape} />
  }
}

/** Shapes in drawing order. They have no identity of their own: their place in the list is their key. */
export const Shapes = memo(function Shapes({ shapes }: { readonly shapes: readonly Shape[] }) {
  return shapes.map((shape, i) => {
    const drawn = shape.shape === 'token' ? <TokenView shape={shape} /> : <Basic shape={shape} />
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    if (shape.motion === undefined) return <Fragment key={i}>{drawn}</Fragment>
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <Moved key={i} motion={shape.motion}>
        {drawn}
      </Moved>
    )
  })
})

function TokenView({ shape }: { readonly shape: TokenShape }) {
  return (
    <g data-message={shape.token.message} opacity={shape.dim ? DIM : undefined}>
      <Shapes shapes={tokenShapes(shape.token, shape, shape.radius, shape.taggedMs)} />
    </g>
  )
}
