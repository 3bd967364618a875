// Where the causal steps stand in the picture of a moment: what is lit, and where each has its number.
import type { Picture } from '@/lib/picture/types'
import type { StepMark } from '@/lib/scene/types'
import type { StepRecord } from '@/lib/session/types'

export interface Lit {
  readonly lit: readonly string[]
  readonly steps: readonly StepMark[]
  /** The group that the steps are about, which is drawn in full. */
  readonly focus: string | undefined
}

interface Place {
  readonly stream: string
  readonly lane: number
  readonly offset: number
}

/** What observations say of places; each has some of it. */
interface Told {
  readonly kind: string
  readonly by?: string
  readonly sink?: string
  readonly place?: Place | null
  readonly stream?: string
  readonly lane?: number
  readonly owners?: Readonly<Record<string, string>>
  readonly message?: { readonly id: string }
}

const tapeOf = (at: Pick<Place, 'stream' | 'lane'>): string => `${at.stream}/${at.lane}`

function wireOf(picture: Picture, from: string, to: string): string | undefined {
  const wires = picture.parts.filter((part) => part.kind === 'wire')
  return wires.find((wire) => wire.from === from && wire.to === to)?.id
}

/** Names of what one step is about, the best place for its number first. */
function namesOf(
  picture: Picture,
  step: StepRecord,
  tapes: ReadonlySet<string>,
): readonly string[] {
  const names: string[] = []
  const add = (name: string | undefined) => {
    if (name !== undefined) names.push(name)
  }
  for (const seen of step.observations as readonly Told[]) {
    const { by, sink, place, owners, message } = seen
    if (by !== undefined && sink !== undefined) {
      add(wireOf(picture, by, sink))
      add(by)
      add(message === undefined ? sink : `${sink}#${message.id}`)
    }
    for (const [tape, owner] of Object.entries(owners ?? {}))
      if (tapes.has(tape)) {
        add(wireOf(picture, tape, owner))
        add(owner)
      }
    if (place != null) add(`${tapeOf(place)}@${place.offset}`)
    if (seen.kind === 'sent' && seen.stream !== undefined && seen.lane !== undefined)
      add(wireOf(picture, step.actor, tapeOf({ stream: seen.stream, lane: seen.lane })))
    if (seen.kind === 'delivered' && place != null) add(wireOf(picture, tapeOf(place), step.actor))
  }
  const line = picture.parts.find((part) => part.kind === 'wire' && part.link === step.actor)
  if (line?.kind === 'wire') add(line.id)
  add(step.actor)
  return names
}

const partOf = (name: string): string => name.split(/[@#]/)[0] as string

/** Whether something of that name stands in the picture. */
function isThere(picture: Picture, name: string): boolean {
  const id = partOf(name)
  return picture.parts.some((part) => 'id' in part && part.id === id)
}

function tapesOf(steps: readonly StepRecord[]): ReadonlySet<string> {
  const seen = steps.flatMap((step) => step.observations as readonly Told[])
  return new Set(seen.flatMap(({ place }) => (place == null ? [] : [tapeOf(place)])))
}

export function litBy(picture: Picture, steps: readonly StepRecord[]): Lit {
  const tapes = tapesOf(steps)
  const all = steps.map((step) =>
    namesOf(picture, step, tapes).filter((name) => isThere(picture, name)),
  )
  const lit = [...new Set(all.flat())]
  const group = picture.groups.find(({ cards }) => cards.some((card) => lit.includes(card)))
  const marks = all.flatMap(([at], index): readonly StepMark[] =>
    at === undefined ? [] : [{ at, text: String(index + 1), bad: index === steps.length - 1 }],
  )
  const streams = [...tapes].map((tape) => tape.slice(0, tape.lastIndexOf('/')))
  return {
    lit: [...lit, ...streams, ...(group === undefined ? [] : [group.id])],
    steps: marks,
    focus: group?.id,
  }
}
