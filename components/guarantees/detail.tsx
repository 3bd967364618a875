// What is behind a cell: the sentence, the run that shows it, who is weaker, and the same search again.
import Link from 'next/link'
import type { ShownCell, ShownRow } from '@/lib/guarantees/sheet'
import { buttonClass } from '../ui/button'
import { StatusMark } from './cell'

interface Props {
  readonly id: string
  readonly row: ShownRow
  readonly cell: ShownCell
  readonly title: string
}

export function Detail({ id, row, cell, title }: Props) {
  const { play, witnesses, weaker, again } = cell
  return (
    <section id={id} aria-label={`${row.title}: ${title}`} className="guarantees-detail">
      <p className="flex items-center gap-1 font-semibold">
        <StatusMark status={cell.status} /> {title}: {cell.status}
      </p>
      <p className="mt-0.5">
        {cell.sentence} {play?.words}
      </p>
      {witnesses.length === 0 ? null : (
        <>
          <p className="mt-1 text-ink-2">Runs in which the fault happened and it held:</p>
          <ul className="guarantees-witnesses">
            {witnesses.map(({ words, href }) => (
              <li key={href}>
                <Link href={href} prefetch={false} className="ui-link">
                  {words}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {weaker === null ? null : (
        <p className="mt-1">
          Breaks at the same bounds with{' '}
          <a href={`#${weaker.id}`} className="ui-link">
            {weaker.title}
          </a>
          .
        </p>
      )}
      <p className="mt-1 text-13 text-ink-3">{row.prose}</p>
      <p className="mt-1 flex flex-wrap gap-1">
        {play === null ? null : (
          <Link href={play.href} prefetch={false} className={buttonClass('primary')}>
            Play it
          </Link>
        )}
        {again === null ? null : (
          <Link href={again} prefetch={false} className={buttonClass('bare')}>
            Search it again here
          </Link>
        )}
      </p>
    </section>
  )
}
