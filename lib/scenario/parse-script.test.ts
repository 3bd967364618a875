// A document may hold a script: what of one is refused, and where.
import { describe, expect, it } from 'vitest'
import { parseScenario } from './parse.ts'
import { full } from './sample.fixture.ts'

function errorsOf(document: unknown) {
  const parsed = parseScenario(document)
  return parsed.ok ? [] : parsed.errors
}

describe('a script', () => {
  const script = [
    { actor: 'payments-0', rule: 'Poll', arg: { some: ['thing', 1] }, via: 'broker', nth: 1 },
    { link: 'a to b', rule: 'CutConnection' },
  ]
  const { faults: _, ...unharmed } = full

  it('is kept as it is', () => {
    const parsed = parseScenario({ ...unharmed, script })
    expect(parsed.ok && parsed.scenario.script).toEqual(script)
  })

  it.each([
    ['nothing in it', [], '/script', /a list with a length of at least 1/],
    ['an action of nobody', [{ rule: 'Poll' }], '/script/0', /{ actor, rule/],
    ['a rule that no line has', [{ link: 'a', rule: 'Mend' }], '/script/0', /{ link, rule/],
    ['more than an action has', [{ ...script[0], when: 5 }], '/script/0/when', /one of these/],
  ])('with %s', (_, script, path, expected) => {
    const [error] = errorsOf({ ...unharmed, script })
    expect(error?.path).toBe(path)
    expect(error?.expected).toMatch(expected)
  })

  it('stands beside no faults: its own are in it', () => {
    const faults = [{ fault: 'crash', at: { actor: 'payments', atMs: 5 } }]
    const [error] = errorsOf({ ...unharmed, faults, script })
    expect(error).toMatchObject({
      path: '/faults',
      expected: expect.stringMatching(/no faults beside a script/),
    })
  })
})
