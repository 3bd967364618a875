// Close the channel.
// What the channel held unacknowledged goes back to its queue, and its tags mean nothing any more.
import type { Fault } from './types.ts'

export const closeChannel: Fault = {
  id: 'close-channel',
  title: 'Close the channel',
  sentence:
    'An exception in the application, a second acknowledgement: the channel ends, the process goes on.',
  target: 'process',
  intents: ['redeliver', 'reorder'],
  stages: ['polled', 'effect sent', 'effect applied'],
  needs: 'a channel is open here',
  searched: true,
}
