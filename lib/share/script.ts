// A script in a link: not its actions, but which of those possible at each step was chosen, and a fingerprint of
// where that leads. Whoever opens it has the same model and counts the same actions; where they do not, because
// the model has changed since or the text is damaged, the fingerprint tells.
import { canonical } from '../drivers/canonical.ts'
import { choicesOf } from '../drivers/fuzz.ts'
import { hashesOf } from '../drivers/interning.ts'
import type { System } from '../engine/compile.ts'
import { same } from '../engine/local.ts'
import type { Action, World } from '../engine/types.ts'
import { actionOf, apply, init, localOf, whyNot } from '../engine/world.ts'
import { textOf } from '../scenario/base64url.ts'
import { bitReader, bitWriter, widthOf } from './bits.ts'

export interface Packed {
  readonly steps: number
  /** The choices, in as many bits each as there were actions to choose from. */
  readonly choices: string
  /** Fingerprint of the world at the end: 64 bits, 11 characters. */
  readonly end: string
}

/** Everything that can happen in a world, in a fixed order: what actors do, faults, what befalls lines. */
function actionsOf(system: System): (world: World) => readonly Action[] {
  const list = choicesOf(system)
  return (world) => [
    ...list(world).map((choice) => choice.action),
    ...system.links.map(({ id, index }): Action => {
      return { link: id, rule: world.slow[index] === 1 ? 'SlowLink' : 'RestoreLink' }
    }),
  ]
}

/** The action with everything that it leaves to be guessed; null when it cannot happen. */
function inFull(system: System, world: World, action: Action): Action | null {
  if ('link' in action) return whyNot(system, world, action) === null ? action : null
  const actor = system.actorById.get(action.actor)
  const local = localOf(system, world, action)
  return actor === undefined || typeof local === 'string' ? null : actionOf(system, actor, local)
}

/** Whether the two are the same action; most differ in their rules already. */
const isOne = (a: Action, b: Action): boolean => a.rule === b.rule && same(a, b)

/** 64 bits that depend on all that is so in a world. */
export function fingerprintOf({ actors, queues, slow }: World): string {
  const bytes = new DataView(new ArrayBuffer(8))
  hashesOf(canonical([actors, queues, slow])).forEach((hash, at) => {
    bytes.setInt32(4 * at, hash)
  })
  return textOf(new Uint8Array(bytes.buffer))
}

/** Null when the script does not fit the system, or holds what cannot be counted: a line slowed by a factor. */
export function pack(system: System, script: readonly Action[]): Packed | null {
  const list = actionsOf(system)
  const bits = bitWriter()
  let world = init(system)
  for (const action of script) {
    const actions = list(world)
    const wanted = inFull(system, world, action)
    const chosen = wanted === null ? -1 : actions.findIndex((each) => isOne(each, wanted))
    if (wanted === null || chosen < 0) return null
    bits.write(chosen, widthOf(actions.length))
    world = apply(system, world, wanted).world
  }
  return { steps: script.length, choices: bits.text(), end: fingerprintOf(world) }
}

export type Unpacked = { readonly script: readonly Action[] } | { readonly refusal: string }

/** The script again, or where it goes wrong. The steps are counted by the caller, who knows what is too many. */
export function unpack(system: System, { steps, choices, end }: Packed): Unpacked {
  const bits = bitReader(choices)
  if (bits === null) return { refusal: 'The choices hold a character that none has.' }
  const list = actionsOf(system)
  const script: Action[] = []
  let world = init(system)
  for (let step = 1; step <= steps; step++) {
    const actions = list(world)
    const chosen = bits.read(widthOf(actions.length))
    if (chosen === null)
      return { refusal: `It is cut short: it ends before step ${step} of ${steps}.` }
    const action = actions[chosen]
    if (action === undefined) {
      const possible = actions.length === 1 ? '1 is' : `${actions.length} are`
      return {
        refusal: `Step ${step} of ${steps} is action ${chosen + 1}, but only ${possible} possible there.`,
      }
    }
    script.push(action)
    world = apply(system, world, action).world
  }
  if (!bits.isOver()) return { refusal: `It goes on after the last of its ${steps} steps.` }
  if (fingerprintOf(world) === end) return { script }
  return {
    refusal:
      'Its run ends elsewhere than it did when it was shared: the link is damaged, or the model has changed since.',
  }
}
