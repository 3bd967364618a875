import { describe, expect, test } from 'vitest'
import { client, server } from '../../lib/engine/toy.fixture.ts'
import type { Kind } from '../../lib/engine/types.ts'
import { kinds } from './kinds.ts'
import { mutantsOf, mutate, nameOf } from './mutants.ts'
import { reasons } from './reasons.ts'

const copy = (kind: Kind): Kind => ({ ...kind, rules: kind.rules.map((rule) => ({ ...rule })) })

describe('mutants', () => {
  test('drop every rule, and decide every named condition', () => {
    expect(mutantsOf([client, server]).map(nameOf)).toEqual([
      'client / the client is up / always holds',
      'client / the client is up / never holds',
      'client / AskNext / dropped',
      'client / AskNext / nothing is asked yet / always holds',
      'client / AskNext / there is more to ask / always holds',
      'client / TakeAnswer / dropped',
      'client / HearClosing / dropped',
      'client / Crash / dropped',
      'client / Restart / dropped',
      'client / Restart / the client is down / always holds',
      'server / Serve / dropped',
      'server / Refuse / dropped',
      'server / HearClosing / dropped',
    ])
  })

  test('each one changes what it names, and nothing else', () => {
    for (const mutant of mutantsOf([client])) {
      const changed = copy(client)
      mutate([changed], mutant)
      const rule = changed.rules.find((each) => each.name === mutant.rule)
      if (mutant.change === 'dropped') {
        expect(rule).toBeUndefined()
        expect(changed.rules).toHaveLength(client.rules.length - 1)
        continue
      }
      expect(changed.rules).toHaveLength(client.rules.length)
      const found = { ...changed.active, ...rule?.ready, ...rule?.when }[mutant.condition]
      expect(found?.({} as never, {} as never, {} as never, {} as never)).toBe(
        mutant.change === 'always holds',
      )
    }
    expect(client.rules.map((rule) => rule.name)).toContain('AskNext')
  })

  test('an unknown one is refused', () => {
    const none = { kind: 'client', rule: 'Nothing', condition: '', change: 'dropped' } as const
    expect(() => mutate([copy(client)], none)).toThrow('there is no mutant client / Nothing')
    expect(() => mutate([], none)).toThrow('there is no kind client')
  })

  test('names are unique over all kinds, and every reason given is for a mutant there is', () => {
    const names = mutantsOf(kinds).map(nameOf)
    expect(new Set(names).size).toBe(names.length)
    for (const name of Object.keys(reasons)) expect(names).toContain(name)
  })
})
