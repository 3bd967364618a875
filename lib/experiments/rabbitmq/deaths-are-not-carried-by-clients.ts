// A client that publishes a dead letter again, headers and all, starts its count anew.
import type { Experiment } from './types.ts'

export const deathsAreNotCarriedByClients: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'deaths-are-not-carried-by-clients',
  title: 'Published again with its x-death header',
  row: 'R80',
  source: 'rabbitmq.com/release-information: 4.0 ignores x-death of clients; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'DLQ' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', channel: 'c1', queue: 'Q' },
    { do: 'settle', channel: 'c1', how: 'drop', body: 'A' },
    { do: 'drain', as: 'first', queue: 'DLQ', show: 'deaths' },
    { do: 'publish', queue: 'Q', bodies: ['A'], copiesDeaths: true },
    { do: 'get', channel: 'c1', queue: 'Q' },
    { do: 'settle', channel: 'c1', how: 'drop', body: 'A' },
    { do: 'drain', as: 'second', queue: 'DLQ', show: 'deaths' },
  ],
  expect: {
    all: { first: [["1 rejected Q '' [Q]"]], second: [["1 rejected Q '' [Q]"]] },
  },
}
