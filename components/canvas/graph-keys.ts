'use client'
// The graph by keyboard. Tab goes from part to part, and what has the focus is brought into sight; arrows
// go through its messages; Enter selects; Enter on what is selected, and F on a message, open its faults.
import { useReactFlow } from '@xyflow/react'
import { type FocusEvent, type KeyboardEvent, useContext, useState } from 'react'
import { offsetAt } from '../../lib/scene/motion.ts'
import type { Box, PlacedPart, Point, Scene, TokenShape } from '../../lib/scene/types.ts'
import { ClockContext } from './clock.ts'
import { afterKey, type Pointed, pointedAt } from './roving.ts'

interface Wanted {
  readonly scene: Scene
  readonly width: number
  readonly height: number
  readonly onSelect: (id: string) => void
  readonly onOpenMenu: (target: string, at: Point) => void
}

const nodeOf = (target: EventTarget): Element | null =>
  (target as Element).closest('.react-flow__node')

export function useGraphKeys({ scene, width, height, onSelect, onOpenMenu }: Wanted) {
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const { flowToScreenPosition } = useReactFlow()
  const { now } = useContext(ClockContext)
  const { reveal, page } = useBringing({ scene, width, height })
  const token = pointedAt(scene.parts, pointed)

  const partAt = (target: EventTarget): PlacedPart | undefined =>
    scene.parts.find(({ id, selectable }) => {
      return selectable && id === nodeOf(target)?.getAttribute('data-id')
    })

  /** True when the key was for the message pointed at. */
  const onMessage = (key: string, { token, x, y, motion }: TokenShape): boolean => {
    if (key === 'Escape') setPointed(null)
    else if (key === 'Enter' || key === ' ') onSelect(token.message)
    else if (key === 'f' || key === 'F')
      onOpenMenu(token.message, flowToScreenPosition({ x: x + offsetAt(motion, now()), y: y + 16 }))
    else return false
    return true
  }

  const onPart = (key: string, part: PlacedPart, element: Element): boolean => {
    const next = afterKey(key, part, pointed)
    if (next !== null) setPointed(next)
    else if (key === 'PageDown' || key === 'PageUp') return page(key === 'PageDown' ? 1 : -1)
    else if (key !== 'Enter' && key !== ' ') return false
    else if (!part.selected) onSelect(part.id)
    else onOpenMenu(part.id, cornerOf(element.getBoundingClientRect()))
    return true
  }

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const element = nodeOf(event.target)
    const part = partAt(event.target)
    if (element === null || part === undefined) return
    const own = token !== null && pointed?.part === part.id && onMessage(event.key, token)
    if (!own && !onPart(event.key, part, element)) return
    event.preventDefault()
    event.stopPropagation()
  }

  const onFocus = (event: FocusEvent) => {
    const part = partAt(event.target)
    if (part?.id !== pointed?.part) setPointed(null)
    if (part !== undefined && event.target.matches(':focus-visible')) reveal(part.box)
  }
  return { token, pointed, onKey, onFocus }
}

const cornerOf = (box: DOMRect): Point => ({
  x: box.left + 16,
  y: box.top + Math.min(40, box.height),
})

/** Between what is brought into sight and the edge. */
const AROUND = 16

function useBringing({ scene, width, height }: Pick<Wanted, 'scene' | 'width' | 'height'>) {
  const { getViewport, setViewport } = useReactFlow()
  /** As little as needed along one axis; the beginning first where not all of it has room. */
  const shift = (from: number, size: number, room: number): number => {
    if (from >= 0 && from + size <= room) return 0
    const [start, end] = [from - AROUND, from + size + AROUND]
    return start < 0 ? -start : -Math.min(end - room, start)
  }
  const inside = (offset: number, size: number, room: number): number =>
    size <= room ? offset : Math.min(0, Math.max(room - size, offset))
  const reveal = (box: Box) => {
    const { x, y, zoom } = getViewport()
    const dx = shift(box.x * zoom + x, box.width * zoom, width)
    const dy = shift(box.y * zoom + y, box.height * zoom, height)
    if (dx === 0 && dy === 0) return
    void setViewport({
      x: inside(x + dx, scene.width * zoom, width),
      y: inside(y + dy, scene.height * zoom, height),
      zoom,
    })
  }
  /** True when there was somewhere to go. */
  const page = (direction: 1 | -1): boolean => {
    const { x, y, zoom } = getViewport()
    const to = inside(y - direction * height * 0.8, scene.height * zoom, height)
    if (scene.height * zoom <= height || to === y) return false
    void setViewport({ x, y: to, zoom })
    return true
  }
  return { reveal, page }
}
