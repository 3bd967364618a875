// Walks everything that is drawn on a page and tells what of it is not of the design.
import type { Page } from '@playwright/test'

export interface Text {
  readonly size: number
  readonly weight: string
  /** Whether it stands on the canvas, where 15 is the least. */
  readonly canvas: boolean
  readonly of: string
}

/** One example of every size and weight that letters have on the page. */
export function textsOf(page: Page): Promise<readonly Text[]> {
  return page.evaluate(() => {
    const field = 'input:not([type=range], [type=radio], [type=checkbox]), select, textarea'
    const found = new Map<string, Text>()
    for (const element of document.querySelectorAll('body *')) {
      const own = [...element.childNodes].some(
        (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim() !== '',
      )
      if (!own && !element.matches(field)) continue
      if (element.matches('script, style, option, noscript')) continue
      if (element.getClientRects().length === 0 || element.closest('.sr-only') !== null) continue
      const { fontSize, fontWeight: weight } = getComputedStyle(element)
      const size = Number.parseFloat(fontSize)
      const canvas = element.matches('text') && element.closest('[aria-label=Timeline]') === null
      const of = `${element.tagName} "${element.textContent?.trim().slice(0, 30)}"`
      found.set(`${size} ${weight} ${canvas}`, { size, weight, canvas, of })
    }
    return [...found.values()]
  })
}

/** Whatever has a colour that none of `known` is, or a shadow, or a picture behind it. */
export function foreignColours(page: Page, known: readonly string[]): Promise<readonly string[]> {
  return page.evaluate((allowed) => {
    const out = new Set<string>()
    const told = (element: Element) =>
      `${element.tagName} ${element.getAttribute('data-role') ?? element.getAttribute('class') ?? ''}`
    const look = (element: Element, what: string, colour: string) => {
      const none = ['rgba(0, 0, 0, 0)', 'none', 'transparent'].includes(colour)
      if (!none && !colour.startsWith('url(') && !allowed.includes(colour))
        out.add(`${what} ${colour} of ${told(element).slice(0, 80)}`)
    }
    for (const element of document.querySelectorAll('body, body *')) {
      if (element.matches('script, style, noscript, defs *')) continue
      if (element.getClientRects().length === 0 || element.closest('.sr-only') !== null) continue
      const style = getComputedStyle(element)
      if (style.visibility === 'hidden') continue
      if (element instanceof SVGElement) {
        if (element.matches('svg, g')) continue
        look(element, 'fill', style.fill)
        look(element, 'stroke', style.stroke)
        continue
      }
      look(element, 'colour', style.color)
      look(element, 'background', style.backgroundColor)
      for (const side of ['Top', 'Right', 'Bottom', 'Left'] as const)
        if (style[`border${side}Width`] !== '0px' && style[`border${side}Style`] !== 'none')
          look(element, 'border', style[`border${side}Color`])
      if (style.outlineStyle !== 'none') look(element, 'outline', style.outlineColor)
      if (style.boxShadow !== 'none') out.add(`a shadow of ${told(element)}`)
      if (style.backgroundImage !== 'none') out.add(`a picture behind ${told(element)}`)
    }
    return [...out]
  }, known)
}

/**
 * Corners that are none of 0, 4, 8, or round. Of the drawing also the bars of 2, the selection that runs 4
 * outside a box of 8, and the tag of a duplicate; tokens have shapes of their own.
 */
export function cornersOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const out = new Set<string>()
    for (const element of document.querySelectorAll('body *')) {
      const role = element.getAttribute('data-role') ?? ''
      const rx = element.getAttribute('rx')
      if (rx !== null && ![0, 2, 4, 8, 11, 12].includes(Number(rx)) && !role.startsWith('square.'))
        out.add(`${rx} of ${role}`)
      if (element instanceof SVGElement || element.closest('.sr-only') !== null) continue
      const { borderTopLeftRadius: corner, visibility } = getComputedStyle(element)
      if (visibility === 'hidden' || corner.endsWith('%')) continue
      const radius = Number.parseFloat(corner)
      if (radius < 100 && ![0, 4, 8].includes(radius))
        out.add(`${corner} of ${element.tagName} ${element.className}`)
    }
    return [...out]
  })
}
