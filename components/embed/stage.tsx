'use client'
import { useMemo } from 'react'
// The canvas without an editor: one scene drawn to the room there is, with its tokens under way. For the
// home page and for embeds; it brings no graph library along.
import { scene } from '@/lib/scene/scene'
import type { View } from '@/lib/scene/types'
import { SceneSvg } from '../canvas/scene-svg'
import { TokenLayer } from '../canvas/token-layer'
import { useRun, useRunFields } from '../session/context'
import { usePicture } from '../session/views'
import { useReducedMotion } from '../ui/media'
import { useSize } from '../ui/use-size'

interface Props {
  readonly label: string
  /** The least width the scene is laid out for; a narrower place shows it smaller. */
  readonly least?: number
  readonly look?: Pick<View, 'compact' | 'hints' | 'focus' | 'hot'>
  readonly selectable?: boolean
  /** As high as the scene needs, instead of as high as the place is: on a phone, where it is scrolled. */
  readonly grow?: boolean
}

export function Stage({ label, least = 0, look, selectable = false, grow = false }: Props) {
  const [ref, size] = useSize<HTMLDivElement>()
  return (
    <div ref={ref} className={`relative w-full ${grow ? '' : 'h-full'}`}>
      {size.width === 0 ? null : (
        <Drawn
          label={label}
          width={Math.max(least, size.width)}
          place={size}
          selectable={selectable}
          grow={grow}
          {...(look === undefined ? {} : { look })}
        />
      )}
    </div>
  )
}

interface DrawnProps extends Omit<Props, 'least'> {
  readonly width: number
  readonly place: { readonly width: number; readonly height: number }
}

function Drawn({ label, width, place: room, look, selectable, grow = false }: DrawnProps) {
  const { selected, set } = useRunFields('selected', 'set')
  const motion = useMotion()
  const picture = usePicture()
  const height = grow ? 1 : Math.max(1, Math.round((room.height * width) / room.width))
  const shown = useMemo(
    () => scene(picture, { width, height, selected, motion, ...look }, 0),
    [picture, width, height, selected, motion, look],
  )
  const place = grow ? { width: room.width, height: shown.height } : room
  const zoom = Math.min(place.width / shown.width, place.height / shown.height, 1)
  const left = Math.max(0, (place.width - shown.width * zoom) / 2)
  const viewport = useMemo(() => ({ x: left, y: 0, zoom }), [left, zoom])
  return (
    <>
      {grow ? <div style={{ height: shown.height }} /> : null}
      <div
        className="absolute top-0 left-0 origin-top-left"
        style={{ transform: `translate(${left}px) scale(${zoom})` }}
      >
        <SceneSvg
          scene={shown}
          label={label}
          {...(selectable ? { onSelect: (part: string) => set({ selected: part }) } : {})}
        />
      </div>
      <Tokens place={place} flights={shown.flights} motion={motion} viewport={viewport} />
    </>
  )
}

type LayerProps = Parameters<typeof TokenLayer>[0]

/** Follows the clock, so that nothing else has to be drawn again between two steps. */
function Tokens(props: {
  readonly place: { readonly width: number; readonly height: number }
  readonly flights: LayerProps['flights']
  readonly motion: NonNullable<View['motion']>
  readonly viewport: NonNullable<LayerProps['viewport']>
}) {
  const nowMs = useRun((run) => run.nowMs)
  const { place, ...rest } = props
  return <TokenLayer width={place.width} height={place.height} timeMs={nowMs} {...rest} />
}

/** Above 4× nothing flies; with reduced motion tokens stand on their line (LOOK: Motion). */
export function useMotion(): NonNullable<View['motion']> {
  const still = useReducedMotion()
  const fast = useRun((run) => run.speed > 4)
  return fast ? 'count' : still ? 'jump' : 'fly'
}
