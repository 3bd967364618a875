// A page read at 200 and 400 per cent has a small window: what is in it scrolls one way and stays usable.
import { openScenario } from './support/play.ts'
import { expect, test } from './support/test.ts'

for (const [zoom, width, height] of [
  ['200 %', 640, 450],
  ['400 %', 320, 256],
] as const)
  test.describe(`at ${zoom}`, () => {
    test.use({ viewport: { width, height } })

    test('the playground keeps room for the graph and scrolls one way only', async ({ page }) => {
      await openScenario(page, 'crash-between-effect-and-commit')
      const main = page.getByRole('main')
      await expect.poll(async () => (await main.boundingBox())?.height).toBeGreaterThan(100)
      await main.scrollIntoViewIfNeeded()
      await expect(main).toBeInViewport()
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(width)
    })
  })
