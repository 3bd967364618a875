// What the real broker leaves open, found by asking the model: a script that comes to it is not tried.
// - Two things nearer to each other in time than a second: the real broker's clock is not the script's, and a
//   request that is not waited for takes it a quarter of a second to be on its way.
// - Who leads after the leader of a classic group is gone and two or more are there: the first in the order of
//   a hash map of ids that are made at random.
// - What `uniform` makes of members that read different topics: UniformHeterogeneousAssignmentBuilder goes
//   through hash maps and moves partitions from member to member; the model only keeps what can be kept.
import type { CoordinatorState } from '../../../lib/brokers/kafka/coordinator-state.ts'
import type { ModernGroupState } from '../../../lib/brokers/kafka/modern-state.ts'
import { coordinatorOf } from '../../../lib/experiments/_model/cluster.ts'
import type { Moment } from '../../../lib/experiments/_model/moment.ts'
import { moments, setupOf } from '../../../lib/experiments/_model/run.ts'
import { groupsOf } from '../../../lib/experiments/_model/system.ts'
import type { Experiment } from '../../../lib/experiments/types.ts'

const NEAR_MS = 1000

/** Only these fire by themselves in a script of raw members. */
const TIMER = /Expires/

/** When the next timer fires. */
function nextMs({ due, nowMs }: Moment): number {
  const waiting = Object.entries(due).filter(([key, ms]) => TIMER.test(key) && ms > nowMs)
  return Math.min(...waiting.map(([, ms]) => ms))
}

type Groups = (moment: Moment) => readonly (CoordinatorState | ModernGroupState)[]

function groupsIn(experiment: Experiment): Groups {
  const { system } = setupOf(experiment)
  const indices = groupsOf(experiment).map(
    (group) => system.actorById.get(coordinatorOf(group))?.index ?? 0,
  )
  return ({ world }) =>
    indices.map((index) => world.actors[index] as unknown as CoordinatorState | ModernGroupState)
}

/** One leads in the place of another, or of nobody in a group that has several members. */
function isElected(groups: Groups, before: Moment, after: Moment): boolean {
  const old = groups(before)
  return groups(after).some((group, i) => {
    if (!('leader' in group) || group.leader === '' || group.members.length < 2) return false
    const then = old[i]
    return then !== undefined && 'leader' in then && then.leader !== group.leader
  })
}

function isMixed(groups: Groups, moment: Moment): boolean {
  return groups(moment).some(
    (group) =>
      'targetEpoch' in group &&
      group.assignor === 'uniform' &&
      new Set(group.members.map(({ topics }) => String(topics))).size > 1,
  )
}

/** Whether a wait ends, or another timer fires, within a second of one that has fired or is to fire. */
function isNear(experiment: Experiment, firedMs: number, before: Moment, after: Moment): boolean {
  if (after.at === before.at) {
    const fires = after.nowMs > before.nowMs
    return fires && after.nowMs - firedMs < NEAR_MS
  }
  if (nextMs(after) - after.nowMs < NEAR_MS) return true
  return experiment.steps[before.at]?.do === 'wait' && after.nowMs - firedMs < NEAR_MS
}

function walks(experiment: Experiment): boolean {
  const groups = groupsIn(experiment)
  let firedMs = Number.NEGATIVE_INFINITY
  let before: Moment | null = null
  for (const moment of moments(experiment)) {
    if (before !== null) {
      if (isElected(groups, before, moment) || isMixed(groups, moment)) return false
      if (isNear(experiment, firedMs, before, moment)) return false
      if (moment.at === before.at && moment.nowMs > before.nowMs) firedMs = moment.nowMs
    }
    before = moment
  }
  return true
}

/**
 * A script that asks for what a member that was never let in would do is none. One that the model cannot play
 * for another reason is tried: that is a mistake of the model's, to be shown.
 */
export function isSpecified(experiment: Experiment): boolean {
  try {
    return walks(experiment)
  } catch (error) {
    return !String(error).includes('has joined no group yet')
  }
}
