// The explorer against a search written the plain way: the same states, the same shortest script.

import { describe, expect, test } from 'vitest'
import { compile, type System } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import type { Action } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { apply, init } from '../engine/world.ts'
import { canonical } from './canonical.ts'
import { explore, exploreStories, exploring } from './explore.ts'
import { choicesOf } from './fuzz.ts'
import { misfortunesOf } from './misfortune.ts'
import { replay } from './replay.ts'
import { spaceOf, worldAt } from './space.ts'

/** Counts what clients asked and what was served; broken where `wrong` says so. */
function counting(wrong: (asked: number, served: number, atRest: boolean) => boolean): Watch {
  type Acc = { asked: number; served: number }
  return {
    id: 'counting',
    reads: ['asked', 'served'],
    init: () => ({ asked: 0, served: 0 }),
    step: (acc, { kind }) => {
      ;(acc as Acc)[kind as 'asked' | 'served']++
    },
    copy: (acc) => ({ ...(acc as Acc) }),
    broken: (acc, atRest) => wrong((acc as Acc).asked, (acc as Acc).served, atRest),
  }
}
const never = counting(() => false)

interface Plain {
  readonly states: number
  readonly steps: number | null
  readonly faults: number | null
}

/** Dijkstra over (faults, steps) on whole worlds and JSON texts: slow, and too simple to be wrong. */
function plainly(system: System, watch: Watch, faults: number, kinds: readonly string[]): Plain {
  type Node = { world: ReturnType<typeof init>; acc: unknown; steps: number }
  const seen = new Set<string>()
  const list = choicesOf(system)
  let level: Node[] = [{ world: init(system), acc: watch.init(), steps: 0 }]
  for (let spent = 0; spent <= faults; spent++) {
    const next: Node[] = []
    const open = [...level]
    let best: number | null = null
    while (open.length > 0) {
      open.sort((a, b) => a.steps - b.steps)
      const node = open.shift() as Node
      const text = canonical([node.world, node.acc])
      if (seen.has(text)) continue
      seen.add(text)
      const choices = list(node.world)
      const atRest = choices.every((choice) => choice.cost !== '')
      if (watch.broken(node.acc, atRest)) best = Math.min(best ?? node.steps, node.steps)
      if (watch.broken(node.acc, false)) continue
      for (const { action, cost } of choices) {
        if (cost !== '' && !kinds.includes(cost)) continue
        const { world, observations } = apply(system, node.world, action)
        const acc = watch.copy(node.acc)
        for (const each of observations) if (watch.reads.includes(each.kind)) watch.step(acc, each)
        ;(cost === '' ? open : next).push({ world, acc, steps: node.steps + 1 })
      }
    }
    if (best !== null) return { states: seen.size, steps: best, faults: spent }
    level = next
  }
  return { states: seen.size, steps: null, faults: null }
}

const KINDS = ['crash', 'refuse', 'cut-connection']
let clock = 0
const run = (system: System, watch: Watch, faults: number, more: object = {}) =>
  explore(system, watch, {
    bounds: { faults, kinds: KINDS, maxStates: 100_000, ...more },
    now: () => clock++,
  })

