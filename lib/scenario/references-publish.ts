// What must fit together where a service publishes: its stream, its events, and how it commits.
import type { DocumentError } from './errors.ts'
import { among, type Path, wrong } from './references.ts'
import type { Scenario, Service } from './types.ts'

export function publishErrors(scenario: Scenario): readonly DocumentError[] {
  return scenario.story.services.flatMap((service, i) => {
    const at: Path = ['story', 'services', i]
    if (service.publishes === undefined) return withoutPublishing(service, at)
    return [...whatItPublishes(scenario, service, at), ...howItCommits(scenario, service, at)]
  })
}

function withoutPublishing({ effect }: Service, at: Path): readonly DocumentError[] {
  if (effect !== 'none') return []
  return [wrong([...at, 'effect'], effect, 'an effect, for a service that publishes nothing')]
}

function whatItPublishes(
  { story }: Scenario,
  service: Service,
  at: Path,
): readonly DocumentError[] {
  const { publishes, listensTo, handles, workers, effect, sink } = service
  const stream = publishes?.stream ?? ''
  const others = story.streams.filter((each) => each !== listensTo)
  const errors = among(
    [...at, 'publishes', 'stream'],
    stream,
    others,
    'another stream of the story',
  )
  if (handles.length !== 1) {
    const expected = 'one event type, from each of which one event follows'
    errors.push(wrong([...at, 'handles'], handles, expected))
  }
  if (workers !== 1)
    errors.push(wrong([...at, 'workers'], workers, '1, for a service that publishes'))
  if (effect === 'none' && sink !== '')
    errors.push(wrong([...at, 'sink'], sink, 'none without an effect'))
  return errors
}

/** In a transaction the offsets are committed with what was written, after it and by nothing else. */
function howItCommits(
  { deployment }: Scenario,
  { id, ackPoint }: Service,
  at: Path,
): readonly DocumentError[] {
  const producer = { ...deployment.producer, ...deployment.producers[id] }
  if ((producer['transactional.id'] ?? '') === '') return []
  const errors: DocumentError[] = []
  if (ackPoint !== 'after') {
    errors.push(wrong([...at, 'ackPoint'], ackPoint, 'after, with a transactional.id'))
  }
  const consumer = { ...deployment.consumer, ...deployment.services[id] }
  if (consumer['enable.auto.commit'] !== false) {
    const path: Path = ['deployment', 'services', id, 'enable.auto.commit']
    errors.push(wrong(path, consumer['enable.auto.commit'], 'false, with a transactional.id'))
  }
  return errors
}
