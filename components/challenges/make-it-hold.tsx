'use client'
// Choose settings; no run within the bounds may break the guarantee.
import { useState } from 'react'
import { boundsOfChallenge, type Chosen, questionOf, scenarioWith } from '@/lib/challenges/grade'
import type { MakeItHold } from '@/lib/challenges/types'
import { titleOf } from '../checks/names'
import { Button } from '../ui/button'
import { GradeResult } from './grade-result'
import { kindsInWords } from './kinds'
import { useGrade } from './use-grade'

export function MakeItHoldForm({ challenge }: { readonly challenge: MakeItHold }) {
  const [chosen, setChosen] = useState<Chosen>({})
  const { grade, state, ask, refuse, clear } = useGrade(challenge)
  const submit = () => {
    const scenario = scenarioWith(challenge, chosen)
    if (typeof scenario === 'string') refuse(scenario)
    else ask({ scenario, question: questionOf(challenge) })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p>
        Make <b>{titleOf(challenge.invariant)}</b> hold, whatever order things happen in. Faults:{' '}
        {kindsInWords(challenge.kinds)}.
      </p>
      <p className="text-13 text-ink-3">{boundsOfChallenge(challenge)}</p>
      {challenge.settings.map(({ path, title, choices }) => (
        <fieldset key={path} className="challenges-setting">
          <legend className="font-mono text-13">{title}</legend>
          {choices.map((choice, index) => (
            <label key={choice.title}>
              <input
                type="radio"
                name={path}
                checked={(chosen[path] ?? 0) === index}
                onChange={() => {
                  clear()
                  setChosen({ ...chosen, [path]: index })
                }}
              />
              {choice.title}
            </label>
          ))}
        </fieldset>
      ))}
      <Button type="submit" look="primary" disabled={state.busy}>
        Grade
      </Button>
      <GradeResult grade={grade} state={state} />
    </form>
  )
}
