// Lose the answer.
// The hard half of every remote call: done or not done look the same from outside.
import type { Fault } from './types.ts'

export const loseAnswer: Fault = {
  id: 'lose-answer',
  title: 'Lose the answer',
  sentence:
    'The call did its work and the connection broke before the answer: the caller cannot know.',
  target: 'sink',
  intents: ['redeliver'],
  stages: [],
  needs: 'a sink takes calls here',
  searched: true,
}
