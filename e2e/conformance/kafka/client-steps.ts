// Steps of an application on the real clients: each is a line to a Java process, or the end of one.
import type { Json } from '../../../lib/engine/types.ts'
import { NO_VALUE } from '../../../lib/experiments/_topics.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import type { Answer, JavaClient } from './java-client.ts'
import { listOffsets, soon, WITHIN_MS } from './raw.ts'
import { lineOfStep, serversOf } from './route.ts'
import { type InHand, known, type Session, takeProcess } from './session.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

const NO_ANSWER = 'no answer'
const LOOK_EVERY_MS = 150
/** Looks in a row that must show the same before a group counts as being at rest. */
const LOOKS = 4

export const processOf = (session: Session, who: string): JavaClient =>
  known(session.processes, who, 'has not been started')

export const saying = ({ result, error }: Answer): Json => (error ?? result ?? null) as Json

/** Our name for the call, the short names of assignors and what stands for the host are none of Kafka's. */
function realSettings(who: string, settings: Readonly<Record<string, boolean | number | string>>) {
  const own = Object.entries(settings).filter(
    ([name, value]) => name !== 'commit.api' && value !== '',
  )
  return Object.fromEntries(
    own.map(([name, value]) => [
      name,
      name === 'partition.assignment.strategy'
        ? assignors(String(value))
        : String(value).replaceAll('$HOSTNAME', who),
    ]),
  )
}

/** Another run on the same broker must not be fenced. */
function ownId(session: Session, settings: Readonly<Record<string, boolean | number | string>>) {
  const id = settings['transactional.id']
  return id === undefined ? {} : { 'transactional.id': session.real(String(id)) }
}

function assignors(names: string): string {
  const all = names.split(',').map((name) => `org.apache.kafka.clients.consumer.${name.trim()}`)
  return all.join(',')
}

async function begin(session: Session, who: string): Promise<void> {
  const { experiment } = session
  const process = takeProcess(session)
  session.processes.set(who, process)
  session.inHand.set(who, [])
  const server = { 'bootstrap.servers': serversOf(session), 'client.id': who }
  const producer = experiment.producers?.[who]
  if (producer !== undefined) {
    const own = ownId(session, producer.settings)
    const config = { ...realSettings(who, producer.settings), ...own, ...server }
    fail(await process.ask({ cmd: 'producer', config }))
    return
  }
  const consumer = experiment.consumers?.[who]
  if (consumer === undefined) throw new Error(`${who} is no producer or consumer`)
  const group = { 'group.id': session.real(consumer.group) }
  const config = { ...realSettings(who, consumer.settings), ...server, ...group }
  const topics = topicsOf(session, who).map(session.real)
  fail(await process.ask({ cmd: 'consumer', config, topics }))
}

function topicsOf(session: Session, who: string): readonly string[] {
  const { topic, also = [] } = session.experiment.consumers?.[who] ?? { topic: '' }
  return [topic, ...also]
}

export function fail({ error }: Answer): void {
  if (error !== undefined) throw new Error(error)
}

export const start: Play<StepOf<'start'>> = async (session, step) => {
  await begin(session, step.who)
  return 'started'
}

export const restart: Play<StepOf<'restart'>> = async (session, step) => {
  await begin(session, step.who)
  return 'restarted'
}

export const crash: Play<StepOf<'crash'>> = async (session, step) => {
  await processOf(session, step.who).kill()
  session.inHand.set(step.who, [])
  return 'crashed'
}

export const send: Play<StepOf<'send'>> = async (session, step) => {
  const { topic, keys } = known(
    new Map(Object.entries(session.experiment.producers ?? {})),
    step.producer,
    'is no producer',
  )
  const answer = await processOf(session, step.producer).ask({
    cmd: 'send',
    topic: session.real(topic),
    partition: typeof keys === 'number' ? keys : null,
    key: keys === 'key' ? (step.key ?? '') : null,
    value: step.value,
    later: step.later === true,
  })
  return saying(answer)
}

export const flush: Play<StepOf<'flush'>> = async (session, step) =>
  saying(await processOf(session, step.producer).ask({ cmd: 'flush' }))

/** Partitions as the client tells them, "topic-partition". */
interface State {
  readonly generation: number
  readonly has: readonly string[]
  readonly revoked: readonly string[]
}

/** What poll has thrown: it ends an application. */
class Thrown extends Error {}

function laneOf(session: Session, told: string): string {
  const dash = told.lastIndexOf('-')
  return `${session.named(told.slice(0, dash))}/${told.slice(dash + 1)}`
}

function byLane(a: string, b: string): number {
  const [one = '', first = ''] = a.split('/')
  const [other = '', second = ''] = b.split('/')
  return one === other ? Number(first) - Number(second) : Number(one > other) - Number(one < other)
}

