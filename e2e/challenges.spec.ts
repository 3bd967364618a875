// Challenges: one of each kind, answered wrongly and rightly. The right answers are found here by trying, as a
// player would: nothing on the page knows them.
import type { Page } from '@playwright/test'
import { tabTo } from './support/play.ts'
import { expect, test } from './support/test.ts'

const SEARCHED_MS = 60_000

async function grade(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Grade' }).click()
  const told = page.locator('.challenges-result .font-semibold')
  await expect(told).toBeVisible({ timeout: SEARCHED_MS })
  return (await told.textContent())?.trim() ?? ''
}

/** Tries one choice after the other until one is right; how many were wrong before. */
async function solve(page: Page): Promise<number> {
  const choices = page.getByRole('radio')
  for (let at = 0; at < (await choices.count()); at++) {
    await choices.nth(at).check()
    if ((await grade(page)) === 'Solved') return at
  }
  throw new Error('no choice is right')
}

test('make it hold: wrong answers come back with a run that plays, and one is right', async ({
  page,
}) => {
  await page.goto('/challenges/#charged-once')
  await expect(page.getByRole('heading', { name: 'Charged once' })).toBeVisible()
  expect(await grade(page)).toBe('Not yet')
  await expect(page.getByRole('link', { name: 'Play the run' })).toHaveAttribute(
    'href',
    /\/play\/#s1\./,
  )
  expect(await solve(page)).toBeGreaterThan(0)
})

test('make it hold on RabbitMQ: a queue forgets too early, until it does not', async ({ page }) => {
  await page.goto('/challenges/#let-go-too-early')
  await expect(page.getByText('RabbitMQ: make it hold').first()).toBeVisible()
  expect(await grade(page)).toBe('Not yet')
  await page.getByRole('radio', { name: 'false' }).check()
  await page.getByRole('radio', { name: 'after the effect' }).check()
  expect(await grade(page)).toBe('Solved')
})

test('break it: some faults break nothing, one is enough', async ({ page }) => {
  await page.goto('/challenges/#break-the-dedup-table')
  await expect(page.getByRole('heading', { name: 'Break the dedup table' })).toBeVisible()
  expect(await solve(page)).toBeGreaterThan(0)
  await page.getByRole('link', { name: 'Play the run' }).click()
  await expect(page).toHaveURL(/\/play\//)
})

test('name the cause: the run can be watched, and one of its faults is to blame', async ({
  page,
}) => {
  await page.goto('/challenges/#which-fault-charged-twice')
  await expect(page.getByRole('link', { name: 'Watch the run' })).toBeVisible()
  await expect(page.getByRole('radio')).toHaveCount(3)
  await solve(page)
})

test('by keyboard alone', async ({ page }) => {
  await page.goto('/challenges/#charged-once')
  await expect(page.getByRole('heading', { name: 'Charged once' })).toBeVisible()
  await tabTo(page, page.getByRole('radio').first())
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('.challenges-result .font-semibold')).toHaveText('Not yet')
})
