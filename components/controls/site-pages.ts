// The pages of the site, as its headers lead to them.
export const sitePages: readonly { readonly href: string; readonly title: string }[] = [
  { href: '/play/', title: 'Playground' },
  { href: '/explore/', title: 'Break it for me' },
  { href: '/guarantees/', title: 'Guarantees' },
  { href: '/challenges/', title: 'Challenges' },
  { href: '/fidelity/', title: 'Fidelity' },
]
