// Faults are injected where they happen: on an actor, on a message, by pointer and by keyboard; what cannot
// happen now says why.
import type { Page } from '@playwright/test'
import { faults } from '../lib/faults/index.ts'
import { chooseView, node, nowMs, openScenario, slider, tabTo } from './support/play.ts'
import { expect, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
const menu = (page: Page) => page.getByRole('menu')
const happened = (page: Page) =>
  page.getByRole('heading', { name: 'What just happened' }).locator('xpath=ancestor::section')

/** Handlers hold messages, and several of them are on the tapes. */
async function midRun(page: Page) {
  await openScenario(page, STORY)
  await slider(page).press('Home')
  for (let second = 0; second < 6; second++) await slider(page).press('PageUp')
}

test.beforeEach(({ page }) => midRun(page))

test('an actor: by pointer', async ({ page }) => {
  await node(page, 'payments-0').click({ button: 'right', position: { x: 120, y: 12 } })
  await expect(menu(page)).toHaveAccessibleName('Faults of payments-0')
  const first = menu(page)
    .getByRole('menuitem', { name: /^Crash the process/ })
    .first()
  await expect(first).toBeEnabled()
  await first.click()
  await expect(menu(page)).toHaveCount(0)
  await expect(happened(page).getByRole('listitem').first()).toContainText('payments-0 crashes')
  await expect(page.getByRole('status').filter({ hasText: 'done at' })).toHaveText(
    /^Crash the process: done at \d\.\d\d s\.$/,
  )
})

test('an actor: by keyboard, and the focus comes back', async ({ page }) => {
  const part = node(page, 'payments-0')
  await tabTo(page, part)
  await page.keyboard.press('f')
  await expect(menu(page)).toHaveAccessibleName('Faults of payments-0')
  await expect(menu(page).getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu(page)).toHaveCount(0)
  await expect(part).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(part).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Enter')
  await expect(menu(page)).toBeVisible()
  await page.keyboard.press('End')
  await expect(menu(page).getByRole('menuitem').last()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(menu(page).getByRole('menuitem').first()).toBeFocused()
  const pause = menu(page)
    .getByRole('menuitem', { name: /^Pause/ })
    .first()
  for (let i = 0; i < 30 && !(await pause.evaluate((e) => e === document.activeElement)); i++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(menu(page)).toHaveCount(0)
  await expect(part).toBeFocused()
  const now = ((await nowMs(page)) / 1000).toFixed(1)
  await expect(page.getByRole('complementary')).toContainText(`paused at ${now} s`)
})

test('a disabled entry says why, and does nothing', async ({ page }) => {
  await slider(page).press('Home')
  await node(page, 'payments-0').click({ button: 'right', position: { x: 120, y: 12 } })
  const off = menu(page).locator('[aria-disabled=true]')
  expect(await off.count()).toBeGreaterThan(0)
  for (const words of await off.allInnerTexts())
    expect(words).toMatch(/Now it cannot: not so that .+\.$/)
  await off.first().click({ force: true })
  await expect(menu(page)).toBeVisible()
  await expect(page.getByText('Nothing yet.')).toBeVisible()
  await page.getByRole('heading', { name: 'Guarantees' }).click()
  await expect(menu(page)).toHaveCount(0)
})

test('a message on a tape: by pointer', async ({ page }) => {
  await page.locator('[data-kind=tape] [data-message]').first().click({ button: 'right' })
  await expect(menu(page)).toHaveAccessibleName(/^Faults of order-\d+\/OrderCreated/)
  await expect(menu(page).getByRole('group').first()).toHaveAccessibleName(
    /has it in hand$|^It is under way on|^payments-\d reads P\d/,
  )
  expect(await menu(page).getByRole('menuitem').count()).toBeGreaterThan(0)
})

test('a message: by keyboard, in its table', async ({ page }) => {
  await chooseView(page, 'Structured')
  const row = page.getByRole('button', { name: /^order-\d+ created$/ }).first()
  await tabTo(page, row)
  await page.keyboard.press('f')
  await expect(menu(page)).toHaveAccessibleName(/^Faults of order-\d+\/OrderCreated/)
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()
})

for (const intent of ['Redeliver', 'Reorder'])
  test(`${intent} opens the real causes available here and now`, async ({ page }) => {
    const button = page.getByRole('complementary').getByRole('button', { name: intent })
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    await expect(menu(page)).toHaveAccessibleName(`${intent}: by which cause?`)
    const causes = menu(page).getByRole('menuitem')
    const possible = menu(page).locator('[role=menuitem]:not([aria-disabled=true])')
    expect(await causes.count()).toBeGreaterThan(0)
    for (const words of await causes.allInnerTexts()) {
      const titles = faults.map(({ title }) => title)
      expect(titles.filter((title) => words.startsWith(title))).toHaveLength(1)
    }
    const words = await possible.first().innerText()
    const done = faults.find(({ title }) => words.startsWith(title))!
    await possible.first().click()
    await expect(page.getByRole('status').filter({ hasText: 'done at' })).toContainText(done.title)
  })
