// What `npm start` and `npm test` need before anything of ours can run: packages, a browser, a build.
// Plain JavaScript on Node's own modules, because it runs on a fresh clone where nothing is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')

/** Things a person can act on. They are printed as they are; anything else is a bug and keeps its stack. */
export class Problem extends Error {}

const cache = join(root, '.cache')
const stampOfInstall = join(root, 'node_modules', '.installed')
const stampOfBuild = join(cache, 'built')

const hashOf = (texts) =>
  texts.reduce((hash, text) => hash.update(text), createHash('sha256')).digest('hex')
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Our tools first on the PATH: `node` is then the version package.json pins, whoever started us. */
export function environment(more = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', ...more }
}

/** Runs a command to its end and gives its exit code; 127 when there is no such command. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  const stdio = quiet ? ['ignore', 'ignore', 'pipe'] : ['ignore', 'inherit', 'inherit']
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env: environment(env), stdio })
    child.stderr?.on('data', (data) => process.stderr.write(data))
    child.on('error', () => done(127))
    child.on('close', (code) => done(code ?? 1))
  })
}

/** Installs exactly what the lockfile names, unless that is what is there. */
export async function ensureInstalled() {
  const wanted = hashOf([read(join(root, 'package-lock.json'))])
  const tools = ['next', 'node'].every((name) =>
    existsSync(join(root, 'node_modules', '.bin', name)),
  )
  if (tools && read(stampOfInstall) === wanted) return
  if (tools && isInstalledByHand()) return writeFileSync(stampOfInstall, wanted)
  console.log('Installing packages (npm ci) ...')
  const code = await run('npm', [
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (code !== 0)
    throw new Problem(`npm ci failed (exit ${code}). Is the package registry reachable?`)
  writeFileSync(stampOfInstall, wanted)
}

/** npm leaves its own copy of the lockfile; `npm install` by hand is as good as ours when it is the newer. */
function isInstalledByHand() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  const wanted = packagesOf(join(root, 'package-lock.json'))
  if (installed === null || wanted === null) return false
  return Object.entries(wanted).every(([path, entry]) => {
    const there = installed[path]
    return path === '' || entry.optional || there?.version === entry.version
  })
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages
  } catch {
    return null
  }
}

// Folders and files that no page is made of.
const NOT_BUILT = new Set([
  'node_modules',
  'out',
  'coverage',
  'test-results',
  'playwright-report',
  'e2e',
  'bench',
])
const notBuilt = (name) =>
  NOT_BUILT.has(name) ||
  name.startsWith('.') ||
  name === 'next-env.d.ts' ||
  /\.test\.tsx?$|\.tsbuildinfo$/.test(name)

function* sources(folder) {
  const entries = readdirSync(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (notBuilt(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (entry.isFile()) yield path
  }
}

function hashOfSources() {
  const texts = [process.env.BASE_PATH ?? '']
  for (const path of sources(root)) texts.push(relative(root, path), '\0', readFileSync(path), '\0')
  return hashOf(texts)
}

/** Builds out/, unless it was built from these very sources. */
export async function ensureBuilt({ force = false } = {}) {
  const before = hashOfSources()
  if (!force && existsSync(join(root, 'out', 'index.html')) && read(stampOfBuild) === before) {
    console.log('out/ is up to date.')
    return
  }
  console.log('Building ...')
  const code = await run('next', ['build'])
  if (code !== 0) throw new Problem(`The build failed (exit ${code}); the reason is above.`)
  mkdirSync(cache, { recursive: true })
  // Hashed anew: the first build of a clone writes files of its own (next-env.d.ts, tsconfig.json).
  writeFileSync(stampOfBuild, hashOfSources())
}

// The shell alone first: the same engine at half the processor time, because it has no window to draw.
const CHROMIUMS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The browser the e2e tests drive; undefined means Playwright's own. */
export function chromiumPath() {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  return CHROMIUMS.find((path) => existsSync(path))
}

export async function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named))
    throw new Problem(`CHROMIUM_PATH is ${named}, and there is no such file.`)
  if (chromiumPath() !== undefined || hasPlaywrightBrowser()) return
  if (await installFromDebian()) return
  console.log('Installing Chromium (npx playwright install chromium) ...')
  if ((await run('playwright', ['install', 'chromium'])) === 0) return
  throw new Problem(
    'There is no Chromium for the browser tests. Install one (Debian: apt-get install chromium)\n' +
      'or set CHROMIUM_PATH to the one you have.',
  )
}

async function installFromDebian() {
  const isRoot = process.getuid?.() === 0
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) return false
  console.log('Installing Chromium (apt-get install chromium-headless-shell) ...')
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true }
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq']
  await run('apt-get', [...wait, 'update'], options)
  // Older Debians have no package of the shell alone.
  for (const name of ['chromium-headless-shell', 'chromium']) {
    if (chromiumPath() !== undefined) break
    await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', name], options)
  }
  return chromiumPath() !== undefined
}

function hasPlaywrightBrowser() {
  const script = "process.stdout.write(require('@playwright/test').chromium.executablePath())"
  const { stdout } = spawnSync('node', ['-e', script], {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
  })
  return Boolean(stdout) && existsSync(stdout)
}

/** The first free port from `first` on. */
export async function freePort(first) {
  for (let port = first; port < first + 100; port += 1) if (await isFree(port)) return port
  throw new Problem(`No port between ${first} and ${first + 99} is free.`)
}

function isFree(port) {
  return new Promise((answer) => {
    const probe = createServer()
    probe.once('error', () => answer(false))
    probe.listen(port, () => probe.close(() => answer(true)))
  })
}

/** Runs a script's body; a Problem is told in its own words, without a stack trace. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
