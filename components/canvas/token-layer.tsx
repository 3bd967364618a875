'use client'
// One canvas over a scene: the tokens under way at the moment shown. The caller owns the clock; it hands
// over a new moment by props, or each frame through the handle, and nothing here asks for a frame.
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { PlacedFlight, View } from '../../lib/scene/types.ts'
import { createTokenPainter, type TokenPainter, type Viewport } from './painter.ts'

export interface TokenLayerHandle {
  /** Draws the moment `timeMs` of the scene last given. */
  draw(timeMs: number): void
}

interface Props {
  readonly width: number
  readonly height: number
  readonly flights: readonly PlacedFlight[]
  readonly timeMs: number
  readonly motion?: View['motion']
  readonly viewport?: Viewport
  readonly ref?: Ref<TokenLayerHandle>
}

const AS_IT_IS: Viewport = { x: 0, y: 0, zoom: 1 }

export function TokenLayer({
  width,
  height,
  flights,
  timeMs,
  motion = 'fly',
  viewport = AS_IT_IS,
  ref,
}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<TokenPainter | null>(null)
  const latest = useRef({ moment: { flights, timeMs, motion }, viewport })

  useEffect(() => {
    if (canvas.current === null) return
    const made = createTokenPainter(canvas.current)
    painter.current = made
    const again = () => {
      made.refresh()
      made.draw(latest.current.moment, latest.current.viewport)
    }
    const theme = new MutationObserver(again)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    // Labels drawn before the font was there are drawn again.
    document.fonts.addEventListener('loadingdone', again)
    return () => {
      theme.disconnect()
      document.fonts.removeEventListener('loadingdone', again)
      painter.current = null
    }
  }, [])

  useEffect(() => {
    painter.current?.resize(width, height)
    painter.current?.draw(latest.current.moment, latest.current.viewport)
  }, [width, height])

  useEffect(() => {
    latest.current = { moment: { flights, timeMs, motion }, viewport }
    painter.current?.draw(latest.current.moment, viewport)
  }, [flights, timeMs, motion, viewport])

  useImperativeHandle(ref, () => ({
    draw(timeMs) {
      const { moment, viewport } = latest.current
      latest.current = { moment: { ...moment, timeMs }, viewport }
      painter.current?.draw(latest.current.moment, viewport)
    },
  }))

  return <canvas ref={canvas} className="pointer-events-none absolute inset-0" />
}
