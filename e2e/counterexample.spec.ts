// A link of a counterexample: it opens on what the explorer found, plays up to the breach and stops, is handed on,
// and a bad one is told without taking anything away.
import type { Page } from '@playwright/test'
import { starterScenario } from '../lib/scenario/catalogue.ts'
import { ask } from '../lib/session/exploring.ts'
import { counterexampleHref } from '../lib/session/links.ts'
import { simulate } from '../lib/session/simulate.ts'
import { clock, nowMs, openScenario, runIsKnown, slider, toRest, toStart } from './support/play.ts'
import { expect, test } from './support/test.ts'

const STORY = 'orders-story'
const scenario = starterScenario(STORY)!
const INVARIANT = 'no-duplicate-effect'
const scope = { messages: 1, consumers: 1 }
const question = { invariant: INVARIANT, scope, faults: 1, maxStates: 50_000 }
const answer = ask(scenario, question, { now: () => 0 })[0]!
const script = answer.script!
const href = counterexampleHref({ scenario: answer.scenario, script })
const fragment = href.slice(href.indexOf('#'))
test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'follows a script' })
const complaint = (page: Page) => page.getByRole('alert').filter({ hasText: 'Not opened.' })
const verdicts = (page: Page) => page.getByRole('region', { name: 'Verdicts' })
const log = (page: Page) => page.getByRole('region', { name: 'Event log' })

async function open(page: Page) {
  await page.goto(href)
  await runIsKnown(page)
}

test('it opens at the start, says what was cut, and plays up to the breach', async ({ page }) => {
  await open(page)
  await expect(notice(page)).toContainText(`a script of ${script.length} steps`)
  for (const sentence of answer.cut.slice(1)) await expect(notice(page)).toContainText(sentence)
  await expect(clock(page)).toContainText('0.00 s')
  await expect(verdicts(page)).not.toContainText('1 duplicate')
  await page.getByRole('button', { name: /^Play/ }).click()
  await expect(verdicts(page)).toContainText('1 duplicate', { timeout: 50_000 })
  await expect(page.getByRole('button', { name: /^Play/ })).toBeVisible()
  const stopped = await nowMs(page)
  await page.waitForTimeout(500)
  expect(await nowMs(page)).toBe(stopped)
})

test('its end is one press away, steps and scrubs, and the run goes on from there', async ({
  page,
}) => {
  await open(page)
  await notice(page).getByRole('button', { name: 'Show where it ends' }).click()
  const end = await nowMs(page)
  await expect(verdicts(page)).toContainText('1 duplicate')
  await page.getByRole('radio', { name: 'Log' }).check({ force: true })
  await expect(log(page).locator('[aria-current=true]')).toContainText(
    /card|payments|stock|inventory/,
  )
  await slider(page).press('ArrowLeft')
  await expect(verdicts(page)).not.toContainText('1 duplicate')
  await toRest(page)
  expect(await nowMs(page)).toBeGreaterThan(end)
  const { timeMs } = simulate({ ...answer.scenario, script })
  expect(Math.abs((await nowMs(page)) - timeMs)).toBeLessThan(50)
})

test('shared again it is the same link; a fault by hand ends the script there, and that is shared too', async ({
  page,
}) => {
  await open(page)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(fragment)
  await toStart(page)
  for (let step = 0; step < 25; step++) await slider(page).press('ArrowRight')
  const at = await nowMs(page)
  await page.locator('.react-flow__node[data-id^="inventory-"]').first().click({ button: 'right' })
  await page.locator('[role=menuitem]:not([aria-disabled=true])').first().click()
  const ended = page.getByRole('status').filter({ hasText: 'The script ends here' })
  await expect(ended).toContainText(`of its ${script.length}`)
  await runIsKnown(page)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect.poll(() => page.url()).toMatch(/#s1\.orders-story\./)
  expect(page.url()).not.toContain(fragment)
  await page.goto('about:blank')
  await page.goBack()
  await runIsKnown(page)
  await notice(page).getByRole('button', { name: 'Show where it ends' }).click()
  expect(Math.abs((await nowMs(page)) - at)).toBeLessThan(50)
})

test('a reload brings it back, script and all', async ({ page }) => {
  await open(page)
  await notice(page).getByRole('button', { name: 'Show where it ends' }).click()
  const time = await nowMs(page)
  await page.waitForTimeout(1000)
  await page.goto('/play/')
  await runIsKnown(page)
  await expect(page.getByRole('status').filter({ hasText: 'Your last work is back' })).toBeVisible()
  expect(Math.abs((await nowMs(page)) - time)).toBeLessThan(50)
  await expect(verdicts(page)).toContainText('1 duplicate')
})

const parts = fragment.slice(1).split('.')
const withPart = (at: number, text: string) =>
  `#${parts.map((part, i) => (i === at ? text : part)).join('.')}`
const bad: readonly (readonly [string, string, RegExp])[] = [
  [
    'an index out of range',
    withPart(5, `_${parts[5]?.slice(1)}`),
    /Step 1 of \d+ is action \d+, but only/,
  ],
  ['another end', withPart(6, 'AAAAAAAAAAA'), /Its run ends elsewhere/],
  [
    'an unknown scenario',
    withPart(1, 'no-such-story'),
    /"no-such-story" that is not published here/,
  ],
  ['cut short', fragment.slice(0, -20), /parts, expected 6/],
]
test('a bad link is told what is wrong and where, and takes nothing away', async ({ page }) => {
  await openScenario(page, 'crash-with-idempotency-key')
  await slider(page).press('PageUp')
  const time = await clock(page).innerText()
  for (const [name, hash, says] of bad)
    await test.step(name, async () => {
      await page.evaluate((text) => {
        window.location.hash = text
      }, hash)
      await expect(complaint(page)).toContainText(says)
      await expect(complaint(page)).toContainText('Your work is as it was.')
      expect(await clock(page).innerText()).toBe(time)
      await page.getByRole('button', { name: 'Close this message' }).click()
    })
})
