// LOOK's anatomy, measured in the page: sizes of cells, cards and bars; type, colours and radii only from
// the design's own lists.
import type { Locator, Page } from '@playwright/test'
import { tokens } from './support/colour.ts'
import { node, openScenario, slider } from './support/play.ts'
import { expect, test } from './support/test.ts'
import { cornersOf, foreignColours, textsOf } from './support/walk.ts'

const STORY = 'crash-between-effect-and-commit'

async function size(
  locator: Locator,
): Promise<{ readonly width: number; readonly height: number }> {
  const { width, height } = (await locator.boundingBox())!
  return { width: Math.round(width * 100) / 100, height: Math.round(height * 100) / 100 }
}

/** A rectangle without the line around it. */
const rectangle = (locator: Locator) =>
  locator.evaluate((mark) => {
    const { width, height } = (mark as SVGGraphicsElement).getBBox()
    return { width, height }
  })

const gaps = (places: readonly number[]) => places.slice(1).map((at, i) => at - places[i]!)

async function atBreach(page: Page, id = STORY) {
  await openScenario(page, id)
  await page.keyboard.press('n')
}

test('a tape is ruled in cells of 40 × 48, one event a cell', async ({ page }) => {
  await atBreach(page)
  const tape = node(page, 'orders/0')
  const ground = await rectangle(tape.locator('[data-role="tape.ground"]'))
  expect(ground.height).toBe(48)
  expect(ground.width % 40).toBe(0)
  const cells = await tape
    .locator('[data-role="tape.cell"]')
    .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().left))
  for (const gap of gaps(cells)) expect(gap).toBeCloseTo(40, 1)
  const tokensAt = await tape.locator('[data-message]').evaluateAll((all) =>
    all.map((token) => {
      const { left, right } = token.getBoundingClientRect()
      return (left + right) / 2
    }),
  )
  expect(tokensAt.length).toBeGreaterThan(2)
  for (const gap of gaps(tokensAt)) expect(gap).toBeCloseTo(40, 0)
})

test('a consumer is 248 × 100, and 20 more for every line of notes', async ({ page }) => {
  await openScenario(page, STORY)
  await page.getByRole('button', { name: /The crash$/ }).click()
  const running = node(page, 'payments-0')
  expect(await rectangle(running.locator('[data-role="box"]'))).toEqual({ width: 248, height: 100 })
  const crashed = node(page, 'payments-1')
  const lines = await crashed.locator('text').evaluateAll((texts) => {
    const names = Math.max(
      ...texts.filter((t) => t.textContent === 'poll').map((t) => Number(t.getAttribute('y'))),
    )
    return new Set(texts.map((t) => Number(t.getAttribute('y'))).filter((y) => y > names)).size
  })
  expect(lines).toBeGreaterThanOrEqual(1)
  expect(await rectangle(crashed.locator('[data-role="box.crashed"]'))).toEqual({
    width: 248,
    height: 100 + 20 * lines,
  })
})

test('a group out of focus is one card of 248 × 44', async ({ page }) => {
  await openScenario(page, 'orders-story')
  const collapsed = page.locator('[data-kind=collapsed] [data-role=box]')
  expect(await collapsed.count()).toBeGreaterThanOrEqual(1)
  for (const card of await collapsed.all())
    expect(await rectangle(card)).toEqual({ width: 248, height: 44 })
})

test('bars of 56, an inspector of 360, lanes of 24', async ({ page }) => {
  await openScenario(page, STORY)
  expect((await size(page.getByRole('banner'))).height).toBe(56)
  expect((await size(page.getByRole('region', { name: 'Transport' }))).height).toBe(56)
  expect((await size(page.getByRole('complementary', { name: 'Inspector' }))).width).toBe(360)
  const lanes = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
  const tops = await lanes.evaluateAll((all) => all.map((lane) => lane.getBoundingClientRect().top))
  expect(tops.length).toBeGreaterThan(4)
  for (const gap of gaps(tops)) expect(gap).toBeCloseTo(24, 2)
  await page.goto('/')
  expect((await size(page.getByRole('banner'))).height).toBe(56)
})

test('a token is 15 in radius on a tape, 5.5 on the timeline', async ({ page }) => {
  await atBreach(page)
  const circle = page.locator('[data-kind=tape] [data-role="circle.fill"]').first()
  expect(await rectangle(circle)).toEqual({ width: 30, height: 30 })
  const mark = page
    .getByRole('region', { name: 'Timeline' })
    .locator('[data-part=effect] path')
    .first()
  const { width } = await rectangle(mark)
  expect(width).toBeGreaterThanOrEqual(9)
  expect(width).toBeLessThanOrEqual(14)
})

const surfaces: readonly (readonly [name: string, open: (page: Page) => Promise<unknown>])[] = [
  [
    'fidelity, an experiment opened',
    async (page) => {
      await page.goto('/fidelity/')
      await page.locator('summary').first().click()
    },
  ],
  [
    'home',
    async (page) => {
      await page.goto('/')
      await page.getByRole('button', { name: 'Crash the consumer' }).click()
      await page.getByRole('button', { name: 'See what happened' }).click()
    },
  ],
  ['the playground at a breach', (page) => atBreach(page)],
  [
    'an actor in the inspector, a menu open',
    async (page) => {
      await atBreach(page)
      await node(page, 'payments-1').click({ position: { x: 120, y: 12 } })
      await page.keyboard.press('f')
    },
  ],
  [
    'a message in the inspector',
    async (page) => {
      await atBreach(page)
      await page.locator('[data-kind=tape] [data-message]').first().click()
      await expect(page.getByRole('heading', { name: 'What has happened to it' })).toBeVisible()
    },
  ],
  [
    'the structured view',
    async (page) => {
      await openScenario(page, STORY, '&view=structured')
      await page.keyboard.press('n')
    },
  ],
  [
    'the log and all commands',
    async (page) => {
      await atBreach(page)
      await page.keyboard.press('l')
      await page.keyboard.press('?')
    },
  ],
  [
    'the orders story',
    async (page) => {
      await openScenario(page, 'orders-story')
      for (let second = 0; second < 7; second++) await slider(page).press('PageUp')
    },
  ],
  [
    'the embed',
    async (page) => {
      await page.goto(`/embed/v1/?scenario=${STORY}`)
      await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    },
  ],
]

const SIZES = [13, 15, 18, 22, 32, 52]
const WEIGHTS = ['400', '500', '600']

for (const [name, open] of surfaces)
  test(`${name}: type from the scale; colours are tokens; corners are the design's`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await open(page)
    const texts = await textsOf(page)
    expect(texts.length).toBeGreaterThan(3)
    expect(texts.filter((text) => !SIZES.includes(text.size))).toEqual([])
    expect(texts.filter((text) => !WEIGHTS.includes(text.weight))).toEqual([])
    expect(texts.filter((text) => text.canvas && text.size < 15)).toEqual([])
    expect(await cornersOf(page)).toEqual([])
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      const known = [...(await tokens(page)).values()].map((rgb) => `rgb(${rgb.join(', ')})`)
      expect(known.length).toBeGreaterThan(30)
      expect(await foreignColours(page, known), theme).toEqual([])
    }
  })
