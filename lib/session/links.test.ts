// Links of counterexamples: found by the explorer, opened again, and the same breach.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replay } from '../drivers/replay.ts'
import { build } from '../scenario/build.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { withValue } from '../scenario/with-value.ts'
import { bare } from './bare.fixture.ts'
import { type Answer, ask } from './exploring.ts'
import { counterexampleHref, cutFrom, linkOf, readLink } from './links.ts'
import type { Scope } from './scope.ts'
import { simulate } from './simulate.ts'

/** A long address of a site, so that the bound holds wherever it stands. */
const SITE = 'https://teaching.example.org/at-least-once'
const MOST = 250
const SMALL: Scope = { messages: 1, consumers: 1, partitions: 1 }

function starter(id: string): Scenario {
  const found = starterScenario(id)
  if (found === null) throw new Error(id)
  return found
}

function search(scenario: Scenario, invariant: string, scope: Scope, maxStates = 20_000): Answer {
  const bounds = { faults: 1, unusualTiming: false, maxStates, reduceFrom: false } as const
  const [answer] = ask(scenario, { invariant, scope, ...bounds }, { now: () => 0 })
  if (answer === undefined) throw new Error(invariant)
  return answer
}

const fragmentOf = (href: string): string => href.slice(href.indexOf('#'))

function opened(link: string): Scenario {
  const parsed = readLink(link)
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message)
  return parsed.scenario
}

function refusalOf(link: string): string {
  const parsed = readLink(link)
  return parsed.ok ? 'none' : (parsed.errors[0]?.message ?? '')
}

const isBroken = ({ script, ...scenario }: Scenario, invariant: string): boolean =>
  simulate(scenario, { script: script ?? [] }).verdicts.some(
    (each) => each.invariant === invariant && each.verdict === 'broken',
  )

describe('every counterexample of the catalogue at small scope', () => {
  let found = 0
  test.each(starterScenarios.map(({ id }) => id))('%s', (id) => {
    const scenario = starter(id)
    for (const invariant of scenario.checks) {
      const { script, scenario: cut } = search(scenario, invariant, SMALL, 10_000)
      if (script === null) continue
      found++
      const href = counterexampleHref({ scenario: cut, script })
      expect(`${SITE}${href}`.length).toBeLessThanOrEqual(MOST)
      const again = opened(fragmentOf(href))
      const wanted = replay(build(cut).system, script)
      expect(again.script).toHaveLength(script.length)
      expect({ ...again, script: undefined }).toEqual({ ...cut, script: undefined })
      expect(replay(build(again).system, again.script ?? [])).toEqual(wanted)
      expect(isBroken(again, invariant)).toBe(true)
      expect(fragmentOf(href)).toBe(`#${linkOf(again)}`)
    }
  })
  test('there were some', () => expect(found).toBeGreaterThan(5))
})

const STORY = 'orders-story'
const story = starter(STORY)
const DUPLICATE = 'no-duplicate-effect'
const answer = search(story, DUPLICATE, { messages: 1, consumers: 1 })
const script = answer.script ?? []
const href = counterexampleHref({ scenario: answer.scenario, script })
const link = fragmentOf(href)