async function statesOf(session: Session, step: StepOf<'join'>, cmd: 'state' | 'settle') {
  const answers = step.consumers.map((name) => processOf(session, name).ask({ cmd }))
  return (await Promise.all(answers)).map((answer) => {
    if (answer.error !== undefined) throw new Thrown(answer.error)
    return answer.result as State
  })
}

/** One generation, and among them these consumers have every partition of what they read once. */
function isWhole(session: Session, step: StepOf<'join'>, states: readonly State[]): boolean {
  const [first] = states
  if (states.some(({ generation }) => generation < 1 || generation !== first?.generation))
    return false
  const topics = new Set(step.consumers.flatMap((name) => topicsOf(session, name)))
  const has = states.flatMap((state) => state.has).map((told) => laneOf(session, told))
  return [...topics].every((topic) => {
    const own = has.filter((lane) => lane.startsWith(`${topic}/`))
    const count = session.partitions.get(topic) ?? 0
    return own.length === count && new Set(own).size === count
  })
}

async function untilAtRest(session: Session, step: StepOf<'join'>): Promise<boolean> {
  const untilMs = Date.now() + (step.withinMs ?? WITHIN_MS)
  let before = ''
  let alike = 0
  while (Date.now() < untilMs) {
    const states = await statesOf(session, step, 'state')
    const now = JSON.stringify(states)
    alike = now === before && isWhole(session, step, states) ? alike + 1 : 0
    before = now
    if (alike >= LOOKS) return true
    await soon(LOOK_EVERY_MS)
  }
  return false
}

export const join: Play<StepOf<'join'>> = async (session, step) => {
  for (const name of step.consumers) fail(await processOf(session, name).ask({ cmd: 'join' }))
  try {
    const isAtRest = await untilAtRest(session, step)
    const states = await statesOf(session, step, 'settle')
    if (!isAtRest) return NO_ANSWER
    const lanes = (told: readonly string[]) =>
      told.map((each) => laneOf(session, each)).sort(byLane)
    const told = step.consumers.map((name, i) => {
      const { has, revoked } = states[i] as State
      return [name, { has: lanes(has), revoked: lanes(revoked) }] as const
    })
    return Object.fromEntries(told)
  } catch (error) {
    if (error instanceof Thrown) return error.message
    throw error
  }
}

const whole = (polled: InHand): InHand => ({
  ...polled,
  value: polled.value?.trimEnd() ?? NO_VALUE,
})

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b)

export const poll: Play<StepOf<'poll'>> = async (session, step) => {
  const { consumer, count, withinMs = WITHIN_MS } = step
  const answer = await processOf(session, consumer).ask({ cmd: 'poll', count, withinMs })
  if (answer.error !== undefined) return answer.error
  // In which order one poll returns its partitions is nowhere promised; within each it is.
  const polled = (answer.result as readonly InHand[])
    .map(whole)
    .sort((a, b) => compare(a.topic, b.topic) || a.partition - b.partition || a.offset - b.offset)
  session.inHand.set(consumer, [...(session.inHand.get(consumer) ?? []), ...polled])
  const isOfSeveral = topicsOf(session, consumer).length > 1
  return polled.map(({ topic, partition, offset, value }) => {
    const lane = isOfSeveral ? `${session.named(topic)}/${partition}` : partition
    return `${lane}@${offset}:${value}`
  })
}

/** The application lives here: what it has done is done, whatever becomes of its consumer's process. */
export const process: Play<StepOf<'process'>> = async (session, step) => {
  const held = session.inHand.get(step.consumer) ?? []
  const { group = '' } = session.experiment.consumers?.[step.consumer] ?? {}
  const done = held.slice(0, step.count)
  session.inHand.set(step.consumer, held.slice(step.count))
  const effects = { ...session.effects.get(group) }
  for (const { topic, partition, value } of done) {
    const lane = `${session.named(topic)}/${partition}`
    effects[lane] = [...(effects[lane] ?? []), value]
  }
  session.effects.set(group, effects)
  return done.length === step.count ? 'processed' : `${done.length} processed`
}

export const commit: Play<StepOf<'commit'>> = async (session, step) =>
  saying(await processOf(session, step.consumer).ask({ cmd: step.api ?? 'commitSync' }))

export const close: Play<StepOf<'close'>> = async (session, step) => {
  const process = processOf(session, step.consumer)
  fail(await process.ask({ cmd: 'close' }))
  await process.kill()
  session.inHand.set(step.consumer, [])
  return 'closed'
}

export const processed: Play<StepOf<'processed'>> = async (session, step) => ({
  ...session.effects.get(step.group),
})

export const spread: Play<StepOf<'spread'>> = async (session, step) => {
  let used = 0
  for (let partition = 0; partition < (session.partitions.get(step.topic) ?? 0); partition++) {
    const line = await lineOfStep(session, { topic: step.topic, partition })
    if ((await listOffsets(line, session.real(step.topic), partition, { at: 'latest' })) > 0)
      used += 1
  }
  return used
}
