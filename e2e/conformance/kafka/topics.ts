// The topics of one run: made before its first step, and given more partitions.
import { partitionsOf, settingsOfTopic } from '../../../lib/experiments/_topics.ts'
import { addPartitions, createTopic, listOffsets, makeTopic, patiently, soon } from './raw.ts'
import { anyLine, isrOfInternal, lineOfStep, partitionSeenByAll, topicIdOf } from './route.ts'
import type { Session } from './session.ts'

export async function openTopics(session: Session): Promise<void> {
  const open = session.cluster === null ? openOnNode : openOnCluster
  if (session.cluster !== null) await patiently(() => internalInSync(session))
  for (const topic of Object.keys(session.experiment.topics)) {
    const partitions = partitionsOf(session.experiment.topics[topic])
    session.topicIds.set(topic, await open(session, topic, partitions))
    session.partitions.set(topic, partitions)
  }
}

async function openOnNode(session: Session, topic: string, partitions: number): Promise<string> {
  const settings = settingsOfTopic(session.experiment.topics[topic])
  return await createTopic(await anyLine(session), session.real(topic), partitions, settings)
}

async function openOnCluster(session: Session, topic: string, partitions: number) {
  const { 'replication.factor': _, ...settings } = settingsOnCluster(session, topic)
  const assignments = placed(session, topic, 0, partitions)
  await makeTopic(await anyLine(session), session.real(topic), partitions, {
    assignments,
    settings,
  })
  await patiently(() => allInSync(session, topic, assignments))
  // A coordinator is told a moment after its node.
  await soon()
  return await topicIdOf(session, topic)
}

function settingsOnCluster({ experiment }: Session, topic: string) {
  const given = settingsOfTopic(experiment.topics[topic])
  return { ...given, ...experiment.cluster?.topics?.[topic] }
}

/** Partition p stands on node p and those after it, in the order in which they are to lead. */
function placed(session: Session, topic: string, from: number, to: number) {
  const count = session.cluster?.nodes().length ?? 1
  const { 'replication.factor': factor = count } = settingsOnCluster(session, topic)
  return Array.from({ length: to - from }, (_, i) =>
    Array.from({ length: Number(factor) }, (_, replica) => (from + i + replica) % count),
  )
}

/** By the word of every node: the coordinator of a group on one of them may be asked next. */
async function allInSync(session: Session, topic: string, assignments: readonly number[][]) {
  for (const [partition, nodes] of assignments.entries()) {
    for (const seen of await partitionSeenByAll(session, topic, partition)) {
      const isSo = seen.leaderId === nodes[0] && seen.isrNodes.length === nodes.length
      if (!isSo) throw new Error(`${topic}/${partition} has yet to be made`)
    }
  }
}

/** A node that an experiment before this one has killed may be back, and still behind. */
async function internalInSync(session: Session): Promise<void> {
  for (const { replicaNodes, isrNodes } of await isrOfInternal(session)) {
    if (isrNodes.length < replicaNodes.length) throw new Error('a coordinator’s log is behind')
  }
}

export async function addPartitionsTo(session: Session, topic: string, to: number): Promise<void> {
  const from = session.partitions.get(topic) ?? 0
  const added = session.cluster === null ? null : placed(session, topic, from, to)
  await addPartitions(await anyLine(session), session.real(topic), to, added)
  session.partitions.set(topic, to)
  if (added !== null) await patiently(() => allLed(session, topic, from, to))
}

async function allLed(session: Session, topic: string, from: number, to: number): Promise<void> {
  for (let partition = from; partition < to; partition++) {
    await partitionSeenByAll(session, topic, partition)
    const line = await lineOfStep(session, { topic, partition })
    await listOffsets(line, session.real(topic), partition, { at: 'latest' })
  }
}
