// Links, files and forks: a run handed on is the same run, a fork keeps its past, and work survives a reload.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import {
  clock,
  node,
  nowMs,
  openScenario,
  picture,
  runIsKnown,
  slider,
  toRest,
} from './support/play.ts'
import { expect, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

const seed = (page: Page) => page.getByRole('textbox', { name: 'seed' })

/**
 * The story, with a consumer paused by hand at four seconds. A link holds the fault by its anchor (this stage
 * of this message), so that what comes of it is the same again; the clock may differ by less than a stage.
 */
async function forked(page: Page) {
  await openScenario(page, STORY)
  await slider(page).press('Home')
  for (let second = 0; second < 4; second++) await slider(page).press('PageUp')
  await node(page, 'payments-0').click({ button: 'right', position: { x: 120, y: 12 } })
  await page
    .getByRole('menuitem', { name: /^Pause/ })
    .first()
    .click()
  await runIsKnown(page)
}

/** Verdicts and faults as the page tells them. */
const outcome = async (page: Page) => [
  await page.getByRole('region', { name: 'Verdicts' }).innerText(),
  await page
    .getByRole('listitem')
    .filter({ hasText: /: fired/ })
    .count(),
]

test('a link opens the same run in another page, faults injected by hand included', async ({
  page,
  context,
}) => {
  await forked(page)
  await toRest(page)
  const [told, drawn] = [await outcome(page), await picture(page)]
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The link is copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())
  expect(new URL(link).hash).toMatch(/^#v1\.[\w-]+$/)

  const other = await context.newPage()
  await other.goto(link)
  await runIsKnown(other)
  await toRest(other)
  expect(await outcome(other)).toEqual(told)
  expect(await picture(other)).toBe(drawn)
  await other.close()
})

test('where nothing may be copied, the link is shown', async ({ page, context }) => {
  await context.clearPermissions()
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
  })
  await openScenario(page, STORY)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByRole('textbox', { name: 'Link to this run' })).toHaveValue(/\/play\/#v1\./)
})

test('a file saved and opened again is the same run', async ({ page }) => {
  await forked(page)
  await toRest(page)
  const [told, drawn] = [await outcome(page), await picture(page)]
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Scenario: / }).click()
  await page.getByRole('menuitem', { name: /^Save as a file/ }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe(`${STORY}.json`)
  const text = readFileSync((await saved.path())!, 'utf8')
  expect(JSON.parse(text)).toMatchObject({ version: 1, seed: 'crash' })

  await openScenario(page, 'orders-story')
  await page.getByRole('button', { name: /^Scenario: / }).click()
  await page.getByRole('menuitem', { name: /^Open a file/ }).click()
  const file = { name: 'again.json', mimeType: 'application/json', buffer: Buffer.from(text) }
  await page.getByLabel('Choose a file').setInputFiles(file)
  await runIsKnown(page)
  await toRest(page)
  expect(await outcome(page)).toEqual(told)
  expect(await picture(page)).toBe(drawn)
})

test('a fork keeps the past and goes its own way', async ({ page }) => {
  await openScenario(page, STORY)
  await page.getByRole('radio', { name: 'Log' }).check({ force: true })
  const steps = () => page.getByRole('region', { name: 'Event log' }).locator('[data-row]')
  await slider(page).press('Home')
  for (let second = 0; second < 4; second++) await slider(page).press('PageUp')
  const past = await steps().allInnerTexts()
  const end = await clock(page).innerText()
  await node(page, 'payments-0').click({ button: 'right', position: { x: 120, y: 12 } })
  await page
    .getByRole('menuitem', { name: /^Pause/ })
    .first()
    .click()
  await runIsKnown(page)
  const current = steps().and(page.locator('[aria-current=true]'))
  await expect(current).toContainText('payments-0')
  const after = await steps().allInnerTexts()
  const kept = after.slice(0, after.indexOf(await current.innerText()))
  expect(kept.length).toBeGreaterThan(3)
  expect(past.join('\n')).toContain(kept.slice(-4).join('\n'))
  await toRest(page)
  expect(await clock(page).innerText()).not.toBe(end)
})

test('a reload brings the work back, and starting afresh lets go of it', async ({ page }) => {
  await forked(page)
  await seed(page).fill('mine')
  await seed(page).press('Enter')
  await runIsKnown(page)
  const [at, time] = [await nowMs(page), await clock(page).innerText()]
  await page.reload()
  await runIsKnown(page)
  expect(await clock(page).innerText()).toBe(time)
  expect(await nowMs(page)).toBe(at)
  await expect(seed(page)).toHaveValue('mine')
  const back = page.getByRole('status').filter({ hasText: 'Your last work is back' })
  await expect(back).toBeVisible()
  await back.getByRole('button', { name: 'Start afresh' }).click()
  await expect(seed(page)).toHaveValue('crash')
})
