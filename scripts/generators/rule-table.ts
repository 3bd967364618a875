// A kind's rules as a table of Markdown.
import type { Kind, Rule } from '../../lib/engine/types.ts'

export const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
export const code = (text: string) => `\`${text}\``

function row(rule: Rule): string {
  const when = [...Object.keys(rule.ready ?? {}), ...Object.keys(rule.when ?? {})].join('; ')
  const takes = [rule.on ?? []].flat().map(code).join(', ')
  const reads = (rule.reads ?? []).map(code).join(', ')
  const marks = [
    ...(rule.fault === undefined ? [] : [`fault: ${rule.fault.kind}`]),
    ...(rule.timer === true ? ['timer'] : []),
    ...(rule.anytime === true ? ['anytime'] : []),
  ].join(', ')
  const cells = [code(rule.name), takes, when, reads, marks, rule.cites ?? '']
  return `| ${cells.map(cell).join(' | ')} |`
}

export function section([title, kind]: readonly [string, Kind]): string {
  const active = Object.keys(kind.active ?? {})
  const shared =
    active.length === 0
      ? ''
      : `Every rule not marked *anytime* also needs: ${active.join('; ')}.\n\n`
  const head = '| Rule | Takes | When | Reads | Marks | Source |\n|---|---|---|---|---|---|'
  return `## ${title}\n\n${shared}${head}\n${kind.rules.map(row).join('\n')}\n`
}
