// A headers exchange matches all or any; a binding without arguments matches everything.
import type { Experiment } from './types.ts'

export const headersExchange: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'headers-exchange',
  title: 'Headers, all and any',
  row: 'R38',
  source: 'rabbitmq.com/docs/exchanges: headers; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareExchange', exchange: 'X', type: 'headers' },
    { do: 'declareQueue', queue: 'to-all' },
    { do: 'declareQueue', queue: 'to-any' },
    { do: 'declareQueue', queue: 'to-none' },
    {
      do: 'bind',
      queue: 'to-all',
      exchange: 'X',
      arguments: { 'x-match': 'all', t: 'o', r: 'eu' },
    },
    {
      do: 'bind',
      queue: 'to-any',
      exchange: 'X',
      arguments: { 'x-match': 'any', t: 'o', r: 'eu' },
    },
    { do: 'bind', queue: 'to-none', exchange: 'X' },
    { do: 'publish', exchange: 'X', bodies: ['both'], headers: { t: 'o', r: 'eu' } },
    { do: 'publish', exchange: 'X', bodies: ['one'], headers: { t: 'o' } },
    { do: 'publish', exchange: 'X', bodies: ['zero'], headers: { z: 1 } },
    { do: 'drain', as: 'all', queue: 'to-all' },
    { do: 'drain', as: 'any', queue: 'to-any' },
    { do: 'drain', as: 'none', queue: 'to-none' },
  ],
  expect: { all: { all: 'both', any: 'both one', none: 'both one zero' } },
}
