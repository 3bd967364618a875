'use client'
// All pages behind one button, where a header has no room for their names.
import { usePathname } from 'next/navigation'
import { DisclosureMenu } from '../ui/disclosure-menu'
import { MenuIcon } from '../ui/icons'
import { MenuLink } from '../ui/menu'
import { sitePages } from './site-pages'

export function SiteMenu({ className = '' }: { readonly className?: string }) {
  const here = usePathname()
  return (
    <DisclosureMenu look="square" label="All pages" button={<MenuIcon />} className={className}>
      {(close) =>
        [{ href: '/', title: 'Home' }, ...sitePages].map(({ href, title }) => (
          <MenuLink
            key={href}
            href={href}
            title={title}
            current={`${here}/`.replace('//', '/') === href}
            onChoose={close}
          />
        ))
      }
    </DisclosureMenu>
  )
}
