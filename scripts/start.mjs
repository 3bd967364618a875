// `npm start`: from a fresh clone to the page in the browser.
import { ensureBuilt, ensureInstalled, freePort, main, Problem } from './setup.mjs'

const [major] = process.versions.node.split('.').map(Number)

await main(async () => {
  if (major < 20)
    throw new Problem(`At Least Once needs Node 20 or newer; this is ${process.version}.`)
  await ensureInstalled()
  // Imported late: it needs a package, and those may have come only just now.
  const { serve, wantedPort } = await import('./serve.mjs')
  const port = wantedPort()
  await refuseBusy(port)
  await ensureBuilt()
  console.log(`At Least Once is at http://localhost:${await serve(port)}`)
})

/** Said before the build, not after it. */
async function refuseBusy(port) {
  if (port === 0 || (await freePort(port)) === port) return
  throw new Problem(
    `Port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm start`,
  )
}
