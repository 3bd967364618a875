// What a row's cells were made with, as one number: its scenario, its bounds, and the names, conditions and claims
// of all rules that take part, with what their actors say of their silence. Who changes one of these has to have the
// cells computed again.

import { hashesOf } from '../drivers/interning.ts'
import type { System } from '../engine/compile.ts'
import type { Kind, Rule } from '../engine/types.ts'
import { build } from '../scenario/build.ts'
import { boundsOf, columnsOf } from './bounds.ts'
import type { Row } from './types.ts'

/** A claim as text. Its functions are there or not: how they read differs by who runs them. */
function claimOf({ commutes }: Rule): string {
  if (typeof commutes !== 'object') return String(commutes)
  const { given, where, despite = [], except = [] } = commutes
  const kept = [given === undefined ? '' : 'given', where === undefined ? '' : 'where']
  return [...kept, ...despite, 'but', ...except].join(' ')
}

const silenceOf = ({ name, silent = {}, heeds = [] }: Kind): string =>
  [name, ...Object.keys(silent), 'heeds', ...heeds].join(' | ')

function rulesOf(system: System): readonly string[] {
  const rules = system.actors.flatMap(({ kind }) =>
    kind.rules.map(({ rule }) => {
      const conditions = [...Object.keys(rule.ready ?? {}), ...Object.keys(rule.when ?? {})]
      const fault = rule.fault?.kind ?? ''
      return [kind.kind.name, rule.name, claimOf(rule), fault, ...conditions].join(' | ')
    }),
  )
  const silences = system.actors.map(({ kind }) => silenceOf(kind.kind))
  return [...new Set([...rules, ...silences])].sort()
}

export function madeWith(row: Row): string {
  const { system } = build(row.scenario)
  const { scenario, family } = row
  const text = JSON.stringify([scenario, boundsOf(family), columnsOf(family), rulesOf(system)])
  return hashesOf(text)
    .map((part) => (part >>> 0).toString(16).padStart(8, '0'))
    .join('')
}
