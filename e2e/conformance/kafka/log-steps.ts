// Steps of an administrator, and of another client, on the real broker.
import * as kafka from '@platformatic/kafka'
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import { answered, fetch as fetchFrom, listOffsets, produce, soon } from './raw.ts'
import { known, MAIN, type Session } from './session.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

const TOPIC = 2
const SET = 0
const LOOK_EVERY_MS = 150
const WITHIN_MS = 30_000

export const alterTopic: Play<StepOf<'alterTopic'>> = async (session, step) => {
  const line = await session.lines.to(MAIN)
  const configs = Object.entries(step.settings).map(
    ([name, value]) => ({ name, configOperation: SET, value: String(value) }) as const,
  )
  const resource = { resourceType: TOPIC, resourceName: session.real(step.topic), configs } as const
  const asked = kafka.incrementalAlterConfigsV1.api.async(line, [resource], false)
  return (await answered(asked, () => 'ok')) as Json
}

export const deleteRecords: Play<StepOf<'deleteRecords'>> = async (session, step) => {
  const line = await session.lines.to(MAIN)
  const partitions = [{ partitionIndex: step.partition ?? 0, offset: BigInt(step.before) }]
  const topics = [{ name: session.real(step.topic), partitions }]
  const asked = kafka.deleteRecordsV2.api.async(line, topics, 10_000)
  return (await answered(asked, ({ topics: [told] }) =>
    Number(told?.partitions[0]?.lowWatermark),
  )) as Json
}

async function isReached(session: Session, step: StepOf<'waitUntil'>): Promise<boolean> {
  const line = await session.lines.to(MAIN)
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

export const waitUntil: Play<StepOf<'waitUntil'>> = async (session, step) => {
  const untilMs = Date.now() + (step.withinMs ?? WITHIN_MS)
  for (;;) {
    if (await isReached(session, step)) return 'reached'
    if (Date.now() > untilMs) return 'no answer'
    await soon(LOOK_EVERY_MS)
  }
}

/** The library's partitioner itself, so that it is its code that is compared. */
export const platformaticSend: Play<StepOf<'platformaticSend'>> = async (session, step) => {
  const line = await session.lines.to(MAIN)
  const count = known(session.partitions, step.topic, 'is no topic of this experiment')
  const key = Buffer.from(step.key)
  const partition = kafka.defaultPartitioner({ topic: step.topic, key }, key) % count
  const topic = session.real(step.topic)
  const records = { values: [step.value], keys: [step.key], bytes: undefined }
  const asked = produce(line, { topic, partition, ...records, acks: -1, producer: null })
  return (await answered(asked, (answer) =>
    typeof answer === 'boolean'
      ? 'sent'
      : `${partition}@${answer.responses[0]?.partitionResponses[0]?.baseOffset}`,
  )) as Json
}
