// How to add a fault: copy this file to <slug>.ts, rename the constant, add one line to index.ts, and give
// some rule of a model `fault: { kind: '<slug>' }`. The contract test checks the rest.
// Say here what it is in the model, and what it must not be mistaken for.
import type { Fault } from './types.ts'

export const skeleton: Fault = {
  id: '_skeleton',
  title: 'An imperative in two or three words',
  sentence: 'The real-world causes it stands for, and what they do: as one sentence.',
  target: 'process',
  intents: ['break-down'],
  stages: [],
  needs: 'something that can suffer it is here',
  searched: true,
}
