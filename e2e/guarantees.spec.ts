// The matrix of guarantees: reached from every page's bar, filtered, opened by pointer and by keyboard, and every
// cell leads to its run and to the search that found it.
import { slider, tabTo } from './support/play.ts'
import { expect, test } from './support/test.ts'

test('a breach says what breaks it, plays, and can be searched again', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Guarantees' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/What holds/)
  const row = page.locator('tr#none')
  await row.locator('.guarantees-cell').first().click()
  const detail = page.locator('.guarantees-detail')
  await expect(detail).toContainText('Breaks when an answer of card is lost')
  const again = await detail
    .getByRole('link', { name: 'Search it again here' })
    .getAttribute('href')
  expect(again).toMatch(/\/explore\/\?.*kinds=crash/)
  await detail.getByRole('link', { name: /^Play it/ }).click()
  await expect(page).toHaveURL(/\/play\//)
  await slider(page).press('End')
  await expect(page.locator('[data-verdict=broken]').first()).toBeVisible()
})

test('what holds has a witness and names the row that breaks', async ({ page }) => {
  await page.goto('/guarantees/')
  await page.locator('tr#sink-idempotency-key .guarantees-cell').first().click()
  const detail = page.locator('.guarantees-detail')
  await expect(detail).toContainText('an answer of card is lost')
  await expect(detail).toContainText('Breaks at the same bounds with')
})

test('broker, kind of sink and strategy narrow the rows, and say how many are left', async ({
  page,
}) => {
  await page.goto('/guarantees/')
  const status = page.getByRole('status')
  const all = (await status.textContent()) ?? ''
  await page.getByLabel('Kind of sink').selectOption('database')
  await expect(status).not.toHaveText(all)
  await expect(page.locator('tr#none')).toHaveCount(0)
  await page.getByLabel('Strategy').selectOption('upsert')
  await expect(status).toHaveText(/^4 of/)
  await page.getByLabel('Broker').selectOption('RabbitMQ')
  await expect(status).toHaveText(/^2 of/)
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/^RabbitMQ: /)
})

test('a breach on RabbitMQ is told in its own words, and plays there', async ({ page }) => {
  await page.goto('/guarantees/')
  await page.locator('tr#rabbitmq-no-ack .guarantees-cell').nth(1).click()
  const detail = page.locator('.guarantees-detail')
  await expect(detail).toContainText('Breaks when payments-0 crashes')
  await expect(detail).not.toContainText(/commit/)
  await detail.getByRole('link', { name: /^Play it/ }).click()
  await expect(page).toHaveURL(/\/play\//)
  await slider(page).press('End')
  await expect(page.locator('[data-verdict=broken]').first()).toBeVisible()
})

test('by keyboard alone: a stop of Tab for each table, arrows inside it, a cell opened and closed', async ({
  page,
}) => {
  await page.goto('/guarantees/')
  const table = page.getByRole('table').last()
  await tabTo(page, table.locator('.guarantees-cell').first(), 40)
  for (let row = 0; row < 2; row++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  const second = table.locator('tbody tr').nth(2).locator('.guarantees-cell').nth(1)
  await expect(second).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('.guarantees-detail')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.locator('.guarantees-detail').locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Shift+Tab')
  await expect(second).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('.guarantees-detail')).toHaveCount(0)
  await page.keyboard.press('Control+Home')
  await expect(table.locator('.guarantees-cell').first()).toBeFocused()
})

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })
  test('it can be read', async ({ page }) => {
    await page.goto('/guarantees/')
    await expect(page.locator('tr#idempotency-key')).toContainText('Idempotency key')
  })
})
