// Where the numbers of causal steps stand: on the lane a step is about, and never one on another.
import type { StepRecord } from '@/lib/session/types'
import type { LaneName } from './lanes'

/** Whom a step is about: who had it done, who is removed or takes over, else who did it; -1 without a lane. */
export function laneOf(
  lanes: readonly Pick<LaneName, 'id'>[],
  { actor, observations }: Pick<StepRecord, 'actor' | 'observations'>,
): number {
  const told = observations.flatMap((seen) => {
    const { by, member, owners } = seen as Partial<Record<'by' | 'member', string>> & {
      owners?: Readonly<Record<string, string>>
    }
    return [by, member, ...Object.values(owners ?? {})].filter((id) => id !== undefined)
  })
  const names = [...told, actor, ...actor.split('/')]
  const found = names.map((name) => lanes.findIndex(({ id }) => id === name))
  return found.find((lane) => lane >= 0) ?? -1
}

/** Places in their order, at least `gap` from each other, as near to where they were as the right edge lets them. */
export function apart(places: readonly number[], gap: number, right: number): readonly number[] {
  const moved: number[] = []
  for (const place of places) moved.push(Math.max(place, (moved.at(-1) ?? -Infinity) + gap))
  for (let at = moved.length - 1, most = right; at >= 0; at--, most -= gap)
    moved[at] = Math.min(moved[at] as number, most)
  return moved
}
