// The share consumer actor: one instance of a service that reads as a member of a share group. Its handler is
// that of any consumer; only what becomes of a failed effect is said to the broker.
import { stagesOfWork } from '../../clients/handler.ts'
import { claiming } from '../../engine/rule.ts'
import type { Kind } from '../../engine/types.ts'
import { shareConsumerClaims } from './commuting.ts'
import { handlerRules } from './consumer-handler.ts'
import { acknowledgeRules } from './share-consumer-acknowledge.ts'
import { faultRules } from './share-consumer-faults.ts'
import { groupRules } from './share-consumer-group.ts'
import { pollRules } from './share-consumer-poll.ts'
import {
  newProcess,
  type ShareConsumerSettings,
  type ShareConsumerState,
} from './share-consumer-state.ts'

export const shareConsumer: Kind<ShareConsumerState, ShareConsumerSettings> = {
  name: 'Kafka share consumer',
  init: (me) => newProcess(me, 0, 0),
  active: {
    'the process is running': (s) => s.process === 'running',
    'it is not paused': (s) => !s.paused,
  },
  stages: (s) => stagesOfWork(s.work),
  rules: claiming(shareConsumerClaims, [
    ...handlerRules.filter(({ name }) => name !== 'EffectFailed'),
    ...acknowledgeRules,
    ...pollRules,
    ...groupRules,
    ...faultRules,
  ]),
}
