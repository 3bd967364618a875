'use client'
// Has a question searched, in a worker where one is to be had, and turns the answer into a grade.
import { useEffect, useRef, useState } from 'react'
import { type Grade, gradeOf } from '@/lib/challenges/grade'
import type { Challenge } from '@/lib/challenges/types'
import { type Crew, crewOf } from '../explorer/crew'
import type { Report, Task } from '../explorer/messages'

export interface GradeState {
  readonly busy: boolean
  /** How many states have been seen so far. */
  readonly states: number
}

const AT_REST: GradeState = { busy: false, states: 0 }

export function useGrade(challenge: Challenge) {
  const [grade, setGrade] = useState<Grade | null>(null)
  const [state, setState] = useState(AT_REST)
  const crew = useRef<Crew | null>(null)
  const job = useRef(0)
  useEffect(() => () => crew.current?.end(), [])
  const hear = (report: Exclude<Report, { did: 'start' }>) => {
    if (report.job !== job.current) return
    if (report.did === 'learn') return
    if (report.did === 'progress') return setState({ busy: true, states: report.standing.states })
    setState(AT_REST)
    if (report.did === 'fail') setGrade({ solved: null, because: report.why, answer: null })
    else setGrade(gradeOf(challenge, report.answers[0] ?? null))
  }
  const clear = () => {
    crew.current?.stop(job.current)
    setState(AT_REST)
    setGrade(null)
  }
  return {
    grade,
    state,
    clear,
    refuse: (because: string) => setGrade({ solved: false, because, answer: null }),
    ask: (task: Task) => {
      clear()
      crew.current ??= crewOf(hear)
      job.current += 1
      setState({ busy: true, states: 0 })
      crew.current.ask(job.current, task)
    },
  }
}
