// `npm test`: every stage, in order, to the end, whatever failed before. The last line is the sum.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  ensureBrowser,
  ensureBuilt,
  ensureInstalled,
  freePort,
  main,
  Problem,
  root,
  run,
} from './setup.mjs'

const reports = join(root, '.cache', 'reports')
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')

const LINT = ['check', '--config-path=scripts/lint.json', '--error-on-warnings']

/** A stage gives { passed, failed }. Those that are no test suites count as one test each. */
const STAGES = [
  ['types', () => asOne(run('npm', ['run', '--silent', 'types']))],
  ['lint', () => asOne(run('biome', LINT))],
  ['imports', () => asOne(run('node', ['scripts/check-imports.ts']))],
  ['generated', () => asOne(run('node', ['scripts/generate.ts', '--check']))],
  ['dead code', () => asOne(run('knip', []))],
  ['unit', unit],
  ['build', () => asOne(ensureBuilt().then(() => 0))],
  ['e2e', e2e],
]

async function asOne(exitCode) {
  return (await exitCode) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function unit() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
  const code = await run('npm', ['run', '--silent', 'unit', '--', ...reporters])
  return sum(code, vitestReport, (report) => {
    // A file that does not even load has no tests to count: it is one failure.
    const broken = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    )
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
  })
}

async function e2e() {
  await ensureBrowser()
  const env = { E2E_PORT: String(await freePort(4173)), E2E_REPORT: playwrightReport }
  const code = await run('playwright', ['test', '-c', 'e2e'], { env })
  return sum(code, playwrightReport, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
  }))
}

/** Reads a runner's report. A runner that failed counts as a failure, even if no test of it did. */
function sum(code, path, count) {
  if (!existsSync(path)) return { passed: 0, failed: 1 }
  const { passed, failed } = count(JSON.parse(readFileSync(path, 'utf8')))
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

async function timed(name, stage) {
  console.log(`\n== ${name}`)
  const start = performance.now()
  const result = await stage().catch((error) => {
    console.error(error instanceof Problem ? error.message : error)
    return { passed: 0, failed: 1 }
  })
  return { name, ...result, seconds: (performance.now() - start) / 1000 }
}

await main(async () => {
  await ensureInstalled()
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const rows = []
  for (const [name, stage] of STAGES) rows.push(await timed(name, stage))
  console.log(
    `\n${'stage'.padEnd(12)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'time'.padStart(10)}`,
  )
  for (const { name, passed, failed, seconds } of rows)
    console.log(
      name.padEnd(12) +
        String(passed).padStart(8) +
        String(failed).padStart(8) +
        `${seconds.toFixed(1)} s`.padStart(10),
    )
  const total = (key) => rows.reduce((n, row) => n + row[key], 0)
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') === 0 ? 0 : 1
})
