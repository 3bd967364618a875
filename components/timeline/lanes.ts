// The order of the lanes: what produces, what stores, who consumes, then the rest of the machinery.
import type { Picture } from '@/lib/picture/types'
import type { Session } from '@/lib/session/types'

export interface LaneName {
  readonly id: string
  readonly title: string
  /** Empty where nothing is to be inspected. */
  readonly select: string
}

export function laneNames(session: Session, picture: Picture): readonly LaneName[] {
  const { producers, services } = session.scenario.story
  const actors = session.actorIds()
  const instances = services.flatMap((service) => instancesOf(actors, service.id))
  const named: LaneName[] = [
    ...producers.map(({ id, title }) => ({ id, title: title || id, select: id })),
    ...streamsOf(session, picture).map(({ id, title }) => ({
      id,
      title,
      select: actors.includes(id) ? id : '',
    })),
    ...instances.map((id) => ({ id, title: id, select: id })),
  ]
  const there = new Set(named.map(({ id }) => id))
  const sinks = new Map(session.scenario.story.sinks.map(({ id, title }) => [id, title]))
  const rest = actors.filter((id) => !there.has(id))
  return [...named, ...rest.map((id) => ({ id, title: sinks.get(id) ?? id, select: id }))]
}

/** Not the exchange that hands out answers and dead letters: nothing of the story is published to it. */
const streamsOf = ({ scenario }: Session, { streams }: Picture): Picture['streams'] =>
  streams.filter(({ id, spreads }) => spreads !== true || scenario.story.streams.includes(id))

/** The actors of a service: itself, or itself with a number. */
export function instancesOf(actors: readonly string[], service: string): readonly string[] {
  return actors.filter((id) => id === service || new RegExp(`^${service}-\\d+$`).test(id))
}