describe('a link of a published scenario', () => {
  test('names it and its cut, whether the whole or what was searched is handed in', () => {
    expect(link).toMatch(/^#s1\.orders-story\.m1s1\.\.\d+\.[\w-]+\.[\w-]{11}$/)
    const services = answer.scenario.story.services.map(({ id }) => id)
    const cut = { messages: 1, consumers: 1, services }
    expect(counterexampleHref({ scenario: story, cut, script })).toBe(href)
  })

  test('tells what was cut', () => {
    expect(cutFrom(opened(link))).toEqual([
      'Left out: payments, email, analytics.',
      'order service publishes 1 of its 15 messages.',
    ])
    expect(cutFrom(story)).toEqual([])
    expect(cutFrom(bare({}))).toEqual([])
  })

  test('holds what was changed in it, and then may be longer', () => {
    const changed = withValue(answer.scenario, '/deployment/producer/linger.ms', 7)
    const twice = changed.ok ? withValue(changed.scenario, '/seed', 'another') : changed
    if (!twice.ok) throw new Error(twice.errors[0]?.message)
    const wanted = { ...twice.scenario, script }
    const text = linkOf(wanted)
    expect(text).toMatch(/^s1\.orders-story\.m1s1\.[\w-]+\.\d+\./)
    expect(opened(text)).toEqual({ ...wanted, script: opened(link).script })
  })

  test('holds every cut that there is', () => {
    const scope: Scope = {
      messages: 2,
      keys: 1,
      consumers: 1,
      partitions: 2,
      services: ['payments'],
    }
    const { script: none, scenario } = search(story, DUPLICATE, scope, 1)
    expect(none).toBeNull()
    const [first] = build(scenario).system.links
    const one = [{ link: first?.id ?? '', rule: 'CutConnection' } as const]
    const text = counterexampleHref({ scenario, script: one })
    expect(text).toContain(
      `.m2k1c1p2s${story.story.services.findIndex(({ id }) => id === 'payments')}.`,
    )
    expect(opened(fragmentOf(text))).toEqual({ ...scenario, script: one })
  })
})

test('any other scenario travels whole, whatever its id', () => {
  const scenario = bare({ instances: 2 })
  const own = search(scenario, DUPLICATE, {})
  const text = counterexampleHref({ scenario, script: own.script ?? [] })
  expect(text).toMatch(/^\/play\/#s1\.\.\.[\w-]+\.\d+\./)
  const again = opened(fragmentOf(text))
  expect(isBroken(again, DUPLICATE)).toBe(true)
  const namesake = { ...again, id: STORY }
  expect(opened(linkOf(namesake))).toEqual(namesake)
})

test('a scenario without a script has the link it always had, and a script that cannot be counted goes along', () => {
  expect(linkOf(story)).toMatch(/^v1\./)
  expect(opened(linkOf(story))).toEqual(story)
  const { faults: _, ...rest } = story
  const [first] = build(story).system.links
  const slow = [{ link: first?.id ?? '', rule: 'SlowLink', arg: 7 } as const]
  const odd: Scenario = { ...rest, faults: [], script: slow }
  expect(linkOf(odd)).toMatch(/^v1\./)
  expect(opened(linkOf(odd))).toEqual(odd)
})

describe('a bad link is told what is wrong, and where', () => {
  const parts = link.slice(1).split('.')
  const withPart = (at: number, text: string) =>
    parts.map((part, i) => (i === at ? text : part)).join('.')
  const [, , , , steps = '', choices = ''] = parts
  const cases: readonly [string, string, RegExp][] = [
    ['newer', link.replace('s1.', 's2.'), /newer At Least Once/],
    ['cut short at its end', parts.slice(0, 6).join('.'), /5 parts, expected 6/],
    [
      'an unknown scenario',
      withPart(1, 'no-such-story'),
      /"no-such-story" that is not published here/,
    ],
    ['a cut of nothing', withPart(2, 'x3'), /cuts orders-story by "x3"/],
    ['a service that there is not', withPart(2, 'm1s9'), /cuts orders-story by "m1s9"/],
    ['changes that are none', withPart(3, 'abc'), /what it changes in orders-story cannot be read/],
    ['no steps', withPart(4, '0'), /"0" steps, expected 1 to 10,000/],
    ['too many steps', withPart(4, '10001'), /"10001" steps, expected 1 to 10,000/],
    ['fewer steps', withPart(4, String(Number(steps) - 5)), /goes on after the last of its/],
    [
      'more steps',
      withPart(4, String(Number(steps) + 5)),
      /It is cut short: it ends before step \d+/,
    ],
    [
      'an index out of range',
      withPart(5, `_${choices.slice(1)}`),
      /Step 1 of \d+ is action \d+, but only/,
    ],
    ['another end', withPart(6, 'AAAAAAAAAAA'), /ends elsewhere/],
    ['another cut', withPart(2, 'm1c2s0'), /cannot be followed/],
    ['too much', `s1.${'a'.repeat(70_000)}`, /too long: 70,003 characters/],
    [
      'a whole that is none',
      parts.map((p, i) => (i === 1 || i === 2 ? '' : p)).join('.'),
      /cut short/,
    ],
  ]
  test.each(cases)('%s', (_, text, says) => expect(refusalOf(text)).toMatch(says))

  test('whatever one character becomes, it is refused or opens a valid scenario', () => {
    const letters = fc.constantFrom(...'AZaz09-_.m#%')
    fc.assert(
      fc.property(fc.nat(link.length - 1), letters, (at, letter) => {
        const parsed = readLink(link.slice(0, at) + letter + link.slice(at + 1))
        expect(parsed.ok || parsed.errors.length > 0).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
