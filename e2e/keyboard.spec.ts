// The keyboard alone: from the page's start to a verdict, nothing out of reach, nothing that traps, and
// always to be seen where one is.
import type { Page } from '@playwright/test'
import { starterScenario } from '../lib/scenario/catalogue.ts'
import { clock, nowMs, openScenario, slider, tabTo } from './support/play.ts'
import { allStops, stopsBack } from './support/stops.ts'
import { expect, testOnOnePage as test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
const TITLE = starterScenario('commit-before-effect-loses')!.title
const verdicts = (page: Page) => page.getByRole('region', { name: 'Verdicts' })

test('from page load to a verdict without a pointer', async ({ page }) => {
  await page.goto('/play/')
  await tabTo(page, page.getByRole('button', { name: /^Scenario: / }))
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  const wanted = menu.getByRole('menuitemradio', { name: TITLE })
  for (let i = 0; i < 40 && !(await wanted.evaluate((e) => e === document.activeElement)); i++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE)

  await page.keyboard.press('Space')
  // The picker has the focus again, and Space is a button's own: the menu stands open once more.
  await expect(menu).toBeVisible()
  await page.keyboard.press('Escape')
  await tabTo(page, page.getByRole('radio', { name: '1 times', exact: true }))
  for (let faster = 0; faster < 4; faster++) await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: '16 times' })).toBeChecked()
  await tabTo(page, page.getByRole('button', { name: 'Play', exact: true }))
  await page.keyboard.press('Enter')
  await expect(verdicts(page).locator('[data-verdict=broken]').first()).toHaveText(
    /1 lost: broken/,
    {
      timeout: 15_000,
    },
  )
})

test('single keys run their commands', async ({ page }) => {
  await openScenario(page, STORY)
  await slider(page).press('Home')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('n')
  await expect(verdicts(page).locator('[data-verdict=broken]').first()).toBeVisible()
  const broken = await nowMs(page)
  expect(broken).toBeGreaterThan(0)
  await page.keyboard.press('ArrowLeft')
  await expect(verdicts(page).locator('[data-verdict=broken]')).toHaveCount(0)
  await page.keyboard.press('l')
  await expect(page.getByRole('region', { name: 'Event log' })).toBeVisible()
  await page.keyboard.press('l')
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
  await page.keyboard.press('v')
  await expect(page.getByRole('radio', { name: 'Structured' })).toBeChecked()
  await page.keyboard.press('v')
  await page.keyboard.press('v')
  await expect(page.getByRole('radio', { name: 'Graph' })).toBeChecked()
  await page.keyboard.press('s')
  await expect(page.getByRole('textbox', { name: 'seed' })).toHaveValue('crash1')
  await page.keyboard.press('r')
  await expect(clock(page)).toContainText('0.00 s')
  await page.keyboard.press('Space')
  await expect.poll(() => nowMs(page)).toBeGreaterThan(100)
  await page.keyboard.press('Space')
  const paused = await nowMs(page)
  await page.waitForTimeout(200)
  expect(await nowMs(page)).toBe(paused)
})

test('the panel of all commands opens with ?, lists every key, and closes', async ({ page }) => {
  await openScenario(page, STORY)
  await page.keyboard.press('?')
  const panel = page.getByRole('complementary', { name: 'Commands' })
  await expect(panel.getByRole('heading', { name: 'All commands' })).toBeFocused()
  for (const key of ['Space', '←', '→', 'J', 'K', 'Enter', 'F', 'N', 'R', 'S', 'V', 'L', '?'])
    await expect(panel.getByText(key, { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})

test('single keys can be switched off', async ({ page }) => {
  await openScenario(page, STORY)
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: 'Single keys run commands' }).uncheck()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('v')
  await page.keyboard.press('l')
  await expect(page.getByRole('radio', { name: 'Graph' })).toBeChecked()
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
})

test('no command runs while text is typed', async ({ page }) => {
  await openScenario(page, STORY)
  const before = await clock(page).innerText()
  const seed = page.getByRole('textbox', { name: 'seed' })
  await seed.fill('')
  await seed.pressSequentially('srvlnf jk?')
  await expect(seed).toHaveValue('srvlnf jk?')
  expect(await clock(page).innerText()).toBe(before)
  await expect(page.getByRole('radio', { name: 'Graph' })).toBeChecked()
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  await seed.press('Escape')
  await expect(seed).toHaveValue('crash')
})

for (const [name, open] of [
  ['the home page', (page: Page) => page.goto('/')],
  ['the playground', (page: Page) => openScenario(page, STORY)],
  ['the structured view', (page: Page) => openScenario(page, STORY, '&view=structured')],
  [
    'the log',
    async (page: Page) => {
      await openScenario(page, STORY)
      await slider(page).press('PageUp')
      await page.keyboard.press('l')
    },
  ],
  ['the embed', (page: Page) => page.goto(`/embed/v1/?scenario=${STORY}`)],
] as const)
  test(`${name}: every stop is seen, none traps`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await open(page)
    const stops = await allStops(page)
    expect(stops.length).toBeGreaterThanOrEqual(4)
    expect(stops.filter(({ seen }) => !seen)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    const back = await stopsBack(page, stops.length)
    expect(back.filter(({ seen }) => !seen)).toEqual([])
    expect(back.map(({ name }) => name).reverse()).toEqual(stops.map(({ name }) => name))
  })

test('J and K go from row to row, Enter opens what the row stands for', async ({ page }) => {
  await openScenario(page, STORY, '&view=structured')
  await page.keyboard.press('j')
  const first = page.locator('[data-row]').first()
  await expect(first).toBeFocused()
  await page.keyboard.press('j')
  await expect(page.locator('[data-row]').nth(1)).toBeFocused()
  await page.keyboard.press('k')
  await expect(first).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('complementary').getByRole('heading', { level: 2 }).first(),
  ).toHaveText(await first.innerText())
})
