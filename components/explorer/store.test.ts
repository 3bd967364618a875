import { afterEach, expect, test, vi } from 'vitest'
import { starterScenario } from '@/lib/scenario/catalogue'
import type { Scenario } from '@/lib/scenario/types'
import type { Answer } from '@/lib/session/exploring'
import { DEFAULTS } from './bounds'
import type { Report, Standing, Task } from './messages'
import { cellAt, keyOf } from './plan'
import { createExplorer, type ExplorerStore } from './store'

vi.useFakeTimers()
afterEach(() => vi.clearAllTimers())

const standing = {
  ms: 1,
  states: 10,
  depths: [1, 9],
  depth: 1,
  frontier: 9,
  faults: 0,
} as unknown as Standing
const heldAnswer = { answer: 'holds within bounds' } as Answer
const brokenAnswer = { answer: 'counterexample', faults: 1 } as Answer

/** One place; whoever is asked waits until the test answers. */
function office() {
  const asked: { job: number; task: Task }[] = []
  const stopped: number[] = []
  let busy = false
  let ended = false
  let hear: (report: Exclude<Report, { did: 'start' }>) => void = () => {}
  return {
    asked,
    stopped,
    hasEnded: () => ended,
    hire: (listener: typeof hear) => {
      hear = listener
      return {
        hasRoom: () => !busy,
        onPage: () => false,
        ask: (job: number, task: Task) => {
          busy = true
          asked.push({ job, task })
        },
        stop: (job: number) => {
          busy = false
          stopped.push(job)
        },
        end: () => {
          ended = true
        },
      }
    },
    answer: (...answers: readonly Answer[]) => {
      busy = false
      hear({ did: 'answer', job: asked.at(-1)?.job ?? 0, standing, answers })
    },
    fail: (why: string) => {
      busy = false
      hear({ did: 'fail', job: asked.at(-1)?.job ?? 0, why })
    },
  }
}

const crash = starterScenario('crash-between-effect-and-commit') as Scenario
const opened = (scenario = crash) => {
  const staff = office()
  const store = createExplorer(scenario, staff.hire)
  store.getState().open(scenario, DEFAULTS)
  vi.runAllTimers()
  return { staff, store }
}
const invariants = (staff: ReturnType<typeof office>) =>
  staff.asked.map(({ task }) => task.question.invariant)
const shown = (store: ExplorerStore) => cellAt(store.getState(), store.getState().shown)

test('the row as it is, in the order of the catalogue; the first breach is shown, then its other stories', () => {
  const { staff, store } = opened()
  staff.answer(brokenAnswer)
  staff.answer(heldAnswer)
  staff.answer(heldAnswer)
  expect(invariants(staff)).toEqual([
    'no-duplicate-effect',
    'no-loss',
    'sink-equals-oracle',
    'no-duplicate-effect',
  ])
  expect(staff.asked.at(-1)?.task.question.stories).toBe(true)
  expect(store.getState().shown).toBe(keyOf('payments', 'as it is', 'no-duplicate-effect'))
  staff.answer(brokenAnswer, { ...brokenAnswer, steps: 9 } as Answer)
  expect(shown(store).answers).toHaveLength(2)
  expect(store.getState().running).toBe(true)
})

test('a reader stops it, and it goes on where it was; what is known stays known', () => {
  const { staff, store } = opened()
  staff.answer(heldAnswer)
  store.getState().stop()
  expect(staff.stopped).toEqual([2])
  expect(shown(store).state).toBe('stopped')
  expect(store.getState()).toMatchObject({ running: false, stopped: true })
  store.getState().choose(keyOf('payments', 'as it is', 'no-loss'))
  expect(store.getState().running).toBe(false)
  store.getState().goOn()
  expect(invariants(staff)).toEqual(['no-duplicate-effect', 'no-loss', 'no-loss'])
})

test('other bounds: everything anew, after the last click only', () => {
  const { staff, store } = opened()
  staff.answer(heldAnswer)
  store.getState().setBounds({ faults: 2 })
  store.getState().setBounds({ faults: 3 })
  expect(store.getState().cells).toEqual({})
  vi.runAllTimers()
  expect(staff.asked).toHaveLength(3)
  expect(staff.asked.at(-1)?.task.question).toMatchObject({
    faults: 3,
    invariant: 'no-duplicate-effect',
  })
})

test('a search that breaks down says so, and the next one begins; an answer to nobody is passed over', () => {
  const { staff, store } = opened()
  staff.fail('out of memory')
  const key = keyOf('payments', 'as it is', 'no-duplicate-effect')
  expect(cellAt(store.getState(), key)).toMatchObject({ state: 'failed', why: 'out of memory' })
  expect(invariants(staff)).toEqual(['no-duplicate-effect', 'no-loss'])
  staff.answer()
  expect(cellAt(store.getState(), keyOf('payments', 'as it is', 'no-loss')).state).toBe('idle')
})

test('what is not promised is not searched', () => {
  const scenario = starterScenario('share-group-breaks-key-order') as Scenario
  const { staff, store } = opened(scenario)
  const service = store.getState().service
  const key = keyOf(service, 'as it is', 'per-key-order')
  while (staff.asked.length < 3) staff.answer(heldAnswer)
  expect(cellAt(store.getState(), key).state).toBe('not promised')
  expect(invariants(staff).slice(0, 2)).not.toContain('per-key-order')
})

test('a page that is left lets everybody go, and can be come back to', () => {
  const { staff, store } = opened()
  store.getState().end()
  expect(staff.hasEnded()).toBe(true)
  store.getState().open(crash, DEFAULTS)
  vi.runAllTimers()
  expect(staff.asked).toHaveLength(2)
})
