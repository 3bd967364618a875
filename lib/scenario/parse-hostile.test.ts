// What a document from a link, a file or a paste may be at its worst.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScenario } from './parse.ts'
import { full } from './sample.fixture.ts'

function errorsOf(document: unknown) {
  const parsed = parseScenario(document)
  return parsed.ok ? [] : parsed.errors
}

describe('text that is not JSON', () => {
  const cases: readonly [string, number, number, RegExp][] = [
    ['', 1, 1, /found the end of the text, expected a value/],
    ['{', 1, 2, /a name in " or "}"/],
    ['{"a": 1,\n "b" 2}', 2, 6, /found "2", expected ":"/],
    ['{"a": 1,\n}', 2, 1, /found "}", expected a name/],
    ['[1, 2', 1, 6, /"," or "\]"/],
    ['[1 2]', 1, 4, /"," or "\]"/],
    ['{"a": 01}', 1, 8, /"," or "}"/],
    ['{"a": tru}', 1, 7, /a value/],
    ['{"a": "x\ny"}', 1, 9, /on one line/],
    ['{"a": "x\\q"}', 1, 10, /an escape/],
    ['{"a": "\\u12', 1, 9, /an escape/],
    ['{"a": "x', 1, 9, /the closing "/],
    ['{} x', 1, 4, /the end of the text/],
    ["{'a': 1}", 1, 2, /a name/],
    ['{"🙂": 1, "b": 🙂}', 1, 16, /found "🙂"/],
    ['[[1], {"a": []}, nul]', 1, 18, /a value/],
  ]
  it.each(cases)('%j is refused at line %i, column %i', (text, line, column, message) => {
    const error = errorsOf(text)[0]
    expect(error?.message).toContain(`Line ${line}, column ${column}:`)
    expect(error?.message).toMatch(message)
    expect(error).toMatchObject({ path: '' })
  })

  it('is found wrong wherever JSON is cut', () => {
    const text = JSON.stringify(full)
    for (let end = 0; end < text.length; end++) {
      const error = errorsOf(text.slice(0, end))[0]
      expect(error?.message).toMatch(/^Line 1, column \d+: .* This is not JSON\.$/)
      const column = Number(/column (\d+)/.exec(error?.message ?? '')?.[1])
      expect(column).toBeLessThanOrEqual(end + 1)
    }
  })
})

describe('nothing makes it throw', () => {
  const isAnswer = (input: unknown) => {
    const parsed = parseScenario(input)
    return parsed.ok || parsed.errors.every((error) => error.message !== '')
  }

  it('not any JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), isAnswer))
  })

  it('not any JSON in place of any part of a valid document', () => {
    const names = ['story', 'deployment', 'faults', 'checks', 'expect', 'moments', 'seed'] as const
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) =>
        isAnswer({ ...full, [name]: value }),
      ),
    )
  })

  it('not any text, nor any value that JSON does not know', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isAnswer))
    fc.assert(
      fc.property(fc.anything({ withDate: true, withMap: true, withBigInt: true }), isAnswer),
    )
  })

  it('not a million brackets, nor an object that holds itself', () => {
    expect(isAnswer('['.repeat(1_000_000))).toBe(true)
    expect(isAnswer(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`)).toBe(true)
    const self: Record<string, unknown> = {}
    self['self'] = self
    expect(errorsOf(self)[0]?.expected).toMatch(/32 levels/)
  })

  it('never lets a prototype be written', () => {
    const evil = JSON.stringify(full).replace('"nodes":1', '"nodes":1,"__proto__":{"nodes":5}')
    expect(errorsOf(evil)[0]?.path).toBe('/deployment/__proto__')
    expect(({} as Record<string, unknown>)['nodes']).toBeUndefined()
  })
})
