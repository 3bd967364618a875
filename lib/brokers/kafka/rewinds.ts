// To which offsets an operator or an application is offered to go back.

/** How many offsets from either end are on offer. */
const OFFERED = 32

/** Offsets below the furthest one, ascending: the first ones and the last ones; all, where they are few. */
export function rewindsBelow(furthest: number): readonly number[] {
  const early = Math.min(furthest, OFFERED)
  const late = Math.max(early, furthest - OFFERED)
  const offered: number[] = []
  for (let offset = 0; offset < early; offset++) offered.push(offset)
  for (let offset = late; offset < furthest; offset++) offered.push(offset)
  return offered
}
