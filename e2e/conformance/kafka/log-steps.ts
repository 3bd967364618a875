// Steps of an administrator, and of another client, on the real broker.
import * as kafka from '@platformatic/kafka'
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import { alterTopicConfigs } from './configs.ts'
import { answered, fetch as fetchFrom, listOffsets, produce, soon, WITHIN_MS } from './raw.ts'
import { fromNodeInTime, lineOfStep } from './route.ts'
import { known, type Session } from './session.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

const LOOK_EVERY_MS = 150

export const alterTopic: Play<StepOf<'alterTopic'>> = async (session, step) =>
  (await answered(alterTopicConfigs(session, step.topic, step.settings), () => 'ok')) as Json

export const deleteRecords: Play<StepOf<'deleteRecords'>> = async (session, step) => {
  const partitions = [{ partitionIndex: step.partition ?? 0, offset: BigInt(step.before) }]
  const topics = [{ name: session.real(step.topic), partitions }]
  return await fromNodeInTime(async () => {
    const line = await lineOfStep(session, step)
    const asked = kafka.deleteRecordsV2.api.async(line, topics, 10_000)
    return await answered(asked, ({ topics: [told] }) => Number(told?.partitions[0]?.lowWatermark))
  })
}

async function isReached(session: Session, step: StepOf<'waitUntil'>): Promise<boolean> {
  const line = await lineOfStep(session, step)
  const { topic, partition = 0, starts, log } = step
  const start = await listOffsets(line, session.real(topic), partition, { at: 'earliest' })
  if (starts !== undefined && start !== starts) return false
  if (log === undefined) return true
  const topicId = known(session.topicIds, topic, 'is no topic of this experiment')
  const read = await answered(
    fetchFrom(line, { topicId, partition, offset: start, isolation: null }),
    (said) => said,
  )
  return JSON.stringify(read) === JSON.stringify(log)
}

/** While nobody leads, nothing is reached. */
async function isReachedNow(session: Session, step: StepOf<'waitUntil'>): Promise<boolean> {
  try {
    return await isReached(session, step)
  } catch (thrown) {
    if (session.cluster === null) throw thrown
    return false
  }
}

export const waitUntil: Play<StepOf<'waitUntil'>> = async (session, step) => {
  const untilMs = Date.now() + (step.withinMs ?? WITHIN_MS)
  for (;;) {
    if (await isReachedNow(session, step)) return 'reached'
    if (Date.now() > untilMs) return 'no answer'
    await soon(LOOK_EVERY_MS)
  }
}

/** The library's partitioner itself, so that it is its code that is compared. */
export const platformaticSend: Play<StepOf<'platformaticSend'>> = async (session, step) => {
  const count = known(session.partitions, step.topic, 'is no topic of this experiment')
  const key = Buffer.from(step.key)
  const partition = kafka.defaultPartitioner({ topic: step.topic, key }, key) % count
  const topic = session.real(step.topic)
  const records = { values: [step.value], keys: [step.key], bytes: undefined }
  return await fromNodeInTime(async () => {
    const line = await lineOfStep(session, { topic: step.topic, partition })
    const asked = produce(line, { topic, partition, ...records, acks: -1, producer: null })
    return await answered(asked, (answer) =>
      typeof answer === 'boolean'
        ? 'sent'
        : `${partition}@${answer.responses[0]?.partitionResponses[0]?.baseOffset}`,
    )
  })
}
