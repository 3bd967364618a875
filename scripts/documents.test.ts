import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readScenario, readScript } from './documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'at-least-once-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const words = (result: object) =>
  'bad' in result ? (result.bad as string[]).join('\n') : 'it is good'

it('reads a scenario', () => {
  const result = readScenario('public/scenarios/orders-story.json')
  expect(result).toMatchObject({ value: { id: 'orders-story', version: 1 } })
})

it('says of a bad scenario the path, the value and what was expected', () => {
  const bad = file('bad.json', '{"version": 1, "id": "x", "title": "", "story": {}}')
  expect(words(readScenario(bad))).toContain('  path:     /title\n  value:    ""\n  expected: ')
  expect(words(readScenario(bad))).toContain('/deployment: found nothing, expected an object')
})

it('says of what is no JSON where it stops being JSON', () => {
  expect(words(readScenario(file('text.json', '{\n  "id": x')))).toMatch(
    /Line 2, column 9: found "x"/,
  )
})

it('says of a file that is not there that it cannot be read', () => {
  expect(words(readScenario(join(folder, 'nothing.json')))).toMatch(
    /cannot be read: ENOENT, there is no such file/,
  )
  expect(words(readScenario(folder))).toMatch(/cannot be read: EISDIR, it is a folder/)
})

it('reads a script as a list, or inside the answer that explore gave', () => {
  const script = [
    { actor: 'payments-0', rule: 'Crash' },
    { link: 'l', rule: 'CutConnection' },
  ]
  expect(readScript(file('list.json', JSON.stringify(script)))).toEqual({ value: script })
  expect(readScript(file('answer.json', JSON.stringify({ script })))).toEqual({ value: script })
})

it('says which action of a script is none', () => {
  const script = file('script.json', '[{"actor": "a", "rule": "Crash"}, {"actor": "a"}]')
  expect(words(readScript(script))).toMatch(/action 2 is {"actor":"a"}, expected/)
  expect(words(readScript(file('none.json', '7')))).toMatch(/expected a list of actions/)
  expect(words(readScript(file('broken.json', '{')))).toMatch(/expected a list of actions/)
})
