// The bar at the top of pages that are not the playground: home, and the way there.
import Link from 'next/link'
import { buttonClass } from '../ui/button'
import { LogoMark } from '../ui/logo'
import { ThemeSwitch } from './theme-switch'

export function SiteHeader() {
  return (
    <header className="flex h-7 shrink-0 items-center gap-1 border-b border-hair pr-2 pl-3 max-md:pl-2">
      <Link href="/" className="flex items-center gap-[10px] font-semibold tracking-[-0.005em]">
        <LogoMark /> At Least Once
      </Link>
      <nav aria-label="Site" className="ml-auto flex items-center gap-0.5">
        <Link
          href="/guarantees/"
          prefetch={false}
          className={`${buttonClass('bare')} max-md:hidden`}
        >
          Guarantees
        </Link>
        <Link
          href="/challenges/"
          prefetch={false}
          className={`${buttonClass('bare')} max-md:hidden`}
        >
          Challenges
        </Link>
        <Link href="/play/" prefetch={false} className={buttonClass('bare')}>
          Playground
        </Link>
        <ThemeSwitch />
      </nav>
    </header>
  )
}
