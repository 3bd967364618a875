// The Kafka consumer actor: one instance of a service, with its poll loop and its handler.
import { stagesOfWork } from '../../clients/handler.ts'
import { claiming } from '../../engine/rule.ts'
import type { Kind } from '../../engine/types.ts'
import { consumerClaims, isSettled, REBALANCING, silentAbout, writesAside } from './commuting.ts'
import { commitRules } from './consumer-commit.ts'
import { connectionRules } from './consumer-connections.ts'
import { faultRules } from './consumer-faults.ts'
import { groupRules } from './consumer-group.ts'
import { handlerRules } from './consumer-handler.ts'
import { membershipRules } from './consumer-membership.ts'
import { pollRules } from './consumer-poll.ts'
import { publishRules } from './consumer-publish.ts'
import { type ConsumerSettings, type ConsumerState, newProcess } from './consumer-state.ts'
import { staticRules } from './consumer-static.ts'

export type { ConsumerSettings, ConsumerState } from './consumer-state.ts'

export const consumer: Kind<ConsumerState, ConsumerSettings> = {
  name: 'Kafka consumer',
  init: (me) => newProcess(me, 0, 0),
  active: {
    'the process is running': (s) => s.process === 'running',
    'it is not paused': (s) => !s.paused,
  },
  stages: (s) => stagesOfWork(s.work),
  silent: {
    ...silentAbout<ConsumerState, ConsumerSettings>(REBALANCING, (s, me) =>
      isSettled(s, me.settings),
    ),
    Produce: (_s, me) => !writesAside(me.settings) && 'for good',
  },
  rules: claiming(consumerClaims, [
    ...handlerRules,
    ...publishRules,
    ...commitRules,
    ...pollRules,
    ...groupRules,
    ...membershipRules,
    ...staticRules,
    ...connectionRules,
    ...faultRules,
  ]),
}
