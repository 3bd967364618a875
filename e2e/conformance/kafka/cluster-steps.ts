// Steps that befall the nodes of the real cluster, and what the script sees of a partition.
import type { Json } from '../../../lib/engine/types.ts'
import type { StepOf } from '../../../lib/experiments/types.ts'
import { highWatermark, listOffsets, patiently, soon, WITHIN_MS } from './raw.ts'
import {
  clusterOf,
  inService,
  nodeAt,
  nodeMeant,
  partitionSeen,
  partitionSeenByAll,
} from './route.ts'
import { known, MAIN, type Session } from './session.ts'

type Play<S> = (session: Session, step: S) => Promise<Json>

const LOOK_EVERY_MS = 100
/** A node says what is new in its metadata a moment before its partitions go by it (BrokerMetadataPublisher). */
const TAKES_EFFECT_MS = 300
const NO_ANSWER = 'no answer'

export const killNode: Play<StepOf<'killNode'>> = async (session, step) => {
  await clusterOf(session).kill(await nodeMeant(session, step.node))
  return 'killed'
}

/** Until it is in service by its own word. */
export const restartNode: Play<StepOf<'restartNode'>> = async (session, step) => {
  const node = await nodeMeant(session, step.node)
  await clusterOf(session).restart(node)
  return (await until(2 * WITHIN_MS, async () => (await inService(session)).includes(node)))
    ? 'restarted'
    : NO_ANSWER
}

export const pauseNode: Play<StepOf<'pauseNode'>> = async (session, step) => {
  clusterOf(session).pause(await nodeMeant(session, step.node))
  return 'paused'
}

export const resumeNode: Play<StepOf<'resumeNode'>> = async (session, step) => {
  clusterOf(session).resume(await nodeMeant(session, step.node))
  return 'resumed'
}

async function until(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const untilMs = Date.now() + ms
  while (Date.now() < untilMs) {
    try {
      if (await isSo()) return true
    } catch {
      // A node that has just gone or come: the next look tells.
    }
    await soon(LOOK_EVERY_MS)
  }
  return false
}

/** A leader has taken over when it answers as one. */
export const awaitLeader: Play<StepOf<'awaitLeader'>> = async (session, step) => {
  const { topic, partition = 0, epoch = 1, withinMs = WITHIN_MS } = step
  let leader = ''
  await until(withinMs, async () => {
    const { leaderId, leaderEpoch } = await partitionSeen(session, topic, partition)
    if (leaderId < 0 || leaderEpoch < epoch) return false
    const { port, name } = nodeAt(session, leaderId)
    const line = await session.lines.to(MAIN, port)
    await listOffsets(line, session.real(topic), partition, { at: 'earliest' })
    leader = name
    return true
  })
  return leader === '' ? NO_ANSWER : leader
}

/** By all that run: one that stood still goes on with the ISR that it knew, for a moment. */
export const awaitIsr: Play<StepOf<'awaitIsr'>> = async (session, step) => {
  const { topic, partition = 0, count, withinMs = WITHIN_MS } = step
  const isSo = await until(withinMs, async () => {
    const seen = await partitionSeenByAll(session, topic, partition)
    return seen.every(({ isrNodes }) => isrNodes.length === count)
  })
  await soon(TAKES_EFFECT_MS)
  return isSo ? 'in sync' : NO_ANSWER
}

export const describePartition: Play<StepOf<'describePartition'>> = async (session, step) => {
  const { topic, partition = 0 } = step
  const name = session.real(topic)
  const seen = await partitionSeen(session, topic, partition)
  const lineTo = (node: number) => session.lines.to(MAIN, nodeAt(session, node).port)
  const endAt = async (node: number) => {
    const line = await lineTo(node)
    const asked = { at: 'end of this replica' } as const
    return await patiently(() => listOffsets(line, name, partition, asked), 5000)
  }
  const watermarkAt = async (node: number) => {
    const line = await lineTo(node)
    const topicId = known(session.topicIds, topic, 'is no topic of this experiment')
    return await patiently(() => highWatermark(line, { topic: name, topicId, partition }), 5000)
  }
  const alive = seen.replicaNodes.filter((node) => nodeAt(session, node).state === 'running')
  const ends: Record<string, number> = {}
  for (const node of [...alive].sort((a, b) => a - b)) {
    ends[nodeAt(session, node).name] = await endAt(node)
  }
  return {
    leader: seen.leaderId < 0 ? '' : nodeAt(session, seen.leaderId).name,
    isr: seen.isrNodes.map((node) => nodeAt(session, node).name).sort(),
    highWatermark: alive.includes(seen.leaderId) ? await watermarkAt(seen.leaderId) : null,
    ends,
  }
}
