// Which tests a mutant meets, in which order: those of its own kind's files, of its broker, of all rules, then those
// that see the whole; the first failure is enough.

export const STAGES: readonly (readonly string[])[] = [
  ['lib/clients/', 'lib/brokers/', 'lib/experiments/rabbitmq'],
  ['lib/session/scenarios', 'lib/session/session', 'lib/scenario/', 'lib/faults/'],
  ['lib/session/fuzz', 'lib/session/exploring', 'lib/session/anomalies'],
]

/** What all brokers have stands with the clients. */
const SHARED: readonly string[] = ['sink', 'dedup store']

/** Coordinators of Kafka, whose files have the shorter names. */
const FILES: Readonly<Record<string, string>> = {
  'kafka group coordinator': 'kafka/coordinator',
  'kafka consumer group coordinator': 'kafka/modern',
  'kafka share group coordinator': 'kafka/share-coordinator',
}

/** 'Kafka share consumer' lies in kafka/share-consumer*.ts, and so do its tests. */
export function ownFilesOf(kind: string): string {
  if (SHARED.includes(kind)) return `clients/${kind.replace(' ', '-')}`
  const [broker = '', ...name] = kind.toLowerCase().split(' ')
  return FILES[kind] ?? `${broker}/${name.join('-')}`
}

/** The experiments of a broker are tests of its rules; Kafka's are looked at with the whole. */
function ofBroker(kind: string): readonly string[] {
  if (SHARED.includes(kind)) return ['lib/clients/']
  const [broker = ''] = kind.toLowerCase().split(' ')
  return [`lib/brokers/${broker}/`, `lib/experiments/${broker}/`]
}

export const stagesFor = (kind: string): readonly (readonly string[])[] => [
  [ownFilesOf(kind)],
  ofBroker(kind),
  ...STAGES,
]
