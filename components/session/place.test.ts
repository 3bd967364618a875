// A scenario as large as the document allows, against a clock of the test's own: every move stops in time.
import { describe, expect, it } from 'vitest'
import { starterScenario } from '@/lib/scenario/catalogue'
import type { Scenario } from '@/lib/scenario/types'
import { openSession, STEPS_MAX } from '@/lib/session/session'
import { goTo, recordOn, returnTo } from './place'
import { createRunStore } from './store'

const first = starterScenario('crash-between-effect-and-commit') as Scenario

/** A million events, all of them due at once. */
const million: Scenario = {
  ...first,
  faults: [],
  expect: {},
  story: {
    ...first.story,
    producers: first.story.producers.map((each) => ({
      ...each,
      count: 1_000_000,
      everyMs: [0, 0],
    })),
  },
}
/** As slow as it may be: a million events, one after the other, that take hours. */
const long: Scenario = {
  ...million,
  story: {
    ...million.story,
    producers: million.story.producers.map((each) => ({ ...each, everyMs: [500, 500] })),
  },
}

/** Each look at the clock finds a millisecond gone. */
function ticking() {
  let now = 0
  return () => now++
}

describe('a run of a million events', () => {
  it('is recorded for as long as the clock allows, and no longer', () => {
    const session = openSession(million)
    expect(recordOn(session, 1_000_000, 10, ticking())).toBe(false)
    expect(session.length).toBeGreaterThan(0)
    expect(session.length).toBeLessThanOrEqual(10 * 8)
  })

  it('is gone to as far as the clock allows, and shows the furthest moment known', () => {
    const session = openSession(million)
    goTo(session, 60_000, 10, ticking())
    expect(session.position).toBe(session.length)
    expect(session.nowMs).toBe(session.endMs)
    expect(session.length).toBeLessThanOrEqual(11 * 8)
    const before = session.length
    goTo(session, 60_000, 10, ticking())
    expect(session.length).toBeGreaterThan(before)
  })

  it('is returned to where it was when there is time for it', () => {
    const session = openSession(long)
    returnTo(session, { ms: 20_000 }, () => 0)
    expect(session.nowMs).toBe(20_000)
    expect(session.endMs).toBeLessThanOrEqual(20_000)
  })
})

describe('a run too long to be kept', () => {
  it('stops at its last recorded step, says so, and can still be gone about in', () => {
    const store = createRunStore(openSession, long)
    const { session, lookAhead, play, seekTime } = store.getState()
    while (!lookAhead(10_000, 1_000));
    expect(session.length).toBe(STEPS_MAX)
    expect(session.full).toBe(true)
    expect(session.atRest).toBe(false)
    seekTime(session.endMs)
    play()
    store.getState().advance(1_000)
    expect(store.getState().playing).toBe(false)
    expect(store.getState().notice?.text).toContain('100,000')
    expect(session.stepForward()).toBe(false)
    expect(session.nowMs).toBe(session.endMs)
    seekTime(1_000)
    expect(session.nowMs).toBe(1_000)
  })

  it('is full only then: a run at rest is not', () => {
    const session = openSession(first)
    recordOn(session, STEPS_MAX, 10_000)
    expect(session.atRest).toBe(true)
    expect(session.full).toBe(false)
  })
})
