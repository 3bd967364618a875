// What a row's cells were made with, as one number: its scenario, its bounds, and the names, conditions and claims
// of all rules that take part. Who changes one of these has to have the cells computed again.

import { hashesOf } from '../drivers/interning.ts'
import type { System } from '../engine/compile.ts'
import { build } from '../scenario/build.ts'
import { boundsOf, columnsOf } from './bounds.ts'
import type { Row } from './types.ts'

function rulesOf(system: System): readonly string[] {
  const rules = system.actors.flatMap(({ kind }) =>
    kind.rules.map(({ rule }) => {
      const conditions = [...Object.keys(rule.ready ?? {}), ...Object.keys(rule.when ?? {})]
      const fault = rule.fault?.kind ?? ''
      return [kind.kind.name, rule.name, String(rule.commutes), fault, ...conditions].join(' | ')
    }),
  )
  return [...new Set(rules)].sort()
}

export function madeWith(row: Row): string {
  const { system } = build(row.scenario)
  const { scenario, family } = row
  const text = JSON.stringify([scenario, boundsOf(family), columnsOf(family), rulesOf(system)])
  return hashesOf(text)
    .map((part) => (part >>> 0).toString(16).padStart(8, '0'))
    .join('')
}
