// What is seen knows no broker: a component takes every word that differs from the broker's model.
import { at, type Finding, isTest, type Source } from './source.ts'
import { BROKER_NAMES } from './table.ts'

export function checkBrokers(source: Source): Finding[] {
  if (!source.path.startsWith('components/') || isTest(source.path)) return []
  return [...source.text.matchAll(new RegExp(BROKER_NAMES.join('|'), 'gi'))].map(
    ({ 0: name, index }) => at(source, index, `components know no broker: "${name}"`),
  )
}
