// A run that follows a script, as the page handles it: it stops where the script ends, and says what was cut.
import { beforeEach, expect, test } from 'vitest'
import { starterScenario } from '@/lib/scenario/catalogue'
import type { Scenario } from '@/lib/scenario/types'
import { ask } from '@/lib/session/exploring'
import { linkOf } from '@/lib/session/links'
import { openSession } from '@/lib/session/session'
import { openLink, openText } from './documents'
import { createRunStore, type RunStore } from './store'

const first = starterScenario('orders-story') as Scenario
const scope = { messages: 1, consumers: 1 }
const question = { invariant: 'no-duplicate-effect', scope, faults: 1, maxStates: 50_000 }
const [answer] = ask(first, question, { now: () => 0 })
const script = answer?.script ?? []
const found = { ...(answer?.scenario as Scenario), script }
const link = linkOf(found)

let store: RunStore
beforeEach(() => {
  store = createRunStore(openSession, first)
  expect(openLink(store, `#${link}`)).toBe(true)
})

test('opening says how long it is and what was cut, and its end is one press away', () => {
  const { notice } = store.getState()
  expect(notice).toMatchObject({ tone: 'plain', action: { label: 'Show where it ends' } })
  expect(notice?.text).toContain(`a script of ${script.length} steps`)
  expect(notice?.text).toContain(
    'Cut: Left out: payments, email, analytics. order service publishes',
  )
  notice?.action?.run()
  expect(store.getState().position).toBe(script.length)
})

test('playing stops where the script ends, however fast; played again it goes on', () => {
  const { play, advance } = store.getState()
  play()
  for (let frame = 0; frame < 500 && store.getState().playing; frame++) advance(700)
  expect(store.getState()).toMatchObject({ position: script.length, playing: false })
  const verdicts = store.getState().session.verdicts()
  expect(verdicts.find((each) => each.invariant === 'no-duplicate-effect')?.verdict).toBe('broken')
  play()
  advance(10_000)
  expect(store.getState().position).toBeGreaterThan(script.length)
})

test('stepped as with reduced motion it stops there too', () => {
  const { stepForward } = store.getState()
  store.getState().play()
  for (let step = 0; step < script.length; step++) stepForward(true)
  expect(store.getState()).toMatchObject({ position: script.length, playing: false })
})

test('what is done by hand says that the script ends there', () => {
  store.getState().seek(10)
  const { session, inject } = store.getState()
  const choices = session.palette('').flatMap(({ causes }) => causes)
  const choice = choices.find(({ action }) => action !== null)
  if (choice === undefined) throw new Error('nothing can be done')
  inject(choice)
  expect(store.getState().notice?.text).toContain(`after 10 steps of its ${script.length}`)
  expect(store.getState().session.scriptLength).toBe(11)
})

test('a setting that the script cannot be followed with says so', () => {
  const { change } = store.getState()
  expect(change('/story/services/0/ackPoint', 'before')).toBeNull()
  expect(store.getState().notice?.text).toMatch(/the script ends before its step \d+ of \d+/)
  expect(store.getState().session.scriptLength).toBeLessThan(script.length)
})

test('what cannot be opened leaves all as it was', () => {
  store.getState().seek(7)
  const before = store.getState().session
  expect(openLink(store, `#${link.slice(0, -11)}AAAAAAAAAAA`)).toBe(false)
  const bad = JSON.stringify({ ...found, script: [{ actor: 'nobody', rule: 'Crash' }] })
  expect(store.getState().notice).toMatchObject({
    tone: 'wrong',
    text: expect.stringMatching(/ends elsewhere/),
  })
  expect(openText(store, bad)).toBe(false)
  expect(store.getState().notice).toMatchObject({
    tone: 'wrong',
    text: expect.stringMatching(/step 1 of 1: Crash of nobody cannot happen there/),
  })
  expect(store.getState()).toMatchObject({ session: before, position: 7 })
})

test('a link pasted with its site, and a saved file, are opened too', () => {
  for (const text of [`https://example.org/play/#${link}`, JSON.stringify(found)]) {
    const other = createRunStore(openSession, first)
    expect(openText(other, text)).toBe(true)
    expect(other.getState().session.scriptLength).toBe(script.length)
  }
})
