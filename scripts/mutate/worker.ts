// A process that tries mutants: it keeps one vitest open, so that a try costs a run and not a start. The
// parent sends a mutant and gets back which test failed, or that none did.
import { createVitest, type TestModule, type Vitest } from 'vitest/node'
import type { Mutant } from './mutants.ts'
import { STAGES, stagesFor } from './own-tests.ts'

const stagesOf = (mutant: Mutant | null) => (mutant === null ? STAGES : stagesFor(mutant.kind))

export interface Tried {
  /** Name of the test that failed; null when all passed. */
  readonly by: string | null
}

async function open(): Promise<Vitest> {
  return createVitest({
    root: new URL('../..', import.meta.url).pathname,
    config: new URL('../vitest.config.ts', import.meta.url).pathname,
    watch: false,
    bail: 1,
    reporters: [{}],
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    setupFiles: [new URL('./setup.ts', import.meta.url).pathname],
  })
}

/** A module that a failure elsewhere kept from running still has the results of an earlier mutant. */
const failedSince = (module: TestModule, beganMs: number) =>
  [...module.children.allTests('failed')].filter(
    (test) => (test.diagnostic()?.startTime ?? 0) >= beganMs,
  )

async function attempt(vitest: Vitest, mutant: Mutant | null): Promise<Tried> {
  vitest.provide('mutant', mutant)
  for (const filters of stagesOf(mutant)) {
    const specifications = await vitest.globTestSpecifications([...filters])
    if (specifications.length === 0) continue
    const beganMs = Date.now()
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
    for (const module of testModules) {
      for (const test of failedSince(module, beganMs)) return { by: test.fullName }
    }
    for (const module of testModules) {
      if (module.errors().length > 0) return { by: `${module.relativeModuleId} does not load` }
    }
    if (unhandledErrors.length > 0) return { by: 'an error outside of any test' }
  }
  return { by: null }
}

const vitest = await open()
process.on('message', async (mutant: Mutant | null) => {
  process.send?.(await attempt(vitest, mutant))
})
process.on('disconnect', () => process.exit())
