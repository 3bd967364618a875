// The sentence of a step: who did what, from its rule and its observations. No text per scenario.
import type { Terms } from '../brokers/types.ts'
import type { Message, Seen } from '../clients/types.ts'
import { typeInWords } from '../clients/words.ts'
import type { Observation } from '../engine/types.ts'

export function messageInWords(message: Message): string {
  return `order-${message.order} ${typeInWords(message.type)}`
}

/** 'order-42/PaymentReceived' → 'order-42 payment received'; '~2' marks a resend under a new id. */
function eventInWords(id: string): string {
  const [order = '', type = ''] = id.split('/')
  return type === '' ? order : `${order} ${typeInWords(type)}`
}

const EFFECT: Readonly<Record<string, (message: Message) => string>> = {
  charge: (message) => `charges the card for ${messageInWords(message)}`,
  email: (message) => `sends the e-mail for ${messageInWords(message)}`,
  decrement: (message) => `takes ${messageInWords(message)} out of stock`,
  upsert: (message) => `writes ${messageInWords(message)}`,
  count: (message) => `counts ${messageInWords(message)}`,
}

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
}

/** What a clause is worded with: the titles of actors and the broker's own terms. */
interface Speech {
  readonly title: (actor: string) => string
  readonly terms: Terms
}

const laneBy =
  ({ terms }: Speech) =>
  (stream: string, number: number) =>
    terms.lane(stream, number, 'others')

function owned(owners: Readonly<Record<string, string>>, speech: Speech): string {
  const byActor = new Map<string, string[]>()
  for (const [place, actor] of Object.entries(owners)) {
    const [stream = '', number = ''] = place.split('/')
    byActor.set(actor, [...(byActor.get(actor) ?? []), laneBy(speech)(stream, Number(number))])
  }
  const parts = [...byActor].map(([actor, lanes]) => `${list(lanes)} to ${actor}`)
  return parts.length === 0 ? 'no partitions to anyone' : list(parts)
}

function inSync(seen: Extract<Seen, { kind: 'inSync' }>, speech: Speech): string {
  const { stream, lane: number, leader, nodes } = seen
  const who = nodes.length === 0 ? 'nobody' : list(nodes)
  const led = leader === '' ? ' and has no leader' : ''
  return `${laneBy(speech)(stream, number)} has ${who} in sync${led}`
}

