// The drivers that make and take scripts: replay, fuzz, shrink.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import type { Action } from '../engine/types.ts'
import { fuzz } from './fuzz.ts'
import { dice } from './random.ts'
import { replay, replayWhatCan, tryReplay } from './replay.ts'
import { shrink } from './shrink.ts'

const system = compile(toy(3, 2))
const KINDS = ['crash', 'refuse', 'cut-connection']
const options = { seed: 'a', chaos: 30, heal: 200, faults: 3, kinds: KINDS }

describe('fuzz', () => {
  test('comes to rest after healing, within its budget, and its script replays to the same world', () => {
    for (let i = 0; i < 60; i++) {
      const run = fuzz(system, { ...options, seed: `seed-${i}` })
      expect(run.atRest).toBe(true)
      expect(run.fired.length).toBeLessThanOrEqual(3)
      for (const kind of run.fired) expect(KINDS).toContain(kind)
      expect(replay(system, run.script)).toEqual(run.world)
    }
  })
  test('the seed fixes the run; other seeds give other runs and every kind of misfortune', () => {
    expect(fuzz(system, options)).toEqual(fuzz(system, options))
    const runs = Array.from({ length: 40 }, (_, i) => fuzz(system, { ...options, seed: `${i}` }))
    expect(new Set(runs.map((run) => JSON.stringify(run.script))).size).toBeGreaterThan(30)
    expect([...new Set(runs.flatMap((run) => run.fired))].sort()).toEqual([...KINDS].sort())
  })
  test('says when healing was cut short, and lets nothing bad happen while healing', () => {
    const short = fuzz(system, { ...options, chaos: 2, heal: 1 })
    expect([short.atRest, short.script.length]).toEqual([false, 3])
    const calm = fuzz(system, { ...options, chaos: 0, malice: 1 })
    expect(calm.fired).toEqual([])
  })
})

describe('replay', () => {
  test('names the action that is not enabled and the condition that fails', () => {
    const ask: Action = { actor: 'client-0', rule: 'AskNext' }
    expect(tryReplay(system, [ask, ask])).toMatchObject({
      steps: 1,
      refused: { index: 2, reason: 'nothing is asked yet' },
    })
    expect(() => replay(system, [ask, ask])).toThrow(
      'action 2 of 2, AskNext of client-0, is not enabled: not so that nothing is asked yet',
    )
    const cut: Action = { link: 'client-0/server', rule: 'CutConnection' }
    expect(() => replay(system, [cut, cut])).toThrow(/action 2 of 2, CutConnection of client-0/)
    expect(replayWhatCan(system, [ask, ask, cut, cut])).toEqual([ask, cut])
  })
  test('tells of every step in order', () => {
    const { script } = fuzz(system, options)
    const told: string[] = []
    replay(system, script, (index, action) => told.push(`${index} ${action.rule}`))
    expect(told).toEqual(script.map((action, at) => `${at + 1} ${action.rule}`))
  })
})

describe('shrink', () => {
  const crashes = (script: readonly Action[]) => {
    let served = 0
    const kept = replayWhatCan(system, script)
    replay(system, kept, (_i, _a, observations) => {
      served += observations.filter((each) => each.kind === 'served').length
    })
    return served >= 2 && kept.some((action) => action.rule === 'Crash')
  }
  test('keeps what matters and nothing that can be left out', () => {
    let shrunk = 0
    for (let i = 0; i < 10; i++) {
      const { script } = fuzz(system, { ...options, seed: `crash-${i}`, malice: 0.5 })
      if (!crashes(script)) continue
      shrunk++
      const small = shrink(script, crashes)
      expect(crashes(small)).toBe(true)
      // Least is two asks, two served, one crash; one client doing both needs a restart and more.
      expect(small.length).toBeLessThanOrEqual(9)
      for (const at of small.keys()) expect(crashes(small.filter((_, i) => i !== at))).toBe(false)
    }
    expect(shrunk).toBeGreaterThan(2)
    expect(() => shrink([], crashes)).toThrow('cannot be shrunk')
  })
  test('any predicate: the result holds and no single action can go', () => {
    const action = fc.record({ actor: fc.constantFrom('a', 'b', 'c'), rule: fc.constant('R') })
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), fc.nat(3), (script, wanted) => {
        const holds = (part: readonly Action[]) =>
          part.filter((each) => 'actor' in each && each.actor === 'a').length >= wanted
        fc.pre(holds(script))
        expect(shrink(script, holds)).toHaveLength(wanted)
      }),
    )
  })
})

test('the dice are fair enough and stay in range', () => {
  const roll = dice('dice')
  const counts = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < 6000; i++) counts[roll.below(6)]!++
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})
