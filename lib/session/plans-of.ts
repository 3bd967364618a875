// A scenario's anchored faults as the timed driver arms them: names become indices.
import type { Plan } from '../drivers/plans.ts'
import type { System } from '../engine/compile.ts'
import type { FaultPlan, Scenario } from '../scenario/types.ts'

/** The actors an anchor names: one by its id, or every instance of a service. */
export function actorsNamed(system: System, name: string): readonly number[] {
  return system.actors
    .filter((actor) => actor.id === name || actor.group === name)
    .map((actor) => actor.index)
}

/** The lines between the anchor's actors and the peer. */
function linesTo(system: System, actors: readonly number[], peer: string): readonly number[] {
  const peers = actorsNamed(system, peer)
  return system.links
    .filter(
      (link) =>
        (actors.includes(link.fromIndex) && peers.includes(link.toIndex)) ||
        (actors.includes(link.toIndex) && peers.includes(link.fromIndex)),
    )
    .map((link) => link.index)
}

function planOf(system: System, fault: FaultPlan): Plan {
  const actors = actorsNamed(system, fault.at.actor)
  return {
    fault: fault.fault,
    actors,
    links: fault.line === undefined ? [] : linesTo(system, actors, fault.line),
    stage: fault.at.stage ?? null,
    about: fault.at.message ?? null,
    nth: fault.at.nth ?? 1,
    atMs: fault.at.atMs ?? null,
    forMs: fault.forMs ?? null,
    arg: fault.arg ?? null,
  }
}

export function plansOf(scenario: Scenario, system: System): readonly Plan[] {
  return scenario.faults.map((fault) => planOf(system, fault))
}

/** 'payments, effect applied of order-42/OrderCreated, 2nd time' */
export function anchorInWords(fault: FaultPlan): string {
  const { at } = fault
  if (at.atMs !== undefined) return `${at.actor} at ${at.atMs / 1000} s`
  const nth = (at.nth ?? 1) > 1 ? `, time ${at.nth}` : ''
  const line = fault.line === undefined ? '' : ` on the line to ${fault.line}`
  return `${at.actor}${line}, ${at.stage ?? 'any stage'} of ${at.message ?? 'any event'}${nth}`
}
