// Same scenario and seed = same steps, byte for byte, in Node and in Chromium, at any frame rate and speed.
import { starterScenario } from '../lib/scenario/catalogue.ts'
import { openSession } from '../lib/session/session.ts'
import { openSources, sourceOf } from './support/source.ts'
import { expect, test } from './support/test.ts'

const SESSION = sourceOf('lib/session/session.ts')
const CATALOGUE = sourceOf('lib/scenario/catalogue.ts')

/** A run to rest, its clock moved by frames of these lengths in turn; every step as JSON. */
async function inChromium(
  page: import('@playwright/test').Page,
  id: string,
  frames: readonly number[],
) {
  return page.evaluate(
    async ({ sources, story, lengths }) => {
      const [{ openSession }, { starterScenario }] = await Promise.all(
        sources.map((s) => import(s)),
      )
      const session = openSession(starterScenario(story))
      for (let frame = 0; frame < 100_000; frame++) {
        if (session.atRest && session.position === session.length) break
        session.advance(lengths[frame % lengths.length])
      }
      const steps: string[] = []
      for (let index = 1; index <= session.length; index++)
        steps.push(JSON.stringify(session.step(index)))
      return { steps, verdicts: JSON.stringify(session.verdicts()) }
    },
    { sources: [SESSION, CATALOGUE], story: id, lengths: frames },
  )
}

function inNode(id: string) {
  const session = openSession(starterScenario(id)!)
  while (!session.atRest) session.runAhead(1_000)
  session.seek(session.length)
  const steps: string[] = []
  for (let index = 1; index <= session.length; index++)
    steps.push(JSON.stringify(session.step(index)))
  return { steps, verdicts: JSON.stringify(session.verdicts()) }
}

for (const id of ['orders-story', 'crash-between-effect-and-commit', 'retry-reorders'])
  test(`${id}: the steps recorded in Chromium are those recorded in Node`, async ({ page }) => {
    await openSources(page)
    const here = inNode(id)
    expect(here.steps.length).toBeGreaterThan(100)
    // Sixty frames a second; a page that stutters; sixteen times as fast.
    for (const frames of [[16.7], [3, 100, 41.5], [266.7]])
      expect(await inChromium(page, id, frames)).toEqual(here)
  })
