// A broker for a whole run. One that somebody else ended is replaced: the experiments know nothing of it.

import { ProcessGone } from './cannot.ts'
import { type Broker, startBroker } from './kafka/broker.ts'
import { type Cluster, startCluster } from './kafka/cluster.ts'
import type { BrokerSettings } from './kafka/common-settings.ts'
import { warmUp } from './kafka/warm-up.ts'
import { type ClusterAsked, keyOf } from './order.ts'

export interface Lasting {
  /** The one that runs now. */
  readonly get: () => Promise<Broker>
  readonly stop: () => Promise<void>
}

async function ready(own: BrokerSettings): Promise<Broker> {
  const broker = await startBroker(own)
  try {
    await warmUp(broker)
    return broker
  } catch (error) {
    await broker.stop()
    throw error
  }
}

export async function lastingBroker(own: BrokerSettings): Promise<Lasting> {
  let current = Promise.resolve(await ready(own))
  async function replaced(before: Broker, why: string): Promise<Broker> {
    console.log(`another broker: ${why}`)
    await before.stop()
    return await ready(own)
  }
  return {
    async get() {
      const asked = current
      const broker = await asked
      const why = broker.ended()
      // Of several who notice, the first one replaces it.
      if (why !== null && asked === current) current = replaced(broker, why)
      return await current
    },
    stop: async () => await (await current).stop(),
  }
}

const TRIES = 3

/**
 * Does it again when it could not be done to the end: a process or a connection of ours was ended by somebody
 * else. What was observed is never thrown, so that a wrong observation is never repeated.
 */
export async function undisturbed<T>(
  lasting: Lasting,
  act: (broker: Broker, attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const broker = await lasting.get()
    try {
      const done = await act(broker, attempt)
      const why = broker.ended()
      if (why === null) return done
      throw new ProcessGone(why)
    } catch (error) {
      if (attempt === TRIES) throw error
      console.log(`again: ${error instanceof Error ? error.message.slice(0, 200) : error}`)
    }
  }
}

/** A cluster of a run: started by the first experiment that needs one, used by one at a time. */
export interface SharedCluster {
  readonly use: <T>(asked: ClusterAsked, act: (cluster: Cluster) => Promise<T>) => Promise<T>
  readonly stop: () => Promise<void>
}

/**
 * What an experiment leaves dead or standing still is brought back before the next one. Other settings get a
 * cluster of their own. One that was disturbed is done again on a new one.
 */
export function sharedCluster(): SharedCluster {
  let current: { readonly key: string; readonly cluster: Cluster } | null = null
  let turn: Promise<unknown> = Promise.resolve()
  async function drop(): Promise<void> {
    const before = current
    current = null
    await before?.cluster.stop()
  }
  async function made(asked: ClusterAsked): Promise<Cluster> {
    const key = keyOf(asked)
    if (current !== null && current.key !== key) await drop()
    for (const { number, state } of current?.cluster.nodes() ?? []) {
      if (state === 'paused') current?.cluster.resume(number)
      if (state === 'killed') await current?.cluster.restart(number)
    }
    current ??= { key, cluster: await startCluster(asked.nodes, asked.settings) }
    return current.cluster
  }
  return {
    use(asked, act) {
      const mine = turn.then(async () => {
        for (let attempt = 1; ; attempt++) {
          try {
            return await act(await made(asked))
          } catch (error) {
            await drop()
            if (attempt === TRIES) throw error
            console.log(`again: ${error instanceof Error ? error.message.slice(0, 200) : error}`)
          }
        }
      })
      turn = mine.catch(() => {})
      return mine
    },
    stop: async () => {
      await turn
      await drop()
    },
  }
}
