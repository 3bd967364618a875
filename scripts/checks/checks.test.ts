// Every check is held against a planted violation and against its innocent neighbour.
import { describe, expect, test } from 'vitest'
import { checkBrokers } from './brokers.ts'
import { checkImports } from './imports.ts'
import { checkPurity } from './purity.ts'
import { parse } from './source.ts'
import { checkTidy } from './tidy.ts'

function says(path: string, text: string): string[] {
  const source = parse(path, text)
  return [checkBrokers, checkImports, checkPurity, checkTidy]
    .flatMap((check) => check(source))
    .map((f) => f.says)
}

type Plant = readonly [path: string, text: string]

const REFUSED_IMPORTS: readonly Plant[] = [
  ['lib/engine/world.ts', "import { a } from '../drivers/play.ts'"],
  ['lib/engine/world.ts', "export * from '../clients/sink.ts'"],
  ['lib/engine/world.ts', "export { a } from '../clients/sink.ts'"],
  ['lib/engine/world.ts', "const a = await import('../drivers/play.ts')"],
  ['lib/engine/world.ts', "type A = import('../drivers/play.ts').A"],
  ['lib/engine/world.ts', "import { z } from 'zod'"],
  ['lib/engine/world.ts', "import { readFileSync } from 'node:fs'"],
  ['lib/engine/world.ts', "import { a } from './step'"],
  ['lib/engine/world.ts', "import { a } from '@/lib/engine/step.ts'"],
  ['lib/session/run.ts', "import { useMemo } from 'react'"],
  ['lib/session/run.ts', "import { create } from 'zustand'"],
  ['lib/session/run.ts', "import { a } from '../brokers/sqs/rules.ts'"],
  ['lib/picture/join.ts', "import { a } from '../engine/world.ts'"],
  ['lib/brokers/kafka/rules.ts', "import { a } from '../sqs/rules.ts'"],
  ['lib/brokers/kafka/rules.ts', "import { a } from '../../drivers/play.ts'"],
  ['lib/invariants/no-loss.ts', "import { a } from './no-duplicate-effect.ts'"],
  ['lib/invariants/no-loss.ts', "import { a } from '../clients/sink.ts'"],
  ['lib/faults/crash.ts', "import { a } from './pause.ts'"],
  ['lib/embed/sdk.ts', "import type { A } from '../scenario/types.ts'"],
  ['lib/nowhere/a.ts', "import { a } from '../engine/world.ts'"],
  ['components/canvas/canvas.tsx', "import { a } from '@/lib/brokers/index.ts'"],
  ['components/canvas/canvas.tsx', "import type { A } from '@/lib/brokers'"],
  ['components/canvas/canvas.tsx', "import { step } from '@/lib/engine/world.ts'"],
  ['components/canvas/canvas.tsx', "import { play } from '../../lib/drivers/play.ts'"],
  ['components/canvas/canvas.tsx', "import { crash } from '@/lib/faults/crash.ts'"],
  ['components/canvas/canvas.tsx', "import { get } from 'axios'"],
  ['components/a.ts', "new Worker(new URL('../lib/drivers/explore.ts', import.meta.url))"],
  ['lib/engine/world.test.ts', "import { render } from 'react-dom'"],
]

const ALLOWED_IMPORTS: readonly Plant[] = [
  ['lib/engine/world.ts', "import { a } from './step.ts'"],
  ['lib/drivers/play.ts', "import { a } from '../engine/world.ts'"],
  ['lib/picture/join.ts', "import type { A } from '../engine/types.ts'"],
  ['lib/picture/join.ts', "import { type A, type B } from '../engine/types.ts'"],
  ['lib/brokers/index.ts', "import { kafka } from './kafka/index.ts'"],
  ['lib/brokers/kafka/rules.ts', "import { a } from './coordinator/state.ts'"],
  ['lib/brokers/kafka/rules.ts', "import { a } from '../types.ts'"],
  ['lib/invariants/index.ts', "import { noLoss } from './no-loss.ts'"],
  ['lib/invariants/no-loss.ts', "import { a } from './_fold.ts'"],
  ['lib/invariants/no-loss.ts', "import type { Sink } from '../clients/types.ts'"],
  ['lib/scenario/schema.ts', "import { z } from 'zod'"],
  ['lib/session/run.ts', "import { brokers } from '../brokers/index.ts'"],
  ['lib/engine/world.test.ts', "import { a } from '../drivers/play.ts'"],
  ['lib/engine/world.test.ts', "import { test } from 'vitest'"],
  ['components/canvas/canvas.tsx', "import { faults } from '@/lib/faults'"],
  ['components/canvas/canvas.tsx', "import { ReactFlow } from '@xyflow/react'"],
  ['components/canvas/canvas.tsx', "import '@xyflow/react/dist/style.css'"],
  ['app/play/page.tsx', "import { Playground } from '@/components/playground'"],
  ['scripts/simulate.ts', "import { build } from '../lib/scenario/build.ts'"],
]

const REFUSED_IN_LIB = [
  'const a = Math.random()',
  "const a = Math['random']()",
  'const a = Date.now()',
  'const a = new Date()',
  'type A = { readonly at: Date }',
  'const a = performance.now()',
  'setTimeout(() => 1, 5)',
  "const a = fetch('x')",
  'console.log(1)',
  "localStorage.getItem('x')",
  'const a = globalThis',
  'class A {}',
]

