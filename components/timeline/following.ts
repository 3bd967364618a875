'use client'
// What the timeline follows of the run: what was recorded, the stretch shown, its lanes and its breaches.
import { useMemo, useRef } from 'react'
import { useRun, useRunFields } from '../session/context'
import { usePicture, useVerdicts } from '../session/views'
import { type Axis, pageAt, stretch } from './axis'
import { type LaneName, laneNames } from './lanes'
import type { Flag } from './overlay'
import { emptyTrack, gather, type Track } from './track'

/** One track for the run, kept while it grows, begun anew when recorded steps were replaced. */
export function useTrack(): Track {
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

/** The stretch shown: it stands still until the playhead leaves it. */
export function useAxis(left: number, right: number): Axis {
  const endMs = useRun((run) => run.endMs)
  const fromMs = useRun((run) => pageAt(run.endMs, run.nowMs))
  return useMemo(() => stretch(endMs, fromMs, left, right), [endMs, fromMs, left, right])
}

/** The lanes; the same list as long as it names the same. */
export function useLanes(): readonly LaneName[] {
  const session = useRun((run) => run.session)
  const picture = usePicture()
  const lanes = useMemo(() => laneNames(session, picture), [session, picture])
  const ids = lanes.map(({ id, title }) => `${id}\n${title}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids say whether the lanes are others
  return useMemo(() => lanes, [ids])
}

export function useFlags(lanes: readonly LaneName[], axis: Axis): readonly Flag[] {
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
