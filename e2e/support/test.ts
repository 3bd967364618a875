// The `test` every browser test starts from: a page that logs an error, throws, or asks another
// host for anything has failed, whatever else it shows.
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

export { expect }

export const test = base.extend<{ quietPage: undefined }>({
  quietPage: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error')
          complaints.push(`${message.text()} (${message.location().url})`)
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('request', (request) => {
        const url = request.url()
        if (/^https?:/.test(url) && !url.startsWith(`${baseURL}/`)) complaints.push(`asked ${url}`)
      })
      await use(undefined)
      expect(complaints, 'what the page complained about').toEqual([])
    },
    { auto: true },
  ],
})

/** No accessibility rule that axe can judge is broken (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const builder = new AxeBuilder({ page }).withTags(tags)
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze()
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
