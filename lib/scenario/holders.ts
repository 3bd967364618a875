// What holds the messages of a deployment, topics or queues, and who reads them together: what only some brokers tell
// of there is nothing of elsewhere.
import { queueOf } from '../brokers/rabbitmq/build.ts'
import type { Deployment, KafkaDeployment, Service, Settings } from './types.ts'

const NONE = {}

/** Topics with their partitions; a broker of queues has none. */
export const topicsOf = (deployment: Deployment): KafkaDeployment['topics'] =>
  'topics' in deployment ? deployment.topics : NONE

/** Settings of the share group that a service reads as, if it does. */
export const shareGroupOf = (deployment: Deployment, service: string): Settings | undefined =>
  'shareGroups' in deployment ? deployment.shareGroups?.[service] : undefined

interface Holder {
  readonly name: string
  /** Nobody else reads it. */
  readonly own: boolean
  readonly given: Settings
  /** Where a document says its settings. */
  readonly place: readonly string[]
}

/** The topic that a service reads, or its own queue. */
export function holderOf(deployment: Deployment, { id, listensTo }: Service): Holder {
  if (deployment.broker === 'rabbitmq') {
    const given = { ...deployment.queue, ...deployment.queues[id] }
    return { name: queueOf(listensTo, id), own: true, given, place: ['deployment', 'queues', id] }
  }
  const given = deployment.topics[listensTo]?.settings ?? NONE
  return {
    name: listensTo,
    own: false,
    given,
    place: ['deployment', 'topics', listensTo, 'settings'],
  }
}
