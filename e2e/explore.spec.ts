// Break it for me: from the playground to the explorer, what it finds, and back to play it; stopped, out of its
// bounds, without workers, left and come back to, and by keyboard alone.
import type { Page } from '@playwright/test'
import { clock, openScenario, tabTo } from './support/play.ts'
import { expect, expectAccessible, PLAIN, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
const SEARCH = `/explore/?scenario=${STORY}`
/** Kinds by which this story breaks after few states, so that a slow machine finds them too. */
const SOON = `${SEARCH}&kinds=lose-answer`

test.describe.configure({ timeout: 120_000 })

const result = (page: Page) => page.getByRole('region', { name: 'Result' })
const figures = (page: Page) => page.getByRole('region', { name: 'Figures' })
const found = (page: Page) => result(page).getByRole('heading', { name: /^1 fault, \d+ steps$/ })
const cells = (page: Page) => page.getByRole('table').getByRole('button')

// How long a search takes depends on what else the machine does.
const FIND = { timeout: 120_000 }
test.setTimeout(180_000)

test('the crash scenario is broken, in words, by several kinds of fault, and is played', async ({
  page,
}) => {
  await openScenario(page, STORY)
  await page.getByRole('link', { name: 'Break it for me' }).click()
  await expect(page.getByRole('heading', { name: 'Break it for me' })).toBeVisible()
  await expect(page).toHaveURL(/explore\/\?scenario=crash-between/)
  await expect(found(page)).toBeVisible(FIND)
  await expect(result(page)).toContainText('Nothing shorter breaks it.')
  await expect(result(page).getByRole('radio', { name: 'Crash the process' })).toBeVisible(FIND)
  await result(page).getByRole('radio', { name: 'Crash the process' }).check()
  const steps = result(page).getByRole('list').getByRole('listitem')
  await expect(steps.filter({ hasText: 'crashes holding' })).toHaveCount(1)
  await expect(steps.filter({ hasText: 'charges the card' })).toHaveCount(2)
  await expect(steps.last()).toContainText('charges the card')
  await result(page).getByRole('link', { name: 'Play it' }).click()
  await expect(page).toHaveURL(/\/play\//)
  await expect(clock(page)).toBeVisible()
  await expect(page.getByRole('main')).toBeVisible()
  for (let pressed = 0; pressed < 3; pressed++) await page.keyboard.press('n')
  await expect(page.locator('[data-verdict="broken"]').first()).toBeVisible()
})

test('a search is stopped at once, keeps what it knows, and goes on', async ({ page }) => {
  await page.goto(`${SEARCH}&faults=2&messages=6&maxStates=16000000`)
  await expect(result(page).getByRole('heading', { name: /^Searching/ })).toBeVisible(FIND)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('button', { name: 'Go on' })).toBeEnabled()
  await expect(result(page)).toContainText('no proof')
  const before = await figures(page).innerText()
  await page.waitForTimeout(600)
  expect(await figures(page).innerText()).toBe(before)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
})

test('out of its bound on states it says so, and claims nothing', async ({ page }) => {
  await page.goto(`${SEARCH}&maxStates=1000`)
  await expect(result(page).getByRole('heading', { name: 'Not exhausted' })).toBeVisible(FIND)
  await expect(result(page)).toContainText('The bound of 1,000 states is reached')
  await expect(result(page)).toContainText('that is no proof')
  await expect(page.locator('body')).not.toContainText(/\bproved\b/)
})

test('what holds is said with its bounds', async ({ page }) => {
  await page.goto(`${SEARCH}&faults=0&consumers=1`)
  await expect(result(page).getByRole('heading', { name: 'Holds within bounds' })).toBeVisible(FIND)
  await expect(result(page)).toContainText(
    /Every schedule of 3 messages, 1 consumer.*with no fault/,
  )
})

test('bounds too narrow for anything to happen are named as such', async ({ page }) => {
  await page.goto(`${SEARCH}&messages=1`)
  await expect(
    result(page).getByRole('heading', { name: 'Nothing happens within these bounds' }),
  ).toBeVisible(FIND)
})

test.describe('where no worker can be had', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'Worker', { value: undefined })
    })
  })

  test('the page searches itself, and stays responsive meanwhile', async ({ page }) => {
    await page.goto(SOON)
    await expect(figures(page)).toContainText('no worker can be had here', FIND)
    const gaps = await page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const times: number[] = []
          let last = performance.now()
          const frame = (now: number) => {
            times.push(now - last)
            last = now
            if (times.length < 60) requestAnimationFrame(frame)
            else done(times.sort((a, b) => a - b))
          }
          requestAnimationFrame(frame)
        }),
    )
    expect(gaps[Math.floor(gaps.length / 2)]).toBeLessThan(50)
    await expect(found(page)).toBeVisible({ timeout: 100_000 })
    await expect(result(page).getByRole('link', { name: 'Play it' })).toBeVisible()
  })

  test('it is stopped there too', async ({ page }) => {
    await page.goto(`${SEARCH}&faults=2&maxStates=16000000`)
    await expect(figures(page)).toContainText('no worker can be had here', FIND)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(page.getByRole('button', { name: 'Go on' })).toBeEnabled()
  })
})

