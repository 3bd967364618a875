// The picture of a moment: the broker draws its parts, this adds what is under way and what the past
// knows: how often each event was delivered, what each sink should hold by now.
import { brokerOf } from '../brokers/index.ts'
import type { Message } from '../clients/types.ts'
import { typeInWords } from '../clients/words.ts'
import type { Link } from '../engine/compile.ts'
import type { Envelope } from '../engine/types.ts'
import { type Look, tokenOf } from '../picture/look.ts'
import type { FlightPart, Picture } from '../picture/types.ts'
import type { Scenario, Service } from '../scenario/types.ts'
import { expectedAt } from './expected.ts'
import { lastUpTo, waysTo } from './notes.ts'
import type { Run } from './run.ts'
import type { Flight } from './types.ts'
import type { View } from './view.ts'

/** One letter a group: the first of its name that is still free. */
export function lettersOf(services: readonly Service[]): Readonly<Record<string, string>> {
  const taken = new Set<string>()
  const letters: Record<string, string> = {}
  for (const { id } of services) {
    const free = [...id.replace(/[^a-z]/g, ''), ...'abcdefghijklmnopqrstuvwxyz'].find(
      (letter) => !taken.has(letter),
    )
    letters[id] = free ?? '?'
    taken.add(letters[id])
  }
  return letters
}

function offStages(service: Service): readonly string[] {
  const looksUp =
    service.strategy.kind === 'in-memory-set' || service.strategy.kind === 'dedup-table'
  return looksUp ? [] : ['dedup']
}

/** What a sink that counts or keeps rows should hold by now: each event sent so far, once. */
function expectedOf(
  scenario: Scenario,
  sink: string,
  sent: readonly Message[],
): Record<string, number | string> {
  const service = scenario.story.services.find((each) => each.sink === sink)
  if (service === undefined) return {}
  const expected: Record<string, number | string> = {}
  for (const message of sent) {
    if (!hears(scenario, service, message)) continue
    if (service.effect === 'count') {
      expected[message.type] = Number(expected[message.type] ?? 0) + 1
    } else if (service.effect === 'decrement') {
      const name = message.key ?? message.subject
      expected[name] = Number(expected[name] ?? 0) + 1
    } else if (service.effect === 'upsert') {
      expected[message.key ?? message.subject] = typeInWords(message.type)
    }
  }
  return expected
}

function hears(scenario: Scenario, service: Service, message: Message): boolean {
  const { producers, services } = scenario.story
  const published =
    producers.find((each) => each.id === message.source)?.publishes ??
    services.find((each) => each.id === message.source)?.publishes?.stream
  const handled = service.handles.length === 0 || service.handles.includes(message.type)
  return handled && published === service.listensTo
}

function countUpTo(steps: readonly number[] | undefined, position: number): number {
  let count = 0
  for (const step of steps ?? []) if (step <= position) count++
  return count
}

export function lookAt(run: Run, view: View): Look {
  const { position } = view
  const { past } = run
  const { scenario } = run.document
  const letters = lettersOf(scenario.story.services)
  const sent = past.sent.filter((each) => each.step <= position).map((each) => each.message)
  return {
    producers: scenario.story.producers.map(({ id, title }) => ({
      id,
      title,
      notes: notesOf(scenario, id),
    })),
    groups: scenario.story.services.map((service) => ({
      id: service.id,
      title: service.title,
      letter: letters[service.id] as string,
      stream: service.listensTo,
      sink: service.sink,
      off: offStages(service),
    })),
    sinks: scenario.story.sinks.map(({ id, title, kind }) => ({
      id,
      title,
      kind,
      expected: expectedOf(scenario, id, sent),
    })),
    keys: [...new Set(scenario.story.producers.flatMap((producer) => producer.keys))],
    deliveries: (group, event) => countUpTo(past.deliveries.get(`${group} ${event}`), position),
    archived: (group, log, offset) =>
      past.archived
        .get(`${group} ${log}`)
        ?.some((each) => each.step <= position && each.offset === offset) === true,
    downSinceMs: (actor) => {
      const last = past.downs
        .get(actor)
        ?.filter((each) => each.step <= position)
        .at(-1)
      return last?.down === true ? run.recording.step(last.step).timeMs : null
    },
    timerDueMs: (actor, setting) =>
      expectedAt(run, view).find((each) => each.actor === actor && each.setting === setting)
        ?.dueMs ?? null,
    storedMs: (log, offset) => past.stored.get(log)?.[offset] ?? null,
    appliedMs(sink, fact) {
      const times = past.applied.get(`${sink} ${fact}`) ?? []
      return times[lastUpTo(times, position)]?.timeMs ?? null
    },
    ways: (actor, worker) => waysTo(past.stands.get(`${actor} ${worker}`) ?? [], position),
  }
}

/** The settings a reader of the picture wants to see under a producer. */
function notesOf(scenario: Scenario, producer: string): readonly string[] {
  const { deployment } = scenario
  const settings = { ...deployment.producer, ...deployment.producers[producer] }
  return brokerOf(deployment.broker).deciding.producer.flatMap((name) =>
    settings[name] === undefined ? [] : [`${name}=${settings[name]}`],
  )
}

interface UnderWay {
  readonly link: Link
  readonly envelope: Envelope
  readonly reply: boolean
  readonly sentMs: number
  readonly dueMs: number
}

function underWay(run: Run, view: View): readonly UnderWay[] {
  const { system } = run.built
  return view.moment.world.queues.flatMap((queue, index) =>
    queue.map((envelope, nth): UnderWay => {
      const meta = view.moment.metas[index]?.[nth]
      return {
        link: system.links[index >> 1] as Link,
        envelope,
        reply: (index & 1) === 1,
        sentMs: meta?.sentMs ?? 0,
        dueMs: meta?.arrivesMs ?? 0,
      }
    }),
  )
}

export function flightsAt(run: Run, view: View): readonly Flight[] {
  return underWay(run, view).map(({ link, envelope, reply, sentMs, dueMs }) => ({
    link: link.id,
    from: reply ? link.to : link.from,
    to: reply ? link.from : link.to,
    kind: envelope.kind,
    reply,
    messages: run.built.broker.carried(envelope).map((message) => message.id),
    sentMs,
    dueMs,
  }))
}

export function pictureAt(run: Run, view: View): Picture {
  const { broker, system } = run.built
  const look = lookAt(run, view)
  const drawn = broker.draw(system, view.moment.world, look)
  const flights = underWay(run, view).flatMap((each): FlightPart[] => {
    const on = broker.onWire(each.link, each.envelope)
    if (on === null) return []
    const tokens = broker.carried(each.envelope).map((message) => tokenOf(message, look))
    return [{ ...on, tokens, sentMs: each.sentMs, dueMs: each.dueMs }]
  })
  const sinceMs = view.position === 0 ? 0 : run.recording.step(view.position).timeMs
  return { ...drawn, flights, sinceMs }
}
