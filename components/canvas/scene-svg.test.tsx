// The still drawing is made on a server too: complete, finite, in the sheet's colours and no others.
import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import {
  crowded,
  crowdedView,
  home,
  homeView,
  playground,
  playgroundView,
} from '../../lib/scene/fixtures/pictures.fixture.ts'
import { opened, transactional } from '../../lib/scene/fixtures/replicas.fixture.ts'
import { scene } from '../../lib/scene/scene.ts'
import { LegendView } from './legend-view.tsx'
import { SceneSvg } from './scene-svg.tsx'

const sheet = readFileSync(new URL('../../app/tokens.css', import.meta.url), 'utf8')
const named = new Set([...sheet.matchAll(/--([\w-]+):/g)].map(([, name]) => name))

const drawings = [
  ['playground', scene(playground, playgroundView, 11_800)],
  ['home', scene(home, homeView, 1300)],
  ['crowded', scene(crowded, crowdedView, 220)],
  ['opened', scene(opened, crowdedView, 220)],
  ['transactional', scene(transactional, playgroundView, 11_800)],
] as const

describe.each(drawings)('%s', (label, drawn) => {
  const markup = renderToStaticMarkup(<SceneSvg scene={drawn} label={label} withTokens />)

  test('has every part, every wire and every token under way', () => {
    const ids = [...markup.matchAll(/data-part="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual(drawn.parts.map((part) => part.id.replaceAll('&', '&amp;')))
    expect(markup.match(/data-wire=/g)).toHaveLength(drawn.wires.length)
    expect(markup.match(/data-flying=/g)).toHaveLength(drawn.moving.length)
    expect(markup).toContain(`aria-label="${label}"`)
  })

  test('has no number that is none, and no colour but the custom properties of the sheet', () => {
    expect(markup).not.toMatch(/NaN|undefined|Infinity|#[0-9a-fA-F]{3,8}\b|rgb\(/)
    for (const [, name] of markup.matchAll(/var\(--([\w-]+)\)/g))
      expect(named, name).toContain(name)
  })
})

test('without a layer for them tokens under way can be left out', () => {
  const markup = renderToStaticMarkup(<SceneSvg scene={drawings[0][1]} label="still" />)
  expect(markup).not.toContain('data-flying')
})

test('the legend names its signs', () => {
  const markup = renderToStaticMarkup(<LegendView width={700} picture={playground} />)
  for (const word of ['key', 'nth event', 'committed', 'redelivered', 'duplicate'])
    expect(markup).toContain(`>${word}<`)
})
