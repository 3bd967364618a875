// Deploy the service.
// An orderly stop commits and leaves the group, so nobody waits for a session to expire.
import type { Fault } from './types.ts'

export const deploy: Fault = {
  id: 'deploy',
  title: 'Deploy the service',
  sentence: 'A rolling deploy: the instance says goodbye, leaves, and a new one comes.',
  target: 'process',
  intents: ['redeliver', 'break-down'],
  stages: ['polled', 'effect applied'],
  needs: 'a service instance runs here',
  searched: true,
}
