// Our own sources, served to a page as they are but for their types: the same files that Node runs, in
// Chromium, without a bundler in between.
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Page } from '@playwright/test'

const root = resolve(import.meta.dirname, '../..')
const AT = '/_source/'

/** Packages by the names our sources use for them. */
const packages = {
  fflate: 'fflate/esm/browser.js',
  zod: 'zod/index.js',
  'zod/mini': 'zod/mini/index.js',
}

function served(path: string): { readonly body: string; readonly contentType: string } {
  if (path === 'index.html') return { body: page(), contentType: 'text/html' }
  const text = readFileSync(join(root, path), 'utf8')
  if (path.endsWith('.json')) return { body: text, contentType: 'application/json' }
  const body = path.endsWith('.ts') ? stripTypeScriptTypes(text) : text
  return { body, contentType: 'text/javascript' }
}

function page(): string {
  const imports = Object.fromEntries(
    Object.entries(packages).map(([name, file]) => [name, `${AT}node_modules/${file}`]),
  )
  return `<!doctype html><title>Sources</title><script type="importmap">${JSON.stringify({ imports })}</script>`
}

/** Opens an empty page that can import any of our sources by its path. */
export async function openSources(page: Page): Promise<void> {
  await page.route(`**${AT}**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(AT.length)
    if (dirname(path).startsWith('..')) return route.abort()
    await route.fulfill(served(path))
  })
  await page.goto(`${AT}index.html`)
}

/** Where a page finds a source. */
export const sourceOf = (path: string): string => AT + path
