// The model beside real brokers: every experiment with what both did, where the broker ruled, and what the
// model leaves out. It can be read without a script; filtering needs one.
import type { Fidelity } from '@/lib/fidelity/types'
import { SiteHeader } from '../controls/site-header'
import { Experiments } from './experiments'

export function FidelityPage({ all }: { readonly all: readonly Fidelity[] }) {
  const rows = all.flatMap((each) => each.rows)
  const agree = rows.filter(({ verdict }) => verdict === 'agrees').length
  const brokers = all.map(({ broker, version }) => `${broker} ${version}`).join(', and on ')
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main className="fidelity">
        <h1 className="text-32 font-semibold tracking-[-0.018em]">Fidelity</h1>
        <p className="fidelity-lead">
          The same script runs on the rules of the model and on {brokers}. {agree} of {rows.length}{' '}
          experiments were run on the broker since they last changed, and agree. A deterministic one
          comes out the same every time; of a set the model gives every outcome it allows, and the
          broker must do one of them.
        </p>
        <Experiments rows={rows} />
        <Sheet
          title="Where the broker ruled"
          about="What manuals and sources made us expect, and what the broker did instead. The model does as it did."
          parts={all.map(({ broker, measured }) => [
            broker,
            measured.map((each) => [each.subject, each.expected, each.broker]),
          ])}
        />
        <Sheet
          title="What the model leaves out"
          about="And what it has in another way, with the reason."
          parts={all.map(({ broker, leftOut }) => [
            broker,
            leftOut.map((each) => [each.subject, each.what, each.why]),
          ])}
        />
      </main>
    </div>
  )
}

type Item = readonly [subject: string, first: string, second: string]

interface SheetProps {
  readonly title: string
  readonly about: string
  /** By broker. */
  readonly parts: readonly (readonly [broker: string, items: readonly Item[]])[]
}

function Sheet({ title, about, parts }: SheetProps) {
  return (
    <section className="fidelity-sheet">
      <h2 className="text-22 font-semibold tracking-[-0.012em]">{title}</h2>
      <p className="text-ink-2">{about}</p>
      {parts.map(([broker, items]) => (
        <div key={broker}>
          <h3 className="fidelity-broker">{broker}</h3>
          <dl>
            {items.map(([subject, first, second]) => (
              <div key={first} className="fidelity-item">
                <dt>
                  <span className="text-13 text-ink-3">{subject}</span>
                  <span className="block">{first}</span>
                </dt>
                <dd className="text-ink-2">{second}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  )
}
