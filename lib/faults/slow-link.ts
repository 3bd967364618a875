// Slow the line.
// Nothing is lost; timers that were set for better days may fire.
import type { Fault } from './types.ts'

export const slowLink: Fault = {
  id: 'slow-link',
  title: 'Slow the line',
  sentence: 'Congestion, a long way, packets sent again: everything takes many times as long.',
  target: 'line',
  intents: ['reorder', 'break-down'],
  stages: ['request under way', 'reply under way'],
  needs: 'a line is here',
  searched: false,
}
