// Steps about transactions on the real broker: requests one by one, and an application on the Java clients.
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import { fail, processOf, saying } from './client-steps.ts'
import { answered, errorName, patiently } from './raw.ts'
import { perhapsLater } from './raw-steps.ts'
import * as raw from './raw-transactions.ts'
import { anyLine, isNotYet, lineToGroup, lineToTransactions } from './route.ts'
import { known, MAIN, type Session } from './session.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

const asJson = (asked: Promise<unknown>) => asked as Promise<Json>

function ownerOf(
  session: Session,
  step: { readonly producer: string; readonly epoch?: number },
): raw.Owner {
  const owner = known(session.producers, step.producer, 'has no id yet')
  const { transactionalId } = owner
  if (transactionalId === undefined) throw new Error(`${step.producer} has no transactional id`)
  return { ...owner, transactionalId, epoch: step.epoch ?? owner.epoch }
}

const lineToOwner = (
  session: Session,
  client: string,
  { transactionalId }: Pick<raw.Owner, 'transactionalId'>,
) => lineToTransactions(session, client, session.named(transactionalId))

function byTopic<T>(session: Session, entries: readonly (readonly [string, T])[]) {
  const grouped = Object.groupBy(entries, ([lane]) => lane.split('/')[0] ?? '')
  return Object.entries(grouped).map(([topic, lanes = []]) => ({
    name: session.real(topic),
    lanes: lanes.map(([lane, value]) => [Number(lane.split('/')[1]), value] as const),
  }))
}

export const addPartitionsToTxn: Play<StepOf<'addPartitionsToTxn'>> = async (session, step) => {
  const owner = ownerOf(session, step)
  const line = await lineToOwner(session, MAIN, owner)
  const lanes = step.lanes.map((lane) => [lane, null] as const)
  const topics = byTopic(session, lanes).map(({ name, lanes: own }) => ({
    name,
    partitions: own.map(([partition]) => partition),
  }))
  const asked = raw.addPartitions(line, owner, topics)
  return await asJson(answered(asked, () => 'ok'))
}

export const addOffsetsToTxn: Play<StepOf<'addOffsetsToTxn'>> = async (session, step) => {
  const owner = ownerOf(session, step)
  const line = await lineToOwner(session, MAIN, owner)
  const asked = raw.addOffsets(line, owner, session.real(step.group))
  return await asJson(answered(asked, () => 'ok'))
}

export const txnOffsetCommit: Play<StepOf<'txnOffsetCommit'>> = async (session, step) => {
  const line = await lineToGroup(session, step.member ?? MAIN, step.group)
  const member = step.member === undefined ? undefined : session.members.get(step.member)
  const topics = byTopic(session, Object.entries(step.offsets)).map(({ name, lanes }) => ({
    name,
    partitions: lanes.map(([partitionIndex, offset]) => ({
      partitionIndex,
      committedOffset: BigInt(offset),
      committedLeaderEpoch: -1,
      committedMetadata: '',
    })),
  }))
  const asked = raw.commitOffsets(line, ownerOf(session, step), {
    group: session.real(step.group),
    member: member?.id ?? step.member ?? '',
    generation: step.generation ?? member?.generation ?? -1,
    topics,
  })
  return await asJson(answered(asked, () => 'ok'))
}

/** The markers are written after the answer: the script goes on when they stand. */
async function endAndSettle(session: Session, step: StepOf<'endTxn'>): Promise<Json> {
  const owner = ownerOf(session, step)
  const line = await lineToOwner(session, step.client ?? MAIN, owner)
  const committed = step.result === 'commit'
  const said = await answered(raw.end(line, owner, committed), () => 'ok')
  await settled(session, owner.transactionalId)
  return said as Json
}

/**
 * A marker for a partition whose leader is dead waits for the next one, which the script has to wait for by a
 * step of its own.
 */
const patienceMs = ({ cluster }: Session): number =>
  cluster === null ? Number.POSITIVE_INFINITY : SETTLES_MS
const SETTLES_MS = 3000

/** Where there has never been such a transaction, nothing is to be waited for. */
async function settled(session: Session, transactionalId: string): Promise<void> {
  try {
    const line = await lineToOwner(session, MAIN, { transactionalId })
    await raw.described(line, transactionalId, patienceMs(session))
  } catch (thrown) {
    if (errorName(thrown) !== 'TRANSACTIONAL_ID_NOT_FOUND') throw thrown
  }
}

export const endTxn: Play<StepOf<'endTxn'>> = (session, step) => {
  return perhapsLater(session, step, endAndSettle(session, step))
}

/** Each node of a cluster gets its own block of ids first, and says so until it has one. */
async function onceItHasIds<T>(init: () => Promise<T>): Promise<T> {
  const asked = await patiently(async () => {
    try {
      return { answer: await init() }
    } catch (thrown) {
      if (isNotYet(errorName(thrown))) throw thrown
      return { thrown }
    }
  })
  if ('thrown' in asked) throw asked.thrown
  return asked.answer
}

export const initProducerId: Play<StepOf<'initProducerId'>> = async (session, step) => {
  const { transactionalId: name, timeoutMs } = step
  const transactionalId = name === undefined ? undefined : session.real(name)
  const line =
    name === undefined ? await anyLine(session) : await lineToTransactions(session, MAIN, name)
  const init = () => raw.init(line, transactionalId ?? null, timeoutMs)
  const said = await answered(onceItHasIds(init), (answer) => {
    const { producerId: id, producerEpoch: epoch } = answer
    const owner = transactionalId === undefined ? { id, epoch } : { id, epoch, transactionalId }
    session.producers.set(step.producer, owner)
    return { epoch }
  })
  if (transactionalId !== undefined) await settled(session, transactionalId)
  return said as Json
}

export const describeTransaction: Play<StepOf<'describeTransaction'>> = async (session, step) => {
  const line = await lineToTransactions(session, MAIN, step.transactionalId)
  const id = session.real(step.transactionalId)
  const asked = raw.described(line, id, patienceMs(session))
  return await asJson(answered(asked, (said) => said))
}

// ---- an application on the Java clients ----
function transactionalIdOf(session: Session, producer: string): string {
  const id = session.experiment.producers?.[producer]?.settings['transactional.id']
  return session.real(String(id))
}

function calling(cmd: string): Play<{ readonly producer: string }> {
  return async (session, step) => {
    const said = saying(await processOf(session, step.producer).ask({ cmd }))
    await settled(session, transactionalIdOf(session, step.producer))
    return said
  }
}

export const initTransactions: Play<StepOf<'initTransactions'>> = calling('initTransactions')
export const beginTransaction: Play<StepOf<'beginTransaction'>> = calling('beginTransaction')
export const commitTransaction: Play<StepOf<'commitTransaction'>> = calling('commitTransaction')
export const abortTransaction: Play<StepOf<'abortTransaction'>> = calling('abortTransaction')

/** Both clients are in one process in a real application; here the script carries the metadata across. */
export const sendOffsets: Play<StepOf<'sendOffsets'>> = async (session, step) => {
  const told = await processOf(session, step.consumer).ask({ cmd: 'groupMetadata' })
  fail(told)
  const metadata = told.result as Readonly<Record<string, unknown>>
  const producer = processOf(session, step.producer)
  return saying(await producer.ask({ cmd: 'sendOffsets', ...metadata }))
}
