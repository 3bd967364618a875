// npm run explore -- FILE [--faults N] [--invariant ID] [--max-states N] [--json] and more (see USAGE)
// Searches all runs of a scenario, breadth-first, for the shortest one that breaks an invariant. Exit 0
// whatever the answer; 2 on bad input. The scenario's own faults are left out: the search chooses its own.
// It begins when groups have formed and nothing is published yet, or at the very start; first with one
// message a producer, then with two, up to N. All that is told among the bounds.
import { parseArgs } from 'node:util'
import type { Action } from '../lib/engine/types.ts'
import { faults, searchedKinds } from '../lib/faults/index.ts'
import { invariants } from '../lib/invariants/index.ts'
import type { Answer, Question } from '../lib/session/exploring.ts'
import { askSmallest } from '../lib/session/exploring-wider.ts'
import { type From, froms } from '../lib/session/settled.ts'
import { type BadInput, readScenario } from './documents.ts'

const USAGE = `npm run explore -- FILE [--faults N] [--invariant ID] [--max-states N] [--max-mb N] [--json]
  [--messages N] [--consumers N] [--kinds a,b] [--usual-timing] [--from start|settled|published] [--exact] [--stories]`

interface Asked {
  readonly file: string
  readonly messages: number
  readonly invariant: string | undefined
  readonly question: Omit<Question, 'invariant'>
  readonly json: boolean
}

const OPTIONS = {
  faults: { type: 'string' },
  messages: { type: 'string' },
  consumers: { type: 'string' },
  invariant: { type: 'string' },
  'max-states': { type: 'string' },
  'max-mb': { type: 'string' },
  kinds: { type: 'string' },
  from: { type: 'string' },
  'usual-timing': { type: 'boolean' },
  exact: { type: 'boolean' },
  stories: { type: 'boolean' },
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
    const numbers = [
      whole('faults', values.faults ?? '1', 0, 9),
      whole('messages', values.messages ?? '3', 1, 1000),
      whole('consumers', values.consumers ?? '2', 1, 100),
      whole('max-states', values['max-states'] ?? '3000000', 1, 20_000_000),
      whole('max-mb', values['max-mb'] ?? '1024', 1, 16_384),
    ]
    const kinds = values.kinds?.split(',') ?? searchedKinds
    const { invariant, from = 'settled' } = values
    const wrong =
      numbers.find((each) => typeof each !== 'number') ??
      oneOf(
        'kinds',
        kinds,
        faults.map((fault) => fault.id),
      ) ??
      oneOf(
        'invariant',
        invariant === undefined ? [] : [invariant],
        invariants.map((each) => each.id),
      ) ??
      oneOf('from', [from], froms)
    if (wrong !== null) return wrong as BadInput
    const [budget = 0, messages = 0, consumers = 0, maxStates = 0, maxMb = 0] = numbers as number[]
    const question = {
      scope: { consumers },
      faults: budget,
      kinds,
      unusualTiming: values['usual-timing'] !== true,
      maxStates,
      maxMb,
      from: from as From,
      exact: values.exact === true,
      stories: values.stories === true,
    }
    return { file, messages, invariant, question, json: values.json === true }
  } catch (error) {
    return { bad: [`${error instanceof Error ? error.message : error} ${USAGE}`] }
  }
}

/** The contract's object; what else there is to tell stands among the bounds. */
function told(answer: Answer, messages: number) {
  const { invariant, faults: used, steps, script, states, statesPerSecond, bounds, ms } = answer
  const { from, cut, oddsOfCollision, reduced, story, switches } = answer
  const largest = Math.max(...answer.scenario.story.producers.map((producer) => producer.count))
  return {
    answer: answer.answer,
    invariant,
    faults: used,
    steps,
    script,
    states,
    statesPerSecond,
    bounds: {
      ...bounds,
      messages: answer.answer === 'counterexample' ? largest : Math.min(messages, largest),
      from,
      cut,
      oddsOfCollision,
      reduced,
      ...(story === null ? {} : { story, switches }),
    },
    ms,
  }
}
type Told = ReturnType<typeof told>

function search({ file, invariant, messages, question }: Asked): readonly Told[] | BadInput {
  const read = readScenario(file)
  if ('bad' in read) return read
  const ids = invariant === undefined ? read.value.checks : [invariant]
  const how = { now: () => performance.now() }
  const scope = { ...question.scope, messages }
  return ids.flatMap((id) =>
    askSmallest(read.value, { ...question, scope, invariant: id }, how).map((answer) =>
      told(answer, messages),
    ),
  )
}

const inWords = (action: Action): string => {
  const arg = action.arg === undefined ? '' : ` ${JSON.stringify(action.arg)}`
  return `${'link' in action ? action.link : action.actor}  ${action.rule}${arg}`
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

function lines(found: Told): string {
  const { answer, invariant, states, statesPerSecond, ms, bounds, script } = found
  const odds = bounds.oddsOfCollision
  const cost = `${states} states, ${statesPerSecond} states/s, ${(ms / 1000).toFixed(2)} s`
  const scope = [
    `${counted(bounds.faults, 'fault')} at most`,
    counted(bounds.messages, 'message'),
    `from ${bounds.from}`,
  ]
  const head = `${invariant}: ${answer} (${scope.join(', ')}; ${cost})`
  const sure =
    odds === 0 ? '' : `\n  the odds that a state was taken for another: ${odds.toExponential(1)}`
  const cut = bounds.cut.map((sentence) => `\n  ${sentence}`).join('')
  if (script === null) return `${head}${sure}${cut}`
  const steps = script.map((action, at) => `${String(at + 1).padStart(4)}  ${inWords(action)}`)
  const story = bounds.story?.join(', ') ?? ''
  const length = `  ${counted(found.faults ?? 0, 'fault')}${story === '' ? '' : ` (${story})`}, ${counted(script.length, 'step')}:`
  return [`${head}${sure}${cut}`, length, ...steps].join('\n')
}

const words = asked(process.argv.slice(2))
const found = 'bad' in words ? words : search(words)
if ('bad' in found) {
  console.error(found.bad.join('\n'))
  process.exitCode = 2
} else if ('json' in words && words.json) {
  const one = words.invariant !== undefined && words.question.stories !== true
  console.log(JSON.stringify(one ? found[0] : found, null, 2))
} else {
  console.log(found.map(lines).join('\n\n'))
}
