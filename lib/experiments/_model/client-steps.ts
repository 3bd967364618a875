// Steps of an application on the model: they let the model's own producer and consumer do what an
// application decides, and wait for what comes of it.
import type { ConsumerState } from '../../brokers/kafka/consumer.ts'
import { logEnd } from '../../brokers/kafka/log.ts'
import { laneName, type NodeState } from '../../brokers/kafka/node-state.ts'
import type { ProducerState } from '../../brokers/kafka/producer-state.ts'
import { inPhase } from '../../brokers/kafka/producer-transactions.ts'
import type { StepOf } from '../types.ts'
import { away, committing, intervalEndsMs, polling, resumed, stillAway } from './application.ts'
import { done, noAnswer } from './asking.ts'
import { acted, asJson, ran, seenBy } from './clock.ts'
import { nodesOf } from './cluster.ts'
import { exceptionFor } from './exceptions.ts'
import { lanesOf, type Noted } from './given-up.ts'
import { knowing, type Moment, type Setup, stateOf } from './moment.ts'
import { type Done, type Meaning, WITHIN_MS } from './steps.ts'
import { eventTypes, valueIn } from './system.ts'

function isUp(setup: Setup, moment: Moment, who: string): boolean {
  const isProducer = setup.experiment.producers?.[who] !== undefined
  if (isProducer) return stateOf<ProducerState>(setup, moment, who).life === 'running'
  return stateOf<ConsumerState>(setup, moment, who).process === 'running'
}

export const start: Meaning<StepOf<'start'>> = {
  allows: (_moment, step, option) => option.actor === step.who && option.rule === 'Start',
  finish: (moment, step, setup) => (isUp(setup, moment, step.who) ? done(moment, 'started') : null),
  atRest: true,
  expired: noAnswer,
}

export const restart: Meaning<StepOf<'restart'>> = {
  allows: (_moment, step, option) => option.actor === step.who && option.rule === 'Restart',
  finish: (moment, step, setup) =>
    isUp(setup, moment, step.who) ? done(moment, 'restarted') : null,
  atRest: true,
  expired: noAnswer,
}

export const crash: Meaning<StepOf<'crash'>> = {
  begin: (moment, step, setup) =>
    acted(setup, knowing(moment, 'inHand', step.who, []), { actor: step.who, rule: 'Crash' }),
  finish: (moment) => done(moment, 'crashed'),
  expired: noAnswer,
}

/** The event type under which the model's producer sends this step's record. */
function typeOf(setup: Setup, step: StepOf<'send'>, at: number): string {
  const sends = setup.experiment.steps.flatMap((each, index) =>
    each.do === 'send' && each.producer === step.producer ? [{ index, value: each.value }] : [],
  )
  const types = eventTypes(sends.map(({ value }) => value))
  return types[sends.findIndex(({ index }) => index === at)] as string
}

/** Inside a transaction send() succeeds when the broker has the record; nothing is acknowledged by that. */
function inTransaction(
  setup: Setup,
  moment: Moment,
  { producer }: { readonly producer: string },
  type: string,
): string | undefined {
  const { transaction } = stateOf<ProducerState>(setup, moment, producer)
  if (transaction === null) return undefined
  const found = transaction.written.find(({ message }) => message.type === type)
  const place = found?.place ?? null
  if (place !== null) return `${place.lane}@${place.offset}`
  return transaction.why === '' ? undefined : exceptionFor(transaction.why)
}

const NOT_NOW = 'no transaction is open'

/** TransactionManager.failIfNotReadyForSend: the state throws, not the broker. */
function mayNotSend(setup: Setup, moment: Moment, { producer }: StepOf<'send'>): boolean {
  const state = stateOf<ProducerState>(setup, moment, producer)
  return state.transaction !== null && !inPhase(state, 'open', 'fatal', 'abortable')
}

