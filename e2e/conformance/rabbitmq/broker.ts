// A real RabbitMQ node on a port of the loopback that the system chose, in a process tree of its own that ends
// with this program. Its data lie in a folder inside its root and are taken away at the end.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BrokerUnavailable } from '../cannot.ts'
import { ensureRoot, type Root, type Version } from './roots.ts'

export interface Broker {
  readonly root: Root
  readonly port: number
  /** Where it speaks the stream protocol. */
  readonly streamPort: number
  /** Stops the node and starts it again. */
  readonly restart: () => Promise<void>
  /** Sets consumer_timeout for whoever consumes from now on. */
  readonly setConsumerTimeout: (ms: number) => Promise<void>
  /** How it ended by itself; null while it runs. */
  readonly ended: () => string | null
  readonly stop: () => Promise<void>
}

const READY_MS = 90_000
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function freePort(): Promise<number> {
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

const conf = (port: number, streamPort: number) => `listeners.tcp.1 = 127.0.0.1:${port}
stream.listeners.tcp.1 = 127.0.0.1:${streamPort}
loopback_users = none
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 50MB
`

const PLUGINS = '[rabbitmq_consistent_hash_exchange,rabbitmq_stream].\n'

interface Place {
  readonly root: Root
  /** Inside the root, and as this program sees it. */
  readonly inside: string
  readonly outside: string
  readonly environment: string
}

async function prepared(root: Root, port: number, streamPort: number): Promise<Place> {
  const [distribution, epmd] = await Promise.all([freePort(), freePort()])
  const inside = `/var/tmp/at-least-once-${process.pid}-${port}`
  const outside = join(root.folder, inside)
  for (const name of ['mnesia', 'log', 'home']) mkdirSync(join(outside, name), { recursive: true })
  writeFileSync(join(outside, 'rabbitmq.conf'), conf(port, streamPort))
  writeFileSync(join(outside, 'plugins'), PLUGINS)
  const variables = {
    HOME: `${inside}/home`,
    RABBITMQ_NODENAME: `alo${port}@localhost`,
    RABBITMQ_MNESIA_BASE: `${inside}/mnesia`,
    RABBITMQ_LOG_BASE: `${inside}/log`,
    RABBITMQ_CONFIG_FILE: `${inside}/rabbitmq`,
    RABBITMQ_ENABLED_PLUGINS_FILE: `${inside}/plugins`,
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(epmd),
    LANG: 'C.UTF-8',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '"-kernel inet_dist_use_interface {127,0,0,1}"',
  }
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}`)
  writeFileSync(join(outside, 'env.sh'), `${lines.join('\n')}\n`)
  spawnSync('chroot', [root.folder, 'chown', '-R', 'rabbitmq:rabbitmq', inside])
  return { root, inside, outside, environment: `${inside}/env.sh` }
}

/** The command as the user rabbitmq inside the root. */
function inRoot({ root, environment }: Place, command: string): string {
  return `chroot ${root.folder} su rabbitmq -s /bin/bash -c '. ${environment}; ${command}'`
}

/** Mounts and processes of its own: when this program ends, both are gone. */
function launched(place: Place): ChildProcess {
  const { root, outside } = place
  const mounts = `mount -t proc proc ${root.folder}/proc && mount --bind /dev ${root.folder}/dev`
  const server = inRoot(place, 'exec /usr/lib/rabbitmq/bin/rabbitmq-server')
  const out = openSync(join(outside, 'console'), 'a')
  const isolated = ['--mount', '--pid', '--fork', '--kill-child']
  return spawn('unshare', [...isolated, 'bash', '-c', `${mounts} && exec ${server}`], {
    stdio: ['ignore', out, out],
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.end('', () => resolve(true)))
  })
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null
const tail = ({ outside }: Place) => readFileSync(join(outside, 'console'), 'utf8').slice(-1500)

/** Does not hold up this program: clients of the other version are measured meanwhile. */
async function control(place: Place, words: string): Promise<void> {
  const command = inRoot(place, `/usr/lib/rabbitmq/bin/rabbitmqctl ${words}`)
  try {
    await promisify(execFile)('bash', ['-c', command], { timeout: 120_000 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new BrokerUnavailable(`rabbitmqctl ${words}: ${`${stdout}${stderr}`.slice(-600)}`)
  }
}

async function started(child: ChildProcess, place: Place, port: number): Promise<void> {
  const untilMs = Date.now() + READY_MS
  while (!(await answers(port))) {
    if (hasEnded(child) || Date.now() > untilMs) {
      throw new BrokerUnavailable(`RabbitMQ did not start: ${tail(place)}`)
    }
    await sleep(300)
  }
  await control(place, 'await_startup')
}

function stopper(child: ChildProcess, place: Place): () => Promise<void> {
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  return async () => {
    process.removeListener('exit', kill)
    const ended = hasEnded(child)
      ? Promise.resolve()
      : new Promise<void>((resolve) => child.once('exit', () => resolve()))
    kill()
    await ended
    await sleep(200)
    rmSync(place.outside, { recursive: true, force: true })
  }
}

export async function startBroker(version: Version): Promise<Broker> {
  const root = ensureRoot(version)
  const [port, streamPort] = [await freePort(), await freePort()]
  const place = await prepared(root, port, streamPort)
  const child = launched(place)
  const stop = stopper(child, place)
  try {
    await started(child, place, port)
    let said: string | null = null
    child.once('exit', (code, signal) => {
      said = `the broker ended by itself (${signal ?? code}): ${tail(place)}`
    })
    const restart = async () => {
      await control(place, 'stop_app')
      await control(place, 'start_app')
    }
    const setConsumerTimeout = (ms: number) =>
      control(
        place,
        `eval "application:set_env(rabbit, channel_tick_interval, 1000), application:set_env(rabbit, consumer_timeout, ${ms})."`,
      )
    return { root, port, streamPort, restart, setConsumerTimeout, ended: () => said, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
