// What the pages of all brokers have alike: tables, where the broker ruled, and what is left out.
import type { Fidelity } from '../../lib/fidelity/types.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''].join('\n')
}

export const sheets = ({ measured, leftOut }: Fidelity): readonly string[] => [
  '## Where the broker ruled\n',
  table(
    ['Subject', 'Expected from manuals and sources', 'What the broker did'],
    measured.map((each) => [each.subject, each.expected, each.broker]),
  ),
  '## What the model leaves out\n',
  table(
    ['Subject', 'What', 'Why'],
    leftOut.map((each) => [each.subject, each.what, each.why]),
  ),
]
