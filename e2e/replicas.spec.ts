// Opened partitions: what each node has of one, who leads and who is in sync; nodes can be reached, read and
// broken by keyboard; the tables say what is drawn.
import type { Page } from '@playwright/test'
import { kafkaScenario } from '../lib/scenario/catalogue.ts'
import { encodeLink } from '../lib/scenario/codec.ts'
import type { Scenario } from '../lib/scenario/types.ts'
import { chooseView, node, runIsKnown, tabTo } from './support/play.ts'
import { expect, expectAccessibleInBothThemes, test } from './support/test.ts'

/** Moves by whole seconds, however long the run is. */
const timeline = (page: Page) => page.getByRole('slider', { name: 'Moment shown in the timeline' })

const story = kafkaScenario('orders-story')
const settings = { 'replication.factor': 3 }
const replicated: Scenario = {
  ...story,
  deployment: { ...story.deployment, topics: { orders: { partitions: 3, settings } } },
}

const panel = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const rows = (page: Page) => page.locator('.graph [data-kind=node]')

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test.beforeEach(async ({ page }) => {
  await page.goto(`/play/#${encodeLink(replicated)}`)
  await runIsKnown(page)
  for (let second = 0; second < 6; second++) await timeline(page).press('PageUp')
})

test('the first partition stands open: a row for each node, the leader’s first', async ({
  page,
}) => {
  await expect(rows(page)).toHaveCount(3)
  await expect(node(page, 'broker-0')).toHaveAccessibleName(
    /^broker-0, broker, leader of orders P0, in sync, log end \d+/,
  )
  await expect(node(page, 'broker-1')).toHaveAccessibleName(/follower of orders P0, in sync/)
  const sync = page.locator('.graph [data-line]').filter({ hasText: 'ISR' })
  await expect(sync).toHaveCount(1)
  const [leader, follower] = await Promise.all(
    ['broker-0', 'broker-1'].map((id) => node(page, id).boundingBox()),
  )
  expect(leader!.y).toBeLessThan(follower!.y)
  expect([leader!.height, follower!.height]).toEqual([48, 32])
})

test('another partition is opened by selecting it, its replicas listed beside the graph', async ({
  page,
}) => {
  await tabTo(page, node(page, 'orders/1'))
  await page.keyboard.press('Enter')
  await expect(node(page, 'broker-1')).toHaveAccessibleName(/leader of orders P1/)
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('orders P1')
  const table = panel(page).getByRole('table').filter({ hasText: 'role' })
  for (const head of ['broker', 'role', 'log end', 'HW'])
    await expect(table.getByRole('columnheader', { name: head, exact: true })).toBeVisible()
  await expect(table.getByRole('row').filter({ hasText: 'leader' })).toContainText('broker-1')
  await expect(table.locator('tbody tr')).toHaveCount(3)
  // It stays open while something else is looked at.
  await node(page, 'payments-0').click({ position: { x: 120, y: 12 } })
  await expect(node(page, 'broker-1')).toHaveAccessibleName(/leader of orders P1/)
})

test('a node is reached by keyboard, says what it knows, and offers its faults', async ({
  page,
}) => {
  await tabTo(page, node(page, 'broker-1'))
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('broker-1')
  await expect(panel(page)).toContainText(/Leads: orders\/1 ends at \d+/)
  await expect(panel(page)).toContainText(/Follows: orders\/0/)
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: 'Faults of broker-1' })
  await expect(menu).toBeVisible()
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
})

test('a leader killed is down, what is written stays above the watermark, and another leads', async ({
  page,
}) => {
  await node(page, 'broker-0').click({ button: 'right', position: { x: 20, y: 10 } })
  await page.getByRole('menuitem', { name: 'Kill a node' }).click()
  await runIsKnown(page)
  await runIsKnown(page)
  await expect(node(page, 'broker-0')).toHaveAccessibleName(/^broker-0, broker, down, leader of/)
  await expect(page.locator('.graph [data-line]').filter({ hasText: 'down' })).toHaveCount(1)
  for (let second = 0; second < 3; second++) await timeline(page).press('PageUp')
  await expect(node(page, 'orders/1')).toHaveAccessibleName(/high watermark \d/)
  await expect(page.getByRole('img', { name: /^Legend: .*not replicated/ })).toBeVisible()
  for (let second = 0; second < 8; second++) await timeline(page).press('PageUp')
  await expect(node(page, 'broker-1')).toHaveAccessibleName(/leader of orders P0, in sync/)
  await expect(node(page, 'broker-0')).toHaveAccessibleName(/follower of orders P0/)
})

test('the tables tell of the same nodes, and open partitions too', async ({ page }) => {
  await chooseView(page, 'Structured')
  for (const nth of [0, 1, 2]) {
    const table = page.getByRole('table', { name: `Replicas of P${nth}` })
    await expect(table.locator('tbody tr')).toHaveCount(3)
    await expect(table.getByRole('row').filter({ hasText: 'leader' })).toContainText(
      `broker-${nth}`,
    )
  }
  await page.getByRole('button', { name: 'P2', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'orders P2' })).toBeVisible()
  await chooseView(page, 'Graph')
  await expect(node(page, 'broker-2')).toHaveAccessibleName(/leader of orders P2/)
})

test('axe finds nothing where a partition is opened, light or dark', async ({ page }) => {
  await node(page, 'orders/0').click({ position: { x: 100, y: 40 } })
  await expectAccessibleInBothThemes(page)
  await chooseView(page, 'Structured')
  await expectAccessibleInBothThemes(page)
})
