// Who may import what: the one table of it. Everything not named here is refused.
//
// A row is a folder; what it may import is a list of folders or files. `types X` allows `import type`
// only. A folder may always import itself, except between the entries of a catalogue (below).

type Row = { readonly may: readonly string[]; readonly packages?: readonly string[] }

const SCHEMA_AND_ZIP = ['zod', 'fflate']
const MODEL = ['lib/engine', 'lib/clients', 'lib/picture']

export const IMPORTS: Readonly<Record<string, Row>> = {
  'lib/engine': { may: [] },
  'lib/drivers': { may: ['lib/engine'] },
  'lib/picture': { may: ['types lib/engine'] },
  'lib/scene': { may: ['lib/picture'] },
  'lib/clients': { may: ['lib/engine', 'lib/picture'] },
  'lib/brokers': { may: MODEL },
  'lib/faults': { may: MODEL },
  'lib/invariants': { may: ['lib/engine', 'lib/clients/words.ts', 'types lib/clients'] },
  // The data are plain; `_schema` describes them and `_model` runs them on the rule tables.
  'lib/experiments': {
    may: [...MODEL, 'lib/brokers', 'lib/scenario/schema-parts.ts'],
    packages: ['zod'],
  },
  'lib/scenario': {
    may: [
      ...MODEL,
      'lib/brokers',
      'lib/faults',
      'lib/invariants',
      'lib/experiments',
      'public/scenarios',
    ],
    packages: SCHEMA_AND_ZIP,
  },
  'lib/why': {
    may: [...MODEL, 'lib/drivers', 'lib/scenario', 'lib/faults', 'lib/invariants'],
  },
  'lib/share': { may: ['lib/engine', 'lib/drivers', 'lib/scenario'], packages: SCHEMA_AND_ZIP },
  'lib/lessons': { may: [...MODEL, 'lib/scenario', 'lib/faults', 'lib/invariants'] },
  'lib/session': {
    may: [
      ...MODEL,
      'lib/drivers',
      'lib/scenario',
      'lib/faults',
      'lib/invariants',
      'lib/scene',
      'lib/brokers/index.ts',
      'lib/brokers/types.ts',
      'lib/why',
      'lib/share',
      'lib/lessons',
    ],
  },
  'lib/export': {
    may: [
      'types lib/engine',
      'lib/scenario',
      'lib/session',
      'lib/picture',
      'lib/scene',
      'lib/share',
    ],
    packages: SCHEMA_AND_ZIP,
  },
  'lib/fidelity': { may: ['lib/experiments'] },
  'lib/guarantees': {
    may: [
      'lib/brokers/index.ts',
      'lib/engine',
      'lib/drivers',
      'lib/clients',
      'lib/faults',
      'lib/invariants',
      'lib/scenario',
      'lib/session',
    ],
  },
  'lib/challenges': { may: ['lib/engine', 'lib/drivers', 'lib/scenario', 'lib/session'] },
  // Runs in foreign pages: it brings along nothing but itself.
  'lib/embed': { may: [] },
  components: {
    may: [
      'lib/session',
      'lib/scenario',
      'lib/picture',
      'lib/scene',
      'lib/why',
      'lib/share',
      'lib/export',
      'lib/lessons',
      'lib/faults/index.ts',
      'lib/invariants/index.ts',
      'types lib/faults',
      'types lib/invariants',
      'types lib/clients',
      'types lib/engine',
      'types lib/fidelity',
      'lib/guarantees',
      'lib/challenges',
      'messages',
    ],
    packages: ['react', 'react-dom', 'next', 'zustand', '@xyflow/react', '@tanstack/react-virtual'],
  },
  app: {
    may: ['components', 'lib', 'messages', 'docs/fidelity.json', 'docs/guarantees.json'],
    packages: [
      'react',
      'next',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
  },
  messages: { may: [] },
  // Programs and tests: they may look at everything.
  scripts: { may: ['lib', 'bench', 'e2e'], packages: ['*'] },
  bench: { may: ['lib', 'scripts'], packages: ['*'] },
  e2e: { may: ['lib', 'scripts'], packages: ['*'] },
}

/** What a test in lib may import on top of all of lib: its runner, and Node to read golden files with. */
export const PACKAGES_OF_TESTS = ['vitest', 'fast-check', 'node:*', 'zod', 'fflate']

/**
 * Catalogues: an entry is a folder or a file, and none knows another. An index lists them all; files
 * that begin with `_` and `types.ts` belong to the catalogue as a whole.
 */
export const CATALOGUES = [
  'lib/brokers',
  'lib/faults',
  'lib/invariants',
  'lib/experiments',
  'lib/lessons',
  'lib/challenges',
]

/** What would make a run depend on anything but its scenario and the choices made. */
export const IMPURE = [
  'Math.random',
  'Date',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'requestAnimationFrame',
  'queueMicrotask',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'console',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'globalThis',
  'process',
]

/** The engine knows actors, links and envelopes; what travels in them is none of its business. */
export const MESSAGING_WORDS = [
  'kafka',
  'topic',
  'partition',
  'offset',
  'consumer',
  'producer',
  'broker',
]

/** Brokers and their protocols: components take what differs between them from the broker's model. */
export const BROKER_NAMES = ['kafka', 'rabbit', 'amqp', '\\bsqs\\b', '\\bsns\\b']

/** The longest a file may be, and the longest a function, by folder. Tests are exempt. */
export const FILE_LINES = 400
export const FUNCTION_LINES: Readonly<Record<string, number>> = {
  lib: 70,
  scripts: 70,
  bench: 70,
  components: 100,
  app: 100,
}
