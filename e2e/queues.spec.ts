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
