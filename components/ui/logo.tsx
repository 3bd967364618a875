// The mark of the site: greater than or equal to one.
export function LogoMark() {
  const ink = {
    fill: 'none',
    strokeWidth: 2.2,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const
  return (
    <svg width="30" height="24" viewBox="0 0 30 24" aria-hidden="true" focusable="false">
      <path {...ink} stroke="var(--ink)" d="M3 3.5L13 9.5L3 15.5M3 20.5H13" />
      <path {...ink} stroke="var(--accent)" d="M19 7.5L24 4V20.5M19.5 20.5H28.5" />
    </svg>
  )
}
