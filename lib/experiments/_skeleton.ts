// How to add an experiment: copy this file to kafka/<subject>/<slug>.ts, rename the constant, add one line to the
// index.ts there. Say here why it comes out as it does. `npm run conformance` then runs it on the model and on a real broker.
import type { Experiment } from './types.ts'

export const skeleton: Experiment = {
  version: 1,
  id: '_skeleton',
  title: 'What is tried, in a few words',
  source: 'Where the behaviour is promised: manual, KIP, class',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'] },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  // By the `as` of the steps: all that is compared. Leave it out, and only model and broker are.
  expect: { first: 'ok@0', log: ['0:A'] },
}
