import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mistakesIn } from './_check.ts'
import { compareText, hasEntries } from './_compare.ts'
import { observe, outcomes } from './_model/run.ts'
import { experimentSchema } from './_schema.ts'
import { skeleton } from './_skeleton.ts'
import { experiments } from './index.ts'

const files = readdirSync(`${import.meta.dirname}/kafka`, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^[a-z]+\/[a-z].*\.ts$/.test(file) && !file.endsWith('/index.ts'))
  .map((file) => basename(file, '.ts'))

it('lists every file, under its own name', () => {
  expect(experiments.map(({ id }) => id).sort()).toEqual(files.sort())
})

it('has a skeleton that runs', () => {
  expect(observe(skeleton)).toEqual(skeleton.expect)
})

describe.each(experiments.map((each) => [each.id, each] as const))('%s', (_id, experiment) => {
  it('keeps to the schema', () => {
    expect(experimentSchema.safeParse(experiment).error?.issues ?? []).toEqual([])
    expect(mistakesIn(experiment)).toEqual([])
  })

  it('comes out on the model as its source says', () => {
    if (experiment.class === 'deterministic') {
      expect(observe(experiment)).toEqual(experiment.expect)
      return
    }
    const allowed = outcomes(experiment)
    expect(allowed.length).toBeGreaterThan(1)
    expect(allowed.map(compareText)).toContain(compareText(observe(experiment)))
    expect(allowed.filter((each) => hasEntries(each, experiment.never?.observed ?? {}))).toEqual([])
  })
})
