import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { starterScenario, starterScenarios } from './catalogue.ts'
import { decodeLink, encodeLink } from './codec.ts'
import { toDocument } from './document.ts'
import { parseScenario } from './parse.ts'

it('lists every file in public/scenarios, and no other', () => {
  const files = readdirSync('public/scenarios').sort()
  expect(starterScenarios.map((starter) => `${starter.id}.json`).sort()).toEqual(files)
})

it('knows no scenario that is not there', () => {
  expect(starterScenario('no-such-scenario')).toBeNull()
})

describe.each(starterScenarios.map((starter) => [starter.id, starter] as const))(
  '%s',
  (id, starter) => {
    it('is a valid document', () => {
      expect(parseScenario(starter.document)).toMatchObject({ ok: true, scenario: { id } })
    })

    it('comes back from its document and from its link, which is short', () => {
      const scenario = starterScenario(id)
      if (scenario === null) throw new Error('it does not parse')
      expect(parseScenario(toDocument(scenario))).toEqual({ ok: true, scenario })
      const link = encodeLink(scenario)
      expect(decodeLink(link)).toEqual({ ok: true, scenario })
      expect(link.length).toBeLessThan(1800)
    })

    it('says in one to three sentences what to watch, and claims something', () => {
      expect(starter.summary.match(/[.:](\s|$)/g)?.length).toBeGreaterThanOrEqual(1)
      expect(starter.summary.match(/[.?!](\s|$)/g)?.length).toBeLessThanOrEqual(3)
      expect(starter.title).not.toMatch(/\.$/)
      expect(Object.keys(starterScenario(id)?.expect ?? {}).length).toBeGreaterThanOrEqual(2)
    })
  },
)
