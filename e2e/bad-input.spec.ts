// What comes from outside is trusted with nothing: it gets a clear message (what, where), the page stays
// responsive, and the present work stays.
import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { deflateSync } from 'fflate'
import { starterScenario } from '../lib/scenario/catalogue.ts'
import { encodeFile, encodeLink } from '../lib/scenario/codec.ts'
import { clock, openScenario, runIsKnown, slider } from './support/play.ts'
import { expect, test } from './support/test.ts'

const STORY = 'crash-with-idempotency-key'
const scenario = starterScenario(STORY)!
const good = JSON.parse(encodeFile(scenario))
/** Next has an alert of its own, for changes of the route. */
const complaint = (page: Page) => page.getByRole('alert').filter({ hasText: 'Not opened.' })
const json = (change: object) => JSON.stringify({ ...good, ...change })
const MB = 1024 * 1024

const linkOf = (text: string | Uint8Array) => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return `#v1.${Buffer.from(deflateSync(bytes, { level: 9 })).toString('base64url')}`
}

/** Does something with the page meanwhile, and gives the longest time for which it drew no frame. */
async function longestBlock(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const watch = { longest: 0, last: performance.now() }
    Object.assign(window, { watch })
    requestAnimationFrame(function next(now) {
      watch.longest = Math.max(watch.longest, now - watch.last)
      watch.last = now
      requestAnimationFrame(next)
    })
  })
  await act()
  return page.evaluate(() => (window as unknown as { watch: { longest: number } }).watch.longest)
}

/** Each input in turn: the work shown before is shown after, and the page still does what it is told. */
async function refused(
  page: Page,
  inputs: readonly (readonly [name: string, told: RegExp, act: () => Promise<void>])[],
) {
  await openScenario(page, STORY)
  await page.getByRole('button', { name: 'Restart with the same seed' }).click()
  for (const [name, told, act] of inputs)
    await test.step(name, async () => {
      const time = await clock(page).innerText()
      const block = await longestBlock(page, async () => {
        await act()
        await expect(complaint(page), name).toContainText(told)
      })
      expect(block, `${name}: the longest time without a frame`).toBeLessThan(10_000)
      await expect(complaint(page)).toContainText('Your work is as it was.')
      await expect(page.getByRole('heading', { level: 1 })).toContainText(scenario.title)
      expect(await clock(page).innerText()).toBe(time)
      await slider(page).press('ArrowRight')
      await slider(page).press('PageUp')
      await expect(clock(page)).not.toHaveText(time)
      await page.getByRole('button', { name: 'Close this message' }).click()
      await expect(complaint(page)).toHaveCount(0)
    })
}

const follow = (page: Page, hash: string) =>
  page.evaluate((fragment) => {
    window.location.hash = fragment
  }, hash)

const whole = `#${encodeLink(scenario)}`
const middle = Math.floor(whole.length / 2)
const links: readonly (readonly [name: string, link: string, told: RegExp])[] = [
  ['not one of ours', '#chapter-2', /This is not a link of At Least Once/],
  ['cut short', whole.slice(0, middle), /The link is (cut short|damaged)/],
  [
    'damaged within',
    `${whole.slice(0, middle)}AAAA${whole.slice(middle + 4)}`,
    /The link|column|found/,
  ],
  [
    'with a character that none has',
    `${whole.slice(0, 40)}!${whole.slice(41)}`,
    /a character that none has/,
  ],
  ['of a newer version of links', `#v9.${whole.slice(4)}`, /made by a newer At Least Once/],
  [
    'with a newer document',
    linkOf(json({ version: 2 })),
    /\/version: found 2, expected a version up to 1: it was made by a newer/,
  ],
  [
    'with a wrong version',
    linkOf(json({ version: 'one' })),
    /\/version: found "one", expected a version: 1/,
  ],
  ['without a version', linkOf('{}'), /\/version: found nothing, expected a version: 1/],
  ['too long', `#v1.${'A'.repeat(70_000)}`, /The link is too long: 70,004 characters/],
  [
    'that inflates to 32 MB',
    linkOf(new Uint8Array(32 * MB)),
    /The link holds more than 1,048,576 bytes/,
  ],
  [
    'that holds no text',
    linkOf(new Uint8Array([0xff, 0xfe, 0xfd, 0xfc])),
    /what it holds is not text/,
  ],
]
test('links that are broken, wrong, newer, too large', ({ page }) =>
  refused(
    page,
    links.map(([name, link, told]) => [`a link ${name}`, told, () => follow(page, link)]),
  ))

