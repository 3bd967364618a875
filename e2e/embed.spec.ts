// The bare player in a foreign page: it plays, says what holds, takes nothing from the page around it.
import { starterScenario } from '../lib/scenario/catalogue.ts'
import { encodeLink } from '../lib/scenario/codec.ts'
import { expect, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
const title = starterScenario(STORY)!.title

test('plays a scenario to its verdict, step by step too', async ({ page }) => {
  await page.goto(`/embed/v1/?scenario=${STORY}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  const drawn = page.getByRole('img', { name: `${title}, drawn as a graph` })
  await expect(drawn.locator('[data-kind=tape]')).toHaveCount(3)
  const before = await drawn.innerHTML()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => drawn.locator('[data-message]').count()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Pause' }).click()
  expect(await drawn.innerHTML()).not.toBe(before)
  const paused = await drawn.innerHTML()
  await page.getByRole('button', { name: 'Step back' }).click()
  await page.getByRole('button', { name: 'Step forward' }).click()
  expect(await drawn.innerHTML()).toHaveLength(paused.length)
})

test('leads to the same run in the playground, from a scenario and from a link', async ({
  page,
}) => {
  const open = page.getByRole('link', { name: /Open in playground/ })
  await page.goto('/embed/v1/?scenario=retry-reorders')
  await expect(open).toHaveAttribute('href', '/play/?scenario=retry-reorders')
  const hash = `#${encodeLink(starterScenario('retry-reorders')!)}`
  await page.goto(`/embed/v1/${hash}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    starterScenario('retry-reorders')!.title,
  )
  await expect(open).toHaveAttribute('href', `/play/${hash}`)
})

test('in a frame of a page of another origin: no storage, no focus taken, nothing scrolled', async ({
  page,
  baseURL,
}) => {
  // A sandbox without allow-same-origin is a foreign origin, and any touch of its storage throws.
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>A blog</title><input aria-label="search" autofocus>
        <div style="height:1200px"></div>
        <iframe sandbox="allow-scripts" title="A run" width="760" height="460"
          src="${baseURL}/embed/v1/?scenario=${STORY}"></iframe>`,
    }),
  )
  await page.goto('/host.html')
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(page.getByRole('textbox', { name: 'search' })).toBeFocused()
  expect(await page.evaluate(() => window.scrollY)).toBe(0)
  await frame.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible()
  const wheel = await page.evaluate(() => window.scrollY)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  expect(await page.evaluate(() => window.scrollY)).toBe(wheel)
})
