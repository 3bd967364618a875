// Settings of topics and groups, which the controller keeps and tells every node.
import * as kafka from '@platformatic/kafka'
import { patiently, soon } from './raw.ts'
import { anyLine, linesToAll } from './route.ts'
import type { Session } from './session.ts'

/** ConfigResource.Type, and AlterConfigOp.OpType.SET. */
const TOPIC = 2
const GROUP = 32
const SET = 0

type Settings = Readonly<Record<string, boolean | number | string>>

interface Owner {
  readonly resourceType: typeof TOPIC | typeof GROUP
  readonly resourceName: string
}

async function alter(session: Session, owner: Owner, settings: Settings): Promise<void> {
  const configs = Object.entries(settings).map(
    ([name, value]) => ({ name, configOperation: SET, value: String(value) }) as const,
  )
  if (configs.length === 0) return
  const line = await anyLine(session)
  await kafka.incrementalAlterConfigsV1.api.async(line, [{ ...owner, configs }], false)
  const inForce = async () => {
    for (const each of await linesToAll(session)) await knownTo(each, owner, configs)
  }
  await patiently(inForce)
}

/**
 * The controller answers before the nodes know. Found by a random script: the session of a member that joined
 * in between was that of the broker. What a node describes, its coordinators have a moment later.
 */
async function knownTo(
  line: kafka.Connection,
  owner: Owner,
  configs: readonly { readonly name: string; readonly value: string }[],
): Promise<void> {
  const { results } = await kafka.describeConfigsV4.api.async(line, [{ ...owner }], false, false)
  for (const { name, value } of configs) {
    const found = results[0]?.configs.find((each) => each.name === name)
    if (!isSaid(found?.value ?? '', value))
      throw new Error(`${name} of ${owner.resourceName} is not known yet`)
  }
}

/** A broker tells what it has read: 60000 for ' 60000 ', 0.0 for 0, true for TRUE. */
function isSaid(told: string, sent: string): boolean {
  const text = sent.trim().toLowerCase()
  return told.toLowerCase() === text || (text !== '' && Number(told) === Number(text))
}

export async function alterTopicConfigs(session: Session, topic: string, settings: Settings) {
  await alter(session, { resourceType: TOPIC, resourceName: session.real(topic) }, settings)
}

/** Before the group exists, too. */
export async function alterGroup(session: Session, group: string, settings: Settings) {
  if (Object.keys(settings).length === 0) return
  await alter(session, { resourceType: GROUP, resourceName: session.real(group) }, settings)
  await soon()
}

const OF_THE_BROKER = /^(consumer|share|streams)[.]/

export async function setGroupConfigs(session: Session): Promise<void> {
  for (const [group, settings] of Object.entries(session.experiment.groups ?? {})) {
    const own = Object.entries(settings).filter(([name]) => OF_THE_BROKER.test(name))
    await alterGroup(session, group, Object.fromEntries(own))
  }
}
