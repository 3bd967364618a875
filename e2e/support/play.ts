// Handles of the playground, by role and name: what a reader would press, and what they would read.
import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

export interface Verdicts {
  readonly [invariant: string]: string
}

/** Opens the playground on a starter scenario and waits until the whole run is known. */
export async function openScenario(page: Page, id: string, more = ''): Promise<void> {
  await page.goto(`/play/?scenario=${id}${more}`)
  await runIsKnown(page)
}

/** The clock reads `now / end`, with a plus behind an end that is not the last one yet. */
export const clock = (page: Page): Locator =>
  page.getByText('Simulated time', { exact: true }).locator('..')

export async function runIsKnown(page: Page): Promise<void> {
  await expect(clock(page)).toHaveText(/\/ \d+\.\d s$/)
}

/** Simulated milliseconds shown, to the two digits that the clock has. */
export async function nowMs(page: Page): Promise<number> {
  return read(await clock(page).innerText(), /(\d+\.\d\d) s/)
}

export async function endMs(page: Page): Promise<number> {
  return read(await clock(page).innerText(), /\/ (\d+\.\d) s/)
}

function read(text: string, where: RegExp): number {
  const found = where.exec(text)?.[1]
  if (found === undefined) throw new Error(`The clock reads ${JSON.stringify(text)}`)
  return Math.round(Number(found) * 1000)
}

/** The scrubber, or the timeline's own where that shows the whole run. */
export const slider = (page: Page): Locator =>
  page.getByRole('slider', { name: /^Moment shown/ }).first()

export async function toRest(page: Page): Promise<void> {
  await slider(page).press('End')
  await expect
    .poll(async () => Math.abs((await nowMs(page)) - (await endMs(page))))
    .toBeLessThanOrEqual(50)
}

export async function toStart(page: Page): Promise<void> {
  await slider(page).press('Home')
  await expect(clock(page)).toContainText('0.00 s')
}

/** What the page draws: the scene's marks, and the pixels of the layer of tokens. */
export async function picture(page: Page): Promise<string> {
  const main = page.getByRole('main')
  // The layer of tokens draws its letters again when their font has come.
  await page.evaluate(() => document.fonts.ready)
  return main.evaluate((element) => {
    // Attributes sorted: in which order they were set is nothing that can be seen.
    const told = (mark: Element): string => {
      const attributes = [...mark.attributes].map(({ name, value }) => `${name}=${value}`).sort()
      const inside = mark.children.length === 0 ? mark.textContent : [...mark.children].map(told)
      return `<${mark.tagName} ${attributes.join(' ')}>${inside}`
    }
    const drawn = [...element.querySelectorAll('[data-part], [data-wire]')].map(told)
    const tokens = [...element.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL())
    return JSON.stringify({ drawn, tokens }, null, 1)
  })
}

export async function chooseView(page: Page, view: 'Graph' | 'Structured' | 'Both'): Promise<void> {
  await page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click()
}

/** The guarantees' table, as it stands: title of the guarantee → verdict. */
export async function verdictsShown(page: Page): Promise<Verdicts> {
  const table = page.getByRole('table').filter({ hasText: 'guarantee' })
  const rows = table.locator('tbody tr')
  const found: Record<string, string> = {}
  for (const row of await rows.all()) {
    const title = await row.getByRole('rowheader').innerText()
    found[title] = (await row.getByRole('cell').nth(1).innerText()).trim()
  }
  return found
}

/** A part of the graph: a button that says what it is. */
export const node = (page: Page, id: string): Locator =>
  page.locator(`.react-flow__node[data-id="${id}"]`)

/** Goes on with Tab until the thing has the focus; a stop more than `most` away counts as out of reach. */
export async function tabTo(page: Page, wanted: Locator, most = 90): Promise<void> {
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${wanted} within ${most} stops`)
}
