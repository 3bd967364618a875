// npm run mutate [-- WORD …]: changes the models one rule or named condition at a time and sees that some
// test fails. With words, only mutants whose name contains one of them: `npm run mutate -- rabbitmq`. Prints a
// table and writes the survivors to docs/mutation-survivors.md (not with words); exit 0 when it ran.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { kinds } from './mutate/kinds.ts'
import { type Mutant, mutantsOf, nameOf } from './mutate/mutants.ts'
import { type Result, survivorsPage, table, tally } from './mutate/report.ts'
import type { Tried } from './mutate/worker.ts'

const ROOT = resolve(import.meta.dirname, '..')
const WORKER = resolve(import.meta.dirname, 'mutate/worker.ts')
const UNCHANGED_MS = 15 * 60_000
/** A mutant may make a run endless. Whoever takes so many times what the tests take is noticed. */
const TIMES = 4

function start(): ChildProcess {
  return fork(WORKER, [], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

/** One try; null when the worker did not answer in time and is gone. */
function ask(
  worker: ChildProcess,
  mutant: Mutant | null,
  patienceMs: number,
): Promise<Tried | null> {
  return new Promise((done) => {
    const finish = (tried: Tried | null) => {
      clearTimeout(timer)
      worker.removeAllListeners()
      if (tried === null) worker.kill('SIGKILL')
      done(tried)
    }
    const timer = setTimeout(() => finish(null), patienceMs)
    worker.on('message', (tried) => finish(tried as Tried))
    worker.on('exit', () => finish(null))
    worker.send(mutant as never)
  })
}

async function drain(queue: Mutant[], results: Result[], patienceMs: number): Promise<void> {
  let worker = start()
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const tried = await ask(worker, mutant, patienceMs)
    if (tried === null) worker = start()
    const by = tried === null ? 'the tests do not end' : tried.by
    results.push({ mutant, by })
    const said = by === null ? 'SURVIVED' : `killed by ${by}`
    console.log(`${String(results.length).padStart(4)}  ${nameOf(mutant)}: ${said}`)
  }
  const after = await ask(worker, null, patienceMs)
  if (after?.by != null) throw new Error(`a mutant has stayed behind in its worker: ${after.by}`)
  worker.disconnect()
}

/** Without a mutant all tests must pass, or nothing that follows means anything. */
async function passesUnchanged(): Promise<string | null> {
  const worker = start()
  const tried = await ask(worker, null, UNCHANGED_MS)
  if (worker.connected) worker.disconnect()
  return tried === null ? 'the tests do not end' : tried.by
}

/** How long the tests take, in ms. Ends the program when they fail. */
async function mustPass(when: string): Promise<number> {
  const from = performance.now()
  const broken = await passesUnchanged()
  if (broken === null) return performance.now() - from
  console.error(`The tests must pass ${when}; this one fails: ${broken}`)
  process.exit(1)
}

const words = process.argv.slice(2).map((word) => word.toLowerCase())
const all = mutantsOf(kinds)
const queue = all.filter(
  (mutant) =>
    words.length === 0 || words.some((word) => nameOf(mutant).toLowerCase().includes(word)),
)
const order = queue.map(nameOf)
const takesMs = await mustPass('before anything is changed')
const results: Result[] = []
const workers = Math.min(availableParallelism(), 2)
await Promise.all(Array.from({ length: workers }, () => drain(queue, results, TIMES * takesMs)))
// Somebody may have edited the tests meanwhile; what was killed by that says nothing.
await mustPass('afterwards, too')
results.sort((a, b) => order.indexOf(nameOf(a.mutant)) - order.indexOf(nameOf(b.mutant)))
const { killed, all: tried, share } = tally(results)
console.log(`\n${table(results)}\n\n${killed} of ${tried} mutants killed (${share})`)
if (words.length === 0) {
  mkdirSync(resolve(ROOT, 'docs'), { recursive: true })
  writeFileSync(resolve(ROOT, 'docs/mutation-survivors.md'), survivorsPage(results))
}
