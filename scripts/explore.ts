// npm run explore -- FILE [--faults N] [--messages N] [--invariant ID] [--max-states N] [--kinds a,b] [--from start] [--json]
// Searches all runs of a scenario, breadth-first, for the shortest one that breaks an invariant. Exit 0
// whatever the answer; 2 on bad input. The scenario's own faults are left out: the search chooses its own.
// It begins when groups have formed and nothing is published yet, or at the very start; first with one
// message a producer, then with two, up to N. Both are told among the bounds.
import { parseArgs } from 'node:util'
import { type Explored, explore } from '../lib/drivers/explore.ts'
import { spaceOf } from '../lib/drivers/space.ts'
import type { Action } from '../lib/engine/types.ts'
import { faults, searchedKinds } from '../lib/faults/index.ts'
import { invariants, invariantsOf } from '../lib/invariants/index.ts'
import { watch } from '../lib/invariants/judge.ts'
import { build } from '../lib/scenario/build.ts'
import type { Scenario } from '../lib/scenario/types.ts'
import { settled, withMessages } from '../lib/session/settled.ts'
import { type BadInput, readScenario } from './documents.ts'

const USAGE =
  'npm run explore -- FILE [--faults N] [--messages N] [--invariant ID] [--max-states N] [--kinds a,b] [--from start|settled] [--json]'

interface Asked {
  readonly file: string
  readonly faults: number
  readonly messages: number
  readonly maxStates: number
  readonly invariant: string | undefined
  readonly kinds: readonly string[]
  readonly from: string
  readonly json: boolean
}

const OPTIONS = {
  faults: { type: 'string' },
  messages: { type: 'string' },
  invariant: { type: 'string' },
  'max-states': { type: 'string' },
  kinds: { type: 'string' },
  from: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** A whole number from `least` to `most`, or what is wrong with the word. */
function whole(name: string, word: string, least: number, most: number): number | BadInput {
  const value = Number(word)
  if (/^\d+$/.test(word) && value >= least && value <= most) return value
  return {
    bad: [`--${name}: found ${word}, expected a whole number from ${least} to ${most}. ${USAGE}`],
  }
}

function oneOf(name: string, words: readonly string[], known: readonly string[]): BadInput | null {
  const wrong = words.find((word) => !known.includes(word))
  if (wrong === undefined) return null
  return { bad: [`--${name}: found ${wrong}, expected one of ${known.join(', ')}. ${USAGE}`] }
}

function asked(words: readonly string[]): Asked | BadInput {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: OPTIONS,
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1)
      return { bad: [`Expected one scenario file, found ${positionals.length}. ${USAGE}`] }
    const budget = whole('faults', values.faults ?? '1', 0, 9)
    if (typeof budget !== 'number') return budget
    const maxStates = whole('max-states', values['max-states'] ?? '3000000', 1, 20_000_000)
    if (typeof maxStates !== 'number') return maxStates
    const messages = whole('messages', values.messages ?? '2', 1, 1000)
    if (typeof messages !== 'number') return messages
    const kinds = values.kinds?.split(',') ?? searchedKinds
    const { invariant, from = 'settled' } = values
    const ids = invariants.map((each) => each.id)
    const known = faults.map((fault) => fault.id)
    const wrong =
      oneOf('kinds', kinds, known) ??
      oneOf('invariant', invariant === undefined ? [] : [invariant], ids) ??
      oneOf('from', [from], ['start', 'settled'])
    const json = values.json === true
    return wrong ?? { file, faults: budget, messages, maxStates, invariant, kinds, from, json }
  } catch (error) {
    return { bad: [`${error instanceof Error ? error.message : error} ${USAGE}`] }
  }
}

/** The contract's object, and among its bounds where the search began. */
type Found = Omit<Explored, 'bounds'> & {
  readonly bounds: Explored['bounds'] & { readonly from: string; readonly messages: number }
}

/** One scope: every check that is still open, with so many messages a producer. */
function searchAt(asked: Asked, whole: Scenario, ids: readonly string[], messages: number) {
  const scenario = withMessages(whole, messages)
  const { system, subject } = build(scenario)
  const beginning = asked.from === 'settled' ? settled(scenario, system) : null
  const from = beginning === null ? 'start' : 'settled'
  const options = {
    bounds: { faults: asked.faults, kinds: asked.kinds, maxStates: asked.maxStates },
    now: () => performance.now(),
    space: spaceOf(system, beginning?.world),
    prefix: beginning?.script ?? [],
  }
  return invariantsOf(ids).map((invariant): Found => {
    const found = explore(system, watch(invariant, subject), options)
    return { ...found, bounds: { ...found.bounds, from, messages } }
  })
}

/** The smallest scope that breaks a check answers for it; else the largest one does. */
function search(asked: Asked): readonly Found[] | BadInput {
  const read = readScenario(asked.file)
  if ('bad' in read) return read
  const ids = asked.invariant === undefined ? read.value.checks : [asked.invariant]
  const answers = new Map<string, Found>()
  for (let messages = 1; messages <= asked.messages; messages++) {
    const open = ids.filter((id) => answers.get(id)?.answer !== 'counterexample')
    for (const found of searchAt(asked, read.value, open, messages)) {
      answers.set(found.invariant, found)
    }
  }
  return ids.flatMap((id) => answers.get(id) ?? [])
}

const inWords = (action: Action): string => {
  const arg = action.arg === undefined ? '' : ` ${JSON.stringify(action.arg)}`
  return `${'link' in action ? action.link : action.actor}  ${action.rule}${arg}`
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

function told(found: Found): string {
  const { answer, invariant, states, statesPerSecond, ms, bounds, script } = found
  const cost = `${states} states, ${statesPerSecond} states/s, ${(ms / 1000).toFixed(2)} s`
  const scope = [
    `${counted(bounds.faults, 'fault')} at most`,
    counted(bounds.messages, 'message'),
    `from ${bounds.from}`,
  ]
  const head = `${invariant}: ${answer} (${scope.join(', ')}; ${cost})`
  if (script === null) return head
  const lines = script.map((action, at) => `${String(at + 1).padStart(4)}  ${inWords(action)}`)
  const length = `  ${counted(found.faults ?? 0, 'fault')}, ${counted(script.length, 'step')}:`
  return [head, length, ...lines].join('\n')
}

const words = asked(process.argv.slice(2))
const found = 'bad' in words ? words : search(words)
if ('bad' in found) {
  console.error(found.bad.join('\n'))
  process.exitCode = 2
} else if ('json' in words && words.json) {
  console.log(JSON.stringify(words.invariant === undefined ? found : found[0], null, 2))
} else {
  console.log(found.map(told).join('\n\n'))
}
