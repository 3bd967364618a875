'use client'
// Hands one run to everything below it, and the hooks by which a view follows just what it draws.
import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Run, RunStore } from './store'

const RunContext = createContext<RunStore | null>(null)

export function RunProvider(props: { readonly run: RunStore; readonly children: ReactNode }) {
  return <RunContext.Provider value={props.run}>{props.children}</RunContext.Provider>
}

export function useRunStore(): RunStore {
  const run = useContext(RunContext)
  if (run === null) throw new Error('A view of a run stands outside its RunProvider')
  return run
}

export function useRun<T>(select: (run: Run) => T): T {
  return useStore(useRunStore(), select)
}

/** Several fields at once, compared one by one. */
export function useRunFields<K extends keyof Run>(...keys: readonly K[]): Pick<Run, K> {
  return useRun(
    useShallow((run) => Object.fromEntries(keys.map((key) => [key, run[key]])) as Pick<Run, K>),
  )
}
