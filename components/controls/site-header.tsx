// The bar at the top of pages that are not the playground: home, and the way there.
import Link from 'next/link'
import { buttonClass } from '../ui/button'
import { LogoMark } from '../ui/logo'
import { SiteMenu } from './site-menu'
import { sitePages } from './site-pages'
import { ThemeSwitch } from './theme-switch'

/** The playground stands last, and also where there is room for one name only. */
const named = sitePages.filter(({ href }) => !['/play/', '/explore/'].includes(href))

export function SiteHeader() {
  return (
    <header className="flex h-7 shrink-0 items-center gap-1 border-b border-hair pr-2 pl-3 max-md:pl-2">
      <Link href="/" className="flex items-center gap-[10px] font-semibold tracking-[-0.005em]">
        <LogoMark /> At Least Once
      </Link>
      <nav aria-label="Site" className="ml-auto flex items-center gap-0.5">
        {named.map(({ href, title }) => (
          <Link
            key={href}
            href={href}
            prefetch={false}
            className={`${buttonClass('bare')} max-md:hidden`}
          >
            {title}
          </Link>
        ))}
        <Link href="/play/" prefetch={false} className={buttonClass('bare')}>
          Playground
        </Link>
        <ThemeSwitch />
        <SiteMenu className="md:hidden" />
      </nav>
    </header>
  )
}
