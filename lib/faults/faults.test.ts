// The contract of the catalogue, over every entry, and the palette on a toy system.
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import type { Action } from '../engine/types.ts'
import { apply, init } from '../engine/world.ts'
import { skeleton } from './_skeleton.ts'
import { faultOf, faults, searchedKinds } from './index.ts'
import { faultChoices, palette } from './palette.ts'

test('accidents are searched for; what somebody decides to do is not', () => {
  expect(searchedKinds).toContain('crash')
  expect(searchedKinds).not.toContain('rewind-offset')
  expect(searchedKinds).not.toContain('slow-link')
})

test('every file of the catalogue is listed, under its own name', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.startsWith('_') && !name.endsWith('.test.ts'))
    .map((name) => name.replace('.ts', ''))
    .filter((name) => !['index', 'types', 'palette'].includes(name))
  expect(faults.map((fault) => fault.id).sort()).toEqual(files.sort())
  expect(new Set(faults.map((fault) => fault.title)).size).toBe(faults.length)
  expect(() => faultOf('no-such-thing')).toThrow('there is no fault no-such-thing')
})

describe.each([...faults, skeleton].map((fault) => [fault.id, fault] as const))(
  '%s',
  (_id, fault) => {
    test('is plain data, worded as sentences, and serves some wish', () => {
      expect(JSON.parse(JSON.stringify(fault))).toEqual(fault)
      expect(fault.title).toMatch(/^[A-Z][^.]+$/)
      expect(fault.sentence).toMatch(/^[A-Z].{20,120}\.$/)
      expect(fault.intents.length).toBeGreaterThan(0)
      expect(fault.needs).toMatch(/^[a-z].+[a-z]$/)
    })
  },
)

describe('the palette', () => {
  const system = compile(toy(1))
  const start = init(system)
  const ask: Action = { actor: 'client-0', rule: 'AskNext' }
  const asked = apply(system, start, ask).world
  const crash: Action = { actor: 'client-0', rule: 'Crash' }
  const named = (world: typeof start, target: string, fault: string) =>
    faultChoices(system, world, target).filter((each) => each.fault === fault)

  test('offers what can be done, as an action that can be applied', () => {
    expect(named(start, 'client-0', 'crash')).toMatchObject([
      { target: 'client-0', action: crash, reason: null },
    ])
    for (const { action } of faultChoices(system, asked, '')) {
      if (action !== null) apply(system, asked, action)
    }
  })

  test('says which condition fails where it cannot be done, and what is missing altogether', () => {
    const down = apply(system, start, crash).world
    expect(named(down, 'client-0', 'crash')).toMatchObject([
      { target: 'client-0', action: null, reason: 'the client is up' },
    ])
    expect(named(start, '', 'sink-down')).toMatchObject([
      { target: '', action: null, reason: 'a sink is here' },
    ])
  })

  test('a line: what befalls the line; an actor: also its lines; a group: all its instances', () => {
    const kinds = (target: string) => [
      ...new Set(faultChoices(system, asked, target).map((each) => each.fault)),
    ]
    expect(kinds('client-0/server')).toEqual(['cut-connection', 'slow-link'])
    expect(kinds('client-0')).toEqual(['crash', 'cut-connection', 'slow-link'])
    expect(kinds('clients')).toEqual(kinds('client-0'))
    expect(kinds('server')).toEqual(['cut-connection', 'slow-link'])
  })

  test('a message: whoever works on it, and the line it is on', () => {
    const choices = faultChoices(system, asked, 'item-1')
    expect(choices.map((each) => [each.fault, each.target])).toEqual([
      ['crash', 'client-0'],
      ['cut-connection', 'client-0/server'],
      ['slow-link', 'client-0/server'],
    ])
    expect(faultChoices(system, start, 'item-1')).toEqual([])
  })

  test('wishes open their causes', () => {
    const wishes = palette(system, asked, 'client-0')
    expect(wishes.map((wish) => wish.intent)).toEqual([
      'redeliver',
      'reorder',
      'lose',
      'break-down',
    ])
    expect(wishes[1]?.causes.map((cause) => cause.fault)).toEqual(['cut-connection', 'slow-link'])
    expect(wishes[2]?.causes.map((cause) => cause.fault)).toEqual(['crash'])
  })
})
