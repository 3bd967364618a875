// What a story cannot ask of a deployment on RabbitMQ: what it would be there is not modelled, or it is nothing there.
import type { DocumentError } from './errors.ts'
import { type Path, wrong } from './references.ts'
import type { Producer, Scenario, Service } from './types.ts'

export function queueStoryErrors({ story, deployment }: Scenario): readonly DocumentError[] {
  if (deployment.broker !== 'rabbitmq') return []
  return [
    ...story.producers.flatMap((each, i) => producerErrors(each, ['story', 'producers', i])),
    ...story.services.flatMap((each, i) => serviceErrors(each, ['story', 'services', i])),
  ]
}

function producerErrors({ together, keyChoice }: Producer, at: Path): readonly DocumentError[] {
  const errors: DocumentError[] = []
  if (together > 1)
    errors.push(
      wrong([...at, 'together'], together, '1 on RabbitMQ: no transactions of a producer'),
    )
  if (typeof keyChoice === 'number')
    errors.push(
      wrong([...at, 'keyChoice'], keyChoice, '"key" or "none": a queue has no partitions'),
    )
  return errors
}

function serviceErrors(
  { publishes, onFailure, commitOf }: Service,
  at: Path,
): readonly DocumentError[] {
  const errors: DocumentError[] = []
  if (publishes !== undefined)
    errors.push(wrong([...at, 'publishes'], publishes, 'no publishing service on RabbitMQ'))
  if (onFailure === 'retry-topic') {
    const expected = 'dead-letter-topic on RabbitMQ, with "retry after" for a retry ring'
    errors.push(wrong([...at, 'onFailure'], onFailure, expected))
  }
  if (commitOf === 'highest-finished') {
    const expected = 'lowest-contiguous on RabbitMQ: each message is acknowledged by itself'
    errors.push(wrong([...at, 'commitOf'], commitOf, expected))
  }
  return errors
}
