// The explorer on the reference system and on the full Kafka rules, against SPIN in the same run where it is
// installed. Each figure is a median of three; on a shared machine only ratios mean anything.
import { Worker } from 'node:worker_threads'
import { type Explored, explore } from '../lib/drivers/explore.ts'
import {
  bookedOnce,
  REFERENCE_KINDS,
  type ReferenceOptions,
  reference,
} from '../lib/drivers/reference.fixture.ts'
import { exploreSplit } from '../lib/drivers/split-lead.ts'
import { compile } from '../lib/engine/compile.ts'
import type { Scenario } from '../lib/scenario/types.ts'
import { type Bare, bare } from '../lib/session/bare.fixture.ts'
import { bareQueue } from '../lib/session/bare-rabbitmq.fixture.ts'
import { ask, type Question } from '../lib/session/exploring.ts'
import { askSmallest } from '../lib/session/exploring-wider.ts'
import { ordersStory } from './orders.ts'
import { type Row, whole } from './rows.ts'
import { fewestBySpin, type Ledger, spin } from './spin.ts'

const TIMES = 3
const now = () => performance.now()

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}

interface Searched extends ReferenceOptions {
  readonly faults: number
  readonly kinds?: readonly string[]
  readonly maxStates?: number
  readonly maxMb?: number
  readonly reduceFrom?: number | false
}

function once(searched: Searched): Explored {
  const { faults, kinds = REFERENCE_KINDS, maxStates = 3_000_000, maxMb = 2048 } = searched
  const { reduceFrom = false } = searched
  const bounds = { faults, kinds, maxStates, maxMb }
  return explore(compile(reference(searched)), bookedOnce, { bounds, now, reduceFrom })
}

const thrice = (searched: Searched): readonly Explored[] =>
  Array.from({ length: TIMES }, () => once(searched))

const TWO: ReferenceOptions = { senders: 2, items: 3, ledger: 'all' }
const LESSON: ReferenceOptions = { senders: 1, items: 3, ledger: 'all' }

function speed(): readonly Row[] {
  const full = median(thrice({ ...TWO, faults: 1 }).map((each) => each.statesPerSecond))
  const crashes = { ...LESSON, faults: 2, kinds: ['crash'] }
  const rich = median(thrice(crashes).map((each) => each.statesPerSecond))
  const spun = Array.from({ length: TIMES }, () => spin('all', 2, 2))
  const yard = spun.flatMap((each) => (each === null ? [] : [(each.states / each.ms) * 1000]))
  const ratio = yard.length === 0 ? 'no SPIN here' : `${(full / median(yard)).toFixed(2)} of SPIN`
  const reduced = thrice({ ...TWO, faults: 1, reduceFrom: 0 })
  const steps = median(reduced.map((each) => (each.transitions / each.ms) * 1000))
  return [
    { what: 'reference system in full, states/s', figure: whole(full), target: '>= 700,000' },
    { what: '  the same beside SPIN', figure: ratio, target: 'reported' },
    { what: '  where crashes abound, states/s', figure: whole(rich), target: '>= 400,000' },
    { what: '  reduced, transitions/s', figure: whole(steps), target: '>= 1,000,000' },
  ]
}

function proofs(): readonly Row[] {
  const row = (what: string, searched: Searched, target: string): Row => {
    const found = thrice({ ...searched, reduceFrom: 0, maxStates: 10_000_000 })
    const ms = median(found.map((each) => each.ms))
    return { what, figure: `${whole(ms)} ms (${whole(found[0]?.states ?? 0)})`, target }
  }
  return [
    row('proof, 1 x 3, 2 faults', { ...LESSON, faults: 2 }, '<= 500 ms'),
    row('proof, 1 x 3, 3 faults', { ...LESSON, faults: 3 }, '<= 1,500 ms'),
    row('proof, 2 x 3, 1 fault', { ...TWO, faults: 1 }, '<= 2,000 ms'),
    widestProof(),
  ]
}

/** Once only: it takes a while. The bound on memory is the target, so an answer says that it was kept. */
function widestProof(): Row {
  const maxMb = 600
  const { ms, states, answer } = once({
    ...TWO,
    faults: 2,
    maxMb,
    maxStates: 20_000_000,
    reduceFrom: 0,
  })
  const figure = `${whole(ms)} ms (${whole(states)}, ${answer})`
  return { what: 'proof, 2 x 3, 2 faults', figure, target: `<= 25,000 ms, <= ${maxMb} MB` }
}

function verdicts(): readonly Row[] {
  return (['none', 'last', 'all'] as const).map((ledger: Ledger): Row => {
    const found = once({ ...TWO, ledger, faults: 1 })
    const spun = fewestBySpin(ledger)
    const own = found.answer === 'counterexample' ? found.faults : null
    const agrees =
      spun === undefined ? 'no SPIN here' : spun === own ? 'SPIN agrees' : 'SPIN DISAGREES'
    const broken = own === null ? 'holds' : `breaks with ${own}, ${found.steps} steps`
    return { what: `verdict, ledger ${ledger}`, figure: broken, target: agrees }
  })
}

