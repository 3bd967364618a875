// The home page: the hero, and below it three things that can be done here today.
import Link from 'next/link'
import { ThemeSwitch } from '../controls/theme-switch'
import { buttonClass } from '../ui/button'
import { LogoMark } from '../ui/logo'
import { Columns } from './columns'
import { Hero } from './hero'

export function Home() {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-7 shrink-0 items-center gap-1 border-b border-hair pr-2 pl-3 max-md:pl-2">
        <Link href="/" className="flex items-center gap-[10px] font-semibold tracking-[-0.005em]">
          <LogoMark /> At Least Once
        </Link>
        <nav aria-label="Site" className="ml-auto flex items-center gap-0.5">
          <Link href="/play/" prefetch={false} className={buttonClass('bare')}>
            Playground
          </Link>
          <ThemeSwitch />
        </nav>
      </header>
      <main className="flex flex-1 flex-col">
        <Hero />
        <Columns />
      </main>
      <footer className="home-footer text-13 text-ink-3">
        <p>
          The model runs the same experiments as a real Apache Kafka:{' '}
          <Link href="/fidelity/" prefetch={false} className="ui-link">
            how faithful it is
          </Link>
        </p>
      </footer>
    </div>
  )
}
