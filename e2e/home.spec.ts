// The story of the home page in three presses: crash, see the charge made twice and why, use a key and
// see the same seed with the same fault hold. By pointer and by keyboard, light and dark.
import type { Locator, Page } from '@playwright/test'
import { tabTo } from './support/play.ts'
import { expect, test } from './support/test.ts'

type Press = (page: Page, button: Locator) => Promise<void>

const byPointer: Press = (_, button) => button.click()
const byKeyboard: Press = async (page, button) => {
  await expect(button).toBeEnabled()
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

/** At the pace of the page the run takes another few seconds to come to rest. */
const TO_REST = 20_000

async function story(page: Page, press: Press) {
  await page.goto('/')
  const telling = page.locator('.home-telling')
  await press(page, page.getByRole('button', { name: 'Crash the consumer' }))
  await expect(telling).toContainText(/Payments-\d crashes/i)

  await press(page, page.getByRole('button', { name: 'See what happened' }))
  await expect(telling.locator('[data-verdict=broken]').first()).toHaveText(/1 duplicate/)
  await expect(telling).toContainText(/The cause: payments-\d crashes/i)
  await expect(telling).toContainText(/took effect twice in payments/)
  const charges = page.getByRole('img', { name: /card charges/ })
  await expect(charges.getByText('×2')).toHaveCount(1)

  await press(page, page.getByRole('button', { name: 'Use an idempotency key, same seed' }))
  await expect(telling).toContainText(/The same fault: payments-\d crashes/i)
  await expect(telling).toContainText(
    /asks for order-\d+ [\w ]+ again: already done \(idempotency key\)/,
  )
  await expect(telling.locator('[data-verdict=holds]')).toHaveText(/0 duplicates: holds$/, {
    timeout: TO_REST,
  })
  await expect(charges.getByText('×2')).toHaveCount(0)
}

for (const theme of ['light', 'dark'] as const)
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme })
    test('the story breaks and holds by pointer', ({ page }) => story(page, byPointer))
    test('the story breaks and holds by keyboard alone', ({ page }) => story(page, byKeyboard))
  })

test('the story can be told again, and taken along to the playground', async ({ page }) => {
  await page.goto('/')
  for (const name of [
    'Crash the consumer',
    'See what happened',
    'Use an idempotency key, same seed',
  ])
    await page.getByRole('button', { name }).click()
  await page.getByRole('link', { name: 'Open it in the playground' }).click()
  await expect(page).toHaveURL(/\/play\/#v1\./)
  await expect(page.getByText(/Crash the process/).first()).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Crash the consumer' })).toBeEnabled()
})

test('the button keeps the focus from act to act', async ({ page }) => {
  await page.goto('/')
  const action = page.getByRole('button', { name: 'Crash the consumer' })
  await tabTo(page, action)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'See what happened' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /idempotency key/ })).toBeFocused()
})
