// RabbitMQ in the playground: queues are told from logs in the picture and in the tables, forms speak of
// acknowledging.
import type { Page } from '@playwright/test'
import { chooseView, node, openScenario, toRest } from './support/play.ts'
import { expect, expectAccessible, test } from './support/test.ts'

const STORY = 'rabbitmq-orders-story'
const panel = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('a queue stands in the picture, and says how many wait and how many are held', async ({
  page,
}) => {
  await openScenario(page, STORY)
  await page
    .getByRole('slider', { name: /^Moment shown/ })
    .first()
    .press('PageUp')
  const queue = node(page, 'orders.payments')
  await expect(queue).toHaveCount(1)
  await queue.focus()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText(/\d+ messages? ready, \d+ unacknowledged/)
  await expectAccessible(page)
})

test('tables are of queues, and forms acknowledge', async ({ page }) => {
  await openScenario(page, STORY, '&view=structured')
  const queues = page.getByRole('table').filter({ hasText: 'delivered before' })
  await expect(queues.getByRole('rowheader')).toHaveCount(4)
  await expect(page.getByRole('table').filter({ hasText: 'committed by' })).toHaveCount(0)
  await page.getByRole('button', { name: 'payments-0', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Acknowledge', exact: true })).toBeVisible()
  await expect(page.getByText('Commit offset')).toHaveCount(0)
})

test('a stream is a log, with where its readers are', async ({ page }) => {
  await openScenario(page, 'stream-replay-and-dedup')
  await toRest(page)
  await node(page, 'orders.payments').focus()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText('Where its readers are')
  await chooseView(page, 'Structured')
  await expect(page.getByRole('columnheader', { name: 'stream' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'read by' })).toBeVisible()
})

test('dead letters have a place of their own, and every view says why they are there', async ({
  page,
}) => {
  await openScenario(page, 'dead-letter-ring')
  const dead = node(page, 'orders.payments.dlq')
  await expect(dead).toHaveCount(1)
  const exchange = node(page, '(AMQP default)')
  await exchange.focus()
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('heading').first()).toBeVisible()
  for (let step = 0; step < 400 && !(await isThere(page)); step++)
    await page.keyboard.press('ArrowRight')
  await chooseView(page, 'Structured')
  await expect(page.getByText('x-death: rejected', { exact: true })).toBeVisible()
})

const isThere = async (page: Page) =>
  (await page.locator('svg text', { hasText: /^x-death: rejected$/ }).count()) > 0

for (const width of [1440, 1024, 390])
  test(`no line of the picture is cut off at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    for (const id of ['dead-letter-ring', 'rpc-with-a-lost-answer']) {
      await openScenario(page, id)
      const canvas = await page.locator('.react-flow').boundingBox()
      const boxes = await page.locator('[data-wire]').evaluateAll((all) =>
        all.map((wire) => {
          const { left, right } = wire.getBoundingClientRect()
          return { left, right }
        }),
      )
      expect(boxes.length).toBeGreaterThan(3)
      for (const { left, right } of boxes) {
        expect(left).toBeGreaterThanOrEqual(canvas?.x ?? 0)
        expect(right).toBeLessThanOrEqual((canvas?.x ?? 0) + (canvas?.width ?? 0))
      }
    }
  })