const ALLOWED_IN_LIB = [
  '// Math.random and Date are what we never use',
  "const says = 'console.log and setTimeout'",
  'const a = Math.max(1, 2)',
  'const rule = { fetch: 1, Date: 2 }; const b = rule.fetch + rule.Date',
  'function fetch() { return 1 }\nconst a = fetch()',
  'const f = ({ process }: { process: string }) => process',
]

describe('imports', () => {
  test.each(REFUSED_IMPORTS)('%s refuses: %s', (path, text) => {
    expect(says(path, text)).toHaveLength(1)
  })

  test.each(ALLOWED_IMPORTS)('%s allows: %s', (path, text) => {
    expect(says(path, text)).toEqual([])
  })
})

describe('purity of lib', () => {
  test.each(REFUSED_IN_LIB)('refuses: %s', (text) => {
    expect(says('lib/clients/sink.ts', text)).toHaveLength(1)
  })

  test.each(ALLOWED_IN_LIB)('allows: %s', (text) => {
    expect(says('lib/clients/sink.ts', text)).toEqual([])
  })

  test.each(REFUSED_IN_LIB)('is not asked of tests or components: %s', (text) => {
    expect(says('lib/clients/sink.test.ts', text)).toEqual([])
    expect(says('components/ui/button.tsx', text)).toEqual([])
  })
})

test.each([
  'type TopicName = string',
  "const a = 'kafka'",
  '// a consumer group',
  'let offset = 1',
])('the engine knows no messaging word: %s', (text) => {
  expect(says('lib/engine/world.ts', text)).toHaveLength(1)
  expect(says('lib/clients/world.ts', text)).toEqual([])
})

test.each([
  "const a = 'Apache Kafka'",
  '// as RabbitMQ has it',
  "const a = deployment.broker === 'rabbitmq'",
  'const isSqs = 1; // SQS',
])('components name no broker: %s', (text) => {
  expect(says('components/ui/button.tsx', text)).toHaveLength(1)
  expect(says('components/ui/button.test.ts', text)).toEqual([])
  expect(says('lib/session/forms.ts', text)).toEqual([])
})

const lines = (n: number): string => '  1\n'.repeat(n)

describe('tidy', () => {
  test('a file has at most 400 lines, a test too', () => {
    expect(says('lib/clients/sink.ts', lines(400))).toEqual([])
    expect(says('lib/clients/sink.ts', lines(401))).toHaveLength(1)
    expect(says('lib/clients/sink.test.ts', lines(401))).toHaveLength(1)
  })

  test.each([
    ['lib/clients/sink.ts', 70],
    ['components/ui/button.tsx', 100],
    ['app/page.tsx', 100],
  ])('in %s a function has at most %i lines', (path, most) => {
    const ofLines = (n: number) => [
      `function f() {\n${lines(n - 2)}}`,
      `const f = () => {\n${lines(n - 2)}}`,
    ]
    for (const text of ofLines(most)) expect(says(path, text)).toEqual([])
    for (const text of ofLines(most + 1)) expect(says(path, text)).toHaveLength(1)
  })

  test.each(['lib/clients/DedupStore.ts', 'lib/clients/dedup_store.ts', 'lib/Clients/sink.ts'])(
    'refuses the name %s',
    (path) => expect(says(path, '')).toHaveLength(1),
  )

  test.each(['app/learn/[slug]/page.tsx', 'lib/lessons/_skeleton/index.ts', 'e2e/a-b.spec.ts'])(
    'allows the name %s',
    (path) => expect(says(path, '')).toEqual([]),
  )

  test.each(['only', 'skip', 'todo', 'fixme'])('refuses a test held back by .%s', (word) => {
    expect(says('lib/a.test.ts', `test.${word}('x', () => 1)`)).toHaveLength(1)
    expect(says('e2e/a.spec.ts', `test.describe.${word}('x', () => 1)`)).toHaveLength(1)
    expect(says('lib/a.test.ts', `describe.each([1]).${word}('x', () => 1)`)).toHaveLength(1)
    expect(says('lib/a.test.ts', `const a = list.${word}`)).toEqual([])
  })

  test.each(['TO', 'FIX'])('what is unfinished names its issue: %s…', (begins) => {
    const todo = `${begins}${begins === 'TO' ? 'DO' : 'ME'}`
    expect(says('components/a.ts', `// ${todo}: later`)).toHaveLength(1)
    expect(says('components/a.ts', `// ${todo} https://example.org/o/r/issues/12`)).toEqual([])
    expect(says('components/a.ts', `const label = '${todo}'`)).toEqual([])
  })

  test.each(['home', 'Users', 'root', 'work'])('refuses a path below /%s', (folder) => {
    expect(says('components/a.ts', `const a = '${['', folder, 'x'].join('/')}'`)).toHaveLength(1)
    expect(
      says('components/a.ts', `const a = 'https://a.org${['', folder, 'x'].join('/')}'`),
    ).toEqual([])
  })

  test('what cannot be read is said', () => {
    expect(says('lib/clients/sink.ts', 'const = 1').length).toBeGreaterThan(0)
  })
})
