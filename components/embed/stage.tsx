'use client'
import { useMemo } from 'react'
// The canvas without an editor: one scene drawn to the room there is, with its tokens under way. For the
// home page and for embeds; it brings no graph library along.
import { scene } from '@/lib/scene/scene'
import type { View } from '@/lib/scene/types'
import { SceneSvg } from '../canvas/scene-svg'
import { TokenLayer } from '../canvas/token-layer'
import { useRun } from '../session/context'
import { useClock, usePicture } from '../session/views'
import { useReducedMotion } from '../ui/media'
import { useSize } from '../ui/use-size'

interface Props {
  readonly label: string
  readonly look?: Pick<View, 'compact' | 'hints' | 'focus' | 'hot'>
  /** The least height; it grows with the scene, and the page scrolls. Absent: as high as its place, scrolled. */
  readonly least?: number
}

export function Stage({ label, look, least }: Props) {
  const [ref, size] = useSize<HTMLDivElement>()
  return (
    <div
      ref={ref}
      className={`relative w-full ${least === undefined ? 'h-full overflow-y-auto' : ''}`}
    >
      {size.width === 0 ? null : (
        <Drawn
          label={label}
          width={size.width}
          height={least ?? size.height}
          {...(look === undefined ? {} : { look })}
        />
      )}
    </div>
  )
}

interface DrawnProps extends Pick<Props, 'label' | 'look'> {
  readonly width: number
  readonly height: number
}

/** Never drawn smaller than it is meant to be read: what is too high is scrolled. */
function Drawn({ label, width, height, look }: DrawnProps) {
  const selected = useRun((run) => run.selected)
  const motion = useMotion()
  const picture = usePicture()
  const clock = useClock()
  const shown = useMemo(
    () => scene(picture, { width, height, selected, motion, ...look }, picture.sinceMs),
    [picture, width, height, selected, motion, look],
  )
  return (
    <div className="relative" style={{ height: shown.height }}>
      <SceneSvg scene={shown} label={label} clock={clock} />
      <Tokens width={shown.width} height={shown.height} flights={shown.flights} motion={motion} />
    </div>
  )
}

type TokensProps = Pick<Parameters<typeof TokenLayer>[0], 'width' | 'height' | 'flights' | 'motion'>

/** Follows the clock, so that nothing else has to be drawn again between two steps. */
function Tokens(props: TokensProps) {
  const nowMs = useRun((run) => run.nowMs)
  return <TokenLayer timeMs={nowMs} {...props} />
}

/** Above 4× nothing flies; with reduced motion tokens stand on their line (LOOK: Motion). */
export function useMotion(): NonNullable<View['motion']> {
  const still = useReducedMotion()
  const fast = useRun((run) => run.speed > 4)
  return fast ? 'count' : still ? 'jump' : 'fly'
}
