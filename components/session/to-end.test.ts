// The end of a run, asked for before all of it is recorded.
import { expect, test } from 'vitest'
import { starterScenario } from '@/lib/scenario/catalogue'
import type { Scenario } from '@/lib/scenario/types'
import { openSession } from '@/lib/session/session'
import { createRunStore, type RunStore } from './store'

const story = starterScenario('orders-story') as Scenario
const begun = (): RunStore => {
  const store = createRunStore(openSession, story)
  store.getState().lookAhead(40)
  return store
}
const verdicts = (store: RunStore) =>
  store
    .getState()
    .session.verdicts()
    .map(({ verdict }) => verdict)
const isAtEnd = (store: RunStore): boolean => {
  const { position, length, atRest } = store.getState()
  return atRest && position === length
}
const recordAll = (store: RunStore) => {
  while (!store.getState().lookAhead(400));
}

test('asked for early it is reached as the rest is recorded, and its verdicts are final', () => {
  const store = begun()
  store.getState().seekEnd(0)
  expect(isAtEnd(store)).toBe(false)
  expect(verdicts(store)).toContain('holds so far')
  recordAll(store)
  expect(isAtEnd(store)).toBe(true)
  expect(verdicts(store)).not.toContain('holds so far')
  expect(store.getState().toEnd).toBe(false)
})

test('with time for it, it is reached at once', () => {
  const store = begun()
  store.getState().seekEnd(60_000)
  expect(isAtEnd(store)).toBe(true)
  expect(store.getState().toEnd).toBe(false)
})

test.each([
  ['another moment', (store: RunStore) => store.getState().seekTime(500)],
  ['a step back', (store: RunStore) => store.getState().stepBack()],
  ['a step on', (store: RunStore) => store.getState().stepForward()],
  ['the beginning', (store: RunStore) => store.getState().restart()],
  ['playing', (store: RunStore) => store.getState().play()],
  ['another seed', (store: RunStore) => store.getState().setSeed('2')],
])('%s instead takes the wish back', (_, instead) => {
  const store = begun()
  store.getState().seekEnd(0)
  instead(store)
  const { position } = store.getState()
  recordAll(store)
  expect(store.getState().position).toBe(position)
})
