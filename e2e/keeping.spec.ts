// What was done is kept, however soon the playground is left.
import { openScenario } from './support/play.ts'
import { expect, test } from './support/test.ts'

test('a change is kept when the page is left for another of the site right after it', async ({
  page,
}) => {
  await openScenario(page, 'crash-between-effect-and-commit')
  const seed = page.getByLabel('seed', { exact: true })
  const before = await seed.inputValue()
  // Both in one go, well before anything is written down of its own accord.
  await page.evaluate(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true }))
    document.querySelector<HTMLElement>('a[aria-label$="home"]')?.click()
  })
  await expect(page).toHaveURL(/\/$/)
  await expect(page.getByLabel('seed', { exact: true })).toHaveCount(0)
  await page.goto('/play/')
  await expect(seed).toHaveValue(`${before}1`)
})
