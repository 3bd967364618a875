import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'at-least-once-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function simulate(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/simulate.ts', ...words],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

const STORY = 'public/scenarios/crash-between-effect-and-commit.json'
const { faults: _, ...SCRIPTED } = JSON.parse(readFileSync(STORY, 'utf8'))
const NOBODY = { actor: 'nobody', rule: 'Crash' }

describe('on bad input it ends with 2 and says why on stderr alone', () => {
  const cases: readonly [string, readonly string[], RegExp][] = [
    ['no file', [], /Expected one scenario file, found 0/],
    ['two files', [STORY, STORY], /Expected one scenario file, found 2/],
    ['an unknown option', [STORY, '--fast'], /--fast/],
    ['a file that is not there', ['nothing.json'], /nothing\.json cannot be read: ENOENT/],
    [
      'a file of another kind',
      [file('a.txt', 'hello')],
      /Line 1, column 1: found "h", expected a value/,
    ],
    [
      'a document with a fault',
      [file('bad.json', '{"version": 1, "id": "No Slug"}')],
      /path: {5}\/id\n {2}value: {4}"No Slug"\n {2}expected: a kebab-case name/,
    ],
    ['no seed', [STORY, '--seed='], /--seed: found nothing, expected a text/],
    ['a folder', [folder], /cannot be read: EISDIR, it is a folder/],
    ['a newer document', [file('new.json', '{"version": 2}')], /made by a newer At Least Once/],
    [
      'a script that is none',
      [STORY, '--script', file('s.json', '{}')],
      /expected a list of actions/,
    ],
    [
      'a script that does not fit',
      [STORY, '--script', file('t.json', '[{"actor": "nobody", "rule": "Crash"}]')],
      /does not fit .*action 1 of 1, Crash of nobody, is not enabled/,
    ],
    [
      'a script of its own that does not fit',
      [file('own.json', JSON.stringify({ ...SCRIPTED, script: [NOBODY] }))],
      /^The script does not fit at its step 1 of 1: Crash of nobody cannot happen there/,
    ],
    ['a file and a link', [STORY, '--link', 'x'], /a scenario file or a link, found both/],
    ['a link that is none', ['--link', 'x'], /The link is not a scenario\.\nThis is not a link/],
    [
      'a link of nothing published',
      ['--link', '#s1.no-such-story...3.AAAA.AAAAAAAAAAA'],
      /"no-such-story" that is not published here/,
    ],
  ]
  it.each(cases)('%s', (_, words, says) => {
    const { status, stdout, stderr } = simulate(...words)
    expect(stderr).toMatch(says)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})

describe('when it ran it ends with 0, whatever the verdicts', () => {
  it('prints one object with --json, the same each time', () => {
    const { status, stdout } = simulate(STORY, '--json')
    expect(status).toBe(0)
    const result = JSON.parse(stdout)
    expect(Object.keys(result)).toEqual([
      'scenario',
      'broker',
      'seed',
      'steps',
      'timeMs',
      'faults',
      'verdicts',
      'sinks',
    ])
    expect(result).toMatchObject({
      scenario: 'crash-between-effect-and-commit',
      broker: 'kafka',
      seed: 'crash',
      faults: [{ fault: 'crash', fired: true, step: expect.any(Number) }],
    })
    expect(simulate(STORY, '--json').stdout).toBe(stdout)
  })

  it('takes another seed', () => {
    const { status, stdout } = simulate(STORY, '--json', '--seed', 'another')
    expect(status).toBe(0)
    expect(JSON.parse(stdout).seed).toBe('another')
  })

  it('prints the verdicts in words without it', () => {
    const { status, stdout } = simulate(STORY)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^crash-between-effect-and-commit on kafka, seed crash: \d+ steps/)
    expect(stdout).toMatch(/no-duplicate-effect +broken +step \d+/)
    expect(stdout).toMatch(/crash +fired +step \d+/)
    expect(stdout).toMatch(/card-charges +6 rows/)
  })
})
