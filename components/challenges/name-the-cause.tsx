'use client'
import Link from 'next/link'
// A run with several faults: name the one without which it would have held. It is made when it is looked at.
import { useEffect, useState } from 'react'
import { type Case, caseOf, type Grade, gradeCause } from '@/lib/challenges/grade'
import type { NameTheCause } from '@/lib/challenges/types'
import { counterexampleHref } from '@/lib/session/links'
import { Button, buttonClass } from '../ui/button'
import { GradeResult } from './grade-result'
import { faultInWords } from './kinds'

const AT_REST = { busy: false, states: 0 }

export function NameTheCauseForm({ challenge }: { readonly challenge: NameTheCause }) {
  const [made, setMade] = useState<Case | null>(null)
  const [named, setNamed] = useState(0)
  const [grade, setGrade] = useState<Grade | null>(null)
  useEffect(() => setMade(caseOf(challenge)), [challenge])
  if (made === null) return <p role="status">Making the run.</p>
  const { script, at } = made
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setGrade(gradeCause(challenge, made, named))
      }}
    >
      <p className="my-1">
        <Link
          href={counterexampleHref({ scenario: challenge.scenario, script })}
          prefetch={false}
          className={buttonClass('line')}
        >
          Watch the run
        </Link>
      </p>
      <fieldset className="challenges-setting">
        <legend>Without which of these would it have held?</legend>
        {at.map((index, nth) => (
          <label key={index}>
            <input
              type="radio"
              name="cause"
              checked={nth === named}
              onChange={() => {
                setGrade(null)
                setNamed(nth)
              }}
            />
            {faultInWords(challenge, script, index)}
          </label>
        ))}
      </fieldset>
      <Button type="submit" look="primary">
        Grade
      </Button>
      <GradeResult grade={grade} state={AT_REST} />
    </form>
  )
}
