// A shared search against one worker's: the same states, the same verdict, as few faults and steps. The workers
// stand in one thread here; what passes between them is copied, as between threads.

import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import type { Watch } from '../engine/watch.ts'
import { type ExploreOptions, explore } from './explore.ts'
import { bookedOnce, REFERENCE_KINDS, reference } from './reference.fixture.ts'
import { replay } from './replay.ts'
import { spaceOf } from './space.ts'
import { joinSplit, type Port } from './split.ts'
import { exploreSplit } from './split-lead.ts'

/** Two ends of a line that copies what passes. */
function line(): readonly [Port, Port] {
  const hears: ((message: never) => void)[] = []
  const end = (own: number, other: number): Port => ({
    post: (message, transfer) => {
      const copy = structuredClone(message, { transfer })
      queueMicrotask(() => hears[other]?.(copy as never))
    },
    listen: (hear) => {
      hears[own] = hear
    },
  })
  return [end(0, 1), end(1, 0)]
}

function split(system: ReturnType<typeof compile>, watch: Watch, members: number, more: object) {
  const ports = Array.from({ length: members }, () => {
    const [lead, member] = line()
    joinSplit(member, spaceOf(system), watch)
    return lead
  })
  const order = { kinds: REFERENCE_KINDS, maxStates: 1e6, maxMb: 512, reduced: false }
  const options = { invariant: watch.id, faults: 1, order, now: () => 0, ...more }
  return exploreSplit(ports, options)
}

const alone = (faults: number, kinds = REFERENCE_KINDS): ExploreOptions => ({
  bounds: { faults, kinds, maxStates: 1e6 },
  now: () => 0,
  reduceFrom: false,
})

describe.each([1, 2, 3])('%i workers', (members) => {
  test('meet exactly the states that one meets', async () => {
    const system = compile(reference({ senders: 1, items: 2, ledger: 'all' }))
    const found = await split(system, bookedOnce, members, {})
    const one = explore(system, bookedOnce, alone(1))
    expect(found).toMatchObject({ answer: 'holds within bounds', script: null, faults: null })
    expect(found.states).toBe(one.states)
  })

  test('find a breach with as few faults and steps, and know the whole way to it', async () => {
    const system = compile(reference({ senders: 1, items: 2, ledger: 'none' }))
    const found = await split(system, bookedOnce, members, { faults: 2 })
    const one = explore(system, bookedOnce, alone(2))
    expect([found.answer, found.faults, found.steps]).toEqual(['counterexample', 1, one.steps])
    const acc = bookedOnce.init()
    replay(system, found.script ?? [], (_index, _action, observations) => {
      for (const each of observations) bookedOnce.step(acc, each)
    })
    expect(bookedOnce.broken(acc, false)).toBe(true)
  })

  test('with the reduction, the verdict is the same on fewer states', async () => {
    const system = compile(reference({ senders: 1, items: 2, ledger: 'all' }))
    const order = { kinds: REFERENCE_KINDS, maxStates: 1e6, maxMb: 512, reduced: true }
    const found = await split(system, bookedOnce, members, { order })
    const one = explore(system, bookedOnce, { ...alone(1), reduceFrom: 0 })
    expect(found.answer).toBe('holds within bounds')
    expect(found.states).toBe(one.states)
  })
})

test('a breach at rest is met by whoever holds it', async () => {
  const system = compile(toy(2))
  const watch: Watch = {
    id: 'all-served',
    reads: ['served'],
    init: () => ({ served: 0 }),
    step: (acc) => {
      ;(acc as { served: number }).served++
    },
    copy: (acc) => ({ ...(acc as object) }),
    broken: (acc, atRest) => atRest && (acc as { served: number }).served < 2,
  }
  const kinds = ['crash', 'refuse', 'cut-connection']
  const order = { kinds, maxStates: 1e6, maxMb: 512, reduced: false }
  const found = await split(system, watch, 2, { order })
  const one = explore(system, watch, alone(1, kinds))
  expect([found.answer, found.faults, found.steps]).toEqual(['counterexample', 1, one.steps])
})

test('it stops when told to, and when there are too many states', async () => {
  const system = compile(reference({ senders: 2, items: 2, ledger: 'all' }))
  let asked = 0
  const told = await split(system, bookedOnce, 2, { goOn: () => ++asked < 5 })
  expect([told.answer, asked]).toEqual(['not exhausted', 5])
  const order = { kinds: REFERENCE_KINDS, maxStates: 500, maxMb: 512, reduced: false }
  expect((await split(system, bookedOnce, 2, { order })).answer).toBe('not exhausted')
})
