// Runs that follow a script: its steps, its times, its verdicts, what may be done among them and after them.
import { describe, expect, test } from 'vitest'
import type { Action } from '../engine/types.ts'
import { starterScenario, starterScenarios } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { bare } from './bare.fixture.ts'
import { ask, type Question } from './exploring.ts'
import { linkOf, readLink } from './links.ts'
import { openSession } from './session.ts'
import { simulate } from './simulate.ts'
import type { Session } from './types.ts'

function search(scenario: Scenario, more: Partial<Question> & { invariant: string }): Scenario {
  const question: Question = { scope: {}, faults: 1, maxStates: 300_000, ...more }
  const [answer] = ask(scenario, question, { now: () => 0 })
  if (answer === undefined || answer.script === null) throw new Error('nothing was found')
  return { ...answer.scenario, script: answer.script }
}

const DUPLICATE = 'no-duplicate-effect'
const crash = search(bare({ messages: 2 }), { invariant: DUPLICATE, kinds: ['crash'] })
const found: readonly (readonly [string, string, Scenario])[] = [
  ['a crash that duplicates', DUPLICATE, crash],
  [
    'a crash that loses',
    'no-loss',
    search(bare({ messages: 1, service: { ackPoint: 'before' } }), {
      invariant: 'no-loss',
      kinds: ['crash'],
    }),
  ],
  [
    'a refusal that reorders',
    'per-key-order',
    search(bare({ messages: 2, producer: { 'enable.idempotence': false } }), {
      invariant: 'per-key-order',
      kinds: ['refuse-batch'],
    }),
  ],
  [
    'a pause that lets a session run out',
    DUPLICATE,
    search(bare({ instances: 2 }), { invariant: DUPLICATE, kinds: ['pause'] }),
  ],
]

const scriptOf = (scenario: Scenario): readonly Action[] => scenario.script ?? []
const verdictIn = (session: Session, invariant: string) =>
  session.verdicts().find((each) => each.invariant === invariant)?.verdict
const steps = (session: Session) =>
  Array.from({ length: session.length }, (_, at) => {
    const { timeMs, action } = session.step(at + 1)
    return { timeMs, action }
  })

function ran(scenario: Scenario): Session {
  const session = openSession(scenario)
  session.runAhead(20_000)
  return session
}

