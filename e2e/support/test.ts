// The `test` every browser test starts from: a page that logs an error, throws, or asks another
// host for anything has failed, whatever else it shows.
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

export { expect }

export const test = base.extend<{ quietPage: undefined }>({
  quietPage: [
    async ({ page, baseURL }, use) => {
      const complaints = listenTo(page, baseURL ?? '')
      await use(undefined)
      expect(complaints, 'what the page complained about').toEqual([])
    },
    { auto: true },
  ],
})

/**
 * Where many short tests start from an address alone, they share a page, which then has forgotten all that was kept:
 * to open a new one takes longer than such a test.
 */
export const testOnOnePage = base.extend<
  { complaints: string[] },
  { shared: { page: Page; heard: string[] } }
>({
  shared: [
    async ({ browser }, use, { project }) => {
      const { baseURL = '', viewport = null, locale, timezoneId } = project.use
      const more = { ...(locale && { locale }), ...(timezoneId && { timezoneId }) }
      const page = await browser.newPage({ baseURL, viewport, ...more })
      await use({ page, heard: listenTo(page, baseURL) })
      await page.close()
    },
    { scope: 'worker' },
  ],
  page: async ({ shared: { page }, viewport, colorScheme }, use) => {
    if (viewport !== null) await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, reducedMotion: null })
    if (page.url().startsWith('http')) await page.evaluate(() => localStorage.clear())
    await page.mouse.move(0, 0)
    await page.goto('about:blank')
    await use(page)
  },
  complaints: [
    async ({ shared }, use) => {
      shared.heard.length = 0
      await use(shared.heard)
      expect(shared.heard, 'what the page complained about').toEqual([])
    },
    { auto: true },
  ],
})

/** What a page complains about, from now on. */
function listenTo(page: Page, baseURL: string): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    const url = request.url()
    if (/^https?:/.test(url) && !url.startsWith(`${baseURL}/`)) complaints.push(`asked ${url}`)
  })
  return complaints
}

/** A page of this host without a script that would still be at work when a test writes another over it. */
export const PLAIN = '/schema/scenario-v1.json'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** No accessibility rule that axe can judge is broken (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNone(new AxeBuilder({ page }).withTags(WCAG))
}

/** The same for a page whose colours were judged at another width: to judge them takes most of the time. */
export async function expectAccessibleButForColours(page: Page): Promise<void> {
  await expectNone(new AxeBuilder({ page }).withTags(WCAG).disableRules(['color-contrast']))
}

/** The same in the light theme and in the dark one, which differ in nothing but colours. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await wear(page, 'light')
  await expectAccessible(page)
  await wear(page, 'dark')
  await expectNone(new AxeBuilder({ page }).withRules(['color-contrast']))
}

async function wear(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

async function expectNone(builder: AxeBuilder): Promise<void> {
  const { violations } = await builder.analyze()
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => !isDrawing(id, html)).map(({ html }) => `${id}: ${html}`),
  )
  expect(told).toEqual([])
}

/**
 * A part of the graph is a drawing: all its letters together (offsets, order ids, flags) are no label. That
 * its name begins as the drawing's title does is tested in accessibility.spec.ts.
 */
function isDrawing(rule: string, html: string): boolean {
  return rule === 'label-content-name-mismatch' && html.includes('react-flow__node')
}
