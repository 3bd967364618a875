// The design's colours as a page has them, and the contrast between two (WCAG 2, relative luminance).
import type { Page } from '@playwright/test'

type Channels = readonly [red: number, green: number, blue: number]

/** Every custom property of tokens.css that is a colour, as the theme of the page has it. */
export async function tokens(page: Page): Promise<ReadonlyMap<string, Channels>> {
  const found = await page.evaluate(() => {
    const names = new Set<string>()
    const collect = (rules: CSSRuleList) => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule && /^:root|data-theme/.test(rule.selectorText))
          for (const name of rule.style)
            if (/^#[0-9a-f]{3,8}$/i.test(rule.style.getPropertyValue(name).trim())) names.add(name)
        if ('cssRules' in rule) collect((rule as CSSGroupingRule).cssRules)
      }
    }
    for (const sheet of document.styleSheets) collect(sheet.cssRules)
    const style = getComputedStyle(document.documentElement)
    return [...names].map((name) => [name.slice(2), style.getPropertyValue(name).trim()] as const)
  })
  return new Map(found.map(([name, hex]) => [name, channels(hex)]))
}

export function channels(hex: string): Channels {
  const digits = hex.slice(1)
  const six = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits
  const at = (place: number) => Number.parseInt(six.slice(place, place + 2), 16)
  return [at(0), at(2), at(4)]
}

function luminance(colour: Channels): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Channels
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** A function that gives the contrast of one token on another, to two digits. */
export async function contrast(page: Page): Promise<(token: string, on: string) => number> {
  const all = await tokens(page)
  const light = (name: string) => {
    const colour = all.get(name)
    if (colour === undefined) throw new Error(`There is no token --${name}`)
    return luminance(colour) + 0.05
  }
  return (token, on) => {
    const [a, b] = [light(token), light(on)]
    return Math.round((Math.max(a, b) / Math.min(a, b)) * 100) / 100
  }
}
