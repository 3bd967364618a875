// What may happen next in a moment, and when: a timed driver that holds back what the script decides (when
// an application polls, commits, crashes) and can name every action that is due at the same time.
import type { Seen } from '../../clients/types.ts'
import type { Actor } from '../../engine/compile.ts'
import type { Local } from '../../engine/local.ts'
import type { Action, Envelope, Json } from '../../engine/types.ts'
import { actionOf, apply, localsOf } from '../../engine/world.ts'
import { exceptionFor } from './exceptions.ts'
import { knowing, type Moment, type Setup } from './moment.ts'

/** Rules that run only when a step of the script lets them: what an application decides. */
const HELD: Readonly<Record<string, readonly string[]>> = {
  'kafka producer': ['Start', 'InitTransactions', 'SendNext', 'Restart'],
  'kafka node': ['Resume'],
  'Kafka consumer': [
    'Start',
    'Restart',
    'JoinGroup',
    'OnPartitionsAssigned',
    'Poll',
    'OffsetCommit',
    'ConsumerGroupHeartbeat',
    'Reconcile',
    'FencedInstanceIdException',
  ],
  'Kafka share consumer': [
    'Start',
    'Restart',
    'JoinShareGroup',
    'ShareFetch',
    'RenewLocks',
    'PollReturnsNothing',
    'Poll',
    'ShareAcknowledge',
  ],
}

export interface Option {
  readonly actor: string
  readonly rule: string
  readonly held: boolean
  readonly dueMs: number
  readonly action: Action
}

interface Enabled {
  readonly key: string
  readonly actor: Actor
  readonly local: Local
}

function everything(setup: Setup, moment: Moment): readonly Enabled[] {
  return setup.system.actors.flatMap((actor) =>
    localsOf(moment.world, actor, false).map((local) => ({
      key: JSON.stringify(actionOf(setup.system, actor, local)),
      actor,
      local,
    })),
  )
}

/** The shortest time it can take: within an experiment only the script dawdles. */
function lasts(moment: Moment, { actor, local }: Enabled): number {
  const state = moment.world.actors[actor.index]
  const queue = moment.world.queues[local.queue] as readonly Envelope[] | undefined
  return local.rule.rule.takes?.(actor.me.settings, state, queue?.[local.nth], local.arg)[0] ?? 0
}

/** Gives every action that has become enabled its due time; forgets those that are so no more. */
export function timed(setup: Setup, moment: Moment): Moment {
  const due = everything(setup, moment).map((each) => {
    const known = moment.due[each.key]
    return [each.key, known ?? moment.nowMs + lasts(moment, each)] as const
  })
  return { ...moment, due: Object.fromEntries(due) }
}

export function optionsOf(setup: Setup, moment: Moment): readonly Option[] {
  return everything(setup, moment).map(({ key, actor, local }) => ({
    actor: actor.id,
    rule: local.rule.rule.name,
    held: HELD[actor.kind.kind.name]?.includes(local.rule.rule.name) === true,
    dueMs: moment.due[key] ?? moment.nowMs,
    action: actionOf(setup.system, actor, local),
  }))
}

function noting(moment: Moment, seen: Seen): Moment {
  const { known } = moment
  const outcome =
    seen.kind === 'acknowledged'
      ? seen.place === null
        ? 'sent'
        : `${seen.place.lane}@${seen.place.offset}`
      : seen.kind === 'refused' && seen.final
        ? exceptionFor(seen.reason)
        : null
  if (outcome === null || !('message' in seen)) return moment
  const { type } = seen.message
  return knowing(moment, 'outcomes', seen.actor, { ...known.outcomes[seen.actor], [type]: outcome })
}

/** The moment after an action, a misfortune included. */
export function acted(setup: Setup, moment: Moment, action: Action): Moment {
  const { world, observations } = apply(setup.system, moment.world, action)
  const seen = observations as readonly Seen[]
  const happened = { actor: 'link' in action ? action.link : action.actor, rule: action.rule, seen }
  const after: Moment = { ...moment, world, happened: [...moment.happened, happened] }
  return timed(setup, seen.reduce(noting, after))
}

/** How often a rule of an actor has run since the step began. */
export function ran(moment: Moment, actor: string, rule: string): number {
  return moment.happened.filter((each) => each.actor === actor && each.rule === rule).length
}

export function seenBy<K extends Seen['kind']>(
  moment: Moment,
  actor: string,
  kind: K,
): readonly Extract<Seen, { kind: K }>[] {
  return moment.happened
    .flatMap((each) => each.seen)
    .filter(
      (seen): seen is Extract<Seen, { kind: K }> => seen.kind === kind && seen.actor === actor,
    )
}

export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json
