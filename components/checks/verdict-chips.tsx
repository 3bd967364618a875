'use client'
import { useLayoutEffect, useRef, useState } from 'react'
// The verdicts of the run at the moment shown, as many as fit on one line; the rest behind a count.
import type { Verdict } from '@/lib/invariants/types'
import { useRunFields } from '../session/context'
import { useVerdicts } from '../session/views'
import { DisclosureMenu } from '../ui/disclosure-menu'
import { MenuItem } from '../ui/menu'
import { WhyButton } from '../why/why-button'
import { VerdictMark } from './marks'
import { titleOf } from './names'
import { VerdictChip } from './verdict-chip'

/** Broken first: a breach is never among those that do not fit. */
function inOrder(verdicts: readonly Verdict[]): readonly Verdict[] {
  const broken = verdicts.filter(({ verdict }) => verdict === 'broken')
  return [...broken, ...verdicts.filter(({ verdict }) => verdict !== 'broken')]
}

export function VerdictChips({ tight = false }: { readonly tight?: boolean }) {
  const verdicts = inOrder(useVerdicts())
  const open = useOpenVerdict()
  const words = verdicts.map(({ noun, verdict }) => noun + verdict).join()
  const [ref, hidden] = useHidden(words)
  return (
    <section aria-label="Verdicts" className="flex min-w-0 flex-1 items-center gap-1">
      <ul
        ref={ref}
        className={`flex h-3 min-w-0 flex-wrap overflow-hidden ${tight ? 'gap-x-[14px]' : 'gap-x-[20px]'}`}
      >
        {verdicts.map((verdict, index) => (
          <li
            key={verdict.invariant}
            className="flex items-center"
            inert={index >= verdicts.length - hidden}
          >
            <VerdictChip verdict={verdict} onOpen={open} />
            {verdict.verdict === 'broken' ? (
              <span className="ml-[6px] leading-[24px]">
                <WhyButton verdict={verdict} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {hidden === 0 ? null : <AllVerdicts verdicts={verdicts} hidden={hidden} onOpen={open} />}
    </section>
  )
}

interface AllProps {
  readonly verdicts: readonly Verdict[]
  readonly hidden: number
  readonly onOpen: (verdict: Verdict) => void
}

function AllVerdicts({ verdicts, hidden, onOpen }: AllProps) {
  return (
    <DisclosureMenu label={`+${hidden}: all ${verdicts.length} verdicts`} button={`+${hidden}`}>
      {(close) =>
        verdicts.map((verdict) => (
          <MenuItem
            key={verdict.invariant}
            icon={<VerdictMark verdict={verdict.verdict} />}
            title={`${titleOf(verdict.invariant)}: ${verdict.verdict}`}
            detail={verdict.detail}
            onChoose={() => {
              close()
              onOpen(verdict)
            }}
          />
        ))
      }
    </DisclosureMenu>
  )
}

/** Leads to the step that broke it. */
export function useOpenVerdict(): (verdict: Verdict) => void {
  const { seek, set } = useRunFields('seek', 'set')
  return (verdict) => {
    if (verdict.step === null) return
    seek(verdict.step)
    set({ said: verdict.detail })
  }
}

/** How many chips have wrapped below the one line there is. */
function useHidden(words: string) {
  const ref = useRef<HTMLUListElement>(null)
  const [hidden, setHidden] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words have other widths
  useLayoutEffect(() => {
    const list = ref.current
    if (list === null) return
    const measure = () => {
      const top = (list.firstElementChild as HTMLElement | null)?.offsetTop ?? 0
      const below = [...list.children].filter((item) => (item as HTMLElement).offsetTop > top)
      setHidden(below.length)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(list)
    return () => observer.disconnect()
  }, [words])
  return [ref, hidden] as const
}
