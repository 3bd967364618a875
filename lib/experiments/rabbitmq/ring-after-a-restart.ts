// 4.3 keeps it. 4.0 makes it anew from its bindings, in another order each time.
import type { Experiment } from './types.ts'

export const ringAfterARestart: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'ring-after-a-restart',
  title: 'The ring of a consistent hash after a restart',
  source: 'rabbit_exchange_type_consistent_hash: recover_exchange_and_bindings',
  class: 'deterministic',
  types: ['classic'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'H',
      type: 'x-consistent-hash',
    },
    {
      do: 'declareQueue',
      queue: 'Q1',
    },
    {
      do: 'declareQueue',
      queue: 'Q2',
    },
    {
      do: 'declareQueue',
      queue: 'Q3',
    },
    {
      do: 'bind',
      queue: 'Q3',
      exchange: 'H',
      key: '2',
    },
    {
      do: 'bind',
      queue: 'Q2',
      exchange: 'H',
      key: '1',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'H',
      key: '1',
    },
    {
      do: 'publish',
      exchange: 'H',
      keyIsBody: true,
      bodies: ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10', 'k11'],
    },
    {
      do: 'drain',
      as: 'first',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'second',
      queue: 'Q2',
    },
    {
      do: 'drain',
      as: 'third',
      queue: 'Q3',
    },
    {
      do: 'restartNode',
    },
    {
      do: 'publish',
      exchange: 'H',
      keyIsBody: true,
      bodies: ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10', 'k11'],
    },
    {
      do: 'drain',
      as: 'first afterwards',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'second afterwards',
      queue: 'Q2',
    },
    {
      do: 'drain',
      as: 'third afterwards',
      queue: 'Q3',
    },
  ],
  expect: {
    all: {
      first: 'k1 k7 k8',
      second: 'k4 k9',
      third: 'k0 k2 k3 k5 k6 k10 k11',
      'first afterwards': 'k1 k7 k8',
      'second afterwards': 'k4 k9',
      'third afterwards': 'k0 k2 k3 k5 k6 k10 k11',
    },
  },
}
