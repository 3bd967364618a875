// "Why?": opened by mouse and by keyboard, its steps lit on graph and timeline, what would have prevented it, a fork
// with that, and back to where one was.
import type { Page } from '@playwright/test'
import { node, openScenario, tabTo, toRest } from './support/play.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
test.describe.configure({ timeout: 120_000 })

const FIND = { timeout: 60_000 }
const panel = (page: Page) => page.getByRole('region', { name: 'Why?', exact: true })
const steps = (page: Page) => panel(page).getByRole('list', { name: 'Causal steps' })
const ways = (page: Page) => page.getByRole('region', { name: 'Verdicts' }).getByText('Why?')
const lines = (page: Page) => panel(page).locator('[data-line]')

async function broken(page: Page, more = '') {
  await openScenario(page, STORY, more)
  await page.keyboard.press('n')
  await expect(ways(page).first()).toBeVisible()
}

test('by mouse: the question, at most seven steps, lit on graph and timeline, each leads to its moment', async ({
  page,
}) => {
  await broken(page)
  await ways(page).first().click()
  await expect(panel(page).getByRole('heading', { name: /^Why was order-42/ })).toBeFocused()
  await expect(panel(page)).toContainText('Duplicate 1 of 1')
  await expect(steps(page).getByRole('listitem').first()).toBeVisible(FIND)
  const count = await steps(page).getByRole('listitem').count()
  expect(count).toBeLessThanOrEqual(7)
  await expect(page.locator('[data-cause]').first()).toBeVisible()
  await expect(page.locator('[data-part="payments-1"]').first()).toHaveCSS('opacity', '1')
  await expect(page.locator('[data-part="order-service"]').first()).toHaveCSS('opacity', '0.34')
  await steps(page).getByRole('button').filter({ hasText: 'Crashes' }).click()
  await expect(steps(page).locator('[aria-current=step]')).toContainText('Crashes')
  await expect(node(page, 'payments-1')).toHaveClass(/selected/)
})

test('what would have prevented it arrives, and a fork with it holds', async ({ page }) => {
  await broken(page)
  await ways(page).first().click()
  await expect(panel(page)).toContainText('the guarantee holds', FIND)
  const key = lines(page).filter({ hasText: 'idempotency key' })
  await expect(key).toHaveAttribute('data-line', 'prevents', FIND)
  await expect(lines(page).filter({ hasText: 'in-memory set' })).toHaveAttribute(
    'data-line',
    'fails',
  )
  await panel(page).getByRole('button', { name: 'Try it: fork here with this fix' }).click()
  await expect(panel(page)).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: 'Forked at' }).first()).toContainText(
    'idempotency key',
  )
  await toRest(page)
  await expect(page.locator('[data-verdict=broken]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Back to how it was' }).click()
  await toRest(page)
  await expect(page.locator('[data-verdict=broken]').first()).toBeVisible()
})

test('by keyboard: opened, gone through with arrows, closed, and the focus given back', async ({
  page,
}) => {
  await broken(page)
  await tabTo(page, ways(page).first())
  await page.keyboard.press('Enter')
  await expect(panel(page)).toBeVisible()
  const first = steps(page).getByRole('button').first()
  await expect(first).toBeVisible(FIND)
  await tabTo(page, first)
  await page.keyboard.press('ArrowDown')
  await expect(steps(page).getByRole('button').nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(steps(page).getByRole('button').nth(1)).toHaveAttribute('aria-current', 'step')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(page.locator('[data-cause]')).toHaveCount(0)
  await expect(page.locator('[data-part="order-service"]').first()).toHaveCSS('opacity', '1')
  await expect(ways(page).first()).toBeFocused()
})

test('the structured view and the log have their ways in', async ({ page }) => {
  await broken(page, '&view=structured')
  await page
    .getByRole('table')
    .getByRole('button', { name: /^Why\?/ })
    .first()
    .click()
  await expect(panel(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('v')
  await page.keyboard.press('v')
  await page.keyboard.press('l')
  await page.getByRole('region', { name: 'Event log' }).getByText('Why?').first().click()
  await expect(panel(page)).toBeVisible()
})

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const)
  test(`axe finds nothing with it open at ${width}, light or dark`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await broken(page)
    await page.keyboard.press('w')
    await expect(lines(page).first()).toBeVisible(FIND)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await expectAccessible(page)
    }
    expect(
      await page.evaluate(() => document.scrollingElement!.scrollWidth > window.innerWidth),
    ).toBe(false)
  })