async function shared(members: number): Promise<number> {
  const workers = Array.from(
    { length: members },
    () => new Worker(new URL('split-worker.ts', import.meta.url), { workerData: TWO }),
  )
  const ports = workers.map((worker) => ({
    post: (message: unknown, transfer: ArrayBuffer[]) => worker.postMessage(message, transfer),
    listen: (hear: (message: never) => void) => worker.on('message', hear as () => void),
  }))
  const order = { kinds: REFERENCE_KINDS, maxStates: 4_000_000, maxMb: 2048, reduced: false }
  const found = await exploreSplit(ports, { invariant: bookedOnce.id, faults: 1, order, now })
  for (const worker of workers) await worker.terminate()
  return found.statesPerSecond
}

/** Two workers on one search; and two searches that know nothing of each other, which is what the machine has to give. */
async function splitting(): Promise<readonly Row[]> {
  const ratios: number[] = []
  const apart: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const alone = await shared(1)
    ratios.push((await shared(2)) / alone)
    const [one, other] = await Promise.all([shared(1), shared(1)])
    apart.push((one + other) / alone)
  }
  const figure = (of: readonly number[]) => median(of).toFixed(2)
  return [
    { what: 'two workers against one', figure: figure(ratios), target: '>= 1.4' },
    { what: '  two searches apart against one', figure: figure(apart), target: 'reported' },
  ]
}

/** A dedup table that keeps one id; what was polled together comes again together. */
const WINDOW_OF_ONE: Bare = {
  messages: 3,
  instances: 2,
  partitions: 2,
  keys: ['user-1', 'user-2'],
  consumer: { 'max.poll.records': 2 },
  service: { strategy: { kind: 'dedup-table', marks: 'after', keeps: 1 } },
}

function kafka(): readonly Row[] {
  const orders = ordersStory(3)
  const services = orders.story.services.map((service) => ({ ...service, handles: [] }))
  const scenario = { ...orders, story: { ...orders.story, services } }
  const question = (more: Partial<Question>): Question => ({
    invariant: 'no-duplicate-effect',
    scope: { messages: 3, keys: 2, consumers: 2, partitions: 2, services: ['payments'] },
    faults: 1,
    maxStates: 2_000_000,
    reduceFrom: false,
    ...more,
  })
  const full = [1, 2, 3].map(
    () => ask(scenario, question({ kinds: ['cut-connection'] }), { now })[0],
  )
  const click = (what: string, clicked: Scenario, asked: Question, target: string): Row => {
    const { ms, found } = timed(() => askSmallest(clicked, asked, { now })[0])
    const figure = `${whole(ms)} ms (${found?.answer})`
    return { what: `full Kafka rules, click to ${what}`, figure, target }
  }
  const crash = question({ kinds: ['crash'] })
  return [
    {
      what: 'full Kafka rules, states/s',
      figure: whole(median(full.map((each) => each?.statesPerSecond ?? 0))),
      target: 'within 3x of the reference',
    },
    click('crash duplicate', scenario, crash, '<= 100 ms'),
    click('dedup window of one', bare(WINDOW_OF_ONE), { ...crash, scope: {} }, '<= 250 ms'),
  ]
}

/** One publisher, three messages, one queue for two consumers. */
function rabbitmq(): readonly Row[] {
  const lesson = bareQueue({ messages: 3, instances: 2 })
  const keyed = bareQueue({
    messages: 3,
    instances: 2,
    service: { strategy: { kind: 'idempotency-key' } },
  })
  const asked: Question = {
    invariant: 'no-duplicate-effect',
    scope: {},
    faults: 1,
    kinds: ['crash'],
    maxStates: 2_000_000,
  }
  const clicked = timed(() => askSmallest(lesson, asked, { now })[0])
  const full = timed(() => ask(keyed, { ...asked, reduceFrom: false }, { now })[0])
  const proof = (faults: number): Row => {
    const { ms, found } = timed(() => ask(keyed, { ...asked, faults, reduceFrom: 0 }, { now })[0])
    const figure = `${whole(ms)} ms (${whole(found?.states ?? 0)}, ${found?.answer})`
    return { what: `full RabbitMQ rules, proof at ${faults} fault(s)`, figure, target: 'reported' }
  }
  return [
    {
      what: 'full RabbitMQ rules, states/s',
      figure: whole(full.found?.statesPerSecond ?? 0),
      target: 'within 3x of the reference',
    },
    {
      what: 'full RabbitMQ rules, click to crash duplicate',
      figure: `${whole(clicked.ms)} ms (${clicked.found?.answer})`,
      target: '<= 100 ms',
    },
    proof(1),
    proof(2),
  ]
}

/** The median of three times, and the answer. */
function timed<T>(search: () => T): { readonly ms: number; readonly found: T } {
  const runs = Array.from({ length: TIMES }, () => {
    const from = now()
    const found = search()
    return { ms: now() - from, found }
  })
  return { ms: median(runs.map(({ ms }) => ms)), found: (runs[0] as { found: T }).found }
}

export async function benchExplore(): Promise<readonly Row[]> {
  return [...speed(), ...proofs(), ...verdicts(), ...kafka(), ...rabbitmq(), ...(await splitting())]
}