describe.each([
  ['one client, connection', compile(toy(2))],
  ['one client, calls', compile(toy(2, 1, 'calls'))],
  ['two clients, connection', compile(toy(1, 2))],
  ['two clients, calls', compile(toy(1, 2, 'calls'))],
] as const)('%s', (_name, system) => {
  test.each([0, 1, 2])('exhausts exactly the states of the plain search, %i faults', (faults) => {
    const found = run(system, never, faults)
    expect(found).toMatchObject({ answer: 'holds within bounds', faults: null, script: null })
    expect(found.states).toBe(plainly(system, never, faults, KINDS).states)
  })

  test.each([
    [
      'an ask that nobody served, at rest',
      counting((asked, served, rest) => rest && asked > served),
    ],
    ['two served', counting((_asked, served) => served === 2)],
    ['more asked than was wanted', counting((asked) => asked > 2)],
    ['rest with nothing served', counting((_asked, served, rest) => rest && served === 0)],
  ])('finds the fewest faults and then the fewest steps: %s', (_what, watch) => {
    const plain = plainly(system, watch, 2, KINDS)
    const found = run(system, watch, 2)
    expect([found.faults, found.steps]).toEqual([plain.faults, plain.steps])
    expect(found.answer).toBe(plain.steps === null ? 'holds within bounds' : 'counterexample')
    if (found.script === null) return
    const acc = watch.init()
    const world = replay(system, found.script, (_index, _action, observations) => {
      for (const each of observations) if (watch.reads.includes(each.kind)) watch.step(acc, each)
    })
    const atRest = choicesOf(system)(world).every((choice) => choice.cost !== '')
    expect(watch.broken(acc, atRest)).toBe(true)
    expect(found.script).toHaveLength(found.steps as number)
  })
})

test('says so when it could not look at everything', () => {
  const system = compile(toy(3, 2))
  expect(run(system, never, 2, { maxStates: 50 })).toMatchObject({
    answer: 'not exhausted',
    states: 50,
  })
  let asked = 0
  const stopped = explore(compile(toy(9, 3)), never, {
    bounds: { faults: 2, kinds: KINDS, maxStates: 1_000_000 },
    now: () => 0,
    goOn: () => ++asked < 12,
  })
  expect(stopped).toMatchObject({ answer: 'not exhausted' })
  expect(asked).toBe(12)
})

test('only the kinds of misfortune that are allowed happen', () => {
  const system = compile(toy(1))
  const unserved = counting((asked, served, rest) => rest && asked > served)
  const bounds = { faults: 1, kinds: ['refuse'], maxStates: 1000 }
  const script = explore(system, unserved, { bounds, now: () => 0 }).script as readonly Action[]
  expect(script.map((action) => action.rule)).toEqual(['AskNext', 'Refuse', 'TakeAnswer'])
  expect(misfortunesOf(system)).toEqual(['crash', 'cut-connection', 'refuse'])
})

test('a space can be searched twice, and forgets nothing it needs', () => {
  const system = compile(toy(2, 2))
  const space = spaceOf(system)
  const options = { bounds: { faults: 1, kinds: KINDS, maxStates: 1e6 }, now: () => 0, space }
  const first = explore(system, never, options)
  expect(explore(system, never, options)).toEqual(first)
  expect(worldAt(space, space.start, 0)).toEqual(init(system))
})

test('whole states compared give the same states as fingerprints', () => {
  const system = compile(toy(2, 2))
  const options = { bounds: { faults: 2, kinds: KINDS, maxStates: 1e6 }, now: () => 0 }
  const [printed, exact] = [false, true].map((each) =>
    explore(system, never, { ...options, exact: each }),
  )
  expect(exact?.states).toBe(printed?.states)
  expect(exact?.oddsOfCollision).toBe(0)
  expect(printed?.oddsOfCollision).toBeGreaterThan(0)
})

test('memory is a bound too', () => {
  const found = run(compile(toy(4, 3)), never, 2, { maxStates: 1e6, maxMb: 0.5 })
  expect(found.answer).toBe('not exhausted')
  expect(found.states).toBeGreaterThan(100)
})

