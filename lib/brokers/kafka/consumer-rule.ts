// The rule builder of the Kafka consumer: every rule in the consumer-*.ts files is typed against this.

import type { FromApplication, ToApplication } from '../../clients/publish.ts'
import type {
  ApplyEffect,
  CheckSeen,
  EffectAnswer,
  MarkAnswer,
  MarkSeen,
  SeenAnswer,
} from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { ConsumerSettings, ConsumerState } from './consumer-state.ts'
import type { ConsumerReply, ConsumerRequest, ProduceResponse } from './protocol.ts'

type Calls = ApplyEffect | EffectAnswer | CheckSeen | SeenAnswer | MarkSeen | MarkAnswer

export const rule = ruleFor<
  ConsumerState,
  ConsumerSettings,
  ConsumerRequest | ConsumerReply | ProduceResponse | Calls | FromApplication | ToApplication
>()
