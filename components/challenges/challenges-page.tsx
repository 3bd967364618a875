'use client'
// The challenges: a list, and the one that the address names. Each is graded by the explorer, here.
import { useEffect, useState } from 'react'
import { challenges } from '@/lib/challenges/index'
import type { Challenge } from '@/lib/challenges/types'
import { brokerTitleOf } from '@/lib/session/forms'
import { SiteHeader } from '../controls/site-header'
import { BreakItForm } from './break-it'
import { MakeItHoldForm } from './make-it-hold'
import { NameTheCauseForm } from './name-the-cause'

export function ChallengesPage() {
  const [chosen, setChosen] = useState<Challenge | undefined>(challenges[0])
  useEffect(() => {
    const follow = () => {
      const id = window.location.hash.slice(1)
      setChosen(challenges.find((each) => each.id === id) ?? challenges[0])
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main className="challenges">
        <section aria-labelledby="challenges">
          <h1 id="challenges" className="text-32 font-semibold tracking-[-0.018em]">
            Challenges
          </h1>
          <p className="mt-0.5 text-ink-2">
            No answer is stored: what you choose is searched, or played again.
          </p>
          <ul className="challenges-list">
            {challenges.map((each) => (
              <li key={each.id}>
                <a href={`#${each.id}`} aria-current={each.id === chosen?.id ? 'true' : undefined}>
                  <span className="block font-medium">{each.title}</span>
                  <span className="block text-13 text-ink-3">{whatOf(each)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
        {chosen === undefined ? null : <One key={chosen.id} challenge={chosen} />}
      </main>
    </div>
  )
}

const whatOf = ({ kind, scenario }: Challenge): string => `${brokerTitleOf(scenario)}: ${kind}`

function One({ challenge }: { readonly challenge: Challenge }) {
  return (
    <section aria-labelledby="challenge" className="challenges-one">
      <p className="text-13 text-ink-3">{whatOf(challenge)}</p>
      <h2 id="challenge" className="text-22 font-semibold tracking-[-0.012em]">
        {challenge.title}
      </h2>
      <p className="challenges-story">{challenge.story}</p>
      {challenge.kind === 'make it hold' ? <MakeItHoldForm challenge={challenge} /> : null}
      {challenge.kind === 'break it with one fault' ? <BreakItForm challenge={challenge} /> : null}
      {challenge.kind === 'name the cause' ? <NameTheCauseForm challenge={challenge} /> : null}
    </section>
  )
}
