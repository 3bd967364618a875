// What axe can judge, on every page and in every state a reader meets; what it cannot: contrast of the
// tokens the drawing is made of, and that nothing has to be scrolled sideways.
import type { Page } from '@playwright/test'
import { contrast } from './support/colour.ts'
import { node, openScenario, slider } from './support/play.ts'
import { expect, expectAccessibleInBothThemes, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'

/** The playground at the moment of the breach: crashed, rebalancing and duplicate things in sight. */
async function broken(page: Page, more = '') {
  await openScenario(page, STORY, more)
  await page.keyboard.press('n')
  await expect(page.locator('[data-verdict=broken], .text-broken-ink').first()).toBeVisible()
}

const states: readonly (readonly [name: string, open: (page: Page) => Promise<unknown>])[] = [
  ['home', (page) => page.goto('/')],
  [
    'fidelity, an experiment opened',
    async (page) => {
      await page.goto('/fidelity/')
      await page.locator('summary').first().click()
      await expect(page.getByText('The model', { exact: true }).first()).toBeVisible()
    },
  ],
  [
    'guarantees, a cell opened',
    async (page) => {
      await page.goto('/guarantees/')
      await page.locator('.guarantees-cell').first().click()
      await expect(page.locator('.guarantees-detail')).toBeVisible()
    },
  ],
  [
    'a challenge, graded',
    async (page) => {
      await page.goto('/challenges/#charged-once')
      await page.getByRole('button', { name: 'Grade' }).click()
      await expect(page.getByText('Not yet')).toBeVisible()
    },
  ],
  ['the playground, paused at a breach', (page) => broken(page)],
  ['the structured view', (page) => broken(page, '&view=structured')],
  [
    'an actor in the inspector, its fault menu open',
    async (page) => {
      await broken(page)
      await node(page, 'payments-1').click({ position: { x: 120, y: 12 } })
      await page.keyboard.press('f')
      await expect(page.getByRole('menu')).toBeVisible()
    },
  ],
  [
    'the log, and the panel of commands',
    async (page) => {
      await broken(page)
      await page.keyboard.press('l')
      await page.keyboard.press('?')
      await expect(page.getByRole('heading', { name: 'All commands' })).toBeVisible()
    },
  ],
  [
    'a message in the inspector, a broken link refused',
    async (page) => {
      await broken(page)
      await page.locator('[data-kind=tape] [data-message]').first().click()
      await page.evaluate(() => {
        window.location.hash = '#v1.AAAA'
      })
      await expect(page.getByText('Not opened.')).toBeVisible()
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

test.use({ contextOptions: { reducedMotion: 'reduce' } })

for (const [name, open] of states)
  test(`${name}: axe finds nothing, light or dark`, async ({ page }) => {
    await open(page)
    await expectAccessibleInBothThemes(page)
  })

test('on a phone: axe finds nothing in any pane', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/play/?scenario=${STORY}`)
  for (const pane of ['Graph', 'Timeline', 'Settings', 'Log']) {
    await page
      .getByRole('navigation', { name: 'Panes' })
      .getByRole('button', { name: pane })
      .click()
    await expectAccessibleInBothThemes(page)
  }
})

test('the name of a part of the graph begins with what is written on it', async ({ page }) => {
  await openScenario(page, STORY)
  const parts = page.locator('.react-flow__node[role=button]')
  expect(await parts.count()).toBeGreaterThan(5)
  for (const part of await parts.all()) {
    const title = await part.locator('text').first().textContent()
    await expect(part).toHaveAccessibleName(new RegExp(`^(orders )?${title}\\b`))
  }
})

for (const theme of ['light', 'dark'] as const)
  test.describe(theme, () => {
    test.use({ colorScheme: theme })
    test('the tokens keep the contrast they claim', async ({ page }) => {
      await page.goto('/')
      const ratio = await contrast(page)
      const least: readonly (readonly [token: string, on: string, ratio: number])[] = [
        ...['paper', 'surface', 'sunk'].flatMap((ground) => [
          ['ink', ground, 7] as const,
          ['ink-2', ground, 4.5] as const,
          ['ink-3', ground, 4.5] as const,
          ['rule', ground, 3] as const,
          ['accent', ground, 4.5] as const,
        ]),
        ['accent', 'accent-wash', 4.5],
        ['accent-on', 'accent', 4.5],
        ...['fault', 'hold', 'broken'].flatMap((verdict) => [
          [`${verdict}-ink`, 'paper', 4.5] as const,
          [`${verdict}-ink`, 'surface', 4.5] as const,
          [`${verdict}-ink`, `${verdict}-wash`, 4.5] as const,
        ]),
        ['fault-on', 'fault', 4.5],
        ['hold-on', 'hold-solid', 4.5],
        ['broken-on', 'broken-solid', 4.5],
        ['hold-solid', 'paper', 3],
        ['broken-solid', 'paper', 3],
        ...['circle', 'square', 'triangle', 'diamond', 'hexagon'].flatMap((shape) => [
          [`k-${shape}-on`, `k-${shape}`, 4.5] as const,
          [`k-${shape}-line`, 'sunk', 3] as const,
          [`k-${shape}-line`, 'paper', 3] as const,
        ]),
      ]
      const below = least.filter(([token, on, wanted]) => ratio(token, on) < wanted)
      expect(below.map(([token, on]) => `${token} on ${on}: ${ratio(token, on)}`)).toEqual([])
    })
  })

const pages: readonly (readonly [name: string, path: string])[] = [
  ['home', '/'],
  ['fidelity', '/fidelity/'],
  ['guarantees', '/guarantees/'],
  ['challenges', '/challenges/'],
  ['the playground', `/play/?scenario=${STORY}`],
  ['the orders story', '/play/?scenario=orders-story'],
  ['the structured view', `/play/?scenario=${STORY}&view=structured`],
  ['both views', `/play/?scenario=${STORY}&view=both`],
  ['the embed', `/embed/v1/?scenario=${STORY}`],
]
for (const width of [1440, 1024, 390])
  test(`nothing is scrolled sideways, and no control lies outside, at ${width}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    for (const [name, path] of pages) {
      await page.goto(path)
      const transport = page.getByRole('button', { name: /^(Play|Pause)$/ }).first()
      const sheets: Readonly<Record<string, string>> = {
        fidelity: 'summary',
        guarantees: '.guarantees-cell',
        challenges: '.challenges-setting',
      }
      const sheet = sheets[name]
      await expect(sheet === undefined ? transport : page.locator(sheet).first()).toBeVisible()
      // What is measured by an observer finds its place a frame or two after it is drawn.
      const outside = () =>
        page.evaluate(() => {
          const scrolled = document.scrollingElement!.scrollWidth > window.innerWidth
          const controls = [
            ...document.querySelectorAll('a, button, input, select, textarea, [role=slider]'),
          ]
          const out = controls.filter((control) => {
            if (control.closest('.react-flow, .overflow-x-auto, .sr-only') !== null) return false
            if (control.closest('[inert]') !== null || control.matches('.sr-only')) return false
            const { left, right, width } = control.getBoundingClientRect()
            return width > 0 && (left < -1 || right > window.innerWidth + 1)
          })
          return [
            ...(scrolled ? ['the page'] : []),
            ...out.map((each) => each.outerHTML.slice(0, 120)),
          ]
        })
      await expect.poll(outside, `${name} at ${width}`).toEqual([])
    }
  })

test('on a phone, what is touched is at least 24 px large', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openPhone(page)
  // The library's credit stands alone in its corner: WCAG 2.5.8 lets such a link be smaller.
  const controls = page.locator('button:visible, a:visible:not(.react-flow a), select:visible')
  // The picture finds its scale a frame or two after it is drawn.
  const small = () =>
    controls.evaluateAll((all) =>
      all.flatMap((control) => {
        const { width, height } = control.getBoundingClientRect()
        const least = Math.min(width, height)
        return least >= 24 ? [] : [`${least} px: ${control.outerHTML.slice(0, 160)}`]
      }),
    )
  await expect.poll(small).toEqual([])
})

async function openPhone(page: Page) {
  await page.goto(`/play/?scenario=${STORY}`)
  await expect(slider(page)).toBeVisible()
}
