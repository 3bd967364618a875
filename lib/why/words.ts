// A step in words, from its rule and what it let be seen: a predicate, since its actor stands before it. No text per
// scenario, and none for what has no words: each observation is told below, each rule by its broker's table.
import { stageInWords } from '../clients/stages.ts'
import type { EffectKind, Message, Seen } from '../clients/types.ts'
import type { LinkAction } from '../engine/types.ts'
import type { Case } from './case.ts'
import { isConcernedLane, isPassed, isSameLane, type LaneOf } from './concern.ts'
import type { Happening } from './history.ts'
import { tellingOf } from './salience.ts'

/** What a line does, as the predicate of a sentence. */
export const LINE_WORDS: Readonly<Record<LinkAction['rule'], string>> = {
  CutConnection: 'is cut: everything in flight both ways is lost',
  SlowLink: 'becomes slow',
  RestoreLink: 'is as fast as before',
}

const EFFECT: Readonly<Record<EffectKind, (event: string) => string>> = {
  charge: (event) => `charges the card for ${event}`,
  email: (event) => `sends the e-mail for ${event}`,
  decrement: (event) => `takes ${event} out of stock`,
  upsert: (event) => `writes ${event}`,
  count: (event) => `counts ${event}`,
}

/** What of the run a step is worded with. */
interface Telling {
  readonly asked: Case
  readonly step: Happening
  readonly name: (id: string) => string
  readonly lane: (lane: LaneOf) => string
  readonly terms: Case['built']['broker']['terms']
}

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** Everything seen before this step. */
function seenBefore({ asked, step }: Telling): readonly Seen[] {
  return asked.history.steps
    .slice(0, step.index - 1)
    .flatMap((each) => each.observations as readonly Seen[])
}

type Of<K extends Seen['kind']> = Extract<Seen, { readonly kind: K }>

/** Whether the same was seen of the same fact before, by the same group where one has it. */
function isAgain(telling: Telling, seen: Seen & { readonly message: Message }): boolean {
  return seenBefore(telling).some(
    (earlier) =>
      earlier.kind === seen.kind &&
      'message' in earlier &&
      earlier.message.n === seen.message.n &&
      (!('group' in earlier && 'group' in seen) || earlier.group === seen.group),
  )
}

const again = (telling: Telling, seen: Seen & { readonly message: Message }, what: string) =>
  isAgain(telling, seen) ? `${what} again` : what

/** Where a group would read on in a lane: what was committed last, by then. */
function committedOf(telling: Telling, group: string, lane: LaneOf): string {
  const last = seenBefore(telling).findLast(
    (seen): seen is Of<'committed'> =>
      seen.kind === 'committed' && seen.group === group && isSameLane(seen, lane),
  )
  return last === undefined ? 'nothing is committed' : `committed offset ${last.offset}`
}

function assigned(telling: Telling, seen: Of<'assigned'>): string {
  const lanes = Object.entries(seen.owners).flatMap(([place, owner]) => {
    const slash = place.lastIndexOf('/')
    const lane = { stream: place.slice(0, slash), lane: Number(place.slice(slash + 1)) }
    if (!isConcernedLane(telling.asked.concern, lane)) return []
    return [`${telling.lane(lane)} to ${owner} (${committedOf(telling, seen.group, lane)})`]
  })
  return `gives ${list(lanes)}`
}

/** What the end of a log leaves behind of the messages concerned. */
function beyond({ asked, name }: Telling, end: LaneOf & { readonly offset: number }): string {
  const { concern } = asked
  const gone = concern.places.some((place) => isSameLane(place, end) && place.offset >= end.offset)
  if (!gone) return ''
  const ids = [...concern.facts].map((n) => name(concern.messages.get(n)?.id ?? ''))
  return `: ${list(ids)} ${ids.length === 1 ? 'is' : 'are'} not in it`
}

function committed(telling: Telling, seen: Of<'committed'>): string {
  const { concern } = telling.asked
  const past = isPassed(concern, seen) && concern.facts.size === 1
  const [n] = concern.facts
  const message = concern.messages.get(n ?? -1)
  const what = past && message !== undefined ? `, past ${telling.name(message.id)}` : ''
  return `commits ${telling.lane(seen)} up to offset ${seen.offset}${what}`
}

const place = (telling: Telling, at: LaneOf & { readonly offset: number }): string =>
  `${telling.lane(at)}, offset ${at.offset}`

const offsetsIn = (offsets: readonly number[]): string =>
  `offset${offsets.length === 1 ? '' : 's'} ${list(offsets.map(String))}`

type OfMessage = Extract<Seen, { readonly message: Message }>

function tellMessage(telling: Telling, seen: OfMessage): string {
  const what = telling.name(seen.message.id)
  switch (seen.kind) {
    case 'sent':
      return `sends ${what} to ${telling.lane(seen)}${seen.attempt > 1 ? `, attempt ${seen.attempt}` : ''}`
    case 'stored':
      return telling.terms.stores(
        again(telling, seen, what),
        telling.lane(seen.place),
        seen.place.offset,
      )
    case 'settled':
      return `${seen.outcome === 'aborted' ? 'aborts' : 'commits'} the transaction of ${what}`
    case 'acknowledged':
      return telling.terms.confirmed(what)
    case 'refused':
      return `hears that ${what} did not get through (${seen.reason})${seen.final ? ', and gives up' : ''}`
    case 'delivered':
      return telling.terms.gets(
        again(telling, seen, what),
        telling.lane(seen.place),
        seen.place.offset,
      )
    case 'effectApplied':
      return again(telling, seen, EFFECT[seen.effect](what))
    case 'effectSkipped':
      return `goes without the effect of ${what} (${seen.reason})`
    case 'effectFailed':
      return `asks in vain for the effect of ${what} (${seen.reason})`
    case 'deadLettered':
      return `puts ${what} aside as a dead letter`
    case 'unrouted':
      return `does not put ${what} into ${seen.stream}: nothing binds it to the exchange`
    case 'answered':
      return `has its answer to ${what}`
    case 'removed':
      return `removes ${what} from ${telling.lane(seen.place)}: ${seen.reason}`
    case 'archived':
      return `delivers ${what} no more (${seen.reason})`
    case 'skipped':
      return `skips ${what} (${seen.reason})`
  }
}

