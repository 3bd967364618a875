// `npm run e2e [-- playwright's arguments]`: the browser tests against out/ as a static host would serve it.
import { ensureBrowser, ensureBuilt, ensureInstalled, freePort, main, run } from './setup.mjs'

await main(async () => {
  await ensureInstalled()
  await ensureBrowser()
  await ensureBuilt()
  const port = process.env.E2E_PORT ?? String(await freePort(4173))
  return run('playwright', ['test', '-c', 'e2e', ...process.argv.slice(2)], {
    env: { E2E_PORT: port },
  })
})
