// The rule builder of the share consumer: every rule in the share-consumer-*.ts files is typed against this.
import type { EffectAnswer } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { ConsumerReply } from './protocol.ts'
import type { ShareReply } from './protocol-share.ts'
import type { ShareConsumerSettings, ShareConsumerState } from './share-consumer-state.ts'

export const rule = ruleFor<
  ShareConsumerState,
  ShareConsumerSettings,
  ConsumerReply | ShareReply | EffectAnswer
>()