/** What one observation says, without who. */
export function tell(telling: Telling, seen: Seen): string {
  if ('message' in seen) return tellMessage(telling, seen)
  switch (seen.kind) {
    case 'committed':
      return committed(telling, seen)
    case 'commitRefused':
      return `has its commit refused (${seen.reason})`
    case 'assigned':
      return assigned(telling, seen)
    case 'memberRemoved':
      return `removes ${seen.member} from ${seen.group}: ${seen.reason}`
    case 'rewound':
      return `sets ${seen.group} back to ${place(telling, seen)}`
    case 'crashed':
      return 'crashes'
    case 'restarted':
      return 'starts again with an empty memory'
    case 'paused':
      return 'stands still'
    case 'resumed':
      return 'goes on, unaware of the pause'
    case 'forgotten':
      return `forgets ${seen.what}`
    case 'lanesAdded':
      return `adds partitions: ${seen.stream} has ${seen.lanes} now`
    case 'elected':
      return `leads ${telling.lane(seen)} with a log that ends at offset ${seen.offset}${beyond(telling, seen)}`
    case 'truncated': {
      const gone = list(seen.messages.map(({ id }) => telling.name(id)))
      return `cuts its copy of ${telling.lane(seen)} back to offset ${seen.offset}: ${gone} gone`
    }
    case 'inSync':
      return `counts ${seen.nodes.length === 0 ? 'nobody' : list(seen.nodes)} as in sync for ${telling.lane(seen)}`
    case 'expired':
      return `deletes what is too old: ${telling.lane(seen)} begins at offset ${seen.start}`
    case 'compacted':
      return `compacts ${telling.lane(seen)}: ${offsetsIn(seen.offsets)} gone, later events have the same keys`
  }
}

/** What a misfortune hit of what the breach is about. */
function hit(telling: Telling): string {
  const { step, asked, name } = telling
  const ids = [...asked.concern.facts].flatMap((n) => asked.concern.messages.get(n)?.id ?? [])
  const isOne = (about: string | undefined) =>
    ids.find((id) => ` ${about ?? ''} `.includes(` ${id} `))
  const stage = step.stages.findLast(({ about }) => isOne(about) !== undefined)
  if (stage !== undefined) {
    const where = stageInWords(asked.built.broker, stage.stage) ?? `at “${stage.stage}”`
    return ` with ${name(isOne(stage.about) ?? '')} ${where}`
  }
  const lost = step.lost.find(({ about }) => isOne(about) !== undefined)
  if (lost !== undefined) return `, the ${lost.kind} for ${name(isOne(lost.about) ?? '')} too`
  const taken = isOne(step.envelope?.about)
  return taken === undefined ? '' : ` (${name(taken)})`
}

/** The rule in words. Throws for a rule without: a broker brings words for every rule of its kinds. */
function ruleInWords({ asked, step }: Telling): string {
  if (step.line !== null) return LINE_WORDS[step.line.rule]
  const { action } = step
  const kind = 'actor' in action ? asked.built.system.actorById.get(action.actor)?.kind.kind : null
  const words = asked.built.broker.words[kind?.name ?? '']?.[action.rule]
  if (words === undefined) throw new Error(`${kind?.name} has no words for ${action.rule}`)
  return words
}

function misfortune(telling: Telling, seen: Seen | null): string {
  const { step, asked } = telling
  const isTimer = asked.clock === null && !asked.isFaultRule(step.action)
  if (isTimer) return `${ruleInWords(telling)}: something stood still for so long${hit(telling)}`
  if (seen?.kind === 'rewound' || seen?.kind === 'lanesAdded') return tell(telling, seen)
  return `${ruleInWords(telling)}${hit(telling)}`
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** A request takes effect at a sink, or is answered by a coordinator; whose doing it is says `by`. */
function whoOf(seen: Seen | null, step: Happening): string {
  if (step.line !== null) return step.line.link
  if (step.fault === '' && seen !== null && 'by' in seen) return seen.by
  return 'actor' in step.action ? step.action.actor : step.action.link
}

export interface Told {
  /** Id of an actor, or of a line. */
  readonly actor: string
  readonly text: string
}

export function inWords(asked: Case, step: Happening): Told {
  const among = asked.scenario.story.streams.length === 1 ? 'its own' : 'others'
  const { terms } = asked.built.broker
  const telling: Telling = {
    asked,
    step,
    name: asked.name,
    terms,
    lane: ({ stream, lane }) => terms.lane(stream, lane, among),
  }
  const seen = tellingOf(step, asked.concern)
  const told =
    step.fault !== ''
      ? misfortune(telling, seen)
      : seen === null
        ? `${ruleInWords(telling)}${hit(telling)}`
        : tell(telling, seen)
  return { actor: whoOf(seen, step), text: capital(told) }
}
