// Runs an experiment on the real broker, once.
import type { Json } from '../../../lib/engine/types.ts'
import type { Experiment, Observed, Op, Step, StepOf } from '../../../lib/experiments/types.ts'
import type { Broker } from './broker.ts'
import * as client from './client-steps.ts'
import type { Cluster } from './cluster.ts'
import * as cluster from './cluster-steps.ts'
import * as groups from './group-steps.ts'
import * as log from './log-steps.ts'
import * as raw from './raw-steps.ts'
import { closeSession, openSession, type Session } from './session.ts'
import * as share from './share-steps.ts'
import * as transactions from './transaction-steps.ts'

type Plays = { readonly [O in Op]: (session: Session, step: StepOf<O>) => Promise<Json> }

const PLAYS: Plays = { ...raw, ...client, ...cluster, ...log, ...share, ...groups, ...transactions }

async function play(session: Session, step: Step, number: number): Promise<Json> {
  try {
    return await (PLAYS[step.do] as (session: Session, step: Step) => Promise<Json>)(session, step)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`step ${number} (${step.do}): ${said}`, { cause: error })
  }
}

/** `run` tells this run from all others on the same broker. */
export async function observeReal(
  experiment: Experiment,
  broker: Pick<Broker, 'port' | 'jars'>,
  run: string,
  nodes: Cluster | null = null,
): Promise<Observed> {
  const session = await openSession(experiment, broker, run, nodes)
  try {
    const observed: Record<string, Json> = {}
    for (const [index, step] of experiment.steps.entries()) {
      const result = await play(session, step, index + 1)
      const later = 'later' in step && step.later === true
      if (step.as !== undefined && !later) observed[step.as] = result
    }
    return observed
  } finally {
    await closeSession(session)
  }
}
