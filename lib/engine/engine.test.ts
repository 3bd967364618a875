import { describe, expect, test } from 'vitest'
import { compile } from './compile.ts'
import { toy } from './toy.fixture.ts'
import type { Action, World } from './types.ts'
import { apply, enabled, faultOf, init, whyNot } from './world.ts'

const system = compile(toy(2))
const ask: Action = { actor: 'client-0', rule: 'AskNext' }
const serve: Action = { actor: 'server', rule: 'Serve' }
const hear: Action = { actor: 'client-0', rule: 'TakeAnswer' }
const crash: Action = { actor: 'client-0', rule: 'Crash' }
const restart: Action = { actor: 'client-0', rule: 'Restart' }
const cut: Action = { link: 'client-0/server', rule: 'CutConnection' }
const notice: Action = { actor: 'server', rule: 'HearClosing' }

function run(...actions: Action[]): World {
  return actions.reduce((world, action) => apply(system, world, action).world, init(system))
}
function kinds(world: World): string[][] {
  return world.queues.map((queue) => queue.map((envelope) => envelope.kind))
}

describe('apply', () => {
  test('a request is taken, served and answered, each its own step', () => {
    expect(kinds(run(ask))).toEqual([['Ask'], []])
    expect(kinds(run(ask, serve))).toEqual([[], ['Answer']])
    expect(run(ask, serve, hear).actors[0]).toMatchObject({ heard: 1, waiting: false })
  })
  test('leaves the world it was given as it was', () => {
    const before = run(ask)
    const copy = structuredClone(before)
    apply(system, before, serve)
    expect(before).toEqual(copy)
  })
  test('shares what it did not touch', () => {
    const before = run(ask)
    const after = apply(system, before, serve).world
    expect(after.actors[0]).toBe(before.actors[0])
  })
  test('refuses what is not enabled and names the condition', () => {
    expect(() => run(ask, ask)).toThrow('nothing is asked yet')
    expect(() => run(serve)).toThrow('an envelope of that kind has arrived')
    expect(() => run(crash, ask)).toThrow('the client is up')
  })
})

describe('whyNot', () => {
  test('is null for every enabled action, and only for those', () => {
    const world = run(ask)
    for (const action of enabled(system, world)) expect(whyNot(system, world, action)).toBeNull()
    expect(whyNot(system, world, ask)).toBe('nothing is asked yet')
    expect(whyNot(system, world, { actor: 'nobody', rule: 'AskNext' })).toContain('nobody')
    expect(whyNot(system, world, { actor: 'server', rule: 'Nap' })).toContain('Nap')
    expect(whyNot(system, world, { link: 'x', rule: 'CutConnection' })).toContain('x')
    expect(whyNot(system, world, { link: 'client-0/server', rule: 'RestoreLink' })).toBe(
      'the line is slow',
    )
  })
})

describe('a crash', () => {
  test('what was sent still arrives, then the closing', () => {
    expect(kinds(run(ask, crash))).toEqual([['Ask', 'ConnectionClosed'], []])
  })
  test('the answer to it vanishes', () => {
    expect(kinds(run(ask, crash, serve))).toEqual([['ConnectionClosed'], []])
    expect(kinds(run(ask, serve, crash))).toEqual([['ConnectionClosed'], []])
  })
  test('after a restart the new connection waits behind the closing of the old one', () => {
    const world = run(ask, crash, restart, ask)
    expect(kinds(world)).toEqual([['Ask', 'ConnectionClosed', 'Ask'], []])
    const served = [serve, notice, serve].reduce((w, a) => apply(system, w, a).world, world)
    expect(kinds(served)).toEqual([[], ['Answer']])
  })
  test('crashing twice with nothing sent between closes once', () => {
    expect(kinds(run(crash, restart, crash))).toEqual([['ConnectionClosed'], []])
  })
})

describe('a cut', () => {
  test('takes everything in flight both ways and both ends hear of it', () => {
    expect(kinds(run(ask, cut))).toEqual([['ConnectionClosed'], ['ConnectionClosed']])
  })
  test('what is sent before hearing of it goes nowhere', () => {
    const idle = compile(toy(2, 1))
    const world = apply(idle, init(idle), cut).world
    expect(kinds(apply(idle, world, ask).world)).toEqual([
      ['ConnectionClosed'],
      ['ConnectionClosed'],
    ])
  })
  test('is told from a death, and from a death that follows it', () => {
    const [there] = run(cut).queues
    expect(there).toEqual([{ kind: 'ConnectionClosed', cut: true }])
    const [after] = run(cut, crash).queues
    expect(after).toEqual([{ kind: 'ConnectionClosed', cut: true }, { kind: 'ConnectionClosed' }])
  })
  test('is not offered again until both ends have heard', () => {
    expect(whyNot(system, run(cut), cut)).toBe('both ends have heard of the last closing')
    expect(faultOf(system, cut)).toBe('cut-connection')
  })
})

describe('calls', () => {
  const calls = compile(toy(3, 2, 'calls'))
  test('outlive the caller, and their answers vanish', () => {
    const steps: Action[] = [ask, crash, { actor: 'server', rule: 'Serve' }]
    const world = steps.reduce((w, a) => apply(calls, w, a).world, init(calls))
    expect(world.actors[2]).toMatchObject({ served: 1 })
    expect(kinds(world)).toEqual([[], [], [], []])
  })
  test('are not connections, so they cannot be cut', () => {
    expect(whyNot(calls, init(calls), cut)).toBe('the line is a connection')
  })
})

describe('compile', () => {
  test('refuses specifications that do not fit together', () => {
    const spec = toy(1, 2)
    const [first, second] = spec.links
    if (first === undefined || second === undefined) throw new Error('the toy has two links')
    expect(() => compile({ ...spec, links: [first, { ...second, from: 'client-0' }] })).toThrow(
      'port',
    )
    expect(() => compile({ ...spec, links: [{ ...first, to: 'nobody' }] })).toThrow('nobody')
    expect(() => compile({ ...spec, actors: [...spec.actors, ...spec.actors] })).toThrow('id')
  })
})
