// What no schema can say: that names refer to something in the document or in a catalogue, and that the
// parts fit together. Runs on a document that already has the right shape.
import { strategyFits } from '../clients/strategies.ts'
import type { HandlerEffect, SinkKind } from '../clients/types.ts'
import { actorIds } from './actors.ts'
import type { DocumentError } from './errors.ts'
import { documentError } from './errors.ts'
import type { Known } from './known.ts'
import { limits } from './limits.ts'
import { pointer } from './pointer.ts'
import { publishErrors } from './references-publish.ts'
import { queueStoryErrors } from './references-queues.ts'
import { deploymentErrors } from './setting-errors.ts'
import { oneOf, thousands } from './show.ts'
import type { FaultPlan, Scenario } from './types.ts'

export function referenceErrors(scenario: Scenario, known: Known): readonly DocumentError[] {
  return [
    ...storyErrors(scenario),
    ...effectErrors(scenario),
    ...topicErrors(scenario),
    ...ownErrors(scenario),
    ...publishErrors(scenario),
    ...queueStoryErrors(scenario),
    ...deploymentErrors(scenario.deployment),
    ...uniqueErrors(scenario),
    ...sizeErrors(scenario),
    ...scenario.faults.flatMap((plan, i) => faultErrors(scenario, plan, i, known)),
    ...judgementErrors(scenario, known),
    ...scriptErrors(scenario),
  ]
}

export type Path = readonly (string | number)[]

export function wrong(path: Path, value: unknown, expected: string): DocumentError {
  return documentError(pointer(path), value, expected)
}

/** One error unless `name` is among `names`; `what` says what these are. */
export function among(
  path: Path,
  name: string,
  names: readonly string[],
  what: string,
): DocumentError[] {
  if (names.includes(name)) return []
  const list = names.length === 0 ? `${what}, but there are none` : `${what}: ${oneOf(names)}`
  return [wrong(path, name, list)]
}

function storyErrors({ story }: Scenario): readonly DocumentError[] {
  const { streams, producers, services, sinks } = story
  const sinkIds = sinks.map((sink) => sink.id)
  const types = [
    ...new Set([
      ...producers.flatMap((producer) => producer.eventTypes),
      ...services.flatMap(({ publishes }) => publishes?.eventType ?? []),
    ]),
  ]
  return [
    ...producers.flatMap(({ publishes, removes = [], eventTypes }, i) => [
      ...among(['story', 'producers', i, 'publishes'], publishes, streams, 'a stream of the story'),
      ...removes.flatMap((type, j) =>
        among(['story', 'producers', i, 'removes', j], type, eventTypes, 'one of its event types'),
      ),
    ]),
    ...services.flatMap(({ listensTo, sink, effect, handles }, i) => [
      ...among(['story', 'services', i, 'listensTo'], listensTo, streams, 'a stream of the story'),
      ...(effect === 'none'
        ? []
        : among(['story', 'services', i, 'sink'], sink, sinkIds, 'a sink of the story')),
      ...handles.flatMap((type, j) =>
        among(['story', 'services', i, 'handles', j], type, types, 'an event type of a producer'),
      ),
    ]),
  ]
}

/** A decrement is no row of an API, and not every strategy can work on every sink. */
function effectErrors({ story }: Scenario): readonly DocumentError[] {
  return story.services.flatMap(({ sink, effect, strategy }, i) => {
    const kind = story.sinks.find(({ id }) => id === sink)?.kind
    if (kind === undefined) return []
    const at = ['story', 'services', i]
    const refused = strategyFits(strategy.kind, kind, effect)
    return [
      ...among([...at, 'effect'], effect, EFFECTS[kind], `an effect on a sink of kind "${kind}"`),
      ...(refused === null
        ? []
        : [wrong([...at, 'strategy'], strategy.kind, `a strategy that fits: ${refused}`)]),
    ]
  })
}

const EFFECTS: Readonly<Record<SinkKind, readonly HandlerEffect[]>> = {
  'external-api': ['charge', 'email'],
  database: ['charge', 'email', 'decrement', 'upsert', 'count'],
  counts: ['count'],
}

function ownErrors({ story, deployment }: Scenario): readonly DocumentError[] {
  const producers = [
    ...story.producers.map((producer) => producer.id),
    ...story.services.filter(({ publishes }) => publishes !== undefined).map(({ id }) => id),
  ]
  const services = story.services.map((service) => service.id)
  const lists = deployment.broker === 'rabbitmq' ? deployment.queues : {}
  const unbound = deployment.broker === 'rabbitmq' ? deployment.unbound : []
  return [
    ...Object.keys(deployment.producers).flatMap((id) =>
      among(['deployment', 'producers', id], id, producers, 'a producer or publishing service'),
    ),
    ...Object.keys(deployment.services).flatMap((id) =>
      among(['deployment', 'services', id], id, services, 'a service of the story'),
    ),
    ...Object.keys(lists).flatMap((id) =>
      among(['deployment', 'queues', id], id, services, 'a service of the story'),
    ),
    ...unbound.flatMap((id, i) =>
      among(['deployment', 'unbound', i], id, services, 'a service of the story'),
    ),
  ]
}

