// The same key has the same queue; when a third is bound, what moves moves to it.
import type { Experiment } from './types.ts'

export const placedByAConsistentHash: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'placed-by-a-consistent-hash',
  title: 'Where keys go, and which of them move',
  source: 'rabbitmq.com/docs: x-consistent-hash; jump consistent hash',
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
      queue: 'Q2',
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
      as: 'first of two',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'second of two',
      queue: 'Q2',
    },
    {
      do: 'bind',
      queue: 'Q3',
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
      as: 'first of three',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'second of three',
      queue: 'Q2',
    },
    {
      do: 'drain',
      as: 'third',
      queue: 'Q3',
    },
    {
      do: 'publish',
      exchange: 'H',
      key: 'k1',
      headers: {
        CC: ['k0'],
      },
      bodies: ['copy'],
    },
    {
      do: 'drain',
      as: 'first and CC',
      queue: 'Q1',
    },
    {
      do: 'drain',
      as: 'second and CC',
      queue: 'Q2',
    },
  ],
  expect: {
    all: {
      'first of two': 'k1 k4 k7',
      'second of two': 'k0 k2 k3 k5 k6 k8 k9 k10 k11',
      'first of three': 'k1 k7',
      'second of three': 'k0 k2 k3 k5 k6 k10 k11',
      third: 'k4 k8 k9',
      'first and CC': 'copy',
      'second and CC': '',
    },
  },
}
