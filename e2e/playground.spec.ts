// Every starter scenario, opened by its address and run to rest: the page says what the document claims,
// and what the same code says without a page.
import { titleOf } from '../components/checks/names.ts'
import { starterScenario, starterScenarios } from '../lib/scenario/catalogue.ts'
import type { Scenario } from '../lib/scenario/types.ts'
import { simulate } from '../lib/session/simulate.ts'
import { chooseView, endMs, openScenario, toRest, verdictsShown } from './support/play.ts'
import { expect, testOnOnePage as test } from './support/test.ts'

const byTitle = (verdicts: Iterable<readonly [string, string | undefined]>) =>
  Object.fromEntries([...verdicts].map(([invariant, verdict]) => [titleOf(invariant), verdict]))

for (const { id } of starterScenarios)
  test(`${id} ends in the verdicts it expects, its faults fired`, async ({ page }) => {
    const scenario = starterScenario(id) as Scenario
    const summary = simulate(scenario)
    await openScenario(page, id, '&view=graph')
    await toRest(page)

    const faults = page.getByRole('heading', { name: 'Faults of this run' }).locator('../..')
    const fired = await faults.getByRole('listitem').allInnerTexts()
    expect(fired).toHaveLength(scenario.faults.length)
    for (const words of fired) expect(words).toMatch(/: fired · show · take away$/)

    await chooseView(page, 'Structured')
    const shown = await verdictsShown(page)
    expect(shown).toEqual(byTitle(Object.entries(scenario.expect)))
    expect(shown).toEqual(
      byTitle(summary.verdicts.map(({ invariant, verdict }) => [invariant, verdict])),
    )
    await expect(page.getByText(/^At rest at/)).toBeVisible()
    expect(Math.abs((await endMs(page)) - summary.timeMs)).toBeLessThanOrEqual(50)
  })
