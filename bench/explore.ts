// How many states a second the plain breadth-first explorer visits, on a lesson-sized system.
import { explore } from '../lib/drivers/explore.ts'
import { invariantsOf } from '../lib/invariants/index.ts'
import { watch } from '../lib/invariants/judge.ts'
import { build } from '../lib/scenario/build.ts'
import { ordersStory } from './orders.ts'
import { type Row, whole } from './rows.ts'

export function benchExplore(): readonly Row[] {
  const story = ordersStory(2)
  const services = story.story.services.filter((service) => service.id === 'payments')
  const scenario = { ...story, story: { ...story.story, services } }
  const { system, subject } = build(scenario)
  const [invariant] = invariantsOf(['no-loss'])
  if (invariant === undefined) throw new Error('there is no invariant no-loss')
  const found = explore(system, watch(invariant, subject), {
    bounds: { faults: 1, maxStates: 60_000 },
    now: () => performance.now(),
  })
  return [
    {
      what: 'plain breadth-first explorer, states/s',
      figure: `${whole(found.statesPerSecond)} (${whole(found.states)})`,
      target: 'reported',
    },
  ]
}
