// The run without a picture: headings, tables, every command as a button, and a voice that says what happens.
import type { Page } from '@playwright/test'
import { commands } from '../components/session/commands.ts'
import { chooseView, openScenario, slider, toRest, verdictsShown } from './support/play.ts'
import { expect, test } from './support/test.ts'

const STORY = 'orders-story'
const voice = (page: Page) => page.locator('[role=status][aria-live=polite]')

test('headings outline the page, one level at a time', async ({ page }) => {
  await openScenario(page, STORY, '&view=structured')
  const headings = await page
    .getByRole('heading')
    .evaluateAll((all) =>
      all.map((each) => [Number(each.tagName.slice(1)), each.textContent?.trim() ?? ''] as const),
    )
  expect(headings[0]?.[0]).toBe(1)
  expect(headings.filter(([level]) => level === 1)).toHaveLength(1)
  headings.reduce((before, [level, text]) => {
    expect(level, text).toBeLessThanOrEqual(before + 1)
    return level
  }, 0)
  const titles = headings.map(([, text]) => text).join('\n')
  for (const title of ['Summary', 'Producers', 'Consumers', 'Sinks', 'Guarantees', 'Commands'])
    expect(titles).toContain(title)
})

test('tables have heads, and rows that name what they are about', async ({ page }) => {
  await openScenario(page, STORY)
  await toRest(page)
  await chooseView(page, 'Structured')
  const tables = page.getByRole('table')
  expect(await tables.count()).toBeGreaterThanOrEqual(6)
  for (const table of await tables.all()) {
    expect(await table.getByRole('columnheader').count()).toBeGreaterThanOrEqual(3)
    for (const head of await table.getByRole('columnheader').all())
      expect((await head.innerText()).trim()).not.toBe('')
    expect(await table.getByRole('rowheader').count()).toBeGreaterThanOrEqual(1)
  }
  const partitions = tables.filter({ hasText: 'committed by' })
  await expect(partitions.getByRole('row').filter({ hasText: 'order-' })).not.toHaveCount(0)
  for (const row of await partitions.locator('tbody tr').all())
    await expect(row).toContainText(/order-\d+ .*yes|empty|not listed/)
})

test('what the tables say is what the picture draws', async ({ page }) => {
  await openScenario(page, STORY)
  await slider(page).press('Home')
  for (let second = 0; second < 7; second++) await slider(page).press('PageUp')
  const drawn = await page
    .locator('[data-kind=tape] [data-message]')
    .evaluateAll((tokens) =>
      tokens.map((token) => (token as HTMLElement).dataset['message']).sort(),
    )
  await chooseView(page, 'Structured')
  const listed = await page
    .locator('.tables-partitions [data-row][data-target]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['target']))
  expect(drawn.length).toBeGreaterThan(3)
  expect(listed).toEqual(expect.arrayContaining(drawn))
})

test('every command is a button, and does what its key does', async ({ page }) => {
  await openScenario(page, STORY, '&view=structured')
  const panel = page.getByRole('complementary')
  const names = commands.flatMap(({ id, title }) =>
    id === 'step'
      ? ['Step back', 'Step forward']
      : id === 'row'
        ? ['Next row', 'Previous row']
        : [title],
  )
  for (const name of names)
    await expect(panel.getByRole('button', { name, exact: true })).toBeVisible()
  await panel.getByRole('button', { name: 'Step forward' }).click()
  await expect(voice(page)).not.toBeEmpty()
  await panel.getByRole('button', { name: 'Another seed' }).click()
  await expect(page.getByRole('textbox', { name: 'seed' })).toHaveValue('2')
  await panel.getByRole('button', { name: 'Play or pause' }).click()
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await panel.getByRole('button', { name: 'Restart with the same seed' }).click()
  await expect(page.getByText(/^Paused at 0\.0 s/)).toBeVisible()
  await panel.getByRole('button', { name: 'All commands' }).click()
  await expect(page.getByRole('heading', { name: 'All commands' })).toBeFocused()
})

test('the live region says each step, and each breach', async ({ page }) => {
  await openScenario(page, 'crash-between-effect-and-commit', '&view=structured')
  await expect(voice(page)).toHaveCount(1)
  const panel = page.getByRole('complementary')
  const last = panel.locator('.structured-events li').first()
  const heard: string[] = []
  let before = ''
  while (heard.length < 4) {
    await panel.getByRole('button', { name: 'Step forward' }).click()
    await expect(voice(page)).not.toBeEmpty()
    const now = (await last.count()) === 0 ? '' : await last.innerText()
    if (now === before) continue
    before = now
    const sentence = now.split('\n').at(-1)!
    await expect(voice(page)).toContainText(sentence)
    heard.push(sentence)
  }
  expect(new Set(heard).size).toBe(4)
  await panel.getByRole('button', { name: 'Next broken guarantee' }).click()
  await expect(voice(page)).toContainText(/took effect twice|holds 2 rows/)
})

test('graph, structured, both', async ({ page }) => {
  await openScenario(page, STORY)
  const graph = page.getByRole('application').or(page.locator('.react-flow')).first()
  const tables = page.getByRole('heading', { name: 'Consumers' })
  await expect(graph).toBeVisible()
  await expect(tables).toHaveCount(0)
  await chooseView(page, 'Structured')
  await expect(graph).toHaveCount(0)
  await expect(tables).toBeVisible()
  await chooseView(page, 'Both')
  await expect(graph).toBeVisible()
  await expect(tables).toHaveCount(1)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Both' })).toBeChecked()
})

test('End pressed before the run is known leads to its end all the same, and to what holds', async ({
  page,
}) => {
  // So that much of the run is still unknown when the key is pressed.
  await page.goto(`/play/?scenario=${STORY}&view=structured`)
  // The page as it is served shows the graph: this view is there once the page is alive.
  await expect(page.getByRole('radio', { name: 'Structured' })).toBeChecked()
  await slider(page).press('End')
  await expect(page.getByText(/^At rest at/)).toBeVisible()
  const verdicts = Object.values(await verdictsShown(page))
  expect(verdicts.length).toBeGreaterThan(0)
  expect(verdicts).not.toContain('holds so far')
  await page.getByRole('button', { name: 'Step back', exact: true }).first().click()
  await expect(page.getByText(/^Paused at/)).toBeVisible()
  await slider(page).press('End')
  await expect(page.getByText(/^At rest at/)).toBeVisible()
})

test('any moment is in reach without the timeline', async ({ page }) => {
  for (const view of ['structured', 'both']) {
    await openScenario(page, STORY, `&view=${view}`)
    await toRest(page)
    await expect(page.getByText(/^At rest at/)).toBeVisible()
    await slider(page).press('Home')
    await expect(page.getByText(/^Paused at 0\.0 s/)).toBeVisible()
  }
})
