// Steps of an application on the real clients: each is a line to a Java process, or the end of one.
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import type { Answer, JavaClient } from './java-client.ts'
import { listOffsets, soon } from './raw.ts'
import { type InHand, known, MAIN, type Session, takeProcess } from './session.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

const WITHIN_MS = 30_000
const NO_ANSWER = 'no answer'
const LOOK_EVERY_MS = 150
/** Looks in a row that must show the same before a group counts as being at rest. */
const LOOKS = 4

export const processOf = (session: Session, who: string): JavaClient =>
  known(session.processes, who, 'has not been started')

export const saying = ({ result, error }: Answer): Json => (error ?? result ?? null) as Json

/** Our name for the call, and the short names of assignors, are none of Kafka's. */
function realSettings(settings: Readonly<Record<string, boolean | number | string>>) {
  const own = Object.entries(settings).filter(([name]) => name !== 'commit.api')
  return Object.fromEntries(
    own.map(([name, value]) => [
      name,
      name === 'partition.assignment.strategy' ? assignors(String(value)) : String(value),
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
  const { experiment, broker } = session
  const process = takeProcess(session)
  session.processes.set(who, process)
  session.inHand.set(who, [])
  const server = { 'bootstrap.servers': `127.0.0.1:${broker.port}`, 'client.id': who }
  const producer = experiment.producers?.[who]
  if (producer !== undefined) {
    const config = {
      ...realSettings(producer.settings),
      ...ownId(session, producer.settings),
      ...server,
    }
    fail(await process.ask({ cmd: 'producer', config }))
    return
  }
  const consumer = experiment.consumers?.[who]
  if (consumer === undefined) throw new Error(`${who} is no producer or consumer`)
  const group = { 'group.id': session.real(consumer.group) }
  const config = { ...realSettings(consumer.settings), ...server, ...group }
  fail(await process.ask({ cmd: 'consumer', config, topic: session.real(consumer.topic) }))
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

interface State {
  readonly generation: number
  readonly has: readonly number[]
  readonly revoked: readonly string[]
}

async function statesOf(session: Session, step: StepOf<'join'>, cmd: 'state' | 'settle') {
  const answers = step.consumers.map((name) => processOf(session, name).ask({ cmd }))
  return (await Promise.all(answers)).map((answer) => {
    fail(answer)
    return answer.result as State
  })
}

/** One generation, and among them these consumers have every partition of what they read once. */
function isWhole(session: Session, step: StepOf<'join'>, states: readonly State[]): boolean {
  const [first] = states
  if (states.some(({ generation }) => generation < 1 || generation !== first?.generation))
    return false
  const topics = step.consumers.map((name) => session.experiment.consumers?.[name]?.topic ?? '')
  return [...new Set(topics)].every((topic) => {
    const has = states.filter((_, i) => topics[i] === topic).flatMap((state) => state.has)
    const count = session.partitions.get(topic) ?? 0
    return has.length === count && new Set(has).size === count
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
  const isAtRest = await untilAtRest(session, step)
  const states = await statesOf(session, step, 'settle')
  if (!isAtRest) return NO_ANSWER
  const told = step.consumers.map((name, i) => {
    const topic = session.experiment.consumers?.[name]?.topic ?? ''
    const { has, revoked } = states[i] as State
    const lane = (partition: number | string) => `${topic}/${partition}`
    const gave = revoked.map((each) => lane(each.slice(each.lastIndexOf('-') + 1)))
    return [name, { has: has.map(lane), revoked: gave }] as const
  })
  return Object.fromEntries(told)
}

export const poll: Play<StepOf<'poll'>> = async (session, step) => {
  const { consumer, count, withinMs = WITHIN_MS } = step
  const answer = await processOf(session, consumer).ask({ cmd: 'poll', count, withinMs })
  if (answer.error !== undefined) return answer.error
  // In which order one poll returns its partitions is nowhere promised; within each it is.
  const polled = [...(answer.result as readonly InHand[])].sort(
    (a, b) => a.partition - b.partition || a.offset - b.offset,
  )
  session.inHand.set(consumer, [...(session.inHand.get(consumer) ?? []), ...polled])
  return polled.map(({ partition, offset, value }) => `${partition}@${offset}:${value}`)
}

/** The application lives here: what it has done is done, whatever becomes of its consumer's process. */
export const process: Play<StepOf<'process'>> = async (session, step) => {
  const held = session.inHand.get(step.consumer) ?? []
  const { group = '', topic = '' } = session.experiment.consumers?.[step.consumer] ?? {}
  const done = held.slice(0, step.count)
  session.inHand.set(step.consumer, held.slice(step.count))
  const effects = { ...session.effects.get(group) }
  for (const { partition, value } of done) {
    const lane = `${topic}/${partition}`
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
  const line = await session.lines.to(MAIN)
  let used = 0
  for (let partition = 0; partition < (session.partitions.get(step.topic) ?? 0); partition++) {
    if ((await listOffsets(line, session.real(step.topic), partition, { at: 'latest' })) > 0)
      used += 1
  }
  return used
}
