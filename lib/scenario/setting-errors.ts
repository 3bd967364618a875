// Settings of a deployment against what the broker's own client would say of them.
import * as kafka from '../brokers/kafka/settings.ts'
import * as rabbitmq from '../brokers/rabbitmq/settings.ts'
import type { DocumentError } from './errors.ts'
import { documentError } from './errors.ts'
import { pointer } from './pointer.ts'
import type { Deployment, Settings } from './types.ts'

interface Mistake {
  readonly name: string
  readonly value: string | number | boolean | null
  readonly expected: string
}
/** What a broker says of settings of one owner. */
type Check = (
  owner: 'producer' | 'consumer' | 'broker' | 'queue',
  given: Settings,
) => readonly Mistake[]

const CHECKS: Readonly<Record<Deployment['broker'], Check>> = {
  kafka: (owner, given) => (owner === 'queue' ? [] : kafka.settingErrors(owner, given)),
  rabbitmq: rabbitmq.settingErrors,
}

export function deploymentErrors(deployment: Deployment): readonly DocumentError[] {
  const at = { check: CHECKS[deployment.broker] }
  return [
    ...inPlace(at, 'broker', ['brokerSettings'], deployment.brokerSettings),
    ...withOwn(at, 'producer', deployment.producer, ['producers', deployment.producers]),
    ...withOwn(at, 'consumer', deployment.consumer, ['services', deployment.services]),
    ...(deployment.broker === 'rabbitmq'
      ? withOwn(at, 'queue', deployment.queue, ['queues', deployment.queues])
      : []),
  ]
}

interface At {
  readonly check: Check
}
type Path = readonly string[]
type Owner = Parameters<Check>[0]

function inPlace(
  { check }: At,
  owner: Owner,
  path: Path,
  given: Settings,
): readonly DocumentError[] {
  return check(owner, given).map(({ name, value, expected }) =>
    documentError(pointer(['deployment', ...path, name]), value ?? undefined, expected),
  )
}

/** Settings of all and, over them, those of one: two that are fine alone may not be so together. */
function withOwn(
  at: At,
  owner: Owner,
  all: Settings,
  [place, own]: readonly [string, Readonly<Record<string, Settings>>],
): readonly DocumentError[] {
  const errors = inPlace(at, owner, [owner], all)
  if (errors.length > 0) return errors
  return Object.entries(own).flatMap(([id, given]) =>
    at.check(owner, { ...all, ...given }).map(({ name, value, expected }) => {
      const path = Object.hasOwn(given, name) ? [place, id, name] : [owner, name]
      return documentError(pointer(['deployment', ...path]), value ?? undefined, expected)
    }),
  )
}
