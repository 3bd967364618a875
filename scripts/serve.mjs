// Serves out/ the way any static host does: the one server of `npm start` and of the browser tests.

import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { main, Problem, root } from './setup.mjs'

/** Listens on `port` and gives the port; a busy port is a Problem, said in words. */
export function serve(port) {
  const out = join(root, 'out')
  // dev: files are read when asked for, so a new build is served without a restart.
  const files = sirv(out, {
    dev: true,
    etag: true,
    // As GitHub Pages and others do: a sandboxed frame is of no origin and may not load fonts otherwise.
    setHeaders: (response) => response.setHeader('Access-Control-Allow-Origin', '*'),
    onNoMatch: (_, response) => notFound(out, response),
  })
  const server = createServer((request, response) => files(request, response))
  return new Promise((listening, failed) => {
    server.once('error', (error) => failed(asProblem(error, port)))
    server.listen(port, () => listening(server.address().port))
  })
}

function notFound(out, response) {
  const page = join(out, '404.html')
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' })
  response.end(existsSync(page) ? readFileSync(page) : 'Not found')
}

function asProblem(error, port) {
  if (error.code === 'EADDRINUSE')
    return new Problem(
      `Port ${port} is in use. Stop what listens there, or choose another: PORT=3001 npm start`,
    )
  if (error.code === 'EACCES') return new Problem(`Port ${port} may not be opened by this user.`)
  return error
}

/** PORT, or 3000. */
export function wantedPort() {
  const text = process.env.PORT ?? '3000'
  const port = Number(text)
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port < 65536) return port
  throw new Problem(`PORT is "${text}", which is no port: a whole number from 0 to 65535 is.`)
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(async () => {
    if (!existsSync(join(root, 'out', 'index.html')))
      throw new Problem('There is no out/ yet: npm run build')
    console.log(`Serving out/ on http://localhost:${await serve(wantedPort())}`)
  })
