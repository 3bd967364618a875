// Settings that the broker keeps for a group, before the group exists.
import * as kafka from '@platformatic/kafka'
import { patiently, soon } from './raw.ts'
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
    await patiently(() => inForce(line, resource.resourceName, configs))
    await soon()
  }
}

/**
 * The controller answers before the broker knows. Found by a random script: the session of a member that joined
 * in between was that of the broker. What the broker describes, its coordinators have a moment later.
 */
async function inForce(
  line: kafka.Connection,
  group: string,
  configs: readonly { readonly name: string; readonly value: string }[],
): Promise<void> {
  const asked = [{ resourceType: GROUP, resourceName: group }] as const
  const { results } = await kafka.describeConfigsV4.api.async(line, [...asked], false, false)
  for (const { name, value } of configs) {
    const found = results[0]?.configs.find((each) => each.name === name)
    if (found?.value !== value) throw new Error(`${name} of ${group} is not known yet`)
  }
}
