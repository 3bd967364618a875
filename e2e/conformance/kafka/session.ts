// What one run of an experiment on the real broker holds: its own topics and groups, its connections, its
// processes, and what the script has been told.
import type { Json } from '../../../lib/engine/types.ts'
import type { Experiment } from '../../../lib/experiments/types.ts'
import type { Broker } from './broker.ts'
import type { Cluster } from './cluster.ts'
import { type JavaClient, startJava } from './java-client.ts'
import { createTopic, type Lines, linesTo, makeTopic, patiently } from './raw.ts'
import { partitionSeen, topicIdOf } from './route.ts'

export interface InHand {
  readonly partition: number
  readonly offset: number
  readonly value: string
}

export interface MemberKnown {
  readonly group: string
  readonly id: string
  readonly generation: number
}

export interface Session {
  readonly experiment: Experiment
  /** The jars of the broker, or of the nodes, and the port of the first. */
  readonly broker: Pick<Broker, 'port' | 'jars'>
  /** Null where the experiment has one node. */
  readonly cluster: Cluster | null
  readonly lines: Lines
  /** Names of this run: no other run on the same broker uses them. */
  readonly real: (name: string) => string
  readonly named: (real: string) => string
  readonly topicIds: Map<string, string>
  readonly partitions: Map<string, number>
  readonly producers: Map<string, { readonly id: bigint; readonly epoch: number }>
  readonly members: Map<string, MemberKnown>
  readonly pending: Map<string, Promise<Json>>
  readonly processes: Map<string, JavaClient>
  readonly inHand: Map<string, readonly InHand[]>
  /** Per group and partition, the values whose effect it has had, in order. */
  readonly effects: Map<string, Readonly<Record<string, readonly string[]>>>
  /** Started before it is needed, as a JVM takes its time. */
  spare: JavaClient | null
  /** How many processes have been started. */
  started: number
}

/** The connection of the script itself. */
export const MAIN = 'main'

export async function openSession(
  experiment: Experiment,
  broker: Pick<Broker, 'port' | 'jars'>,
  run: string,
  cluster: Cluster | null = null,
): Promise<Session> {
  const suffix = `-${run}`
  const session: Session = {
    experiment,
    broker,
    cluster,
    lines: linesTo(broker.port),
    real: (name) => `${name}${suffix}`,
    named: (real) => real.replace(suffix, ''),
    topicIds: new Map(),
    partitions: new Map(),
    producers: new Map(),
    members: new Map(),
    pending: new Map(),
    processes: new Map(),
    inHand: new Map(),
    effects: new Map(),
    spare: null,
    started: 0,
  }
  if (cluster !== null) {
    await openTopics(session, cluster)
    return session
  }
  const line = await session.lines.to(MAIN)
  for (const [topic, partitions] of Object.entries(experiment.topics)) {
    session.topicIds.set(topic, await createTopic(line, session.real(topic), partitions))
    session.partitions.set(topic, partitions)
  }
  return session
}

/** Partition p stands on node p and those after it, in the order in which they are to lead. */
async function openTopics(session: Session, cluster: Cluster): Promise<void> {
  const { topics, cluster: asked } = session.experiment
  const line = await session.lines.to(MAIN)
  const count = cluster.nodes().length
  for (const [topic, partitions] of Object.entries(topics)) {
    const { 'replication.factor': factor = count, ...settings } = asked?.topics?.[topic] ?? {}
    const assignments = Array.from({ length: partitions }, (_, partition) =>
      Array.from({ length: Number(factor) }, (_, i) => (partition + i) % count),
    )
    await makeTopic(line, session.real(topic), partitions, { assignments, settings })
    session.partitions.set(topic, partitions)
    await patiently(() => allInSync(session, topic, assignments))
    session.topicIds.set(topic, await topicIdOf(session, topic))
  }
}

async function allInSync(session: Session, topic: string, assignments: readonly number[][]) {
  for (const [partition, nodes] of assignments.entries()) {
    const { leaderId, isrNodes } = await partitionSeen(session, topic, partition)
    const isSo = leaderId === nodes[0] && isrNodes.length === nodes.length
    if (!isSo) throw new Error(`${topic}/${partition} has yet to be made`)
  }
}

/** A process for the next client. While the script has more to start, another one warms up. */
export function takeProcess(session: Session): JavaClient {
  const { classPath } = session.broker.jars
  const starts = session.experiment.steps.filter(({ do: op }) => op === 'start' || op === 'restart')
  const taken = session.spare ?? startJava(classPath)
  session.started += 1
  session.spare = session.started < starts.length ? startJava(classPath) : null
  return taken
}

export async function closeSession(session: Session): Promise<void> {
  for (const process of session.processes.values()) await process.kill()
  await session.spare?.kill()
  await session.lines.close()
}

export function known<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const found = map.get(name)
  if (found === undefined) throw new Error(`${name}: ${what}`)
  return found
}
