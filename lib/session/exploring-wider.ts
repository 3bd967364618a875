// A question asked of the smallest scope first: with one instance of each service, then with two, and for each with
// few messages, then with more. What breaks there is the easiest to follow, and is found long before the widest
// scope is exhausted. Sizes at which nobody has anything to do are passed over.
import type { Progress } from '../drivers/levels.ts'
import type { Scenario } from '../scenario/types.ts'
import { type Answer, type Asking, ask, asking, ended, type Question } from './exploring.ts'
import { somethingHappens } from './put-to-test.ts'
import { cutTo, type Scope } from './scope.ts'

/** Where a search stands, and at which size. */
export interface WiderProgress extends Progress {
  readonly consumers: number
  readonly messages: number
  /** Something is found, and it is asked whether the widest scope breaks with fewer faults. */
  readonly aside?: true
}

interface Size {
  readonly consumers: number
  readonly messages: number
}

const upTo = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)

const most = (counts: readonly number[], bound: number | undefined): number =>
  Math.min(Math.max(1, ...counts), bound ?? Number.POSITIVE_INFINITY)

/** How wide the scope really is: nothing is searched with more messages or instances than there are. */
function widest({ story }: Scenario, { services, messages, consumers }: Scope): Size {
  const wanted = story.services.filter(({ id }) => services?.includes(id) ?? true)
  return {
    messages: most(
      story.producers.map(({ count }) => count),
      messages,
    ),
    consumers: most(
      wanted.map(({ instances }) => instances),
      consumers,
    ),
  }
}

/** The smallest number of messages with which somebody has something to do; null when none within the scope. */
export function leastMessages(scenario: Scenario, scope: Scope): number | null {
  const sizes = upTo(1, widest(scenario, scope).messages)
  const found = sizes.find((messages) =>
    somethingHappens(cutTo(scenario, { ...scope, messages }).scenario),
  )
  return found ?? null
}

/** Of two answers that found nothing: the one that is less sure, else the later, whose scope is the wider. */
function lessSure(before: readonly Answer[], after: readonly Answer[]): readonly Answer[] {
  return before[0]?.answer === 'not exhausted' ? before : after
}

function* askingAt(
  whole: Scenario,
  question: Question,
  size: Size,
  how: Asking,
): Generator<WiderProgress, readonly Answer[]> {
  const search = asking(whole, { ...question, scope: { ...question.scope, ...size } }, how)
  let next = search.next()
  for (; next.done !== true; next = search.next()) yield { ...next.value, ...size }
  return next.value
}

function* aside<Answers>(search: Generator<WiderProgress, Answers>) {
  let next = search.next()
  for (; next.done !== true; next = search.next()) yield { ...next.value, aside: true as const }
  return next.value
}

/**
 * The answer for the smallest scope that breaks with the fewest faults, else for the widest scope. Empty: nothing
 * happens within it. What breaks a small scope may break the widest with fewer faults, which is looked for after it.
 */
export function* askingWider(
  whole: Scenario,
  question: Question,
  how: Asking,
): Generator<WiderProgress, readonly Answer[]> {
  const least = leastMessages(whole, question.scope)
  const last = widest(whole, question.scope)
  if (least === null) return []
  const { reduceFrom = 0 } = question
  let answers: readonly Answer[] = []
  let asked = question
  for (const consumers of upTo(1, last.consumers)) {
    for (const messages of upTo(least, last.messages)) {
      const found = yield* askingAt(whole, asked, { consumers, messages }, how)
      const [first] = found
      if (first?.answer === 'counterexample') {
        const faults = (first.faults ?? 0) - 1
        const isLast = consumers === last.consumers && messages === last.messages
        if (faults < 0 || isLast) return found
        const fewer = yield* aside(askingAt(whole, { ...question, faults, reduceFrom }, last, how))
        if (fewer[0]?.answer !== 'counterexample') return found
        asked = { ...question, faults: fewer[0].faults ?? 0 }
        answers = fewer
      } else if (asked === question) answers = lessSure(answers, found)
      // With more messages there are more states still.
      if (first?.answer === 'not exhausted') break
    }
  }
  return answers
}

/** In one go; where nothing happens the whole scope is searched, and holds. */
export function askSmallest(whole: Scenario, question: Question, how: Asking): readonly Answer[] {
  const answers = ended(askingWider(whole, question, how))
  return answers.length > 0 ? answers : ask(whole, question, how)
}