/** What one observation says, without naming who saw it. */
function clause(seen: Seen, speech: Speech): string {
  const { title, terms } = speech
  const lane = laneBy(speech)
  switch (seen.kind) {
    case 'sent':
      return `${title(seen.actor)} sends ${messageInWords(seen.message)} to ${lane(seen.stream, seen.lane)}${seen.attempt > 1 ? `, attempt ${seen.attempt}` : ''}`
    case 'stored':
      return `${title(seen.actor)} ${terms.stores(messageInWords(seen.message), lane(seen.place.stream, seen.place.lane), seen.place.offset)}`
    case 'settled': {
      const place = `${messageInWords(seen.message)} in ${lane(seen.place.stream, seen.place.lane)}`
      return `${title(seen.actor)} ends the transaction of ${place}: ${seen.outcome}`
    }
    case 'acknowledged':
      return `${title(seen.actor)} has ${messageInWords(seen.message)} acknowledged`
    case 'refused':
      return `${title(seen.actor)} is refused ${messageInWords(seen.message)}: ${seen.reason}${seen.final ? ', and gives up' : ''}`
    case 'delivered':
      return `${title(seen.actor)} ${terms.gets(messageInWords(seen.message), lane(seen.place.stream, seen.place.lane), seen.place.offset)}`
    case 'effectApplied':
      return `${title(seen.by)} ${(EFFECT[seen.effect] as (m: Message) => string)(seen.message)}`
    case 'effectSkipped':
      return `${title(seen.by)} asks for ${messageInWords(seen.message)} again: already done (${seen.reason})`
    case 'effectFailed':
      return `${title(seen.sink)} fails for ${messageInWords(seen.message)}: ${seen.reason}`
    case 'committed':
      return `${title(seen.by)} commits ${lane(seen.stream, seen.lane)} up to offset ${seen.offset}`
    case 'commitRefused':
      return `${title(seen.by)} is refused its commit: ${seen.reason}`
    case 'deadLettered':
      return `${title(seen.actor)} puts ${messageInWords(seen.message)} aside as a dead letter`
    case 'unrouted':
      return `${title(seen.actor)} does not put ${messageInWords(seen.message)} into ${seen.stream}: nothing binds it to the exchange`
    case 'answered':
      return `${title(seen.actor)} has its answer to ${messageInWords(seen.message)}`
    case 'removed':
      return `${title(seen.actor)} removes ${messageInWords(seen.message)} from ${seen.place.stream}: ${seen.reason}`
    case 'archived':
      return `${title(seen.actor)} archives ${messageInWords(seen.message)} for ${seen.group}: ${seen.reason}`
    case 'skipped':
      return `${title(seen.actor)} skips ${messageInWords(seen.message)}: ${seen.reason}`
    case 'assigned':
      return `${title(seen.actor)} gives ${owned(seen.owners, speech)}, generation ${seen.generation}`
    case 'memberRemoved':
      return `${title(seen.actor)} removes ${seen.member} from ${seen.group}: ${seen.reason}`
    case 'rewound':
      return `${seen.group} is set back to offset ${seen.offset} of ${lane(seen.stream, seen.lane)}`
    case 'crashed':
      return `${title(seen.actor)} crashes${seen.holding.length > 0 ? ` holding ${list(seen.holding.map(eventInWords))}` : ''}`
    case 'restarted':
      return `${title(seen.actor)} starts again with an empty memory`
    case 'paused':
      return `${title(seen.actor)} pauses${seen.holding.length > 0 ? ` holding ${list(seen.holding.map(eventInWords))}` : ''}`
    case 'resumed':
      return `${title(seen.actor)} goes on, unaware of the pause`
    case 'forgotten':
      return `${title(seen.actor)} forgets ${seen.what}`
    case 'lanesAdded':
      return `${seen.stream} now has ${seen.lanes} partitions`
    case 'elected':
      return `${title(seen.actor)} leads ${lane(seen.stream, seen.lane)}, epoch ${seen.epoch}, and its log ends at offset ${seen.offset}`
    case 'truncated':
      return `${title(seen.actor)} cuts its copy of ${lane(seen.stream, seen.lane)} back to offset ${seen.offset}: ${list(seen.messages.map(messageInWords))} gone`
    case 'inSync':
      return inSync(seen, speech)
    case 'expired':
      return `${title(seen.actor)} deletes what is too old: ${lane(seen.stream, seen.lane)} begins at offset ${seen.start}`
    case 'compacted':
      return `${title(seen.actor)} compacts ${lane(seen.stream, seen.lane)}: offset${seen.offsets.length === 1 ? '' : 's'} ${list(seen.offsets.map(String))} gone`
  }
}

export interface ToWord {
  readonly actor: string
  /** What the rule does, for a step that let nobody see anything. */
  readonly does: string
  readonly about: string
  readonly observations: readonly Observation[]
}

/** Observations of one step that say the same thing of many messages are told once, with their number. */
function clauses(observations: readonly Seen[], speech: Speech): string[] {
  const kinds = new Map<string, Seen[]>()
  for (const seen of observations) kinds.set(seen.kind, [...(kinds.get(seen.kind) ?? []), seen])
  return [...kinds.values()].flatMap((group) => {
    const first = group[0] as Seen
    if (group.length <= 2) return group.map((seen) => clause(seen, speech))
    return [`${clause(first, speech)}, and ${group.length - 1} more`]
  })
}

export function sentenceOf(step: ToWord, speech: Speech): string {
  const told = clauses(step.observations as readonly Seen[], speech)
  if (told.length > 0) return `${told.join('; ')}.`
  const about = step.about === '' ? '' : ` (${eventInWords(step.about)})`
  return `${speech.title(step.actor)} ${step.does}${about}.`
}
