// Cut the connection.
// TCP loses no single request: the line is cut as a whole. Cut after the broker acted and before its answer,
// it makes a duplicate; before, it costs time.
import type { Fault } from './types.ts'

export const cutConnection: Fault = {
  id: 'cut-connection',
  title: 'Cut the connection',
  sentence:
    'A reset by a firewall, a failing switch, an idle timeout: everything in flight both ways is gone.',
  target: 'line',
  intents: ['redeliver', 'reorder', 'break-down'],
  stages: ['request under way', 'reply under way'],
  needs: 'a connection is here',
  searched: true,
}
