// A phone: one pane at a time, the transport always in reach, everything by touch.
import { openScenario, runIsKnown, slider } from './support/play.ts'
import { expect, expectAccessibleButForColours, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('from the crash to the verdict by touch', async ({ page }) => {
  await openScenario(page, STORY)
  const verdicts = page.getByRole('region', { name: 'Verdicts' })
  await expect(verdicts).toContainText('0 duplicates')
  await slider(page).press('End')
  await expect(verdicts).toContainText('1 duplicate')
  const panes = page.getByRole('navigation', { name: 'Panes' })
  await panes.getByRole('button', { name: 'Log' }).tap()
  const log = page.getByRole('region', { name: 'Event log' })
  await log.getByRole('searchbox', { name: 'Find in the log' }).fill('charges the card')
  await expect(log.getByRole('listitem').first()).toContainText('charges the card')
  await panes.getByRole('button', { name: 'Timeline' }).tap()
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
  await panes.getByRole('button', { name: 'Settings' }).tap()
  await expect(page.getByRole('heading', { name: 'Guarantees' })).toBeVisible()
})

test('a part tapped opens its settings, and the fix holds', async ({ page }) => {
  await openScenario(page, STORY)
  await slider(page).press('End')
  await page.locator('.react-flow__node[data-id="payments-0"]').tap({ position: { x: 100, y: 12 } })
  await page
    .getByRole('navigation', { name: 'Panes' })
    .getByRole('button', { name: 'Settings' })
    .tap()
  await expect(page.getByRole('heading', { name: 'payments-0' })).toBeVisible()
  await page.getByRole('radio', { name: 'idempotency key' }).tap()
  await runIsKnown(page)
  await slider(page).press('End')
  const verdicts = page.getByRole('region', { name: 'Verdicts' })
  await expect(verdicts).toContainText('0 duplicates')
  await expect(verdicts.locator('[data-verdict=broken]')).toHaveCount(0)
})

test('a fault by the buttons below the graph', async ({ page }) => {
  await openScenario(page, STORY)
  await slider(page).press('Home')
  // A page of this slider is a tenth of the run: before the crash.
  for (let tenth = 0; tenth < 2; tenth++) await slider(page).press('PageUp')
  const button = page.getByRole('button', { name: 'Crash the process', exact: true })
  await button.tap()
  await expect(page.getByRole('status').filter({ hasText: 'done at' })).toContainText(
    'Crash the process: done at',
  )
})

test.describe('every page leads to every other', () => {
  const pages = ['/', '/play/', '/explore/', '/guarantees/', '/challenges/', '/fidelity/']
  for (const from of pages)
    test(`from ${from} by the menu, with keys alone`, async ({ page }) => {
      await page.goto(from)
      const button = page.getByRole('button', { name: 'All pages' })
      await button.focus()
      await page.keyboard.press('Enter')
      const menu = page.getByRole('menu', { name: 'All pages' })
      const links = menu.getByRole('menuitem')
      await expect(links).toHaveCount(pages.length)
      await expect(links.first()).toBeFocused()
      await expect(menu.locator('[aria-current=page]')).toHaveAttribute('href', from)
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width).toBe(390)
      await expectAccessibleButForColours(page)
      await page.keyboard.press('Escape')
      await expect(menu).toHaveCount(0)
      await expect(button).toBeFocused()
      await page.keyboard.press('Enter')
      await page.keyboard.press('End')
      const last = from === '/fidelity/' ? 'Challenges' : 'Fidelity'
      if (from === '/fidelity/') await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(last)
    })
})
