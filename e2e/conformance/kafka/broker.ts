// A real Apache Kafka of one node (KRaft, broker and controller in one process), on ports that the system
// chose, with its data in a temporary folder. It is stopped whatever happens.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { BrokerUnavailable } from '../cannot.ts'
import { ended, folderOfThisRun, hasEnded, ofThisRun, removeFolder } from './child.ts'
import { asProperties, type BrokerSettings, commonSettings } from './common-settings.ts'
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

interface Place {
  readonly folder: string
  readonly port: number
  readonly controller: number
}

function properties({ folder, port, controller }: Place, own: BrokerSettings): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(folder, 'data')}
${asProperties({ ...commonSettings(1), ...own })}`
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
    removeFolder(folder)
  }
}

export async function startBroker(own: BrokerSettings): Promise<Broker> {
  const jars = ensureJars()
  const folder = folderOfThisRun('at-least-once-kafka-')
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
