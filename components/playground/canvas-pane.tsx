'use client'
import { useCallback, useMemo, useRef } from 'react'
// The graph one can work in, with its tokens under way and its legend. Between two steps only the tokens move.
import type { Picture } from '@/lib/picture/types'
import { legend, marksIn } from '@/lib/scene/legend'
import { scene } from '@/lib/scene/scene'
import type { PlacedFlight } from '@/lib/scene/types'
import { Graph } from '../canvas/graph'
import { LegendView } from '../canvas/legend-view'
import { useOpened } from '../canvas/opened'
import type { Viewport } from '../canvas/painter'
import { TokenLayer } from '../canvas/token-layer'
import { useMotion } from '../embed/stage'
import { useRun, useRunFields } from '../session/context'
import { useClock, usePicture } from '../session/views'
import { type Size, useSize } from '../ui/use-size'
import type { Lit } from '../why/lit'
import { useLit } from '../why/use-lit'

const LEGEND = 48

export function CanvasPane() {
  const [ref, size] = useSize<HTMLDivElement>()
  return (
    <div ref={ref} className="relative h-full w-full overflow-hidden">
      {size.width === 0 ? null : <Drawn size={size} />}
    </div>
  )
}

function Drawn({ size }: { readonly size: Size }) {
  const { selected, set } = useRunFields('selected', 'set')
  const clock = useClock()
  const title = useRun((run) => run.session.scenario.title)
  const picture = usePicture()
  const motion = useMotion()
  const causes = useLit()
  const own = useFocus(picture, selected)
  const focus = causes?.focus ?? own
  const opened = useOpened(picture, selected)
  const { width, height } = size
  const bottom = width < 640 ? 0 : legendRoom(picture, width - 48)
  const shown = useMemo(
    () =>
      scene(
        picture,
        { width, height, bottom, selected, motion, focus, opened, ...pathOf(causes) },
        picture.sinceMs,
      ),
    [picture, width, height, bottom, selected, motion, focus, opened, causes],
  )
  const overlay = useCallback(
    (viewport: Viewport) => <Tokens size={size} flights={shown.flights} viewport={viewport} />,
    [size, shown.flights],
  )
  return (
    <>
      <Graph
        scene={shown}
        label={`${title}, drawn as a graph`}
        width={width}
        height={height}
        onSelect={(part) => set({ selected: part })}
        onOpenMenu={(target, at) => set({ menu: { target, ...at } })}
        clock={clock}
        overlay={overlay}
      />
      {bottom === 0 || shown.height > height ? null : (
        <div className="pointer-events-none absolute bottom-1 left-3">
          <LegendView width={width - 48} picture={picture} />
        </div>
      )}
    </>
  )
}

/** Of the causal path all is lit, and the rest dimmed. */
const pathOf = (causes: Lit | null) =>
  causes === null ? {} : { lit: causes.lit, steps: causes.steps }

interface TokensProps {
  readonly size: Size
  readonly flights: readonly PlacedFlight[]
  readonly viewport: Viewport
}

/** Follows the clock, so that the graph need not be drawn again with every frame. */
function Tokens({ size, flights, viewport }: TokensProps) {
  const nowMs = useRun((run) => run.nowMs)
  const motion = useMotion()
  return (
    <TokenLayer
      width={size.width}
      height={size.height}
      flights={flights}
      timeMs={nowMs}
      motion={motion}
      viewport={viewport}
    />
  )
}

/** More marks may need more rows. */
const legendRoom = (picture: Picture, width: number): number =>
  LEGEND + legend(width, marksIn(picture)).height - legend(width).height

/** The group drawn in full: that of what was selected last. */
function useFocus(picture: Picture, selected: string): string | undefined {
  const last = useRef<string | undefined>(undefined)
  const group = picture.groups.find(({ id, cards }) => id === selected || cards.includes(selected))
  if (group !== undefined) last.current = group.id
  return last.current
}
