'use client'
// The space-time diagram: a lane an actor, time from left to right. Clicking or dragging scrubs; the
// playhead is a slider for the keyboard.
import { type PointerEvent, useMemo, useRef } from 'react'
import { useRun, useRunFields, useRunStore } from '../session/context'
import { shapeOfKey, shapesOf } from '../session/keys'
import { useExpected, usePicture, useVerdicts } from '../session/views'
import { count, roughly, seconds } from '../session/words'
import { useNarrow } from '../ui/media'
import { useSize } from '../ui/use-size'
import { type Axis, axisFor, msAt, ticks, xOf } from './axis'
import { type LaneName, laneNames } from './lanes'
import { Cover, ExpectedEvents, type Flag, FlagPoles, Pennants, PlayheadLine } from './overlay'
import { PlayheadTag } from './playhead-tag'
import { PITCH, Plot, yOf } from './plot'
import { emptyTrack, gather, type Track } from './track'

const HEAD = 38

export function Timeline() {
  const [ref, size] = useSize<HTMLDivElement>()
  const narrow = useNarrow()
  const { session, nowMs, seenMs, endMs, length } = useRunFields(
    'session',
    'nowMs',
    'seenMs',
    'endMs',
    'length',
  )
  const left = narrow ? 104 : 152
  const axis = useStable(axisFor(endMs, nowMs, left, Math.max(left + 40, size.width - 16)))
  const track = useTrack()
  const picture = usePicture()
  const lanes = useStableLanes(laneNames(session, picture))
  const shapes = useMemo(() => shapesOf(session.scenario), [session])
  const shape = useMemo(() => (key: string | null) => shapeOfKey(shapes, key), [shapes])
  const flags = useFlags(lanes, axis)
  const scrub = useScrub(axis)
  const height = lanes.length * PITCH + 4
  return (
    <section aria-label="Timeline" className="relative h-full min-h-0 border-t border-hair">
      <div ref={ref} className="h-full overflow-x-hidden overflow-y-auto" {...scrub}>
        <div className="sticky top-0 z-10 bg-paper">
          <Head axis={axis} flags={flags} width={size.width} />
        </div>
        <div className="relative" style={{ height }}>
          <svg
            role="img"
            aria-label={inWords(lanes.length, endMs, flags)}
            width={size.width}
            height={height}
            className="block"
          >
            <Grid axis={axis} lanes={lanes} height={height} from={left} />
            <Plot track={track} length={length} lanes={lanes} axis={axis} shape={shape} />
            <Cover axis={axis} nowMs={nowMs} seenMs={seenMs} height={height} />
            <Grid axis={axis} lanes={lanes} height={height} from={xOf(axis, nowMs)} />
            <Expectations axis={axis} lanes={lanes} nowMs={nowMs} />
            <FlagPoles axis={axis} flags={flags} />
            <PlayheadLine axis={axis} nowMs={nowMs} height={height} />
          </svg>
          <LaneLabels lanes={lanes} width={left} />
        </div>
      </div>
    </section>
  )
}

function inWords(lanes: number, endMs: number, flags: readonly Flag[]): string {
  const breaches = flags.map((flag) => `${flag.text}, at ${seconds(flag.atMs)}`).join('. ')
  return `Space-time diagram: ${count(lanes, 'lane')}, ${roughly(endMs)}. ${breaches} The log lists every step in words.`
}

/** The head: ticks, pennants, and the playhead's tag, which is the slider. */
function Head(props: {
  readonly axis: Axis
  readonly flags: readonly Flag[]
  readonly width: number
}) {
  const { axis, flags, width } = props
  const nowMs = useRun((run) => run.nowMs)
  const head = xOf(axis, nowMs)
  const shown = ticks(axis)
  return (
    <div className="relative" style={{ height: HEAD }}>
      <svg width={width} height={HEAD} className="block overflow-visible" aria-hidden="true">
        {shown.map((ms) => {
          const x = xOf(axis, ms)
          if (Math.abs(x - head) < 56) return null
          const anchor = x < axis.left + 8 ? 'start' : x > axis.right - 20 ? 'end' : 'middle'
          return (
            <text
              key={ms}
              x={x}
              y={24}
              textAnchor={anchor}
              className="timeline-mono"
              fill="var(--ink-3)"
            >
              {roughly(ms)}
            </text>
          )
        })}
        <path d={`M${head} 28V${HEAD}`} stroke="var(--accent)" strokeWidth={2} />
        <Pennants axis={axis} flags={flags} />
      </svg>
      <PlayheadTag x={Math.max(axis.left, Math.min(width - 34, head))} />
    </div>
  )
}

