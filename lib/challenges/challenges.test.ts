// The contract of challenges: each breaks at the start, each can be solved, by whatever the search finds among its
// own choices, and a wrong answer is refused with the run that shows it.
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../scenario/types.ts'
import { ask } from '../session/exploring.ts'
import { simulate } from '../session/simulate.ts'
import { CONSUMERS, FAULTS, MESSAGES } from './_base.ts'
import { skeleton } from './_skeleton.ts'
import {
  caseOf,
  causesOf,
  type Grade,
  gradeCause,
  gradeOf,
  questionOf,
  scenarioWith,
  waysToChoose,
} from './grade.ts'
import { challenges } from './index.ts'
import type { Challenge } from './types.ts'

const LONG_MS = 300_000
const how = { now: () => 0 }

function graded(challenge: Challenge, scenario: Scenario | string, kinds = challenge.kinds): Grade {
  if (typeof scenario === 'string') return { solved: false, because: scenario, answer: null }
  const [answer] = ask(scenario, questionOf(challenge, kinds), how)
  return gradeOf(challenge, answer ?? null)
}

function replays({ scenario, invariant }: Challenge, { answer }: Grade): void {
  const own = answer?.scenario ?? scenario
  const { verdicts } = simulate(own, { script: answer?.script ?? [] })
  expect(verdicts.find((each) => each.invariant === invariant)?.verdict).toBe('broken')
}

test('each has a name of its own, and every broker has some of all three kinds', () => {
  expect(challenges.length).toBeGreaterThanOrEqual(8)
  expect(new Set(challenges.map(({ id }) => id)).size).toBe(challenges.length)
  for (const broker of ['kafka', 'rabbitmq']) {
    const own = challenges.filter(({ scenario }) => scenario.deployment.broker === broker)
    expect(own.length).toBeGreaterThanOrEqual(5)
    expect(new Set(own.map(({ kind }) => kind)).size).toBe(3)
  }
  expect([MESSAGES, CONSUMERS, FAULTS]).toEqual([3, 2, 2])
})

test('those that are to hold are asked about as many faults as the matrix', () => {
  for (const each of challenges) {
    expect(each.scenario.id).toBe(each.id)
    expect(questionOf(each).faults).toBe(each.kind === 'break it with one fault' ? 1 : FAULTS)
  }
})

const toHold = [...challenges, skeleton].flatMap((each) =>
  each.kind === 'make it hold' ? [each] : [],
)
describe.each(toHold.map((each) => [each.id, each] as const))('%s', (_id, challenge) => {
  test(
    'breaks as it is, can be solved, and wrong answers are refused with a run that breaks',
    () => {
      const grades = waysToChoose(challenge.settings).map((chosen) =>
        graded(challenge, scenarioWith(challenge, chosen)),
      )
      const first = grades[0] as Grade
      expect(first.solved).toBe(false)
      replays(challenge, first)
      expect(grades.some(({ solved }) => solved === true)).toBe(true)
      expect(grades.every(({ solved }) => solved !== null)).toBe(true)
      for (const grade of grades)
        if (grade.solved === false && grade.answer !== null) replays(challenge, grade)
    },
    LONG_MS,
  )
})

const toBreak = challenges.flatMap((each) =>
  each.kind === 'break it with one fault' ? [each] : [],
)
describe.each(toBreak.map((each) => [each.id, each] as const))('%s', (_id, challenge) => {
  test(
    'some kind breaks it, some does not, and nothing breaks it without a fault',
    () => {
      const grades = challenge.kinds.map((kind) => graded(challenge, challenge.scenario, [kind]))
      expect(new Set(grades.map(({ solved }) => solved))).toEqual(new Set([true, false]))
      for (const grade of grades) if (grade.solved === true) replays(challenge, grade)
    },
    LONG_MS,
  )
})

const toName = challenges.flatMap((each) => (each.kind === 'name the cause' ? [each] : []))
describe.each(toName.map((each) => [each.id, each] as const))('%s', (_id, challenge) => {
  test(
    'chance makes its run, one misfortune of several is to blame, and only that is accepted',
    () => {
      const made = caseOf(challenge)
      if (made === null) throw new Error('no run has a single cause')
      expect(made.at).toHaveLength(challenge.faults)
      expect(causesOf(challenge, made)).toHaveLength(1)
      const grades = made.at.map((_, named) => gradeCause(challenge, made, named).solved)
      expect(grades.filter((solved) => solved === true)).toHaveLength(1)
    },
    LONG_MS,
  )
})
