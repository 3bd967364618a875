// CC and BCC headers add routing keys.
import type { Experiment } from './types.ts'

export const carbonCopies: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'carbon-copies',
  title: 'CC and BCC',
  row: 'R78',
  source: 'rabbitmq.com/docs/sender-selected; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareQueue', queue: 'to' },
    { do: 'declareQueue', queue: 'cc' },
    { do: 'declareQueue', queue: 'bcc' },
    { do: 'publish', queue: 'to', bodies: ['M'], headers: { CC: ['cc'], BCC: ['bcc'] } },
    { do: 'drain', as: 'to', queue: 'to' },
    { do: 'drain', as: 'cc', queue: 'cc' },
    { do: 'drain', as: 'bcc', queue: 'bcc' },
  ],
  expect: { all: { to: 'M', cc: 'M', bcc: 'M' } },
}
