// Steps of an application with a share consumer on the model: the script says when its thread polls, what it
// acknowledges, and when it commits. The rules of the consumer library are the model's own.

import { laneName } from '../../brokers/kafka/node-state.ts'
import type { RecordInHand, ShareConsumerState } from '../../brokers/kafka/share-consumer-state.ts'
import type { Json } from '../../engine/types.ts'
import type { StepOf } from '../types.ts'
import { away, polling, telling } from './application.ts'
import { done, noAnswer } from './asking.ts'
import { acted, asJson, ran, seenBy, timed } from './clock.ts'
import { knowing, type Moment, type Setup, stateOf, withState } from './moment.ts'
import { type Done, type Meaning, WITHIN_MS } from './steps.ts'
import { valueIn } from './system.ts'

const stateNow = (setup: Setup, moment: Moment, who: string) =>
  stateOf<ShareConsumerState>(setup, moment, who)

function changed(
  setup: Setup,
  moment: Moment,
  who: string,
  change: Partial<ShareConsumerState>,
): Moment {
  const next = { ...stateNow(setup, moment, who), ...change }
  return timed(setup, withState(setup, moment, who, next as unknown as Json))
}

const isImplicit = (setup: Setup, who: string): boolean =>
  setup.experiment.shareConsumers?.[who]?.settings['share.acknowledgement.mode'] !== 'explicit'

export const shareStart: Meaning<StepOf<'shareStart'>> = {
  allows: (_moment, step, { actor, rule }) =>
    actor === step.consumer && (rule === 'Start' || rule === 'Restart'),
  finish: (moment, step, setup) =>
    stateNow(setup, moment, step.consumer).process === 'running' ? done(moment, 'started') : null,
  atRest: true,
  expired: noAnswer,
}

const ILLEGAL = 'IllegalStateException'
const IN_POLL = ['JoinShareGroup', 'ShareFetch', 'RenewLocks']

/** Poll throws at once where a record is left unacknowledged. */
function mayNotPoll(setup: Setup, moment: Moment, who: string): boolean {
  const { hand } = stateNow(setup, moment, who)
  return !isImplicit(setup, who) && hand.some(({ acknowledged }) => acknowledged === null)
}

export const sharePoll: Meaning<StepOf<'sharePoll'>> = {
  begin: (moment, step, setup) => {
    const refused = mayNotPoll(setup, moment, step.consumer)
    const begun = { ...moment, noted: refused ? ILLEGAL : null }
    if (refused) return begun
    return polling(setup, changed(setup, begun, step.consumer, { gapped: false }), step.consumer)
  },
  allows: (moment, step, { actor, rule }) =>
    actor === step.consumer &&
    moment.noted === null &&
    (IN_POLL.includes(rule) || (rule === 'Poll' && ran(moment, actor, 'Poll') === 0)),
  finish: (moment, step, setup) => {
    if (moment.noted === ILLEGAL) return done(moment, ILLEGAL)
    return ran(moment, step.consumer, 'Poll') > 0 ? handOver(moment, step, setup) : null
  },
  patienceMs: (step) => step.withinMs ?? WITHIN_MS,
  expired: (moment, step, setup) => handOver(moment, step, setup),
}

/** What the poll returned, lowest partition first; the application has it from now on. */
function handOver(moment: Moment, step: StepOf<'sharePoll'>, setup: Setup): Done {
  const polled = ran(moment, step.consumer, 'Poll') > 0
  const { hand } = stateNow(setup, moment, step.consumer)
  const told = (polled ? [...hand] : [])
    .sort((a, b) => a.partition - b.partition || a.offset - b.offset)
    .map(({ partition, offset, message, deliveryCount }) => {
      return `${partition}@${offset}:${valueIn(message.type)}#${deliveryCount}`
    })
  const last = polled
    ? hand.map((record) => ({ lane: placeOf(record), value: valueIn(record.message.type) }))
    : []
  const next = knowing(moment, 'inHand', step.consumer, last)
  return done(away(setup, next, step.consumer), told)
}

/** Where a record stands; what the last poll returned is remembered so, for as long as nothing is polled again. */
const placeOf = ({ topic, partition, offset }: RecordInHand): string =>
  `${laneName(topic, partition)}@${offset}`

export const shareAcknowledge: Meaning<StepOf<'shareAcknowledge'>> = {
  finish: (moment, step, setup) => {
    if (isImplicit(setup, step.consumer)) return done(moment, ILLEGAL)
    const { consumer, type, values } = step
    const { hand } = stateNow(setup, moment, consumer)
    let now = hand
    for (const { lane, value } of moment.known.inHand[consumer] ?? []) {
      if (values !== undefined && !values.includes(value)) continue
      const found = now.find((record) => placeOf(record) === lane)
      // The library has told the broker of this one already.
      if (found === undefined) return done(changed(setup, moment, consumer, { hand: now }), ILLEGAL)
      now = now.map((record) => (record === found ? { ...record, acknowledged: type } : record))
    }
    return done(changed(setup, moment, consumer, { hand: now }), 'ok')
  },
  expired: noAnswer,
}

/** The model's own application accepts the rest when it commits; the script's says what it says. */
function withoutUnsaid(setup: Setup, moment: Moment, who: string): Moment {
  const { hand } = stateNow(setup, moment, who)
  if (isImplicit(setup, who)) return { ...moment, noted: [] }
  const unsaid = hand.filter(({ acknowledged }) => acknowledged === null)
  const said = hand.filter(({ acknowledged }) => acknowledged !== null)
  return changed(setup, { ...moment, noted: asJson(unsaid) }, who, { hand: said })
}

const NOTHING = 'nothing to commit'

export const shareCommit: Meaning<StepOf<'shareCommit'>> = {
  begin: (moment, step, setup) => {
    const begun = withoutUnsaid(setup, moment, step.consumer)
    const { hand } = stateNow(setup, begun, step.consumer)
    if (hand.length === 0) return { ...moment, noted: NOTHING }
    return telling(setup, begun, step.consumer)
  },
  allows: (_moment, step, { actor, rule }) =>
    actor === step.consumer && rule === 'ShareAcknowledge',
  finish: (moment, step, setup) => {
    if (moment.noted === NOTHING) return done(moment, 'ok')
    const { work, hand } = stateNow(setup, moment, step.consumer)
    if (work.batch?.phase !== 'committed') return null
    const reasons = seenBy(moment, step.consumer, 'commitRefused').map(({ reason }) => reason)
    const left = [...hand, ...(moment.noted as unknown as typeof hand)]
    const next = changed(setup, moment, step.consumer, { hand: left })
    const said = [...new Set(reasons)].sort().join(', ')
    return done(away(setup, next, step.consumer), said === '' ? 'ok' : said)
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

export const shareClose: Meaning<StepOf<'shareClose'>> = {
  begin: (moment, step, setup) => {
    const free = polling(setup, moment, step.consumer)
    return acted(setup, free, { actor: step.consumer, rule: 'LeaveAndRejoin' })
  },
  finish: (moment, step, setup) =>
    stateNow(setup, moment, step.consumer).process === 'left' ? done(moment, 'closed') : null,
  atRest: true,
  expired: noAnswer,
}
