// The jars of the real Apache Kafka, from Maven Central by Maven itself, kept outside the project; and the
// little Java driver, compiled against them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { BrokerUnavailable } from '../cannot.ts'

const JAVA = join(import.meta.dirname, '..', 'java')
const POM = join(JAVA, 'pom.xml')
const LEAST_JAVA = 17

export interface Jars {
  readonly version: string
  readonly java: string
  /** For `java -cp`: the jars, and the compiled driver. */
  readonly classPath: string
}

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return join(base, 'at-least-once')
}

function run(command: string, args: readonly string[], seconds: number): string {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: seconds * 1000 })
  if (done.error !== undefined) throw new BrokerUnavailable(`${command}: ${done.error.message}`)
  const said = `${done.stdout}${done.stderr}`
  if (done.status === 0) return said
  throw new BrokerUnavailable(`${command} ended with ${done.status}: ${said.slice(-600)}`)
}

function javaVersion(): string {
  const version = /version "([^"]+)"/.exec(run('java', ['-version'], 30))?.[1] ?? ''
  const major = Number(version.split('.')[0])
  if (major >= LEAST_JAVA) return version
  throw new BrokerUnavailable(`Java ${LEAST_JAVA} or newer is needed, found "${version}"`)
}

/** Into a folder that takes its name only once it is whole. */
function made(folder: string, make: (temporary: string) => void): string {
  if (existsSync(folder)) return folder
  const temporary = `${folder}.${process.pid}`
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  try {
    make(temporary)
    if (!existsSync(folder)) renameSync(temporary, folder)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  return folder
}

function short(...paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 12)
}

/** The driver and the classes it uses, in an order that is always the same. */
function sources(): readonly string[] {
  const names = readdirSync(JAVA).filter((name) => name.endsWith('.java'))
  return names.sort().map((name) => join(JAVA, name))
}

export function ensureJars(): Jars {
  const java = javaVersion()
  const version = /<kafka.version>([^<]+)</.exec(readFileSync(POM, 'utf8'))?.[1] as string
  const cache = cacheFolder()
  const jars = made(join(cache, `kafka-${version}-${short(POM)}`), (folder) => {
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`]
    run('mvn', ['-B', '-q', '-f', POM, ...goal], 900)
  })
  const driver = made(join(cache, `driver-${version}-${short(...sources())}`), (folder) => {
    run('javac', ['-cp', join(jars, '*'), '-d', folder, ...sources()], 120)
  })
  return { version, java, classPath: `${driver}:${join(jars, '*')}` }
}
