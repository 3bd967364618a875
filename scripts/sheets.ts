// `npm run sheets [-- --mockups FOLDER] [--out FOLDER]`: every page beside its mockup, light and dark, at
// 1440, 1024 and 390, as pictures to be read by people. Needs a build (npm run build).
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { kafkaScenario } from '../lib/scenario/catalogue.ts'
import { encodeLink } from '../lib/scenario/codec.ts'
import type { Scenario } from '../lib/scenario/types.ts'
import { serve } from './serve.mjs'
import { chromiumPath, main, Problem, root } from './setup.mjs'

type Theme = 'light' | 'dark'

interface Sheet {
  readonly name: string
  readonly mockup: string
  readonly path: string
  /** Brings the page to the moment the mockup shows. */
  readonly reach?: (page: Page) => Promise<void>
  readonly widths: readonly number[]
}

const HEIGHTS: Readonly<Record<number, number>> = { 390: 844, 760: 460, 1024: 900, 1440: 900 }
const STORY = 'crash-between-effect-and-commit'

/** The whole run is known when its end has no plus behind it. */
async function runIsKnown(page: Page) {
  await page
    .getByText(/\/ \d+\.\d s$/)
    .first()
    .waitFor()
}

async function toBreach(page: Page) {
  await runIsKnown(page)
  await page.keyboard.press('n')
}

/** The story as the crowded mockup has it: six partitions, each on three nodes. */
function replicated(): Scenario {
  const story = kafkaScenario('orders-story')
  const orders = { partitions: 6, settings: { 'replication.factor': 3 } }
  return { ...story, deployment: { ...story.deployment, topics: { orders } } }
}

const sheets: readonly Sheet[] = [
  { name: 'home', mockup: 'home', path: '/', widths: [1440, 1024, 390] },
  {
    name: 'playground',
    mockup: 'playground-light',
    path: `/play/?scenario=${STORY}`,
    reach: toBreach,
    widths: [1440, 1024],
  },
  {
    name: 'phone',
    mockup: 'mobile',
    path: `/play/?scenario=${STORY}`,
    reach: toBreach,
    widths: [390],
  },
  {
    name: 'structured',
    mockup: 'structured',
    path: `/play/?scenario=${STORY}&view=structured`,
    reach: toBreach,
    widths: [1440, 1024, 390],
  },
  {
    name: 'crowded',
    mockup: 'crowded',
    path: `/play/#${encodeLink(replicated())}`,
    reach: async (page) => {
      await runIsKnown(page)
      for (let second = 0; second < 8; second++)
        await page.getByRole('slider', { name: 'Moment shown' }).press('PageUp')
      await page.locator('.react-flow__node[data-id="orders/1"]').focus()
      await page.keyboard.press('Enter')
    },
    widths: [1440, 1024],
  },
  {
    name: 'explore',
    mockup: 'explore',
    path: `/explore/?scenario=${STORY}`,
    reach: async (page) => {
      const told = page.getByText('No other kind of fault within these bounds')
      await told.waitFor({ timeout: 120_000 })
    },
    widths: [1440, 1024, 390],
  },
  { name: 'embed', mockup: 'embed', path: `/embed/v1/?scenario=${STORY}`, widths: [760] },
]

interface Shot {
  readonly url: string
  readonly width: number
  readonly theme: Theme
  readonly reach?: Sheet['reach']
}

async function shoot(browser: Browser, { url, width, theme, reach }: Shot): Promise<Buffer> {
  const page = await browser.newPage({
    viewport: { width, height: HEIGHTS[width] ?? 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  await page.goto(url)
  // A mockup names its theme in its own markup; a page follows the system.
  await page.evaluate((name) => {
    document.documentElement.dataset['theme'] = name
  }, theme)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(600)
  await reach?.(page)
  await page.waitForTimeout(300)
  const picture = await page.screenshot()
  await page.close()
  return picture
}

/** Page at the left, mockup at the right. */
async function beside(browser: Browser, pictures: readonly Buffer[], out: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } })
  const images = pictures.map(
    (png) => `<img src="data:image/png;base64,${png.toString('base64')}">`,
  )
  await page.setContent(
    `<!doctype html><body style="margin:0;display:flex;align-items:flex-start;gap:16px;width:max-content;background:#888">${images.join('')}</body>`,
  )
  await page.locator('body').screenshot({ path: out })
  await page.close()
}

async function makeSheets(browser: Browser, site: string, mockups: string, out: string) {
  for (const { name, mockup, path, reach, widths } of sheets)
    for (const width of widths)
      for (const theme of ['light', 'dark'] as const) {
        const page = await shoot(browser, { url: site + path, width, theme, reach })
        const drawn = pathToFileURL(join(mockups, `${mockup}.html`)).href
        const wanted = await shoot(browser, { url: drawn, width, theme })
        const file = join(out, `${name}-${width}-${theme}.png`)
        writeFileSync(join(out, `${name}-${width}-${theme}-page.png`), page)
        await beside(browser, [page, wanted], file)
        console.log(file)
      }
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      mockups: { type: 'string', default: join(root, '../shared/design/mockups') },
      out: { type: 'string', default: join(root, '.cache/sheets') },
    },
  })
  if (!existsSync(join(values.mockups, 'home.html')))
    throw new Problem(`There are no mockups in ${values.mockups}: --mockups names their folder.`)
  if (!existsSync(join(root, 'out', 'index.html')))
    throw new Problem('There is no out/ yet: npm run build')
  const out = resolve(values.out)
  mkdirSync(out, { recursive: true })
  const site = `http://localhost:${await serve(0)}`
  const executablePath = chromiumPath()
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  })
  await makeSheets(browser, site, values.mockups, out)
  await browser.close()
  process.exit(0)
})
