// Settings that the broker keeps for a group, before the group exists.
import * as kafka from '@platformatic/kafka'
import { MAIN, type Session } from './session.ts'

/** ConfigResource.Type.GROUP, and AlterConfigOp.OpType.SET. */
const GROUP = 32
const SET = 0

const OF_THE_BROKER = /^(consumer|share|streams)[.]/

export async function setGroupConfigs(session: Session): Promise<void> {
  const line = await session.lines.to(MAIN)
  for (const [group, settings] of Object.entries(session.experiment.groups ?? {})) {
    const configs = Object.entries(settings)
      .filter(([name]) => OF_THE_BROKER.test(name))
      .map(([name, value]) => ({ name, configOperation: SET, value: String(value) }) as const)
    if (configs.length === 0) continue
    const resource = { resourceType: GROUP, resourceName: session.real(group), configs } as const
    await kafka.incrementalAlterConfigsV1.api.async(line, [resource], false)
  }
}
