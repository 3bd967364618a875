// Steps of an application with a share consumer: each is a line to a Java process.
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import { alterGroup } from './configs.ts'
import type { Answer } from './java-client.ts'
import { WITHIN_MS } from './raw.ts'
import { serversOf } from './route.ts'
import { known, type Session, takeProcess } from './session.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

interface Polled {
  readonly partition: number
  readonly offset: number
  readonly value: string
  readonly count: number
}

export const shareStart: Play<StepOf<'shareStart'>> = async (session, step) => {
  const { experiment } = session
  const shares = new Map(Object.entries(experiment.shareConsumers ?? {}))
  const { group, topic, settings } = known(shares, step.consumer, 'is no share consumer')
  await alterGroup(session, group, experiment.shareGroups?.[group] ?? {})
  const process = takeProcess(session)
  session.processes.set(step.consumer, process)
  const config = {
    ...settings,
    'bootstrap.servers': serversOf(session),
    'client.id': step.consumer,
    'group.id': session.real(group),
  }
  fail(await process.ask({ cmd: 'shareStart', config, topic: session.real(topic) }))
  return 'started'
}

function fail({ error }: Answer): void {
  if (error !== undefined) throw new Error(error)
}

const ask = (session: Session, who: string, command: Readonly<Record<string, unknown>>) =>
  known(session.processes, who, 'has not been started').ask(command)

const saying = ({ result, error }: Answer): Json => (error ?? result ?? null) as Json

export const sharePoll: Play<StepOf<'sharePoll'>> = async (session, step) => {
  const { consumer, withinMs = WITHIN_MS } = step
  const answer = await ask(session, consumer, { cmd: 'sharePoll', withinMs })
  if (answer.error !== undefined) return answer.error
  // In which order one poll returns its partitions is nowhere promised; within each it is.
  return [...(answer.result as readonly Polled[])]
    .sort((a, b) => a.partition - b.partition || a.offset - b.offset)
    .map(({ partition, offset, value, count }) => `${partition}@${offset}:${value}#${count}`)
}

export const shareAcknowledge: Play<StepOf<'shareAcknowledge'>> = async (session, step) => {
  const { consumer, type, values = null } = step
  return saying(await ask(session, consumer, { cmd: 'shareAcknowledge', type, values }))
}

export const shareCommit: Play<StepOf<'shareCommit'>> = async (session, step) =>
  saying(await ask(session, step.consumer, { cmd: 'shareCommit' }))

export const shareClose: Play<StepOf<'shareClose'>> = async (session, step) => {
  fail(await ask(session, step.consumer, { cmd: 'shareClose' }))
  await known(session.processes, step.consumer, 'has not been started').kill()
  return 'closed'
}
