// Frames of the layer of tokens with 2,000 under way, in headless Chromium with software rendering. The
// page loads the very files the site is built from, with their types stripped; nothing is rebuilt for it.
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { chromiumPath } from '../scripts/setup.mjs'
import type { Row } from './rows.ts'

const root = resolve(import.meta.dirname, '..')
const IN_FLIGHT = 2000
const SECONDS = 6

interface Frames {
  readonly frames: readonly number[]
  readonly drawing: readonly number[]
}

export async function benchCanvas(): Promise<readonly Row[]> {
  const executablePath = chromiumPath()
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 580 } })
    await serveSources(page)
    await page.goto('http://bench.test/')
    const { frames, drawing } = await page.evaluate(
      ([count, seconds]) =>
        (globalThis as unknown as { measure: (n: number, s: number) => Promise<Frames> }).measure(
          count,
          seconds,
        ),
      [IN_FLIGHT, SECONDS] as const,
    )
    const what = `canvas, ${IN_FLIGHT.toLocaleString('en')} messages in flight`
    const ms = (values: readonly number[], share: number) =>
      `${quantile(values, share).toFixed(1)} ms`
    return [
      { what: `${what}: frame p50`, figure: ms(frames, 0.5), target: '≤ 16.7 ms' },
      { what: `${what}: frame p95`, figure: ms(frames, 0.95), target: '≤ 33 ms' },
      { what: `${what}: of it drawing, p95`, figure: ms(drawing, 0.95), target: '' },
    ]
  } finally {
    await browser.close()
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

async function serveSources(page: Page): Promise<void> {
  await page.route('http://bench.test/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html() })
    if (!pathname.endsWith('.ts')) return route.fulfill({ status: 404 })
    const source = readFileSync(resolve(root, `.${pathname}`), 'utf8')
    return route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) })
  })
}

const html = () => `<!doctype html><html data-theme="light">
<style>${readFileSync(resolve(root, 'app/tokens.css'), 'utf8')} body { margin: 0; background: var(--paper) }</style>
<canvas id="canvas"></canvas>
<script type="module">
import { createTokenPainter } from '/components/canvas/painter.ts'
import { cubic } from '/lib/scene/track.ts'
const painter = createTokenPainter(document.getElementById('canvas'))
painter.resize(1080, 580)
const viewport = { x: 0, y: 0, zoom: 1 }
const tracks = Array.from({ length: 24 }, (_, i) =>
  cubic({ x: 30 + (i % 3) * 340, y: 40 + i * 20 }, { x: 340 + (i % 3) * 340, y: 540 - i * 20 }))
let flights = []
// Every place is taken at every moment: a flight that ends is followed by the next.
const move = (timeMs) => flights.forEach((flight, i) => {
  const period = 600 + (i % 7) * 50
  flight.sentMs = Math.floor((timeMs + i * 37) / period) * period - i * 37
  flight.dueMs = flight.sentMs + period
})
globalThis.measure = async (count, seconds) => {
  flights = Array.from({ length: count }, (_, i) => ({
    wire: String(i), track: tracks[i % tracks.length], back: i % 5 === 0, radius: 15, dim: false,
    tokens: [{ message: String(i), key: 'k', shape: i % 5, label: String(i % 1000), type: '', seq: 1,
      redelivered: i % 11 === 0, times: i % 97 === 0 ? 2 : 1, ghost: false }],
  }))
  const frames = [], drawing = []
  let last = 0
  const start = performance.now()
  await new Promise((done) => {
    const frame = (now) => {
      if (last > 0 && now - start > 1000) frames.push(now - last)
      last = now
      move(now)
      const moment = { flights, timeMs: now, motion: 'fly' }
      const before = performance.now()
      painter.draw(moment, viewport)
      if (now - start > 1000) drawing.push(performance.now() - before)
      if (now - start < seconds * 1000) requestAnimationFrame(frame)
      else done()
    }
    requestAnimationFrame(frame)
  })
  return { frames, drawing }
}
</script></html>`
