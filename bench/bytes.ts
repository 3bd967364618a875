// JavaScript that the first load of a page brings, gzipped, read from the built site.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Row } from './rows.ts'

const OUT = join(import.meta.dirname, '..', 'out')

function bytesOf(page: string): number {
  const html = readFileSync(join(OUT, page, 'index.html'), 'utf8')
  const scripts = new Set(
    [...html.matchAll(/<script[^>]+src="([^"]+\.js)"/g)].map((match) => match[1] as string),
  )
  const modern = [...scripts].filter((src) => !html.includes(`src="${src}" noModule`))
  return modern.reduce((sum, src) => sum + gzipSync(readFileSync(join(OUT, src))).length, 0)
}

export function benchBytes(): readonly Row[] {
  if (!existsSync(OUT))
    return [{ what: 'JavaScript on first load', figure: 'not built', target: 'npm run build' }]
  return (
    [
      ['', '<= 280 KB'],
      ['play', ''],
      ['embed/v1', ''],
    ] as const
  ).map(([page, target]) => ({
    what: `JavaScript on first load of /${page}, KB gzip`,
    figure: (bytesOf(page) / 1024).toFixed(0),
    target,
  }))
}
