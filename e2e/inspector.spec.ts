// Settings under their real names: a change makes another run, nonsense is refused with the reason and
// leaves the work as it is.
import type { Page } from '@playwright/test'
import { starterScenario } from '../lib/scenario/catalogue.ts'
import type { Scenario } from '../lib/scenario/types.ts'
import { simulate } from '../lib/session/simulate.ts'
import {
  clock,
  endMs,
  node,
  nowMs,
  openScenario,
  runIsKnown,
  slider,
  toRest,
} from './support/play.ts'
import { expect, testOnOnePage as test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
const panel = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

test.beforeEach(async ({ page }) => {
  await openScenario(page, STORY)
  await slider(page).press('PageUp')
  await node(page, 'payments-0').click({ position: { x: 120, y: 12 } })
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('payments-0')
})

test('a setting changed is another run, and the place in it is kept', async ({ page }) => {
  const field = panel(page).getByLabel('session.timeout.ms', { exact: true })
  await expect(field).toHaveValue('6000')
  await expect(field).toHaveAccessibleDescription(/default 45000/)
  const before = await clock(page).innerText()
  await field.fill('10000')
  await field.press('Enter')
  await runIsKnown(page)
  await expect(clock(page)).not.toHaveText(before)
  expect(await nowMs(page)).toBe(1_000)
  await expect(field).toHaveValue('10000')

  const scenario = starterScenario(STORY) as Scenario
  const services = { payments: { 'session.timeout.ms': 10_000 } }
  const deployment = { ...scenario.deployment, services }
  const { timeMs } = simulate({ ...scenario, deployment })
  expect(Math.abs((await endMs(page)) - timeMs)).toBeLessThanOrEqual(50)
})

for (const [typed, told] of [
  ['soon', /session\.timeout\.ms.*whole number.*“soon”/],
  ['', /session\.timeout\.ms.*whole number/],
  ['-5', /session\.timeout\.ms.*(at least|to).*-5/],
  ['1e9', /session\.timeout\.ms.*whole number.*“1e9”/],
  ['99999999999999999999', /session\.timeout\.ms.*found/],
] as const)
  test(`session.timeout.ms = ${JSON.stringify(typed)} is refused with the reason`, async ({
    page,
  }) => {
    const field = panel(page).getByLabel('session.timeout.ms', { exact: true })
    const before = await clock(page).innerText()
    await field.fill(typed)
    await field.press('Enter')
    await expect(panel(page).getByRole('alert')).toHaveText(told)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveValue(typed)
    expect(await clock(page).innerText()).toBe(before)
    await field.press('Escape')
    await expect(field).toHaveValue('6000')
    await expect(panel(page).getByRole('alert')).toHaveCount(0)
  })

test('a strategy the sink cannot take is listed, disabled, with the reason', async ({ page }) => {
  const strategies = panel(page).getByRole('radiogroup', { name: 'Idempotency' })
  const inbox = strategies.getByRole('radio', { name: 'transactional inbox' })
  await expect(inbox).toBeDisabled()
  await expect(inbox).toHaveAccessibleDescription(/needs a database sink/)
  await expect(strategies.getByRole('radio', { name: 'idempotency key' })).toBeEnabled()
})

test('with the idempotency key the same fault fires and nothing is charged twice', async ({
  page,
}) => {
  await panel(page).getByRole('radio', { name: 'idempotency key' }).check()
  await runIsKnown(page)
  await toRest(page)
  const verdicts = page.getByRole('region', { name: 'Verdicts' })
  await expect(verdicts.locator('[data-verdict=broken]')).toHaveCount(0)
  await expect(verdicts).toContainText('0 duplicates')
  await panel(page).getByRole('button', { name: 'Close: back to the whole run' }).click()
  await expect(panel(page)).toContainText(/Crash the process.*: fired/)
})

test('where the offset is committed, and by how many workers, is chosen in place', async ({
  page,
}) => {
  await panel(page).getByRole('radio', { name: 'before the effect' }).check({ force: true })
  await runIsKnown(page)
  await toRest(page)
  // The crash after the effect finds the offset committed: nothing is read again, nothing is lost.
  const verdicts = page.getByRole('region', { name: 'Verdicts' })
  await expect(verdicts.locator('[data-verdict=broken]')).toHaveCount(0)
  await panel(page).getByRole('button', { name: 'Concurrency: one more' }).click()
  await expect(panel(page).getByRole('group', { name: 'Concurrency' })).toContainText('2')
})
