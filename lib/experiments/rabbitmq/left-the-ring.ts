// What is left of an earlier binding does not bring it back; a new one does, at the end.
import type { Experiment } from './types.ts'

export const leftTheRing: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'left-the-ring',
  title: 'A destination that left the ring of a consistent hash',
  source: 'rabbit_exchange_type_consistent_hash: ch_hash_ring_delete_fun',
  class: 'deterministic',
  types: ['classic'],
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
      queue: 'Q1',
      exchange: 'H',
      key: '1',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'H',
      key: '2',
    },
    {
      do: 'bind',
      queue: 'Q2',
      exchange: 'H',
      key: '2',
    },
    {
      do: 'bind',
      queue: 'Q3',
      exchange: 'H',
      key: '1',
    },
    {
      do: 'unbind',
      queue: 'Q1',
      exchange: 'H',
      key: '2',
    },
    {
      do: 'publish',
      exchange: 'H',
      keyIsBody: true,
      bodies: ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10', 'k11'],
    },
    {
      do: 'drain',
      as: 'none',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'two buckets',
      queue: 'Q2',
    },
    {
      do: 'drain',
      as: 'one bucket',
      queue: 'Q3',
    },
    {
      do: 'bind',
      queue: 'Q1',
      exchange: 'H',
      key: '3',
    },
    {
      do: 'publish',
      exchange: 'H',
      keyIsBody: true,
      bodies: ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10', 'k11'],
    },
    {
      do: 'drain',
      as: 'back',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'before',
      queue: 'Q2',
    },
    {
      do: 'drain',
      as: 'between',
      queue: 'Q3',
    },
    {
      do: 'deleteQueue',
      queue: 'Q2',
    },
    {
      do: 'publish',
      exchange: 'H',
      keyIsBody: true,
      bodies: ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10', 'k11'],
    },
    {
      do: 'drain',
      as: 'then',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'then first',
      queue: 'Q3',
    },
  ],
  expect: {
    all: {
      none: '',
      'two buckets': 'k0 k1 k2 k3 k5 k6 k7 k10 k11',
      'one bucket': 'k4 k8 k9',
      back: 'k1 k2 k5 k7 k8 k10 k11',
      before: 'k0 k3 k6',
      between: 'k4 k9',
      then: 'k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 k10 k11',
      'then first': '',
    },
  },
}
