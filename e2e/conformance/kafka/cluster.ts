// A real cluster: one controller and some brokers, each a process of its own, which a script kills, stops and
// starts again. It is started when the first experiment needs it; one at a time may use it.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProcessGone } from '../cannot.ts'
import { freePort, JVM, started, storageTool } from './broker.ts'
import { ended, folderOfThisRun, hasEnded, ofThisRun, removeFolder } from './child.ts'
import { asProperties, type BrokerSettings, commonSettings } from './common-settings.ts'
import { ensureJars, type Jars } from './jars.ts'

export interface ClusterNode {
  /** Also its node.id. */
  readonly number: number
  readonly name: string
  readonly port: number
  readonly state: 'running' | 'paused' | 'killed'
}

export interface Cluster {
  readonly jars: Jars
  readonly nodes: () => readonly ClusterNode[]
  readonly kill: (node: number) => Promise<void>
  /** The process is started; whether it is in service by now, its metadata tell. */
  readonly restart: (node: number) => Promise<void>
  readonly pause: (node: number) => void
  readonly resume: (node: number) => void
  readonly stop: () => Promise<void>
}

const CONTROLLER_ID = 100

/** What only several nodes have, beside what one has as well. */
const OF_NODES: BrokerSettings = {
  'auto.leader.rebalance.enable': false,
  'broker.heartbeat.interval.ms': 500,
  // Made for a heap that three nodes on one machine can have.
  'log.cleaner.dedupe.buffer.size': 4_194_304,
}

interface Plan {
  readonly folder: string
  readonly controllerPort: number
  readonly settings: BrokerSettings
}

function quorum({ controllerPort }: Plan): string {
  return `controller.quorum.voters=${CONTROLLER_ID}@127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
`
}

function controllerProperties(plan: Plan): string {
  return `process.roles=controller
node.id=${CONTROLLER_ID}
listeners=CONTROLLER://127.0.0.1:${plan.controllerPort}
log.dirs=${join(plan.folder, 'controller')}
${quorum(plan)}${asProperties(plan.settings)}`
}

function brokerProperties(plan: Plan, node: number, port: number): string {
  return `process.roles=broker
node.id=${node}
listeners=PLAINTEXT://127.0.0.1:${port}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(plan.folder, `node-${node}`)}
${quorum(plan)}${asProperties(plan.settings)}`
}

interface Running {
  readonly child: ChildProcess
  readonly file: string
  readonly log: string
  state: ClusterNode['state']
  readonly port: number
}

function launch(jars: Jars, file: string, log: string): ChildProcess {
  const out = openSync(log, 'w')
  const args = ['-Xmx256m', ...JVM, '-cp', jars.classPath, 'kafka.Kafka', file]
  return ofThisRun(spawn('java', args, { stdio: ['ignore', out, out] }))
}

export async function startCluster(count: number, given: BrokerSettings): Promise<Cluster> {
  const jars = ensureJars()
  const folder = folderOfThisRun('at-least-once-cluster-')
  const ports = await Promise.all(Array.from({ length: count + 1 }, freePort))
  const plan: Plan = {
    folder,
    controllerPort: ports[count] as number,
    settings: { ...commonSettings(count), ...OF_NODES, ...given },
  }
  const uuid = storageTool(jars, ['random-uuid'])
  const prepared = (name: string, text: string) => {
    const file = join(folder, `${name}.properties`)
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(file, text)
    storageTool(jars, ['format', '-t', uuid, '-c', file])
    return { file, log: join(folder, `${name}.log`) }
  }
  const control = prepared('controller', controllerProperties(plan))
  const controller = launch(jars, control.file, control.log)
  const running: Running[] = ports.slice(0, count).map((port, node) => {
    const { file, log } = prepared(`node-${node}`, brokerProperties(plan, node, port))
    return { child: launch(jars, file, log), file, log, port, state: 'running' }
  })
  const stop = async () => {
    const children = [controller, ...running.map((each) => each.child)]
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(children.map(ended))
    removeFolder(folder)
  }
  try {
    await Promise.all(running.map((each) => started(each.child, each.log)))
  } catch (error) {
    await stop()
    throw error
  }
  return { ...controlsOf(jars, running), jars, stop }
}

function controlsOf(jars: Jars, running: Running[]): Omit<Cluster, 'jars' | 'stop'> {
  const at = (node: number): Running => {
    const found = running[node]
    if (found === undefined) throw new Error(`there is no node ${node}`)
    if (found.state === 'running' && hasEnded(found.child)) {
      throw new ProcessGone(`node ${node} of the cluster ended by itself`)
    }
    return found
  }
  return {
    nodes: () =>
      running.map(({ port, state }, number) => ({
        number,
        name: `broker-${number}`,
        port,
        state,
      })),
    async kill(node) {
      const found = at(node)
      found.state = 'killed'
      found.child.kill('SIGKILL')
      await ended(found.child)
    },
    async restart(node) {
      const { file, log, port } = at(node)
      running[node] = { child: launch(jars, file, log), file, log, port, state: 'running' }
      await started((running[node] as Running).child, log)
    },
    pause(node) {
      at(node).child.kill('SIGSTOP')
      at(node).state = 'paused'
    },
    resume(node) {
      at(node).child.kill('SIGCONT')
      at(node).state = 'running'
    },
  }
}
