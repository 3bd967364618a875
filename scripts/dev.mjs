// `npm run dev`: the site with live reload, and without Next's telemetry.
import { ensureInstalled, main, run } from './setup.mjs'

await main(async () => {
  await ensureInstalled()
  return run('next', ['dev', ...process.argv.slice(2)])
})
