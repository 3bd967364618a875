// What Tab reaches, and whether one sees where one is.
import type { Page } from '@playwright/test'

export interface Stop {
  readonly name: string
  /** Where no outline is seen, what is seen instead. */
  readonly outline: string
  readonly seen: boolean
}

/** The thing focused; null when nothing is: the page's end, or its start. */
export function stopHere(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const here = document.activeElement
    if (here === null || here === document.body) return null
    const probe = document.createElement('i')
    probe.style.color = 'var(--accent)'
    document.body.append(probe)
    const accent = getComputedStyle(probe).color
    probe.remove()
    const lineOf = (element: Element) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
      return `${outlineWidth} ${outlineStyle} ${outlineColor}`
    }
    // An input that is drawn by its label is outlined there.
    const drawn = [here, here.closest('label')].flatMap((element) => element ?? [])
    const outlines = drawn.map(lineOf)
    const box = (drawn.at(-1) ?? here).getBoundingClientRect()
    const inSight =
      box.width > 0 &&
      box.height > 0 &&
      box.bottom > 0 &&
      box.right > 0 &&
      box.top < innerHeight &&
      box.left < innerWidth
    const words = here.getAttribute('aria-label') ?? here.closest('label')?.textContent
    return {
      name: `${here.tagName} ${here.getAttribute('role') ?? ''} ${words ?? here.textContent}`.slice(
        0,
        90,
      ),
      outline: outlines.join(' | '),
      seen: inSight && outlines.includes(`2px solid ${accent}`),
    }
  })
}

const leave = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())

/** Every stop from the page's start to its end, in the order of Tab. */
export async function allStops(page: Page): Promise<readonly Stop[]> {
  await leave(page)
  const stops: Stop[] = []
  for (let pressed = 0; pressed < 400; pressed++) {
    await page.keyboard.press('Tab')
    const stop = await stopHere(page)
    if (stop === null) return stops
    stops.push(stop)
  }
  throw new Error(
    `Still no end after 400 stops; the last: ${stops.slice(-4).map(({ name }) => name)}`,
  )
}

/** As many stops the other way round, from the page's end. */
export async function stopsBack(page: Page, count: number): Promise<readonly Stop[]> {
  const stops: Stop[] = []
  for (let pressed = 0; pressed < count; pressed++) {
    await page.keyboard.press('Shift+Tab')
    const stop = await stopHere(page)
    if (stop !== null) stops.push(stop)
  }
  return stops
}
