// Lower the retention.
// Not a loss of the broker's: what is deleted was written safely and kept as long as was asked for. Whoever
// had not read it by then never will, which is called expired.
import type { Fault } from './types.ts'

export const lowerRetention: Fault = {
  id: 'lower-retention',
  title: 'Lower the retention',
  sentence:
    'A disk is full and somebody lowers log.retention.ms: the broker deletes what is older, read or not.',
  target: 'broker',
  intents: ['lose'],
  stages: [],
  needs: 'a broker holds records for longer',
  searched: false,
}
