// Three columns: rewind, read, choose. Each leads to something that is there.

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { RunVerdict } from '@/lib/invariants/types'
import { starterScenarios } from '@/lib/scenario/catalogue'
import { VerdictMark } from '../checks/marks'
import { ArrowIcon } from '../ui/icons'
import { ForkArt, TableArt } from './art'

interface Props {
  readonly art: ReactNode
  readonly title: string
  readonly text: string
  readonly href: string
  readonly go: string
}

function Column({ art, title, text, href, go }: Props) {
  return (
    <section>
      <div className="h-12 overflow-hidden">{art}</div>
      <h2 className="mt-[20px] text-22 font-semibold tracking-[-0.012em]">{title}</h2>
      <p className="max-w-[368px] text-ink-2">{text}</p>
      <Link
        href={href}
        // The graph library is fetched by whoever goes there, not by everyone who reads this page.
        prefetch={false}
        className="mt-[12px] inline-flex items-center gap-1 font-medium text-accent hover:underline"
      >
        {go} <ArrowIcon size={16} />
      </Link>
    </section>
  )
}

export function Columns() {
  return (
    <div className="home-three">
      <Column
        art={<ForkArt />}
        title="Rewind and change one thing"
        text="Go back to any moment, change one real setting, and run the same seed with the same fault again."
        href="/play/"
        go="Open the playground"
      />
      <Column
        art={<TableArt />}
        title="Read it without the picture"
        text="Every fact stands in a table, every command is a button, and all of it works from the keyboard."
        href="/play/?view=structured"
        go="Open the structured view"
      />
      <Column
        art={<Strategies />}
        title={`${inWords(starterScenarios.length)} scenarios to break`}
        text="Crashes, zombies, retries, rebalances and replays on faithful brokers: each with what it claims to hold."
        href="/play/?scenario=dedup-table-marked-after"
        go="See a dedup table fail"
      />
    </div>
  )
}

const inWords = (n: number): string => ({ 20: 'Twenty' })[n] ?? String(n)

const ROWS = [
  ['no idempotency', 'crash-between-effect-and-commit'],
  ['dedup table', 'dedup-table-marked-after'],
  ['idempotency key', 'crash-with-idempotency-key'],
] as const
const CHECKS = ['no-duplicate-effect', 'no-loss', 'per-key-order'] as const

/** What three starter scenarios claim, as their documents state it and the tests hold them to it. */
function Strategies() {
  return (
    <table className="w-full max-w-[384px] text-ink-2">
      <caption className="sr-only">The same crash under three strategies</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">strategy</th>
          {CHECKS.map((check) => (
            <th key={check} scope="col">
              {check}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([title, id]) => (
          <tr key={id} className="border-b border-hair last:border-b-0">
            <th
              scope="row"
              className={`py-[3px] text-left ${title === 'idempotency key' ? 'font-semibold text-ink' : 'font-normal'}`}
            >
              {title}
            </th>
            {CHECKS.map((check) => (
              <td key={check} className="px-1 text-center">
                <Claim verdict={claimOf(id, check)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Claim({ verdict }: { readonly verdict: RunVerdict | null }) {
  if (verdict === null) return null
  return (
    <>
      <VerdictMark verdict={verdict} size={20} />
      <span className="sr-only">{verdict}</span>
    </>
  )
}

function claimOf(id: string, check: string): RunVerdict | null {
  const found = starterScenarios.find((starter) => starter.id === id)?.document
  if (found === undefined || !('expect' in found)) return null
  return (found.expect as Readonly<Record<string, RunVerdict>>)[check] ?? null
}
