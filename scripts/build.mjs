// `npm run build`: always builds, and remembers from what, so that start and test need not do it again.
import { ensureBuilt, ensureInstalled, main } from './setup.mjs'

await main(async () => {
  await ensureInstalled()
  await ensureBuilt({ force: true })
})