/** The fewest changes of all scripts of this length with so many misfortunes that end in a breach. */
function fewestChanges(system: System, watch: Watch, faults: number, length: number): number {
  const list = choicesOf(system)
  let best = Number.POSITIVE_INFINITY
  type Node = { world: ReturnType<typeof init>; acc: unknown; who: string; changes: number }
  const go = (node: Node, left: number, budget: number): void => {
    if (node.changes >= best) return
    const choices = list(node.world)
    const atRest = choices.every((choice) => choice.cost !== '')
    if (left === 0) {
      if (budget === 0 && watch.broken(node.acc, atRest)) best = node.changes
      return
    }
    for (const { action, cost } of choices) {
      if (cost !== '' && (budget === 0 || !KINDS.includes(cost))) continue
      const who = 'link' in action ? action.link : action.actor
      const { world, observations } = apply(system, node.world, action)
      const acc = watch.copy(node.acc)
      for (const each of observations) if (watch.reads.includes(each.kind)) watch.step(acc, each)
      const changes = node.changes + (node.who === '' || node.who === who ? 0 : 1)
      go({ world, acc, who, changes }, left - 1, cost === '' ? budget : budget - 1)
    }
  }
  go({ world: init(system), acc: watch.init(), who: '', changes: 0 }, length, faults)
  return best
}

test.each([
  ['two clients', toy(2, 2, 'calls'), counting((asked, served) => asked === 3 && served === 2)],
  ['a misfortune', toy(2), counting((asked, served, rest) => rest && asked > served)],
  ['another', toy(1, 2), counting((asked, served, rest) => rest && asked >= served + 2)],
] as const)(
  'of the shortest scripts, one with the fewest changes of actor: %s',
  (_what, spec, watch) => {
    const system = compile(spec)
    const found = run(system, watch, 2)
    expect(found.answer).toBe('counterexample')
    const { faults, steps } = found as { faults: number; steps: number }
    expect(found.switches).toBe(fewestChanges(system, watch, faults, steps))
  },
)

test('one least script for each kind of story', () => {
  const system = compile(toy(1))
  const unserved = counting((asked, served, rest) => rest && asked > served)
  const found = exploreStories(system, unserved, {
    bounds: { faults: 2, kinds: KINDS, maxStates: 1e5 },
    now: () => 0,
  })
  const plain = KINDS.map((kind) => [kind, plainly(system, unserved, 1, [kind]).steps])
  const stories = found.map(({ story, steps }) => [story?.join(), steps])
  expect(stories.sort()).toEqual(plain.filter(([, steps]) => steps !== null).sort())
  expect(found[0]?.steps).toBe(Math.min(...found.map((each) => each.steps ?? 0)))
})

test('stories of two misfortunes are told apart by how often each kind happens', () => {
  const system = compile(toy(2))
  const twice = counting((asked, served, rest) => rest && asked >= served + 2)
  const found = exploreStories(system, twice, {
    bounds: { faults: 2, kinds: KINDS, maxStates: 1e5 },
    now: () => 0,
  })
  const stories = found.map(({ story }) => [...(story ?? [])].sort().join())
  expect(stories).toContain('cut-connection,refuse')
  expect(stories).toContain('refuse,refuse')
  expect(new Set(stories).size).toBe(stories.length)
  for (const { story, steps, faults } of found) {
    const same = plainly(system, twice, 2, [...new Set(story)])
    expect([faults, steps]).toEqual([2, same.steps === null ? null : steps])
    expect(steps).toBeGreaterThanOrEqual(same.steps as number)
  }
})

test('what needs no misfortune has one story', () => {
  const found = exploreStories(
    compile(toy(1)),
    counting((asked) => asked === 1),
    {
      bounds: { faults: 2, kinds: KINDS, maxStates: 1e5 },
      now: () => 0,
    },
  )
  expect(found.map(({ story, steps }) => [story, steps])).toEqual([[[], 1]])
})

test('a search can be followed from outside, and left', () => {
  const options = { bounds: { faults: 1, kinds: KINDS, maxStates: 1e6 }, now: () => 0 }
  const search = exploring(compile(toy(2, 2)), never, options)
  const seen: number[] = []
  let next = search.next()
  for (; next.done !== true; next = search.next()) seen.push(next.value.faults, next.value.states)
  expect(next.value.answer).toBe('holds within bounds')
  expect(Math.max(...seen)).toBe(next.value.states)
  expect(new Set(seen.filter((_, i) => i % 2 === 0))).toEqual(new Set([0, 1]))
})