test('a sandboxed frame has no workers, and finds it all the same', async ({ page, baseURL }) => {
  await page.goto(PLAIN)
  await page.setContent(
    `<iframe sandbox="allow-scripts" style="width:1300px;height:800px" src="${baseURL}${SOON}"></iframe>`,
  )
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('heading', { name: /^1 fault, \d+ steps$/ })).toBeVisible({
    timeout: 100_000,
  })
})

test('left and come back to: the same scenario and bounds, searched anew', async ({ page }) => {
  await page.goto(`${SOON}&partitions=1`)
  await expect(found(page)).toBeVisible(FIND)
  await page.getByRole('button', { name: 'Faults at most: one more' }).click()
  await expect(page).toHaveURL(/faults=2/)
  await page.getByRole('link', { name: /^Back/ }).click()
  await expect(page).toHaveURL(/\/play\//)
  await expect(page.getByRole('button', { name: /^Scenario: Crash between/ })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/faults=2/)
  await expect(page.getByRole('group', { name: 'Faults at most' })).toContainText('≤ 2')
  await expect(found(page)).toBeVisible(FIND)
})

test('another scenario is chosen here; a link that cannot be read says so', async ({ page }) => {
  await page.goto(SEARCH)
  await page.getByRole('button', { name: /^Scenario: Crash between/ }).click()
  await page.getByRole('menuitemradio', { name: 'Committing before the effect loses' }).click()
  await expect(page).toHaveURL(/scenario=commit-before-effect-loses/)
  await page.goto('/explore/#v1.nonsense')
  await expect(page.getByRole('alert').filter({ hasText: 'The link' })).toBeVisible()
})

test('the matrix: a cell is computed, pressed, and shown at the left', async ({ page }) => {
  await page.goto(`${SOON}&partitions=1&consumers=1`)
  await expect(
    page
      .getByRole('row', { name: /as it is/ })
      .getByRole('button')
      .first(),
  ).toHaveText(/1 fault, \d+ steps/, FIND)
  const key = page.getByRole('row', { name: /^Idempotency key .*commit after effect/ })
  await expect(key.getByRole('button').first()).toHaveText('within bounds', FIND)
  await key.getByRole('button').first().click()
  await expect(result(page).getByRole('heading', { name: 'Holds within bounds' })).toBeVisible()
  await expect(key.getByRole('button').first()).toHaveAttribute('aria-pressed', 'true')
})

test('by keyboard alone: from the playground, to a cell, to the playground', async ({ page }) => {
  await openScenario(page, STORY)
  await page.keyboard.press('b')
  await expect(page).toHaveURL(/\/explore\//)
  await expect(found(page)).toBeVisible(FIND)
  await tabTo(page, page.getByRole('button', { name: 'Messages at most: one more' }))
  await tabTo(page, cells(page).first())
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(cells(page).nth(1)).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('table').locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(cells(page).nth(1)).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(cells(page).first()).toHaveAttribute('aria-pressed', 'true')
  await result(page).getByRole('link', { name: 'Play it' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/play\//)
})

for (const width of [1440, 1024, 390])
  test(`no accessibility rule is broken at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${SOON}&partitions=1&consumers=1`)
    await expect(found(page)).toBeVisible(FIND)
    await page.getByText('More bounds, guarantees and kinds of fault').click()
    await page.getByRole('button', { name: 'Stop' }).click()
    await expectAccessible(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(width)
  })

test('on a phone the playground leads here too', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openScenario(page, STORY)
  await page.getByRole('link', { name: 'Break it for me' }).click()
  await expect(page.getByRole('heading', { name: 'Break it for me' })).toBeVisible()
})
