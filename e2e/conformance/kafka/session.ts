// What one run of an experiment on the real broker holds: its own topics and groups, its connections, its
// processes, and what the script has been told.
import type { Json } from '../../../lib/engine/types.ts'
import type { Experiment, Op } from '../../../lib/experiments/types.ts'
import type { Broker } from './broker.ts'
import type { Cluster } from './cluster.ts'
import { setGroupConfigs } from './configs.ts'
import { type JavaClient, startJava } from './java-client.ts'
import { type Lines, linesTo } from './raw.ts'
import { openTopics } from './topics.ts'

export interface InHand {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly value: string
}

export interface MemberKnown {
  readonly group: string
  readonly id: string
  readonly generation: number
  /** Of a static member. */
  readonly instance?: string
  /** A member of a group with group.protocol=consumer: how many ids it has had before. */
  readonly ids?: number
}

export interface ProducerKnown {
  readonly id: bigint
  readonly epoch: number
  readonly transactionalId?: string
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
  readonly producers: Map<string, ProducerKnown>
  readonly members: Map<string, MemberKnown>
  /** By group: the assignor that it has chosen. */
  readonly protocols: Map<string, string>
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
    protocols: new Map(),
    pending: new Map(),
    processes: new Map(),
    inHand: new Map(),
    effects: new Map(),
    spare: null,
    started: 0,
  }
  await openTopics(session)
  await setGroupConfigs(session)
  return session
}

const STARTS: readonly Op[] = ['start', 'restart', 'shareStart']

/** A process for the next client. While the script has more to start, another one warms up. */
export function takeProcess(session: Session): JavaClient {
  const { classPath } = session.broker.jars
  const starts = session.experiment.steps.filter(({ do: op }) => STARTS.includes(op))
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
