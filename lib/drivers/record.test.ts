import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import { apply, init } from '../engine/world.ts'
import type { Plan } from './plans.ts'
import { record } from './record.ts'

const crash: Plan = {
  fault: 'crash',
  actors: [0, 1],
  links: [],
  stage: 'waiting',
  about: 'item-2',
  nth: 1,
  atMs: null,
  forMs: 40,
  arg: null,
}
const cut: Plan = { ...crash, fault: 'cut-connection', links: [1], stage: null, atMs: 60 }

function recorded(asks: number) {
  const recording = record(compile(toy(asks, 2)), { seed: 'tape', plans: [crash, cut] })
  while (recording.next());
  return recording
}

describe('a recording', () => {
  test('any past moment is what the actions so far make of the start', () => {
    const recording = recorded(300)
    const { system } = recording
    expect(recording.length()).toBeGreaterThan(1500)
    fc.assert(
      fc.property(fc.nat(recording.length()), (index) => {
        let world = init(system)
        for (let i = 1; i <= index; i++) world = apply(system, world, recording.actionAt(i)).world
        expect(recording.at(index).world).toEqual(world)
      }),
      { numRuns: 15, seed: 5, examples: [[0], [255], [256], [257], [recording.length()]] },
    )
  })
  test('knows the times of what is under way at each of them', () => {
    const recording = recorded(40)
    for (let index = 0; index <= recording.length(); index++) {
      const { world, metas } = recording.at(index)
      expect(metas.map((queue) => queue.length)).toEqual(world.queues.map((queue) => queue.length))
    }
  })
  test('finds the step at a time', () => {
    const recording = recorded(20)
    expect(recording.indexAt(-1)).toBe(0)
    expect(recording.indexAt(1e9)).toBe(recording.length())
    const time = recording.step(7).timeMs
    expect(recording.step(recording.indexAt(time)).timeMs).toBe(time)
    expect(recording.indexAt(time)).toBeGreaterThanOrEqual(7)
  })
})
