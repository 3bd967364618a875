// A Java client in a process of its own, asked line by line. Killing it is killing a real consumer.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ProcessGone } from '../cannot.ts'
import { JVM } from './broker.ts'
import { ended, ofThisRun } from './child.ts'

export interface Answer {
  readonly result?: unknown
  readonly error?: string
}

export interface JavaClient {
  readonly ask: (command: Readonly<Record<string, unknown>>) => Promise<Answer>
  /** SIGKILL: it says nothing to anybody. */
  readonly kill: () => Promise<void>
}

interface Asked {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

const ASK_MS = 90_000
const QUIET = '-Dorg.slf4j.simpleLogger.defaultLogLevel=off'

export function startJava(classPath: string): JavaClient {
  const args = ['-Xmx96m', ...JVM, QUIET, '-cp', classPath, 'Driver']
  const child = ofThisRun(spawn('java', args, { stdio: ['pipe', 'pipe', 'pipe'] }))
  const waiting = new Map<number, Asked>()
  let said = ''
  let count = 0
  child.stdin.on('error', () => {})
  child.stderr.on('data', (data: Buffer) => {
    said = `${said}${data}`.slice(-2000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer & { readonly id: number }
    waiting.get(answer.id)?.resolve(answer)
    waiting.delete(answer.id)
  })
  child.once('exit', (code, signal) => {
    const error = new ProcessGone(`a client ended by itself (${signal ?? code}) ${said}`)
    for (const asked of waiting.values()) asked.reject(error)
    waiting.clear()
  })
  return {
    ask(command) {
      const id = ++count
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new ProcessGone(`no answer to ${JSON.stringify(command)}: ${said}`))
        }, ASK_MS)
        const done =
          <T>(tell: (told: T) => void) =>
          (told: T) => {
            clearTimeout(timer)
            tell(told)
          }
        waiting.set(id, { resolve: done(resolve), reject: done(reject) })
        child.stdin.write(`${JSON.stringify({ id, ...command })}\n`)
      })
    },
    async kill() {
      child.kill('SIGKILL')
      await ended(child)
    },
  }
}