describe.each(found)('%s', (_, invariant, scenario) => {
  const session = ran(scenario)
  const end = session.scriptLength

  test('is followed action by action, and then the run goes on to rest', () => {
    expect(end).toBe(scriptOf(scenario).length)
    expect(
      steps(session)
        .slice(0, end)
        .map(({ action }) => action),
    ).toEqual(scriptOf(scenario))
    expect(session.atRest).toBe(true)
  })

  test('goes on in time, never back, and nothing is taken before it has arrived', () => {
    const times = steps(session).map(({ timeMs }) => timeMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    for (let step = 0; step < end; step++) {
      session.seek(step)
      const action = scriptOf(scenario)[step] as Action
      if (!('actor' in action) || action.via === undefined) continue
      const taken = session.flights().filter(({ to }) => to === action.actor)
      expect(Math.min(...taken.map(({ dueMs }) => dueMs), Number.MAX_VALUE)).toBeLessThanOrEqual(
        taken.length === 0 ? Number.MAX_VALUE : session.step(step + 1).timeMs,
      )
    }
  })

  test('breaks at its end and not before, and stays broken', () => {
    session.seek(end - 1)
    expect(verdictIn(session, invariant)).not.toBe('broken')
    session.seek(end)
    expect(verdictIn(session, invariant)).toBe('broken')
    for (const step of [end + 1, session.length]) {
      session.seek(step)
      expect(verdictIn(session, invariant)).toBe('broken')
    }
  })

  test('is the same without a watcher, in a link, and when it was stepped', () => {
    const summary = simulate(scenario)
    expect(summary.steps).toBe(session.length)
    expect(summary.verdicts.find((each) => each.invariant === invariant)?.verdict).toBe('broken')
    expect(summary.faults.map(({ fired }) => fired)).toEqual([true])
    const again = readLink(linkOf(session.document()))
    expect(again.ok && steps(ran(again.scenario))).toEqual(steps(session))
    const stepped = openSession(scenario)
    while (stepped.stepForward());
    expect(steps(stepped)).toEqual(steps(session))
  })

  test('tells its faults, once they have happened', () => {
    session.seek(0)
    expect(session.faults().map(({ fired }) => fired)).toEqual([false])
    session.seek(end)
    expect(session.faults()).toMatchObject([
      { fired: true, anchor: expect.stringMatching(/step \d+ of the script$/) },
    ])
  })
})

describe('a run that was played is the same when it is followed, to the millisecond', () => {
  test.each(starterScenarios.map(({ id }) => id))('%s', (id) => {
    const starter = starterScenario(id) as Scenario
    const played = openSession({ ...starter, faults: [], moments: [] })
    played.runAhead(1500)
    const script = steps(played).map(({ action }) => action)
    const followed = openSession({ ...starter, faults: [], moments: [], script })
    followed.runAhead(script.length)
    expect(steps(followed)).toEqual(steps(played))
  })
})

describe('what is done by hand', () => {
  const slow: Action = { link: '', rule: 'SlowLink' }
  const slowed = (session: Session): Action => {
    const flight = session.flights()[0]
    return { ...slow, link: flight?.link ?? '' }
  }

  test('among the steps of a script ends it there; what went before is kept', () => {
    const session = openSession(crash)
    const half = Math.floor(session.scriptLength / 2)
    session.seek(half)
    const before = steps(session).slice(0, half)
    session.inject(slowed(session))
    expect(session.scriptLength).toBe(half + 1)
    expect(session.position).toBe(half + 1)
    session.runAhead(20_000)
    expect(steps(session).slice(0, half)).toEqual(before)
    expect(session.faults().map(({ fault }) => fault)).toEqual(['slow-link'])
    expect(steps(ran(session.document()))).toEqual(steps(session))
  })

  test('after it becomes part of it, and so does everything between, a repaired line too', () => {
    const session = ran(crash)
    session.seek(scriptOf(crash).length)
    while (session.flights().length === 0 && session.stepForward());
    session.inject(slowed(session))
    session.runAhead(20_000)
    const rules = steps(session).map(({ action }) => action.rule)
    const mended = rules.indexOf('RestoreLink')
    expect(mended).toBeGreaterThan(0)
    session.seek(mended)
    const [choice] = session.palette('').flatMap(({ causes }) => causes.filter((c) => c.action))
    session.inject(choice?.action as Action)
    expect(session.scriptLength).toBe(session.position)
    session.runAhead(20_000)
    expect(steps(ran(session.document()))).toEqual(steps(session))
    expect(
      steps(session)
        .slice(0, mended)
        .map(({ action }) => action.rule),
    ).toEqual(rules.slice(0, mended))
  })
})

describe('another setting', () => {
  const session = openSession(crash)

  test('that the script does not touch leaves it whole', () => {
    const changed = session.withSetting('/deployment/consumer/session.timeout.ms', 20_000)
    expect(changed).toMatchObject({ scenario: { script: scriptOf(crash) } })
    expect(changed).not.toHaveProperty('said')
  })

  test('that makes a step impossible ends it before that, and says which and why', () => {
    const changed = session.withSetting('/story/services/0/ackPoint', 'before')
    if ('error' in changed) throw new Error(changed.error)
    const kept = scriptOf(changed.scenario).length
    expect(kept).toBeGreaterThan(5)
    expect(kept).toBeLessThan(scriptOf(crash).length)
    expect(changed.said).toContain(
      `ends before its step ${kept + 1} of ${scriptOf(crash).length}: `,
    )
    expect(openSession(changed.scenario).scriptLength).toBe(kept)
  })
})

test('without its fault a script ends before it, and what was broken holds', () => {
  const session = openSession(crash)
  const [fault] = session.faults()
  const changed = session.withSetting(fault?.without.path ?? '', fault?.without.value)
  if ('error' in changed) throw new Error(changed.error)
  const crashed = scriptOf(crash).findIndex(({ rule }) => rule === 'Crash')
  expect(scriptOf(changed.scenario)).toEqual(scriptOf(crash).slice(0, crashed))
  const without = ran(changed.scenario)
  without.seek(without.length)
  expect(without.faults()).toEqual([])
  expect(verdictIn(without, DUPLICATE)).toBe('holds')
})

test('a script that does not fit is refused, and says where', () => {
  const script = [...scriptOf(crash).slice(0, 3), { actor: 'nobody', rule: 'Crash' }]
  const says = /does not fit at its step 4 of 4: Crash of nobody cannot happen there/
  expect(() => openSession({ ...crash, script })).toThrow(says)
  expect(() => simulate({ ...crash, script })).toThrow(says)
})
