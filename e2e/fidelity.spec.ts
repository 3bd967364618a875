// The page that tells the model's experiments beside the broker's: reached from the home page, filtered by
// pointer and by keyboard, read without a script.
import { tabTo } from './support/play.ts'
import { expect, test } from './support/test.ts'

test('the home page leads there, and each experiment says what model and broker did', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'how faithful it is' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Fidelity' })).toBeVisible()
  const twice = page.locator('#same-batch-twice')
  await expect(twice).toContainText('K05')
  await twice.locator('summary').click()
  await expect(twice.getByText('The model', { exact: true })).toBeVisible()
  await expect(twice.locator('code').first()).toContainText('"again":"ok@0"')
})

test('subject, class and words narrow the list, and say how much is left', async ({ page }) => {
  await page.goto('/fidelity/')
  const list = page.locator('.fidelity-list > li')
  const all = await list.count()
  expect(all).toBeGreaterThan(40)
  await page.getByLabel('Class').selectOption('set')
  await expect(page.getByRole('status')).not.toHaveText(new RegExp(`^${all} of`))
  await expect(page.locator('#two-commits-race')).toBeVisible()
  await page.getByLabel('Subject').selectOption('Retention and compaction')
  await expect(list).toHaveCount(0)
  await page.getByLabel('Class').selectOption('All')
  await page.getByLabel('Row or words').fill('tombstone')
  await expect(page.getByRole('status')).toHaveText(`1 of ${all} experiments`)
})

test('every broker stands there, with what each version did and what is left out', async ({
  page,
}) => {
  await page.goto('/fidelity/')
  const list = page.locator('.fidelity-list > li')
  const all = await list.count()
  await page.getByLabel('Broker').selectOption('RabbitMQ')
  const own = await list.count()
  expect(own).toBeGreaterThan(60)
  expect(own).toBeLessThan(all)
  await expect(page.getByLabel('Subject').getByRole('option')).toContainText(['All', 'Streams'])
  const loop = page.locator('#delivery-limit-and-nack')
  await loop.locator('summary').click()
  await expect(loop.getByText('4.3/quorum', { exact: true })).toBeVisible()
  await expect(loop.getByText('4.0/quorum', { exact: true })).toBeVisible()
  await expect(loop.locator('code')).toHaveCount(4)
  const leftOut = page.locator('section').filter({ hasText: 'What the model leaves out' })
  await expect(leftOut.getByRole('heading', { level: 3 })).toHaveText(['Apache Kafka', 'RabbitMQ'])
  await page.getByLabel('Subject').selectOption('Streams')
  await page.getByLabel('Broker').selectOption('Apache Kafka')
  await expect(page.getByLabel('Subject')).toHaveValue('')
  await expect(list).toHaveCount(all - own)
})

test('by keyboard alone an experiment is found and opened', async ({ page }) => {
  await page.goto('/fidelity/')
  const words = page.getByLabel('Row or words')
  await tabTo(page, words)
  await page.keyboard.type('K08')
  await expect(page.locator('.fidelity-list > li')).toHaveCount(1)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The model', { exact: true })).toBeVisible()
})

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })
  test('it can be read', async ({ page }) => {
    await page.goto('/fidelity/')
    await page.locator('#same-batch-twice summary').click()
    await expect(page.locator('#same-batch-twice code').first()).toBeVisible()
    await expect(page.getByRole('heading', { name: 'What the model leaves out' })).toBeVisible()
  })
})
