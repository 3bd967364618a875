// "Why?": opened by mouse and by keyboard, its steps lit on graph and timeline, what would have prevented it, a fork
// with that, and back to where one was.
import type { Page } from '@playwright/test'
import { node, openScenario, tabTo, toRest } from './support/play.ts'
import { expect, expectAccessibleInBothThemes, PLAIN, test } from './support/test.ts'

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

test('an address asks: the panel is open on the first breach, and closing it ends the work', async ({
  page,
}) => {
  await page.goto(`/play/?scenario=${STORY}&why=1`)
  await expect(panel(page).getByRole('heading', { name: /^Why was order-42/ })).toBeFocused()
  await expect.poll(() => page.workers().length).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect.poll(() => page.workers().length).toBe(0)
  await expect(ways(page).first()).toBeVisible()
})

test('an address asks of a run without a breach: that is said', async ({ page }) => {
  await page.goto('/play/?scenario=crash-with-idempotency-key&why=1')
  await expect(
    page.getByText('Nothing to explain: no guarantee is broken in this run.'),
  ).toBeVisible()
  await expect(panel(page)).toHaveCount(0)
})

test('from breach to breach of one guarantee and round, by keyboard alone', async ({ page }) => {
  await page.goto('/play/?scenario=replay-not-idempotent&why=1')
  const place = panel(page).getByText(/^Duplicate \d+ of \d+$/)
  await expect(place).toHaveText(/^Duplicate 1 of /)
  const [, last = ''] = /of (\d+)$/.exec(await place.innerText()) ?? []
  expect(Number(last)).toBeGreaterThan(1)
  await tabTo(page, panel(page).getByRole('button', { name: 'Next breach' }), 160)
  await page.keyboard.press('Enter')
  await expect(place).toHaveText(`Duplicate 2 of ${last}`)
  await expect(panel(page).getByRole('heading').first()).toBeFocused()
  const previous = panel(page).getByRole('button', { name: 'Previous breach' })
  for (const nth of ['1', last]) {
    await tabTo(page, previous, 160)
    await page.keyboard.press('Enter')
    await expect(place).toHaveText(`Duplicate ${nth} of ${last}`)
  }
  await expect(steps(page).getByRole('listitem').first()).toBeVisible(FIND)
})

test('from the explorer: its counterexample is explained, by keyboard alone', async ({ page }) => {
  await page.goto(`/explore/?scenario=${STORY}&kinds=crash`)
  const link = page.getByRole('region', { name: 'Result' }).getByRole('link', { name: 'Why?' })
  await expect(link).toBeVisible(FIND)
  await tabTo(page, link, 160)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/play\//)
  await expect(panel(page).getByRole('heading', { name: /^Why was / })).toBeFocused()
  await expect(steps(page).getByRole('listitem').filter({ hasText: 'Crashes' })).toHaveCount(
    1,
    FIND,
  )
  await expect(panel(page)).toContainText('the guarantee holds in', FIND)
})

test('each line says within which bounds, and shows the run: one that breaks, one that holds', async ({
  page,
}) => {
  await page.goto(`/play/?scenario=${STORY}&why=1`)
  const set = lines(page).filter({ hasText: 'in-memory set' })
  await expect(set).toContainText(
    /within \d+ messages?, \d+ consumers? and \d+ partitions?, at most 1 fault \(crash the process\), usual timing only/,
    FIND,
  )
  await expect(lines(page).filter({ hasText: 'as it is' })).toHaveAttribute('data-line', 'fails')
  await expect(lines(page).filter({ hasText: 'idempotency key' })).toContainText(
    /every schedule of .*states, all seen. In the run kept the fault came and was absorbed/,
    FIND,
  )
  await set.getByRole('button', { name: /^Play it/ }).click()
  await expect(panel(page)).toHaveCount(0)
  await toRest(page)
  await expect(page.locator('[data-verdict=broken]').first()).toBeVisible()
})

test('a sandboxed frame has no workers, and answers all the same', async ({ page, baseURL }) => {
  await page.goto(PLAIN)
  await page.setContent(
    `<iframe sandbox="allow-scripts" style="width:1300px;height:800px" src="${baseURL}/play/?scenario=${STORY}&why=1"></iframe>`,
  )
  const frame = page.frameLocator('iframe')
  const inside = frame.getByRole('region', { name: 'Why?', exact: true })
  await expect(inside.getByRole('list', { name: 'Causal steps' })).toBeVisible(FIND)
  await expect(inside.locator('[data-line=prevents]').first()).toBeVisible({ timeout: 100_000 })
  await inside.getByRole('button', { name: 'Close: back to the run' }).press('Enter')
  await expect(inside).toHaveCount(0)
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
    await expectAccessibleInBothThemes(page)
    expect(
      await page.evaluate(() => document.scrollingElement!.scrollWidth > window.innerWidth),
    ).toBe(false)
  })
