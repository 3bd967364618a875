// One sentence for each part, for those who do not see the drawing. The structured view tells the rest.
import type {
  CardPart,
  PipelinePart,
  PointerPart,
  ReplicaPart,
  TablePart,
} from '../picture/types.ts'
import type { LanePart } from './queue.ts'

const list = (words: readonly string[]): string => words.filter((word) => word !== '').join(', ')
const said = (card: CardPart): string => card.said.replace(/\s+/g, ' ')

function stage(lines: readonly PipelinePart[]): string {
  const busy = lines.filter((line) => line.at >= 0 && line.token !== null)
  return busy
    .map((line) => `${line.token?.label ?? ''} at ${line.stops[line.at]?.label ?? ''}`)
    .join(', ')
}

export const labels = {
  producer: (card: CardPart): string =>
    list([card.title, card.subtitle, card.state === 'running' ? '' : card.state]),
  store: (card: CardPart): string => list([card.title, 'dedup store', card.state]),
  stream: (stream: { readonly title: string; readonly note: string }): string =>
    list([stream.title, stream.note]),
  tape: (tape: LanePart, pointers: readonly PointerPart[]): string => {
    if (tape.queue !== undefined) {
      const { ready, unacked } = tape.queue
      return list([tape.id, `${ready.length} ready`, `${unacked.length} unacknowledged`])
    }
    const committed = pointers
      .filter((pointer) => pointer.flag === 'committed')
      .flatMap((pointer) => pointer.groups.map((group) => `${group.id} committed ${pointer.at}`))
    const above = pointers
      .filter(({ flag, at }) => flag !== 'committed' && at < tape.end)
      .map(({ flag, at }) => (flag === 'HW' ? `high watermark ${at}` : `last stable offset ${at}`))
    const start = (tape.start ?? 0) === 0 ? '' : `begins at ${tape.start}`
    const end = `next offset ${tape.end}`
    return list([`${tape.stream} ${tape.title}`, tape.badge, start, end, ...above, ...committed])
  },
  node: (node: CardPart, replica: ReplicaPart, of: string): string =>
    list([
      node.title,
      'broker',
      node.ails ?? (node.state === 'running' ? '' : node.state),
      `${replica.leads ? 'leader' : 'follower'} of ${of}`,
      replica.believes === '' ? '' : `believes: ${replica.believes}`,
      replica.inSync ? 'in sync' : 'out of the ISR',
      `log end ${replica.end}`,
      ...(node.holds ?? []).map(({ title }) => title),
    ]),
  fold: (names: string, events: number, lag: number): string =>
    `${names}: ${events} events, lag ${lag}`,
  consumer: (card: CardPart, lines: readonly PipelinePart[]): string =>
    list([
      card.title,
      `consumer${card.group === '' ? '' : ` in ${card.group}`}`,
      card.state,
      card.assignment.join(' '),
      stage(lines),
      said(card),
    ]),
  collapsed: (look: {
    readonly title: string
    readonly count: number
    readonly faulty: number
    readonly assignment: readonly string[]
  }): string =>
    list([
      look.title,
      `group of ${look.count}`,
      look.assignment.join(' '),
      look.faulty === 0 ? '' : `${look.faulty} not running`,
    ]),
  sink: (sink: TablePart): string => {
    const twice = sink.tokens.filter((token) => token.times > 1)
    return list([
      sink.title,
      sink.sinkKind,
      sink.state,
      sink.tokens.length === 0 ? '' : `${sink.tokens.length} entries`,
      ...twice.map((token) => `${token.label} ${token.times} times`),
      ...sink.rows.map((row) =>
        row.wrong
          ? `${row.name} ${row.actual}, expected ${row.expected}`
          : `${row.name} ${row.actual}`,
      ),
    ])
  },
}