/** What send() threw of is in the accumulator all the same, and is sent with the next record of that partition. */
const untimelyOf = (moment: Moment, { producer }: StepOf<'send'>): number =>
  moment.known.untimely[producer] ?? 0

const hasSent = (moment: Moment, step: StepOf<'send'>): boolean =>
  ran(moment, step.producer, 'SendNext') > untimelyOf(moment, step)

export const send: Meaning<StepOf<'send'>> = {
  begin: (moment, step, setup) =>
    mayNotSend(setup, moment, step) ? { ...moment, noted: NOT_NOW } : moment,
  allows: (moment, step, option) =>
    option.actor === step.producer &&
    option.rule === 'SendNext' &&
    moment.noted !== NOT_NOW &&
    !hasSent(moment, step),
  finish: (before, step, setup) => {
    if (before.noted === NOT_NOW) {
      const count = untimelyOf(before, step) + 1
      return done(knowing(before, 'untimely', step.producer, count), 'IllegalStateException')
    }
    const type = typeOf(setup, step, before.at)
    const isSent = hasSent(before, step)
    const moment = isSent ? knowing(before, 'untimely', step.producer, 0) : before
    const { unflushed, outcomes } = moment.known
    if (step.later === true) {
      if (!isSent) return null
      const waiting = [...(unflushed[step.producer] ?? []), type]
      return done(knowing(moment, 'unflushed', step.producer, waiting), null)
    }
    const outcome = outcomes[step.producer]?.[type] ?? inTransaction(setup, moment, step, type)
    return outcome === undefined ? null : done(moment, outcome)
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

export const flush: Meaning<StepOf<'flush'>> = {
  finish: (moment, step, setup) => {
    const waiting = moment.known.unflushed[step.producer] ?? []
    const known = moment.known.outcomes[step.producer] ?? {}
    const outcomes = waiting.map((type) => known[type] ?? inTransaction(setup, moment, step, type))
    if (outcomes.includes(undefined)) return null
    return done(knowing(moment, 'unflushed', step.producer, []), outcomes)
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

const IN_POLL = [
  'JoinGroup',
  'OnPartitionsAssigned',
  'ConsumerGroupHeartbeat',
  'Reconcile',
  'FencedInstanceIdException',
]

/** A partition whose offsets are pending has no position until their transaction ends, but it is had. */
const isHad = ({ state }: ConsumerState['lanes'][number]) =>
  state === 'ready' || state === 'unstable'

function settled(s: ConsumerState): boolean {
  const { phase, rejoin } = s.group
  return phase === 'stable' && !rejoin && s.lanes.every(isHad)
}

export const join: Meaning<StepOf<'join'>> = {
  begin: (moment, step, setup) => {
    const noted = step.consumers.map((name) => {
      const had = lanesOf(stateOf<ConsumerState>(setup, moment, name))
      return [name, { had, gave: [] }] as const
    })
    const begun = { ...moment, noted: asJson(Object.fromEntries(noted)) }
    return step.consumers.reduce((now, name) => polling(setup, now, name), begun)
  },
  allows: (_moment, step, { actor, rule }) =>
    step.consumers.includes(actor) && IN_POLL.includes(rule),
  atRest: true,
  finish: (moment, step, setup) => {
    const states = step.consumers.map((name) => stateOf<ConsumerState>(setup, moment, name))
    const thrown = states.find(({ said }) => said !== '')
    if (thrown !== undefined) return done(allAway(setup, moment, step), exceptionOf(thrown))
    const generations = new Set(states.map(({ group }) => group.generation))
    if (!states.every(settled) || generations.size !== 1) return null
    if (!isWhole(setup, step, states)) return null
    const noted = moment.noted as Noted
    const told = step.consumers.map((name, i) => {
      const has = lanesOf(states[i] as ConsumerState)
      const revoked = [...(noted[name]?.gave ?? [])].sort()
      return [name, { has, revoked }] as const
    })
    const paused = step.consumers.reduce((now, name, i) => {
      const { had, gave } = noted[name] ?? { had: [], gave: [] }
      const got = lanesOf(states[i] as ConsumerState).filter(
        (lane) => !had.includes(lane) || gave.includes(lane),
      )
      const before = now.known.unfetched[name] ?? []
      return knowing(now, 'unfetched', name, [...new Set([...before, ...got])])
    }, moment)
    return done(allAway(setup, paused, step), Object.fromEntries(told))
  },
  patienceMs: (step) => step.withinMs ?? WITHIN_MS,
  expired: (moment, step, setup) => noAnswer(allAway(setup, moment, step)),
}

/** What poll has thrown, as the application sees it. */
const exceptionOf = ({ said }: ConsumerState): string => said.split(':')[0] as string

const allAway = (setup: Setup, moment: Moment, step: StepOf<'join'>): Moment =>
  step.consumers.reduce((now, name) => away(setup, now, name), moment)

function topicsRead(setup: Setup, name: string): readonly string[] {
  const { topic, also = [] } = setup.experiment.consumers?.[name] ?? { topic: '' }
  return [topic, ...also]
}

/** Whether these consumers, the whole group, have all partitions of what they read. */
function isWhole(setup: Setup, step: StepOf<'join'>, states: readonly ConsumerState[]): boolean {
  const topics = new Set(step.consumers.flatMap((name) => topicsRead(setup, name)))
  const lanes = states.flatMap(lanesOf)
  return [...topics].every((topic) => {
    const counted = states.find(({ partitions }) => topic in partitions)?.partitions[topic] ?? 0
    const own = lanes.filter((lane) => lane.startsWith(`${topic}/`))
    return own.length === counted && new Set(own).size === counted
  })
}

export const poll: Meaning<StepOf<'poll'>> = {
  begin: (moment, step, setup) =>
    polling(setup, resumed(setup, moment, step.consumer), step.consumer),
  allows: (moment, step, { actor, rule }) =>
    actor === step.consumer &&
    (IN_POLL.includes(rule) || (rule === 'Poll' && !hasAll(moment, step))),
  finish: (moment, step, setup) => (hasAll(moment, step) ? handOver(moment, step, setup) : null),
  patienceMs: (step) => step.withinMs ?? WITHIN_MS,
  expired: (moment, step, setup) => {
    const state = stateOf<ConsumerState>(setup, moment, step.consumer)
    return state.said === '' ? handOver(moment, step, setup) : done(moment, exceptionOf(state))
  },
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b)

/** What polls returned during this step, lowest partition first. */
function delivered(moment: Moment, { consumer }: StepOf<'poll'>) {
  return seenBy(moment, consumer, 'delivered')
    .map(({ place, message }) => ({ ...place, value: valueIn(message.type) }))
    .sort((a, b) => compare(a.stream, b.stream) || a.lane - b.lane || a.offset - b.offset)
}

const hasAll = (moment: Moment, step: StepOf<'poll'>): boolean =>
  delivered(moment, step).length >= step.count

/** The application has it from now on; its thread is away from poll. */
function handOver(moment: Moment, step: StepOf<'poll'>, setup: Setup): Done {
  const records = delivered(moment, step)
  const held = moment.known.inHand[step.consumer] ?? []
  const got = records.map(({ stream, lane, value }) => ({ lane: laneName(stream, lane), value }))
  const next = knowing(moment, 'inHand', step.consumer, [...held, ...got])
  const isOfSeveral = topicsRead(setup, step.consumer).length > 1
  const told = records.map(({ stream, lane, offset, value }) => {
    return `${isOfSeveral ? laneName(stream, lane) : lane}@${offset}:${value}`
  })
  return done(away(setup, next, step.consumer), told)
}

export const process: Meaning<StepOf<'process'>> = {
  finish: (moment, step, setup) => {
    const group = setup.experiment.consumers?.[step.consumer]?.group ?? ''
    const held = moment.known.inHand[step.consumer] ?? []
    const now = held.slice(0, step.count)
    const effects: Record<string, readonly string[]> = { ...moment.known.effects[group] }
    for (const { lane, value } of now) effects[lane] = [...(effects[lane] ?? []), value]
    const left = knowing(moment, 'inHand', step.consumer, held.slice(step.count))
    const next = knowing(left, 'effects', group, effects)
    return done(next, now.length === step.count ? 'processed' : `${now.length} processed`)
  },
  expired: noAnswer,
}

/** What each rule that ends a commit tells the application. */
const ENDS: Readonly<Record<string, string>> = {
  OffsetCommitResponse: 'ok',
  CommitFailedException: 'CommitFailedException',
}

export const commit: Meaning<StepOf<'commit'>> = {
  begin: (moment, step, setup) => {
    const noted = intervalEndsMs(moment, step.consumer)
    const begun = committing(setup, { ...moment, noted }, step.consumer)
    return begun ?? { ...moment, noted: NOTHING_TO_COMMIT }
  },
  allows: (_moment, step, { actor, rule }) => actor === step.consumer && rule === 'OffsetCommit',
  finish: (moment, step, setup) => {
    const isAsync = step.api === 'commitAsync'
    if (moment.noted === NOTHING_TO_COMMIT) return done(moment, isAsync ? 'sent' : 'ok')
    const said = isAsync ? saidAsync(moment, step) : saidSync(moment, step, setup)
    if (said === null) return null
    return done(stillAway(setup, moment, step.consumer, moment.noted), said)
  },
  patienceMs: () => WITHIN_MS,
  expired: (moment, step, setup) => noAnswer(stillAway(setup, moment, step.consumer, moment.noted)),
}

const NOTHING_TO_COMMIT = 'nothing to commit'

/** What a commitAsync comes to is told to a callback, which this application does not have. */
function saidAsync(moment: Moment, step: StepOf<'commit'>): string | null {
  return ran(moment, step.consumer, 'OffsetCommit') > 0 ? 'sent' : null
}

function saidSync(moment: Moment, step: StepOf<'commit'>, setup: Setup): string | null {
  const [refused] = seenBy(moment, step.consumer, 'commitRefused')
  if (refused !== undefined) return refused.reason.split(':')[0] as string
  const ended = moment.happened.find((each) => each.actor === step.consumer && each.rule in ENDS)
  if (ended === undefined) return null
  const { fatal } = stateOf<ConsumerState>(setup, moment, step.consumer).group
  return fatal === '' ? (ENDS[ended.rule] as string) : fatal
}

export const close: Meaning<StepOf<'close'>> = {
  begin: (moment, step, setup) => {
    const free = polling(setup, knowing(moment, 'inHand', step.consumer, []), step.consumer)
    return acted(setup, free, { actor: step.consumer, rule: 'LeaveAndRejoin' })
  },
  finish: (moment, step, setup) => {
    const { process } = stateOf<ConsumerState>(setup, moment, step.consumer)
    return process === 'left' ? done(moment, 'closed') : null
  },
  patienceMs: () => WITHIN_MS,
  expired: noAnswer,
}

export const processed: Meaning<StepOf<'processed'>> = {
  finish: (moment, step) => done(moment, moment.known.effects[step.group] ?? {}),
  expired: noAnswer,
}

export const spread: Meaning<StepOf<'spread'>> = {
  atRest: true,
  finish: (moment, step, setup) => {
    const used = nodesOf(setup.experiment).flatMap((node) => {
      const { replicas } = stateOf<NodeState>(setup, moment, node)
      const own = Object.entries(replicas).filter(([name]) => name.startsWith(`${step.topic}/`))
      return own.filter(([, { log }]) => logEnd(log) > 0).map(([name]) => name)
    })
    return done(moment, new Set(used).size)
  },
  expired: noAnswer,
}
