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
  return [
    ...inPlace(check, 'broker', ['brokerSettings'], deployment.brokerSettings),
    ...withOwn(check, 'producer', deployment.producer, ['producers', deployment.producers]),
    ...withOwn(check, 'consumer', deployment.consumer, ['services', deployment.services]),
    ...withOwn(check, 'queue', deployment.queue, ['queues', deployment.queues]),
    ...ofStreams(deployment),
  ]
}

/** What a stream asks of its consumers: of all, where all queues are streams, and of those that differ. */
function ofStreams({ queue, queues, consumer, services }: RabbitmqDeployment) {
  const named = [...new Set([...Object.keys(queues), ...Object.keys(services)])]
  const readers = [
    ...(rabbitmq.isStream(queue) ? [{ given: consumer, place: ['consumer'] }] : []),
    ...named
      .filter((id) => rabbitmq.isStream({ ...queue, ...queues[id] }))
      .map((id) => ({ given: { ...consumer, ...services[id] }, place: ['services', id] })),
  ]
  return readers.flatMap(({ given, place }) =>
    inPlace(() => rabbitmq.streamConsumerErrors(given), 'consumer', place, given),
  )
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
