// Settings of a deployment against what the broker's own client would say of them.
import type { SettingOwner } from '../brokers/kafka/settings.ts'
import { settingErrors } from '../brokers/kafka/settings.ts'
import type { DocumentError } from './errors.ts'
import { documentError } from './errors.ts'
import { pointer } from './pointer.ts'
import type { Deployment, Settings } from './types.ts'

export function deploymentErrors(deployment: Deployment): readonly DocumentError[] {
  const shared = sharedIn(deployment)
  const others = Object.entries(deployment.services).filter(([id]) => !shared.includes(id))
  return [
    ...inPlace('broker', ['brokerSettings'], deployment.brokerSettings),
    ...Object.entries(deployment.topics).flatMap(([topic, { settings }]) =>
      inPlace('topic', ['topics', topic, 'settings'], settings),
    ),
    ...withOwn('producer', deployment.producer, 'producers', deployment.producers),
    ...withOwn('consumer', deployment.consumer, 'services', Object.fromEntries(others)),
    ...shareErrors(deployment),
  ]
}

const sharedIn = ({ shareGroups = {} }: Deployment): readonly string[] => Object.keys(shareGroups)

/** A share consumer is a client of its own, and no setting of other consumers concerns it. */
function shareErrors(deployment: Deployment): readonly DocumentError[] {
  return Object.entries(deployment.shareGroups ?? {}).flatMap(([id, given]) => [
    ...inPlace('share group', ['shareGroups', id], given),
    ...inPlace('share consumer', ['services', id], deployment.services[id] ?? {}),
  ])
}

type Path = readonly string[]

function inPlace(owner: SettingOwner, path: Path, given: Settings): readonly DocumentError[] {
  return settingErrors(owner, given).map(({ name, value, expected }) =>
    documentError(pointer(['deployment', ...path, name]), value ?? undefined, expected),
  )
}

/** Settings of all and, over them, those of one: two that are fine alone may not be so together. */
function withOwn(
  owner: 'producer' | 'consumer',
  all: Settings,
  place: string,
  own: Readonly<Record<string, Settings>>,
): readonly DocumentError[] {
  const errors = inPlace(owner, [owner], all)
  if (errors.length > 0) return errors
  return Object.entries(own).flatMap(([id, given]) =>
    settingErrors(owner, { ...all, ...given }).map(({ name, value, expected }) => {
      const path = Object.hasOwn(given, name) ? [place, id, name] : [owner, name]
      return documentError(pointer(['deployment', ...path]), value ?? undefined, expected)
    }),
  )
}
