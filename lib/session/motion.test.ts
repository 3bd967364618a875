// What a picture says of when things began: read from the run, the same however the moment was come to.
import { describe, expect, test } from 'vitest'
import type { CardPart, PipelinePart, TablePart, TapePart, WirePart } from '../picture/types.ts'
import { starterScenario } from '../scenario/catalogue.ts'
import type { Scenario } from '../scenario/types.ts'
import { lastUpTo, waysTo } from './notes.ts'
import { openSession } from './session.ts'

const crash = starterScenario('crash-between-effect-and-commit') as Scenario
const whole = openSession(crash)
whole.runAhead(100_000)

const steps = Array.from({ length: whole.length }, (_, i) => whole.step(i + 1))
const crashed = steps.find(({ fault }) => fault !== '')
const crashAt = crashed?.index ?? 0
const crashMs = crashed?.timeMs ?? 0

function partsAt(step: number) {
  whole.seek(step)
  return whole.picture().parts
}

describe('a picture says since when', () => {
  test('it looks as it does: the time of its step', () => {
    for (const step of [0, 1, 40, crashAt]) {
      whole.seek(step)
      expect(whole.picture().sinceMs).toBe(step === 0 ? 0 : whole.step(step).timeMs)
    }
  })

  test('a consumer is dead', () => {
    const card = partsAt(crashAt + 3).find(
      (part): part is CardPart => part.kind === 'card' && part.state === 'crashed',
    )
    expect(card?.sinceMs).toBe(crashMs)
  })

  test('each record stands in its log', () => {
    for (const { index, timeMs, observations } of steps) {
      const stored = observations.find(({ kind }) => kind === 'stored') as
        | { place: { stream: string; lane: number; offset: number } }
        | undefined
      if (stored === undefined) continue
      const { stream, lane, offset } = stored.place
      const log = partsAt(index).find(
        (part): part is TapePart => part.kind === 'tape' && part.id === `${stream}/${lane}`,
      )
      expect(log?.slots.find((slot) => slot.offset === offset)?.sinceMs).toBe(timeMs)
    }
  })

  test('an effect stands twice: its second application', () => {
    const table = partsAt(whole.length).find((part): part is TablePart => part.kind === 'table')
    const twice = table?.tokens.find(({ times }) => times > 1)
    const applied = steps.filter(({ observations }) =>
      observations.some(
        (seen) =>
          seen.kind === 'effectApplied' &&
          (seen as unknown as { message: { id: string } }).message.id === twice?.message,
      ),
    )
    expect(applied).toHaveLength(2)
    expect(twice?.sinceMs).toBe(applied[1]?.timeMs)
    expect(
      table?.tokens.filter(({ times }) => times === 1).every((t) => t.sinceMs === undefined),
    ).toBe(true)
  })

  test('work stands at its stop: it left the one it stood at before, at that step', () => {
    const line = (step: number) =>
      partsAt(step).find(
        (part): part is PipelinePart => part.kind === 'pipeline' && part.of === 'payments-0',
      )
    let [moves, before] = [0, line(0)]
    for (let step = 1; step <= whole.length; step++) {
      const now = line(step)
      const same = now?.token?.message === before?.token?.message
      if (now?.token != null && (!same || now.at !== before?.at)) {
        moves++
        expect(now.ways?.at(-1)).toEqual({
          from: same ? before?.at : -1,
          sinceMs: whole.step(step).timeMs,
        })
      }
      before = now
    }
    expect(moves).toBeGreaterThan(4)
  })
})

test('while the coordinator waits for a silent member, one of its wires says until when', () => {
  const labelled = (step: number) =>
    partsAt(step).filter(
      (part): part is WirePart => part.kind === 'wire' && part.label === 'no heartbeat',
    )
  const armed = steps.findIndex(({ timeMs }) => timeMs > crashMs + 1000) + 1
  const [wire, ...others] = labelled(armed)
  const due = whole.expected().find(({ setting }) => setting === 'session.timeout.ms')
  expect(due?.dueMs).toBeGreaterThan(crashMs)
  expect(wire).toMatchObject({ to: 'payments-1', state: 'lost', dueMs: due?.dueMs })
  expect(others).toEqual([])
  expect(labelled(crashAt - 1)).toEqual([])
  const over = steps.find(({ timeMs }) => timeMs > (due?.dueMs ?? 0))
  expect(labelled(over?.index ?? 0)).toEqual([])
})

describe('notes', () => {
  const entries = [3, 5, 9].map((step, i) => ({
    step,
    timeMs: step * 10,
    at: i,
    message: i === 0 ? 'a' : 'b',
  }))
  test('are looked up by step', () => {
    expect([2, 3, 4, 5, 8, 9, 99].map((step) => lastUpTo(entries, step))).toEqual([
      -1, 0, 0, 1, 1, 2, 2,
    ])
    expect(lastUpTo([], 4)).toBe(-1)
  })
  test('tell the ways of one message, from outside first', () => {
    expect(waysTo(entries, 2)).toEqual([])
    expect(waysTo(entries, 4)).toEqual([{ from: -1, sinceMs: 30 }])
    expect(waysTo(entries, 9)).toEqual([
      { from: -1, sinceMs: 50 },
      { from: 1, sinceMs: 90 },
    ])
  })
})
