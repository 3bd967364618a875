// A section of a panel: a hairline above, a heading, and what belongs to it.
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly children: ReactNode
  readonly aside?: ReactNode
}

export function Section({ title, children, aside }: Props) {
  return (
    <section className="mt-[14px] border-t border-hair pt-[14px]">
      <div className="mb-0.5 flex items-center justify-between gap-1">
        <h3 className="font-semibold">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