function topicErrors({ story, deployment }: Scenario): readonly DocumentError[] {
  if (deployment.broker !== 'kafka') return []
  const { topics } = deployment
  const services = story.services.map((service) => service.id)
  return [
    ...story.streams
      .filter((stream) => !Object.hasOwn(topics, stream))
      .map((stream) =>
        wrong(['deployment', 'topics', stream], undefined, 'a topic for each stream of the story'),
      ),
    ...Object.keys(topics).flatMap((topic) =>
      among(['deployment', 'topics', topic], topic, story.streams, 'a stream of the story'),
    ),
    ...Object.keys(deployment.shareGroups ?? {}).flatMap((id) => [
      ...among(['deployment', 'shareGroups', id], id, services, 'a service of the story'),
      ...retryErrors(story.services, id),
    ]),
    ...story.producers.flatMap(({ keyChoice, publishes }, i) => {
      if (typeof keyChoice !== 'number' || !Object.hasOwn(topics, publishes)) return []
      const partitions = topics[publishes]?.partitions ?? 0
      if (keyChoice < partitions) return []
      const path: Path = ['story', 'producers', i, 'keyChoice']
      return [wrong(path, keyChoice, `a partition of ${publishes}: 0 to ${partitions - 1}`)]
    }),
  ]
}

/** A share consumer reads one topic: what is to come again it gives back to the broker. */
function retryErrors(services: Scenario['story']['services'], id: string) {
  const index = services.findIndex((each) => each.id === id)
  if (services[index]?.onFailure !== 'retry-topic') return []
  const path: Path = ['story', 'services', index, 'onFailure']
  return [wrong(path, 'retry-topic', 'no retry topic in a share group: retry-in-place gives back')]
}

function uniqueErrors(scenario: Scenario): readonly DocumentError[] {
  const { story } = scenario
  const lists = [
    repeated(['story', 'streams'], story.streams, (i) => [i]),
    repeated(['checks'], scenario.checks, (i) => [i]),
    repeated(['story', 'producers'], ids(story.producers), (i) => [i, 'id']),
    repeated(['story', 'services'], ids(story.services), (i) => [i, 'id']),
    repeated(['story', 'sinks'], ids(story.sinks), (i) => [i, 'id']),
    ...story.producers.map(({ keys }, i) =>
      repeated(['story', 'producers', i, 'keys'], keys, (k) => [k]),
    ),
  ].flat()
  if (lists.length > 0) return lists
  const groups = [...actorIds(scenario), ...ids(story.services)]
  const twice = groups.find((id, i) => groups.indexOf(id) !== i)
  if (twice === undefined) return []
  return [wrong(['story'], twice, 'ids that no two actors share, instances of services included')]
}

const ids = (things: readonly { readonly id: string }[]) => things.map((thing) => thing.id)

function repeated(path: Path, names: readonly string[], at: (index: number) => Path) {
  const seen = new Set<string>()
  return names.flatMap((name, i) => {
    if (seen.has(name)) return [wrong([...path, ...at(i)], name, 'a name that no other here has')]
    seen.add(name)
    return []
  })
}

function sizeErrors({ story, deployment }: Scenario): readonly DocumentError[] {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
  const messages = sum(story.producers.map((producer) => producer.count))
  const consumers = sum(story.services.map((service) => service.instances))
  const topics = deployment.broker === 'kafka' ? Object.values(deployment.topics) : []
  const partitions = sum(topics.map((topic) => topic.partitions))
  const capped: readonly [Path, number, number, string][] = [
    [['story', 'producers'], messages, limits.messages, 'events of all producers together'],
    [['story', 'services'], consumers, limits.consumers, 'instances of all services together'],
    [['deployment', 'topics'], partitions, limits.partitions, 'partitions of all topics together'],
  ]
  return capped
    .filter(([, found, most]) => found > most)
    .map(([path, found, most, what]) => wrong(path, found, `at most ${thousands(most)} ${what}`))
}

/** Two tellings of what goes wrong would contradict each other. */
function scriptErrors({ script, faults }: Scenario) {
  if (script === undefined || faults.length === 0) return []
  return [wrong(['faults'], faults, 'no faults beside a script: those of a script are in it')]
}

function faultErrors(scenario: Scenario, plan: FaultPlan, index: number, known: Known) {
  const at = (...rest: Path): Path => ['faults', index, ...rest]
  const { actor, stage, message, nth, atMs } = plan.at
  const actors = actorIds(scenario)
  const anchors = [...actors, ...ids(scenario.story.services)]
  const errors = [
    ...among(at('fault'), plan.fault, ids(known.faults), 'a fault of the catalogue'),
    ...among(at('at', 'actor'), actor, anchors, 'an actor or a service'),
  ]
  if (plan.line !== undefined)
    errors.push(...among(at('line'), plan.line, anchors, 'an actor or a service'))
  const target = known.faults.find(({ id }) => id === plan.fault)?.target
  if (target !== undefined && (target === 'line') !== (plan.line !== undefined))
    errors.push(
      target === 'line'
        ? wrong(at('line'), undefined, `the actor at the other end of the line: ${oneOf(anchors)}`)
        : wrong(at('line'), plan.line, 'no line: this fault does not befall one'),
    )
  if (stage !== undefined) errors.push(...among(at('at', 'stage'), stage, known.stages, 'a stage'))
  if ((stage ?? message ?? atMs) === undefined)
    errors.push(wrong(at('at'), plan.at, 'a `stage`, a `message` that arrives, or `atMs`'))
  if (atMs !== undefined && (stage ?? message ?? nth) !== undefined)
    errors.push(wrong(at('at', 'atMs'), atMs, 'either `atMs` or `stage`, not both'))
  return errors
}

function judgementErrors(scenario: Scenario, known: Known): readonly DocumentError[] {
  return [
    ...scenario.checks.flatMap((id, i) =>
      among(['checks', i], id, ids(known.invariants), 'an invariant of the catalogue'),
    ),
    ...Object.keys(scenario.expect).flatMap((id) =>
      among(['expect', id], id, scenario.checks, 'an invariant that `checks` lists'),
    ),
  ]
}
