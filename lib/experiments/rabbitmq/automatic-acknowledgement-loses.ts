// Without acknowledgements prefetch means nothing, and a crash loses all that was sent.
import type { Experiment } from './types.ts'

export const automaticAcknowledgementLoses: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'automatic-acknowledgement-loses',
  title: 'Automatic acknowledgement and a crash',
  row: 'R12',
  source: 'rabbitmq.com/docs/confirms: automatic acknowledgement mode; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1', noAck: true },
    { do: 'seen', as: 'sent', consumers: ['c1'], show: 'count' },
    { do: 'destroy', connection: 'c1' },
    { do: 'count', as: 'left', queue: 'Q' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: { all: { sent: 10, left: { ready: 0, consumers: 0 }, next: '' } },
}
