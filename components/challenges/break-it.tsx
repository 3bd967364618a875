'use client'
// Choose the kind of fault of which one alone breaks the guarantee.
import { useState } from 'react'
import { boundsOfChallenge, questionOf } from '@/lib/challenges/grade'
import type { BreakIt } from '@/lib/challenges/types'
import { titleOf } from '../checks/names'
import { Button } from '../ui/button'
import { GradeResult } from './grade-result'
import { kindTitle } from './kinds'
import { useGrade } from './use-grade'

export function BreakItForm({ challenge }: { readonly challenge: BreakIt }) {
  const [kind, setKind] = useState(challenge.kinds[0] ?? '')
  const { grade, state, ask, clear } = useGrade(challenge)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        ask({ scenario: challenge.scenario, question: questionOf(challenge, [kind]) })
      }}
    >
      <p>
        Break <b>{titleOf(challenge.invariant)}</b> with one fault. You choose what; the search
        chooses when.
      </p>
      <p className="text-13 text-ink-3">{boundsOfChallenge(challenge)}</p>
      <fieldset className="challenges-setting">
        <legend>Fault</legend>
        {challenge.kinds.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="kind"
              checked={each === kind}
              onChange={() => {
                clear()
                setKind(each)
              }}
            />
            {kindTitle(each)}
          </label>
        ))}
      </fieldset>
      <Button type="submit" look="primary" disabled={state.busy}>
        Grade
      </Button>
      <GradeResult grade={grade} state={state} />
    </form>
  )
}