interface GridProps {
  readonly axis: Axis
  readonly lanes: readonly LaneName[]
  readonly height: number
  /** Drawn from here to the right: under everything, and again over what covers the future. */
  readonly from: number
}

function Grid({ axis, lanes, height, from }: GridProps) {
  const left = Math.max(axis.left, Math.min(from, axis.right))
  const times = ticks(axis).map((ms) => xOf(axis, ms))
  const vertical = times.filter((x) => x >= left).map((x) => `M${x} 0V${height}`)
  const level = lanes.map((_, index) => `M${left} ${yOf(index)}H${axis.right}`)
  return <path d={[...vertical, ...level].join('')} stroke="var(--hair)" strokeWidth={1} />
}

function Expectations(props: {
  readonly axis: Axis
  readonly lanes: readonly LaneName[]
  readonly nowMs: number
}) {
  return <ExpectedEvents {...props} expected={useExpected()} />
}

function LaneLabels({
  lanes,
  width,
}: {
  readonly lanes: readonly LaneName[]
  readonly width: number
}) {
  const { selected, set } = useRunFields('selected', 'set')
  return (
    <ul className="absolute top-0 left-0 pl-3 max-md:pl-2" style={{ width }}>
      {lanes.map(({ id, title, select }) => (
        <li key={id} className="h-3 truncate text-13 leading-[24px] text-ink-2">
          {select === '' ? (
            title
          ) : (
            <button
              type="button"
              aria-pressed={selected === select}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => set({ selected: select })}
              className={`block max-w-full cursor-pointer truncate hover:text-ink ${selected === select ? 'font-semibold text-accent' : ''}`}
            >
              {title}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** One track for the run, kept while it grows, begun anew when recorded steps were replaced. */
function useTrack(): Track {
  const { session, length, revision } = useRunFields('session', 'length', 'revision')
  const kept = useRef<{ track: Track; revision: number } | null>(null)
  return useMemo(() => {
    const old = kept.current
    const same = old !== null && old.revision === revision && old.track.length <= length
    const track = gather(same ? old.track : emptyTrack(), session)
    kept.current = { track, revision }
    return track
  }, [session, length, revision])
}

/** The same object while its numbers are the same, so that the plot is not drawn again. */
function useStable(axis: Axis): Axis {
  const { fromMs, toMs, left, right } = axis
  return useMemo(() => ({ fromMs, toMs, left, right }), [fromMs, toMs, left, right])
}

function useStableLanes(lanes: readonly LaneName[]): readonly LaneName[] {
  const ids = lanes.map(({ id, title }) => `${id}\n${title}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids say whether the lanes are others
  return useMemo(() => lanes, [ids])
}

function useFlags(lanes: readonly LaneName[], axis: Axis): readonly Flag[] {
  const session = useRun((run) => run.session)
  const verdicts = useVerdicts()
  return useMemo(() => {
    const all = verdicts.flatMap(({ violations }) =>
      violations.map((violation) => {
        const step = violation.step > 0 ? session.step(violation.step) : null
        const who = step === null ? '' : actorOf(step)
        return {
          atMs: step?.timeMs ?? 0,
          lane: lanes.findIndex(({ id }) => id === who),
          text: violation.sentence.replace(/\.$/, ''),
        }
      }),
    )
    return all
      .filter(({ atMs }) => atMs >= axis.fromMs && atMs <= axis.toMs)
      .filter(({ atMs }, index) => all.findIndex((flag) => flag.atMs === atMs) === index)
      .sort((a, b) => a.atMs - b.atMs)
  }, [session, verdicts, lanes, axis])
}

/** Whose lane a breach belongs to: the handler that had the effect done rather than the sink that did it. */
function actorOf(step: {
  readonly actor: string
  readonly observations: readonly object[]
}): string {
  const by = step.observations.map((seen) => ('by' in seen ? String(seen.by) : '')).find(Boolean)
  return by ?? step.actor
}

/** Pressing anywhere right of the names shows that moment; dragging goes on. */
function useScrub(axis: Axis) {
  const store = useRunStore()
  const seek = (event: PointerEvent<HTMLElement>) => {
    const { endMs, seekTime } = store.getState()
    const left = event.currentTarget.getBoundingClientRect().left
    seekTime(Math.min(endMs, msAt(axis, event.clientX - left)))
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const x = event.clientX - event.currentTarget.getBoundingClientRect().left
      if (event.button !== 0 || x < axis.left - 8) return
      event.currentTarget.setPointerCapture(event.pointerId)
      seek(event)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event)
    },
  }
}
