// A real Apache Kafka of one node (KRaft, broker and controller in one process), on ports that the system
// chose, with its data in a temporary folder. It is stopped whatever happens.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrokerUnavailable } from '../cannot.ts'
import { ended, hasEnded, ofThisRun } from './child.ts'
import { ensureJars, type Jars } from './jars.ts'

export interface Broker {
  readonly port: number
  readonly jars: Jars
  /** How it ended by itself, with the end of its log; null while it runs. */
  readonly ended: () => string | null
  readonly stop: () => Promise<void>
}

/** A small heap, and a start that is not paid for by compiling what runs for a minute. */
export const JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto']
const READY_MS = 90_000

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** Short waits where experiments wait for the broker; what they are about keeps its default. */
const SETTINGS = `
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
group.share.min.heartbeat.interval.ms=200
group.share.heartbeat.interval.ms=300
group.share.min.record.lock.duration.ms=1000
group.consumer.min.session.timeout.ms=1000
group.consumer.min.heartbeat.interval.ms=100
group.consumer.heartbeat.interval.ms=300
group.consumer.assignment.interval.ms=0
group.consumer.assignor.offload.enable=false
log.retention.check.interval.ms=1000
log.initial.task.delay.ms=500
log.cleaner.backoff.ms=500
transaction.abort.timed.out.transaction.cleanup.interval.ms=500
`

export type BrokerSettings = Readonly<Record<string, boolean | number | string>>

interface Place {
  readonly folder: string
  readonly port: number
  readonly controller: number
}

function properties({ folder, port, controller }: Place, own: BrokerSettings): string {
  const more = Object.entries(own).map(([name, value]) => `${name}=${value}`)
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(folder, 'data')}
${SETTINGS}${more.join('\n')}
`
}

/** The last line that the tool says. */
export function storageTool(jars: Jars, words: readonly string[]): string {
  const tool = ['-Xmx128m', ...JVM, '-cp', jars.classPath, 'kafka.tools.StorageTool']
  const done = spawnSync('java', [...tool, ...words], { encoding: 'utf8' })
  if (done.status === 0) return done.stdout.trim().split('\n').at(-1) ?? ''
  throw new BrokerUnavailable(
    `kafka.tools.StorageTool: ${`${done.stdout}${done.stderr}`.slice(-600)}`,
  )
}

function format(jars: Jars, file: string): void {
  storageTool(jars, ['format', '-t', storageTool(jars, ['random-uuid']), '-c', file])
}

const tail = (log: string) => readFileSync(log, 'utf8').slice(-1500)
export async function started(child: ChildProcess, log: string): Promise<void> {
  const untilMs = Date.now() + READY_MS
  while (!readFileSync(log, 'utf8').includes('Kafka Server started')) {
    if (hasEnded(child) || Date.now() > untilMs) {
      throw new BrokerUnavailable(`Kafka did not start: ${tail(log)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Nothing on its disk is wanted again, so that it need not be asked to end in order. */
function stopper(child: ChildProcess, folder: string): () => Promise<void> {
  return async () => {
    child.kill('SIGKILL')
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function startBroker(own: BrokerSettings): Promise<Broker> {
  const jars = ensureJars()
  const folder = mkdtempSync(join(tmpdir(), 'at-least-once-kafka-'))
  const [port, controller] = await Promise.all([freePort(), freePort()])
  const file = join(folder, 'server.properties')
  const log = join(folder, 'log')
  writeFileSync(file, properties({ folder, port, controller }, own))
  format(jars, file)
  const out = openSync(log, 'a')
  const args = ['-Xmx512m', ...JVM, '-cp', jars.classPath, 'kafka.Kafka', file]
  const child = ofThisRun(spawn('java', args, { stdio: ['ignore', out, out] }))
  const stop = stopper(child, folder)
  try {
    await started(child, log)
    let said: string | null = null
    child.once('exit', (code, signal) => {
      said = `the broker ended by itself (${signal ?? code}): ${tail(log)}`
    })
    return { port, jars, ended: () => said, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
