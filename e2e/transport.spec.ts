// Moving about in a run: play, pause, steps, scrubbing, speed, seed. The same moment is the same picture,
// however one came to it.
import {
  clock,
  endMs,
  node,
  nowMs,
  openScenario,
  picture,
  runIsKnown,
  slider,
  toRest,
  toStart,
} from './support/play.ts'
import { expect, test } from './support/test.ts'

const STORY = 'crash-between-effect-and-commit'
const timeline = 'section[aria-label=Timeline]'

test.beforeEach(({ page }) => openScenario(page, STORY))

test('plays, and pauses where it is', async ({ page }) => {
  await toStart(page)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => nowMs(page)).toBeGreaterThan(300)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  const paused = await nowMs(page)
  const before = await picture(page)
  await page.waitForTimeout(300)
  expect(await nowMs(page)).toBe(paused)
  expect(await picture(page)).toBe(before)
})

test('stepping back and forward again gives the same picture', async ({ page }) => {
  const forward = page.getByRole('button', { name: 'Step forward' }).first()
  const back = page.getByRole('button', { name: 'Step back' }).first()
  for (let second = 0; second < 4; second++) await slider(page).press('PageUp')
  const seen: string[] = []
  for (let step = 0; step < 6; step++) {
    await forward.click()
    seen.push(await picture(page))
  }
  expect(new Set(seen).size).toBeGreaterThan(1)
  for (let step = 4; step >= 0; step--) {
    await back.click()
    expect(await picture(page), `picture ${step} on the way back`).toBe(seen[step])
  }
  for (let step = 1; step < 6; step++) await forward.click()
  expect(await picture(page)).toBe(seen[5])
})

test('no step is left before the first, and none after the last', async ({ page }) => {
  await page.getByRole('button', { name: 'Restart with the same seed' }).click()
  const back = page.getByRole('button', { name: 'Step back' }).first()
  await expect(back).toHaveAttribute('aria-disabled', 'true')
  await back.click({ force: true })
  expect(await nowMs(page)).toBe(0)
  await toRest(page)
  await expect(page.getByRole('button', { name: 'Step forward' }).first()).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('scrubs by pointer: pressing shows the moment, dragging goes on', async ({ page }) => {
  const box = (await page.locator(timeline).boundingBox())!
  const plot = { left: box.x + 152, right: box.x + box.width - 16 }
  const x = (share: number) => plot.left + share * (plot.right - plot.left)
  const y = box.y + 100
  const end = await endMs(page)
  await page.mouse.move(x(0.5), y)
  await page.mouse.down()
  await expect.poll(() => nowMs(page)).toBeCloseTo(end / 2, -2)
  await page.mouse.move(x(0.25), y, { steps: 5 })
  await expect.poll(() => nowMs(page)).toBeCloseTo(end / 4, -2)
  const seen = await nowMs(page)
  await page.mouse.up()
  await page.mouse.move(x(0.75), y, { steps: 3 })
  expect(await nowMs(page)).toBe(seen)
})

test('scrubs by keyboard: steps, seconds, start and end', async ({ page }) => {
  const head = slider(page)
  await toStart(page)
  await head.press('PageUp')
  await head.press('PageUp')
  expect(await nowMs(page)).toBe(2_000)
  await head.press('ArrowRight')
  const stepped = await nowMs(page)
  expect(stepped).toBeGreaterThanOrEqual(2_000)
  await head.press('PageDown')
  expect(await nowMs(page)).toBe(stepped - 1_000)
  await head.press('End')
  expect(Math.abs((await nowMs(page)) - (await endMs(page)))).toBeLessThanOrEqual(50)
  await expect(head).toHaveAttribute('aria-valuetext', /^\d+\.\d\d s of \d+\.\d s$/)
})

test('a moment scrubbed to is the moment stepped to', async ({ page }) => {
  await slider(page).press('Home')
  const forward = page.getByRole('button', { name: 'Step forward' }).first()
  for (let step = 0; step < 40; step++) await forward.click()
  const stepped = await picture(page)
  await slider(page).press('End')
  await slider(page).press('Home')
  for (let step = 0; step < 40; step++) await slider(page).press('ArrowRight')
  expect(await picture(page)).toBe(stepped)
})

test('speed changes the pace and nothing else', async ({ page }) => {
  await toRest(page)
  const rested = await picture(page)
  await toStart(page)
  await page.getByRole('radio', { name: '16 times' }).check({ force: true })
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await page.getByRole('radio', { name: '1 times', exact: true }).check({ force: true })
  await toRest(page)
  expect(await picture(page)).toBe(rested)
})

test('another seed is another run, and the first seed brings the first one back', async ({
  page,
}) => {
  const seed = page.getByRole('textbox', { name: 'seed' })
  await slider(page).press('Home')
  for (let second = 0; second < 5; second++) await slider(page).press('PageUp')
  const [first, time] = [await picture(page), await clock(page).innerText()]
  await seed.fill('another')
  await seed.press('Enter')
  await runIsKnown(page)
  await expect(clock(page)).not.toHaveText(time)
  expect(await nowMs(page)).toBe(5_000)
  expect(await picture(page)).not.toBe(first)
  await seed.fill('crash')
  await seed.press('Enter')
  await runIsKnown(page)
  expect(await clock(page).innerText()).toBe(time)
  expect(await picture(page)).toBe(first)
})

test('restart goes to the start with the same seed, and the run is the same again', async ({
  page,
}) => {
  await toRest(page)
  const [rested, end] = [await picture(page), await clock(page).innerText()]
  await page.getByRole('button', { name: 'Restart with the same seed' }).click()
  expect(await nowMs(page)).toBe(0)
  await expect(page.getByRole('textbox', { name: 'seed' })).toHaveValue('crash')
  await toRest(page)
  expect(await clock(page).innerText()).toBe(end)
  expect(await picture(page)).toBe(rested)
})

test('with reduced motion, play goes from step to step, twice a second', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await toStart(page)
  const moments = await page.evaluate(async () => {
    const read = () => document.querySelector('section[aria-label=Transport] p')?.textContent ?? ''
    const seen = [read()]
    const play = document.querySelector<HTMLElement>('button[aria-label=Play]')
    play?.click()
    const until = performance.now() + 1_800
    while (performance.now() < until) {
      await new Promise(requestAnimationFrame)
      if (read() !== seen.at(-1)) seen.push(read())
    }
    return seen
  })
  // The first steps of a run may share a moment; more than four in 1.8 s would be flying.
  expect(moments.length).toBeGreaterThanOrEqual(2)
  expect(moments.length).toBeLessThanOrEqual(5)
})

test('a moment chosen, or reached with its breach, is the one that is told', async ({ page }) => {
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await page.keyboard.press('n')
  await expect(inspector.locator('[aria-current=step]')).toContainText('Charged again')
  await inspector.getByRole('button', { name: /The crash$/ }).click()
  await expect(inspector.locator('[aria-current=step]')).toContainText('The crash')
  await expect(node(page, 'payments-1')).toHaveAccessibleName(/crashed/)
})
