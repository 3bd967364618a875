// A static member whose group.instance.id another process has taken: the client can do nothing for it, the
// exception leaves the next poll and ends the application.
import { close } from './consumer-group.ts'
import { rule } from './consumer-rule.ts'
import { mayPoll, newProcess } from './consumer-state.ts'

export const staticRules = [
  rule({
    name: 'FencedInstanceIdException',
    reads: ['group.instance.id'],
    cites:
      'KIP-345; AbstractCoordinator.HeartbeatResponseHandler: fatal, thrown by the next poll; with group.protocol=consumer also UnreleasedInstanceIdException',
    ready: {
      'another process has its group.instance.id': (s) => s.group.fatal !== '',
      'its thread is free to poll': mayPoll,
    },
    then: (s, _e, _x, me) => {
      const said = `${s.group.fatal}: ${me.settings.service}`
      return {
        self: { ...newProcess(me, s.life, s.ids), process: 'stopped', said },
        hangUp: true,
        send: close(s, me, said),
      }
    },
  }),
]
