import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeFile } from '../lib/scenario/codec.ts'
import { linkOf } from '../lib/session/links.ts'

const folder = mkdtempSync(join(tmpdir(), 'at-least-once-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function run(script: 'explore' | 'simulate', ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`scripts/${script}.ts`, ...words],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

const SMALL = file('small.json', {
  version: 1,
  id: 'small',
  title: 'Small',
  story: {
    streams: ['orders'],
    producers: [{ id: 'order-service', publishes: 'orders', count: 1 }],
    services: [{ id: 'payments', listensTo: 'orders', effect: 'charge', sink: 'card' }],
    sinks: [{ id: 'card', kind: 'external-api' }],
  },
  deployment: {
    nodes: 1,
    topics: { orders: { partitions: 1 } },
    consumer: { 'enable.auto.commit': false, 'auto.offset.reset': 'earliest' },
  },
  checks: ['no-loss', 'no-duplicate-effect'],
})
const CRASH = [SMALL, '--messages', '1', '--kinds', 'crash']

describe('on bad input it ends with 2 and says why on stderr alone', () => {
  const cases: readonly [string, readonly string[], RegExp][] = [
    ['no file', [], /Expected one scenario file, found 0/],
    ['an unknown option', [SMALL, '--fast'], /--fast/],
    ['a file that is not there', ['nothing.json'], /nothing\.json cannot be read: ENOENT/],
    ['a bad document', [file('bad.json', '{"version": 1, "id": "No Slug"}')], /path: {5}\/id/],
    ['no number', [SMALL, '--faults', 'many'], /--faults: found many, expected a whole number/],
    ['no states', [SMALL, '--max-states', '0'], /--max-states: found 0, expected a whole/],
    ['no invariant', [SMALL, '--invariant', 'x'], /--invariant: found x, expected one of no-/],
    ['no fault', [SMALL, '--kinds', 'crash,x'], /--kinds: found x, expected one of crash/],
    ['nowhere', [SMALL, '--from', 'x'], /--from: found x, expected one of start, settled/],
  ]
  it.each(cases)('%s', (_, words, says) => {
    const { status, stdout, stderr } = run('explore', ...words)
    expect(stderr).toMatch(says)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})

describe('the answer', () => {
  const KEYS = ['answer', 'invariant', 'faults', 'steps', 'script', 'states', 'statesPerSecond']

  it('is one object with an invariant, and its script breaks simulate too', () => {
    const { status, stdout } = run(
      'explore',
      ...CRASH,
      '--invariant',
      'no-duplicate-effect',
      '--json',
    )
    expect(status).toBe(0)
    const found = JSON.parse(stdout)
    expect(Object.keys(found).sort()).toEqual([...KEYS, 'bounds', 'ms'].sort())
    expect(found).toMatchObject({ answer: 'counterexample', faults: 1, steps: found.script.length })
    const bounds = { faults: 1, kinds: ['crash'], messages: 1, from: 'settled' }
    expect(found.bounds).toMatchObject(bounds)
    const again = run('simulate', SMALL, '--script', file('answer.json', stdout), '--json')
    expect(again.status).toBe(0)
    const { verdicts } = JSON.parse(again.stdout)
    const broken = { invariant: 'no-duplicate-effect', verdict: 'broken' }
    expect(verdicts).toContainEqual(expect.objectContaining(broken))

    const small = JSON.parse(readFileSync(SMALL, 'utf8'))
    const scripted = { ...small, script: found.script }
    const inFile = run('simulate', file('scripted.json', scripted), '--json')
    expect(inFile.status).toBe(0)
    expect(JSON.parse(inFile.stdout).faults).toMatchObject([{ fault: 'crash', fired: true }])
    expect(JSON.parse(inFile.stdout).verdicts).toContainEqual(expect.objectContaining(broken))

    const parsed = decodeFile(JSON.stringify(scripted))
    const link = parsed.ok ? linkOf(parsed.scenario) : ''
    for (const form of [link, `https://example.org/play/#${link}`])
      expect(run('simulate', '--link', form, '--json').stdout).toBe(inFile.stdout)
  })

  it('is an array without one, and null where nothing was found', () => {
    const found = JSON.parse(run('explore', ...CRASH, '--json').stdout)
    expect(found.map((each: { invariant: string }) => each.invariant)).toEqual([
      'no-loss',
      'no-duplicate-effect',
    ])
    const nothing = { faults: null, steps: null, script: null }
    expect(found[0]).toMatchObject({ answer: 'holds within bounds', ...nothing })
    const few = JSON.parse(run('explore', ...CRASH, '--max-states', '50', '--json').stdout)
    expect(few[0]).toMatchObject({ answer: 'not exhausted', states: 50, ...nothing })
  })

  it('is told in words, steps numbered', () => {
    const { stdout } = run('explore', ...CRASH)
    expect(stdout).toMatch(/^no-loss: holds within bounds \(1 fault at most, 1 message, from/m)
    expect(stdout).toMatch(/^no-duplicate-effect: counterexample/m)
    expect(stdout).toMatch(/^ +1 {2}[a-z0-9-]+ {2}[A-Z]/m)
    expect(stdout).toMatch(/payments-0 {2}Crash/)
  })
})