const producer = good.story.producers[0]
const documents: readonly (readonly [name: string, text: string, told: RegExp])[] = [
  [
    'no JSON',
    '{"version": 1,\n  "title": oops}',
    /Line 2, column 12: found "o", expected a value\. This is not JSON/,
  ],
  [
    'an HTML page',
    '<!doctype html><title>Not found</title>',
    /Line 1, column 1: found "<", expected a value/,
  ],
  [
    'nonsense settings',
    json({ deployment: { ...good.deployment, consumer: { 'session.timeout.ms': -1 } } }),
    /session\.timeout\.ms: found -1, expected/,
  ],
  [
    'a setting there is none',
    json({ deployment: { ...good.deployment, consumer: { 'sesion.timeout.ms': 1 } } }),
    /sesion\.timeout\.ms: found 1, expected/,
  ],
  [
    'a count beyond all bounds',
    json({ story: { ...good.story, producers: [{ ...producer, count: 1e12 }] } }),
    /\/story\/producers\/0\/count: found 1000000000000, expected/,
  ],
  [
    'a text for a number',
    json({ story: { ...good.story, producers: [{ ...producer, count: 'many' }] } }),
    /\/story\/producers\/0\/count: found "many", expected a (whole )?number/,
  ],
  [
    'a key to the prototype',
    `{"version": 1, "__proto__": {"polluted": true}, ${JSON.stringify(good).slice(1)}`,
    /__proto__/,
  ],
  [
    'a constructor in settings',
    json({
      deployment: {
        ...good.deployment,
        consumer: { constructor: { prototype: { polluted: true } } },
      },
    }),
    /constructor/,
  ],
  ['a hundred thousand levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /level|deep|nest/],
]
test('pasted texts that are no scenario', async ({ page }) => {
  await refused(
    page,
    documents.map(([name, text, told]) => [name, told, () => paste(page, text)]),
  )
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
})

async function paste(page: Page, text: string) {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)
}

/** Made in the page: what is so long would take its time to be sent there. */
async function pasteLong(page: Page, kind: 'letters' | 'list', length: number) {
  await page.evaluate(
    ([what, characters]) => {
      const list = () => `[${'1,'.repeat(characters / 2 - 7)}1]`
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', what === 'list' ? list() : 'x'.repeat(characters))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    },
    [kind, length] as const,
  )
}

test('pasted texts of 10 MB and more', ({ page }) =>
  refused(page, [
    ['11 MB', /too large: 11,534,336 characters/, () => pasteLong(page, 'letters', 11 * MB)],
    [
      '10 MB of a list',
      /The document: found more, expected at most 250,000 values/,
      () => pasteLong(page, 'list', 10 * MB),
    ],
    ['10 MB of letters', /Line 1, column 1: found "x"/, () => pasteLong(page, 'letters', 10 * MB)],
  ]))

async function openPanel(page: Page) {
  await page.getByRole('button', { name: /^Scenario: / }).click()
  await page.getByRole('menuitem', { name: /^Open a file/ }).click()
}

test('files that are too large, or of another kind', async ({ page }, info) => {
  const choose = (name: string, content: string | Uint8Array) => async () => {
    const path = info.outputPath(name)
    writeFileSync(path, content)
    await openPanel(page)
    await page.getByLabel('Choose a file').setInputFiles(path)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
  }
  await refused(page, [
    ['45 MB', /huge\.json is too large: 45 MB/, choose('huge.json', Buffer.alloc(45 * MB, 32))],
    ['a web page', /The file page\.html: Line 1, column 1: found "<"/, choose('page.html', '<p>')],
    [
      'a picture',
      /The file photo\.png: This is not text in UTF-8/,
      choose('photo.png', new Uint8Array([0x89, 80, 78, 71, 0, 255])),
    ],
  ])
})

test('what was refused stays in its field, to be mended and opened', async ({ page }) => {
  await openScenario(page, STORY)
  await openPanel(page)
  const field = page.getByRole('textbox', { name: 'A link, or the JSON of a scenario' })
  await field.fill(json({ title: 'Mended', version: 2 }))
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(complaint(page)).toContainText('/version')
  await expect(field).toHaveValue(/"version":2/)
  await field.fill(json({ title: 'Mended' }))
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mended')
  await expect(complaint(page)).toHaveCount(0)
})

test('a scenario there is none of, and a broken link, by the address', async ({ page }) => {
  await page.goto('/play/?scenario=__proto__')
  await expect(complaint(page)).toContainText('There is no scenario “__proto__” here.')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await page.goto('/embed/v1/#v1.AAAA')
  await expect(complaint(page)).toContainText('The link')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

const storages: readonly (readonly [name: string, spoil: () => void])[] = [
  [
    'full',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    },
  ],
  [
    'refused',
    () => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      })
    },
  ],
  [
    'full of nonsense',
    () => {
      for (const name of ['work', 'theme', 'keys', 'view'])
        localStorage.setItem(name, '{"document": 7')
    },
  ],
]
for (const [name, spoil] of storages)
  test(`a storage that is ${name}: everything works, nothing is kept`, async ({ page }) => {
    await page.addInitScript(spoil)
    await page.goto('/play/')
    await runIsKnown(page)
    await page.getByRole('button', { name: 'Restart with the same seed' }).click()
    await slider(page).press('PageUp')
    await expect(clock(page)).toContainText('1.00 s')
    await page.getByRole('button', { name: /^Theme/ }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await page.waitForTimeout(800)
    await expect(complaint(page)).toHaveCount(0)
  })
