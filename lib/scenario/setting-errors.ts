// Settings of a deployment against what the broker's own client would say of them.
import * as kafka from '../brokers/kafka/settings.ts'
import * as rabbitmq from '../brokers/rabbitmq/settings.ts'
import type { DocumentError } from './errors.ts'
import { documentError } from './errors.ts'
import { pointer } from './pointer.ts'
import type { Deployment, KafkaDeployment, RabbitmqDeployment, Settings } from './types.ts'

interface Mistake {
  readonly name: string
  readonly value: string | number | boolean | null
  readonly expected: string
}
/** What a broker says of settings of one of its owners. */
type Check<Owner extends string> = (owner: Owner, given: Settings) => readonly Mistake[]

export function deploymentErrors(deployment: Deployment): readonly DocumentError[] {
  return deployment.broker === 'kafka' ? ofKafka(deployment) : ofRabbitmq(deployment)
}

function ofRabbitmq(deployment: RabbitmqDeployment): readonly DocumentError[] {
  const check = rabbitmq.settingErrors
  const errors = [
    ...inPlace(check, 'broker', ['brokerSettings'], deployment.brokerSettings),
    ...withOwn(check, 'producer', deployment.producer, ['producers', deployment.producers]),
    ...withOwn(check, 'consumer', deployment.consumer, ['services', deployment.services]),
    ...withOwn(check, 'queue', deployment.queue, ['queues', deployment.queues]),
  ]
  return errors.length > 0 ? errors : ofQueues(deployment)
}

/** A queue with those who read it: of the service so called, or, by '', of all that say nothing of their own. */
interface Read {
  readonly id: string
  readonly queue: Settings
  readonly consumer: Settings
}

function readsOf({ queue, queues, consumer, services }: RabbitmqDeployment): readonly Read[] {
  const named = [...new Set([...Object.keys(queues), ...Object.keys(services)])]
  return [
    { id: '', queue, consumer },
    ...named.map((id) => ({
      id,
      queue: { ...queue, ...queues[id] },
      consumer: { ...consumer, ...services[id] },
    })),
  ]
}

/** Whether queues and consumers fit each other, and whether what is given means anything to them. */
function ofQueues(deployment: RabbitmqDeployment): readonly DocumentError[] {
  const { queue, queues, consumer, services } = deployment
  const reads = readsOf(deployment)
  const unheeded = (owner: 'queue' | 'consumer', read: Read) =>
    rabbitmq.unheeded(owner, read[owner], read.queue)
  return [
    ...ofStreams(reads, deployment),
    ...inPlaces(reads, (read) => unheeded('queue', read), [queue, 'queue', queues, 'queues']),
    ...inPlaces(reads, (read) => unheeded('consumer', read), [
      consumer,
      'consumer',
      services,
      'services',
    ]),
  ]
}

type Places = readonly [
  all: Settings,
  placeOfAll: string,
  own: Readonly<Record<string, Settings>>,
  placeOfOwn: string,
]

/** What one says of its own is wrong by itself; what is said of all, where it is wrong for each of them. */
function inPlaces(
  reads: readonly Read[],
  mistakesOf: (read: Read) => readonly Mistake[],
  [all, placeOfAll, own, placeOfOwn]: Places,
): readonly DocumentError[] {
  const mistakes = reads.map((read) => ({ read, found: mistakesOf(read) }))
  const everywhere = (name: string) =>
    mistakes.every(({ found }) => found.some((each) => each.name === name))
  const error = (path: Path, { name, value, expected }: Mistake) =>
    documentError(pointer(['deployment', ...path, name]), value ?? undefined, expected)
  return mistakes.flatMap(({ read: { id }, found }) =>
    found.flatMap((mistake) => {
      if (Object.hasOwn(own[id] ?? {}, mistake.name)) return [error([placeOfOwn, id], mistake)]
      const isOfAll = id === '' && Object.hasOwn(all, mistake.name) && everywhere(mistake.name)
      return isOfAll ? [error([placeOfAll], mistake)] : []
    }),
  )
}

/** What a stream asks of its consumers: of all, where all queues are streams, and of those that differ. */
function ofStreams(
  reads: readonly Read[],
  { consumer, services }: RabbitmqDeployment,
): readonly DocumentError[] {
  const errors = reads
    .filter(({ queue }) => rabbitmq.isStream(queue))
    .flatMap(({ id, consumer: given }) =>
      rabbitmq.streamConsumerErrors(given).map(({ name, value, expected }) => {
        const isOfAll = id === '' || (!Object.hasOwn(services[id] ?? {}, name) && name in consumer)
        const path = isOfAll ? ['consumer', name] : ['services', id, name]
        return documentError(pointer(['deployment', ...path]), value ?? undefined, expected)
      }),
    )
  // What is said of all is said once.
  return [...new Map(errors.map((error) => [error.path, error])).values()]
}

function ofKafka(deployment: KafkaDeployment): readonly DocumentError[] {
  const check = kafka.settingErrors
  const { shareGroups = {}, topics } = deployment
  const others = Object.entries(deployment.services).filter(([id]) => !(id in shareGroups))
  return [
    ...inPlace(check, 'broker', ['brokerSettings'], deployment.brokerSettings),
    ...Object.entries(topics).flatMap(([topic, { settings }]) =>
      inPlace(check, 'topic', ['topics', topic, 'settings'], settings),
    ),
    ...withOwn(check, 'producer', deployment.producer, ['producers', deployment.producers]),
    ...withOwn(check, 'consumer', deployment.consumer, ['services', Object.fromEntries(others)]),
    // A share consumer is a client of its own, and no setting of other consumers concerns it.
    ...Object.entries(shareGroups).flatMap(([id, given]) => [
      ...inPlace(check, 'share group', ['shareGroups', id], given),
      ...inPlace(check, 'share consumer', ['services', id], deployment.services[id] ?? {}),
    ]),
  ]
}

type Path = readonly string[]

function inPlace<Owner extends string>(
  check: Check<Owner>,
  owner: Owner,
  path: Path,
  given: Settings,
): readonly DocumentError[] {
  return check(owner, given).map(({ name, value, expected }) =>
    documentError(pointer(['deployment', ...path, name]), value ?? undefined, expected),
  )
}

/** Settings of all and, over them, those of one: two that are fine alone may not be so together. */
function withOwn<Owner extends string>(
  check: Check<Owner>,
  owner: Owner,
  all: Settings,
  [place, own]: readonly [string, Readonly<Record<string, Settings>>],
): readonly DocumentError[] {
  const errors = inPlace(check, owner, [owner], all)
  if (errors.length > 0) return errors
  return Object.entries(own).flatMap(([id, given]) =>
    check(owner, { ...all, ...given }).map(({ name, value, expected }) => {
      const path = Object.hasOwn(given, name) ? [place, id, name] : [owner, name]
      return documentError(pointer(['deployment', ...path]), value ?? undefined, expected)
    }),
  )
}
