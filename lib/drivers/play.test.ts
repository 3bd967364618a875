import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import type { Plan } from './plans.ts'
import { dueMs, inject, next, type PlayOptions, play } from './play.ts'

interface Line {
  timeMs: number
  who: number
  what: string
  before: number
  sender: number
}

function record(spec: ReturnType<typeof toy>, options: PlayOptions) {
  const lines: Line[] = []
  const player = play(compile(spec), {
    ...options,
    onStep: (played) =>
      lines.push({
        timeMs: played.timeMs,
        who: played.actor,
        what: played.local?.rule.rule.name ?? played.action?.rule ?? '',
        before: played.before,
        sender: played.sender,
      }),
  })
  while (next(player)) if (player.steps > 10_000) throw new Error('no rest')
  return { lines, player }
}

const plan: Plan = {
  fault: 'crash',
  actors: [0],
  links: [],
  stage: 'waiting',
  about: 'item-2',
  nth: 1,
  atMs: null,
  forMs: null,
  arg: null,
}

describe('play', () => {
  test('the same seed gives the same steps; another seed other times', () => {
    expect(record(toy(5), { seed: 'a' }).lines).toEqual(record(toy(5), { seed: 'a' }).lines)
    const times = (seed: string) => record(toy(5), { seed }).lines.map((line) => line.timeMs)
    expect(times('a')).not.toEqual(times('b'))
  })
  test('time never runs backwards and rest comes', () => {
    const { lines, player } = record(toy(9, 3), { seed: 'x' })
    expect(lines).toHaveLength(9 * 3 * 3)
    for (let i = 1; i < lines.length; i++) {
      expect(lines[i]?.timeMs).toBeGreaterThanOrEqual(lines[i - 1]?.timeMs ?? 0)
    }
    expect(dueMs(player)).toBe(Number.POSITIVE_INFINITY)
  })
  test('a step names the step before it in its actor and the step that sent what it takes', () => {
    const { lines } = record(toy(2), { seed: 'a' })
    expect(lines.map((line) => [line.what, line.before, line.sender])).toEqual([
      ['AskNext', 0, 0],
      ['Serve', 0, 1],
      ['TakeAnswer', 1, 2],
      ['AskNext', 3, 0],
      ['Serve', 2, 4],
      ['TakeAnswer', 4, 5],
    ])
  })
})

describe('armed faults', () => {
  test('an anchored crash hits its moment and heals', () => {
    const { lines, player } = record(toy(3), { seed: 'a', plans: [plan] })
    const crash = lines.findIndex((line) => line.what === 'Crash')
    expect(lines[crash - 1]?.what).toBe('AskNext')
    expect(player.armed.firedAt[0]).toBe(crash + 1)
    expect(lines.some((line) => line.what === 'Restart')).toBe(true)
  })
  test('the restart comes after as long as the plan says', () => {
    const { lines } = record(toy(3), { seed: 'a', plans: [{ ...plan, forMs: 777 }] })
    const time = (what: string) => lines.find((line) => line.what === what)?.timeMs ?? 0
    expect(time('Restart') - time('Crash')).toBeCloseTo(777, 6)
  })
  test('a moment that never comes leaves the fault unfired', () => {
    const { player } = record(toy(3), { seed: 'a', plans: [{ ...plan, about: 'item-9' }] })
    expect(player.armed.firedAt).toEqual([0])
  })
  test('delays other than those of the faulty actor stay as they were', () => {
    const quiet = record(toy(4, 2), { seed: 's' }).lines.filter((line) => line.who === 1)
    const loud = record(toy(4, 2), { seed: 's', plans: [plan] }).lines.filter(
      (line) => line.who === 1,
    )
    expect(loud.map((line) => line.timeMs)).toEqual(quiet.map((line) => line.timeMs))
  })
  test('a misfortune can take an envelope in place of the ordinary rule', () => {
    const refuse: Plan = {
      ...plan,
      fault: 'refuse',
      actors: [1],
      stage: 'arriving',
      about: 'item-2',
    }
    const { lines } = record(toy(3), { seed: 'a', plans: [refuse] })
    expect(lines.filter((line) => line.who === 1).map((line) => line.what)).toEqual([
      'Serve',
      'Refuse',
      'Serve',
    ])
  })
  test('a line is cut while the request is under way, or the reply', () => {
    const cut: Plan = {
      ...plan,
      fault: 'cut-connection',
      actors: [0],
      links: [0],
      stage: 'request under way',
    }
    const before = record(toy(3), { seed: 'a', plans: [cut] }).lines.map((line) => line.what)
    expect(before.filter((what) => what === 'Serve')).toHaveLength(2)
    const after = record(toy(3), { seed: 'a', plans: [{ ...cut, stage: 'reply under way' }] })
    expect(after.lines.filter((line) => line.what === 'Serve')).toHaveLength(3)
    expect(after.player.cursor.actors[0]).toMatchObject({ heard: 2, closed: 1 })
  })
  test('a fault at a time comes at that time; a slow line is restored', () => {
    const slow: Plan = {
      ...plan,
      fault: 'slow-link',
      links: [0],
      stage: null,
      atMs: 12,
      forMs: 30,
      arg: 9,
    }
    const { lines } = record(toy(3), { seed: 'a', plans: [slow] })
    expect(lines.find((line) => line.what === 'SlowLink')?.timeMs).toBe(12)
    expect(lines.find((line) => line.what === 'RestoreLink')?.timeMs).toBe(42)
  })
})

test('a fault at a time comes after what is due at that very time', () => {
  const asks: Plan = { ...plan, fault: 'crash', stage: null, about: null, atMs: 0 }
  const spec = toy(1)
  const first = record(spec, { seed: 'a' }).lines[0]?.timeMs ?? 0
  const { lines } = record(spec, { seed: 'a', plans: [{ ...asks, atMs: first }] })
  expect(lines.map((line) => line.what).slice(0, 2)).toEqual(['AskNext', 'Crash'])
})

describe('inject', () => {
  test('acts now, and refuses with the condition that fails', () => {
    const player = play(compile(toy(1)), { seed: 'a' })
    inject(player, { actor: 'client-0', rule: 'Crash' }, 5)
    expect(player.steps).toBe(1)
    expect(() => inject(player, { actor: 'client-0', rule: 'Crash' })).toThrow('the client is up')
    while (next(player));
    expect(player.cursor.actors[0]).toMatchObject({ up: true, heard: 1 })
  })
})
