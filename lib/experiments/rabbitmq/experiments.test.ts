import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { observe } from './_model.ts'
import { experimentSchema } from './_schema.ts'
import { rabbitmqExperiments } from './index.ts'
import { expectedOf, variantName, variantsOf } from './types.ts'

const files = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z].*\.ts$/.test(file) && !/\.test\.ts$|^(types|index)\.ts$/.test(file))
  .map((file) => file.replace('.ts', ''))

it('lists every file, under its own name', () => {
  expect(rabbitmqExperiments.map(({ id }) => id).sort()).toEqual(files.sort())
})

describe.each(rabbitmqExperiments.map((each) => [each.id, each] as const))(
  '%s',
  (_id, experiment) => {
    it('keeps to the schema', () => {
      expect(experimentSchema.safeParse(experiment).error?.issues ?? []).toEqual([])
    })

    it.each(variantsOf(experiment).map((each) => [variantName(each), each] as const))(
      'comes out on the model as was measured: %s',
      async (_name, variant) => {
        expect(await observe(experiment, variant)).toEqual(expectedOf(experiment, variant))
      },
    )
  },
)
