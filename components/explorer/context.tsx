'use client'
// Hands the explorer's store to everything below it.
import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { Explorer, ExplorerStore } from './store'

const ExplorerContext = createContext<ExplorerStore | null>(null)

export function ExplorerProvider(props: {
  readonly store: ExplorerStore
  readonly children: ReactNode
}) {
  return <ExplorerContext.Provider value={props.store}>{props.children}</ExplorerContext.Provider>
}

export function useExplorerStore(): ExplorerStore {
  const store = useContext(ExplorerContext)
  if (store === null) throw new Error('A part of the explorer stands outside its ExplorerProvider')
  return store
}

export function useExplorer<T>(select: (explorer: Explorer) => T): T {
  return useStore(useExplorerStore(), select)
}
