// The home page: the hero, and below it three things that can be done here today.
import Link from 'next/link'
import { brokerTitles } from '@/lib/session/forms'
import { SiteHeader } from '../controls/site-header'
import { Columns } from './columns'
import { Hero } from './hero'

export function Home() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main className="flex flex-1 flex-col">
        <Hero />
        <Columns />
      </main>
      <footer className="home-footer text-13 text-ink-3">
        <p>
          The model runs the same experiments as real brokers, {brokerTitles}:{' '}
          <Link href="/fidelity/" prefetch={false} className="ui-link">
            how faithful it is
          </Link>
        </p>
        <p>
          <Link href="/guarantees/" prefetch={false} className="ui-link">
            What holds, and what breaks it
          </Link>
          {' · '}
          <Link href="/challenges/" prefetch={false} className="ui-link">
            Challenges to solve
          </Link>
        </p>
      </footer>
    </div>
  )
}
