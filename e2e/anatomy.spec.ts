// LOOK's anatomy as the page shows it: sizes in CSS pixels, type, and colours taken from the tokens.
import type { Locator, Page } from '@playwright/test'
import { expect, testOnOnePage as test } from './support/test.ts'

const canvas = (page: Page) => page.locator('.graph')
const part = (page: Page, kind: string) => canvas(page).locator(`[data-part][data-kind="${kind}"]`)
const drawn = (of: Locator, role: string) => of.locator(`[data-role="${role}"]`)

async function sizeOf(shape: Locator) {
  return shape.evaluate((element) => {
    const { width, height } = (element as SVGGraphicsElement).getBBox()
    return { width: Math.round(width * 10) / 10, height: Math.round(height * 10) / 10 }
  })
}

/** What a custom property of the sheet comes to, as the browser writes colours. */
const token = (page: Page, name: string) =>
  page.evaluate((property) => {
    const probe = document.createElement('i')
    probe.style.color = `var(--${property})`
    document.body.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }, name)

const styleOf = (shape: Locator) =>
  shape.evaluate((element) => {
    const { fill, stroke, strokeWidth, fontSize, fontFamily } = getComputedStyle(element)
    return { fill, stroke, strokeWidth, fontSize, fontFamily }
  })

test.beforeEach(async ({ page }) => {
  await page.goto('/play/')
  await expect(part(page, 'tape').first()).toBeVisible()
})

test('the canvas is drawn at its own scale', async ({ page }) => {
  const scale = await page
    .locator('.react-flow__viewport')
    .evaluate((e) => new DOMMatrix(getComputedStyle(e).transform).a)
  expect(scale).toBe(1)
})

test('tapes are 48 high, in cells of 40, with offsets in mono 15', async ({ page }) => {
  const tape = part(page, 'tape').first()
  const ground = await sizeOf(drawn(tape, 'tape.ground'))
  expect(ground.height).toBe(48)
  expect(ground.width % 40).toBe(0)
  const cells = await drawn(tape, 'tape.cell').evaluateAll((lines) =>
    lines.map((line) => (line as SVGGraphicsElement).getBBox().x),
  )
  expect(new Set(cells.slice(1).map((x, i) => x - (cells[i] ?? 0)))).toEqual(new Set([40]))
  const offset = await styleOf(drawn(tape, 'ink-3').first())
  expect(offset.fontSize).toBe('15px')
  expect(offset.fontFamily).toContain('JetBrains Mono')
  expect(offset.fill).toBe(await token(page, 'ink-3'))
})

test('consumer cards are 248 wide; running ones 100 high, with the design’s line and type', async ({
  page,
}) => {
  const cards = part(page, 'consumer')
  for (const card of await cards.all()) {
    const box = await card.evaluate((element) => ({
      width: (element as HTMLElement).offsetWidth,
      height: (element as HTMLElement).offsetHeight,
    }))
    expect(box.width).toBe(248)
    expect((box.height - 100) % 20).toBe(0)
  }
  const lines = await styleOf(drawn(cards.first(), 'line').first())
  expect(lines).toMatchObject({ stroke: await token(page, 'rule'), strokeWidth: '2px' })
})

test('no text on the canvas is under 15', async ({ page }) => {
  const sizes = await canvas(page)
    .locator('svg text')
    .evaluateAll((texts) => texts.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)))
  expect(sizes.length).toBeGreaterThan(20)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(15)
})

for (const theme of ['light', 'dark'] as const)
  test(`every colour of the canvas is one of the sheet's, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.reload()
    await expect(part(page, 'tape').first()).toBeVisible()
    const names = await page.evaluate(() => {
      const found = new Set<string>()
      for (const element of document.querySelectorAll('.graph [data-role]'))
        for (const name of ['fill', 'stroke']) found.add(element.getAttribute(name) ?? 'none')
      return [...found]
    })
    expect(names.length).toBeGreaterThan(8)
    for (const name of names) expect(name).toMatch(/^(none|var\(--[a-z0-9-]+\))$/)
    const ledger = await styleOf(drawn(part(page, 'sink').first(), 'rule.ink'))
    expect(ledger).toMatchObject({ stroke: await token(page, 'ink'), strokeWidth: '1.5px' })
  })

test('a focused part has 2px of accent with 2px between', async ({ page }) => {
  const node = canvas(page).locator('.react-flow__node[role="button"]').first()
  await node.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(node).toBeFocused()
  await expect(node).toHaveCSS('outline-width', '2px')
  await expect(node).toHaveCSS('outline-offset', '2px')
  await expect(node).toHaveCSS('outline-color', await token(page, 'accent'))
})
